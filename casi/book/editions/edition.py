"""Read name, version, date and addresses of the edition from `CITATION.cff` and git.

An edition is a commit with the tag `v` and its version, in a clean working tree. Any other state of
the source is a draft of the next edition. The state is unknown if git does not answer.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import yaml
from babel.dates import format_date

from casi.book.run.fingerprint import ROOT
from casi.language import DATE_PATTERNS, LANGUAGE, LOCALE, translated

DRAFT = "-draft"
UNKNOWN = "-unknown"
DRAFT_VARIABLE = "CASI_DRAFT"  # environment variable that makes a draft of any source


@dataclass(frozen=True)
class Edition:
    """An edition of the report.

    Attributes:
        title: name of the report.
        abstract: its content, in one or two sentences.
        authors: names of the authors.
        version: calendar version, such as `2026.11`; it ends in `-draft` or `-unknown` if the
            source is not the tagged one, or if its state is unknown.
        licence: SPDX name of the licence of text and tables.
        keywords: its subjects.
        made: time of the commit, in UTC.
        site: address of the site of all editions; empty if none is set.
        repository: address of the source; empty if none is set.
    """

    title: str
    abstract: str
    authors: list[str]
    version: str
    licence: str
    keywords: list[str]
    made: datetime
    site: str = ""
    repository: str = ""

    def as_draft(self) -> Edition:
        """Return the draft of this edition."""
        return replace(self, version=f"{self.number}{DRAFT}")

    @property
    def draft(self) -> bool:
        """True for a draft or a source of unknown state."""
        return self.version != self.number

    @property
    def number(self) -> str:
        """The version without its state."""
        return self.version.removesuffix(DRAFT).removesuffix(UNKNOWN)

    @property
    def name(self) -> str:
        """Its name, such as `Edition 2026.11` or `Draft of edition 2026.11`."""
        pattern = "Draft of edition {number}" if self.draft else "Edition {number}"
        if self.version.endswith(UNKNOWN):
            pattern = "Copy of unknown state, near edition {number}"
        return translated(pattern).format(number=self.number)

    @property
    def folder(self) -> str:
        """Its folder in the site."""
        return "latest" if self.draft else self.version

    @property
    def day(self) -> str:
        """The date of the commit, such as `9 August 2024`."""
        return format_date(self.made, DATE_PATTERNS["day"], LOCALE)

    @property
    def stem(self) -> str:
        """Base name of its files, without the file extension."""
        language = "" if LANGUAGE == "en" else f"-{LANGUAGE}"
        return f"{self.title.lower().replace(' ', '-')}-{self.version}{language}"


def edition(root: Path = ROOT) -> Edition:
    """Return the edition of a source folder.

    Args:
        root: folder with `CITATION.cff`.
    """
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    return Edition(
        title=cited["title"],
        abstract=" ".join(cited["abstract"].split()),
        authors=[author["name"] for author in cited["authors"]],
        version=f"{cited['version']}{state(root, str(cited['version']))}",
        licence=cited["license"],
        keywords=cited["keywords"],
        made=datetime.fromtimestamp(source_date(root), UTC),
        site=cited.get("url", "").rstrip("/"),
        repository=cited.get("repository-code", "").rstrip("/"),
    )


def state(root: Path, version: str) -> str:
    """Return the suffix of the version of a source folder; empty for an edition.

    `-draft` if the last commit is not tagged as the version or any file differs from it, and if
    `CASI_DRAFT` is in the environment: the site has a draft even on the day of an edition.
    `-unknown` without an answer from git, as in a copy that was downloaded.
    """
    if os.environ.get(DRAFT_VARIABLE):
        return DRAFT
    tags = _git(root, "tag", "--points-at", "HEAD", "--list", f"v{version}")
    changed = _git(root, "--no-optional-locks", "status", "--porcelain", "--", ".")
    if tags is None or changed is None:
        return UNKNOWN
    return "" if tags and not changed else DRAFT


def source_date(root: Path = ROOT) -> int:
    """Return the time of the last commit in seconds since 1970, the date of all files written.

    `SOURCE_DATE_EPOCH` overrides it (https://reproducible-builds.org/specs/source-date-epoch/).
    Without git it is the day of release in `CITATION.cff`.
    """
    if named := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(named)
    if committed := _git(root, "log", "-1", "--format=%ct"):
        return int(committed)
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    return int(datetime.combine(cited["date-released"], datetime.min.time(), UTC).timestamp())


def _git(root: Path, *words: str) -> str | None:
    """Return the output of git for a folder; None without git or a repository."""
    try:
        run = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True)
    except OSError:
        return None
    return run.stdout.strip() if run.returncode == 0 else None
