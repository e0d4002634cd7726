"""Say which edition this is: its name, version, day and addresses, from `CITATION.cff`.

An edition is a commit with the tag `v` and its version, and nothing else in the folder. Any other
state of the source is a draft of the edition to come. Where git does not answer, the state is
unknown. Each says so.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import yaml

from casi.book.run.fingerprint import ROOT

DRAFT = "-draft"
UNKNOWN = "-unknown"
ASKED = "CASI_DRAFT"


@dataclass(frozen=True)
class Edition:
    """An edition of the report.

    Attributes:
        title: name of the report.
        abstract: what it holds, in a sentence or two.
        authors: who answers for it.
        version: calendar version, such as `2026.11`; it ends in `-draft` or `-unknown` if this is
            not the source that was tagged, or if nobody can say.
        licence: SPDX name of the licence of text and tables.
        keywords: what it is about.
        made: the moment its source was committed, in UTC.
        site: address that all editions are published under; empty if none is set.
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
        """Whether this is not, or not surely, an edition."""
        return self.version != self.number

    @property
    def number(self) -> str:
        """The version without its state."""
        return self.version.removesuffix(DRAFT).removesuffix(UNKNOWN)

    @property
    def name(self) -> str:
        """What to call it, such as `Edition 2026.11` or `Draft of edition 2026.11`."""
        if self.version.endswith(UNKNOWN):
            return f"Copy of unknown state, near edition {self.number}"
        return f"Draft of edition {self.number}" if self.draft else f"Edition {self.number}"

    @property
    def folder(self) -> str:
        """The folder of the site it stands in."""
        return "latest" if self.draft else self.version

    @property
    def day(self) -> str:
        """Day it was made, in words."""
        return f"{self.made.day} {self.made:%B %Y}"

    @property
    def stem(self) -> str:
        """Name of its files, without ending."""
        return f"{self.title.lower().replace(' ', '-')}-{self.version}"


def edition(root: Path = ROOT) -> Edition:
    """Return the edition that the source in a folder makes.

    Args:
        root: the folder, with `CITATION.cff`.
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
    """Return what the version of the source in a folder ends in: nothing for an edition.

    `-draft` if the last commit is not tagged as the version or any file differs from it, and if
    `CASI_DRAFT` is in the environment: the site has a draft even on the day of an edition.
    `-unknown` without an answer from git, as in a copy that was downloaded.
    """
    if os.environ.get(ASKED):
        return DRAFT
    tags = _git(root, "tag", "--points-at", "HEAD", "--list", f"v{version}")
    changed = _git(root, "--no-optional-locks", "status", "--porcelain", "--", ".")
    if tags is None or changed is None:
        return UNKNOWN
    return "" if tags and not changed else DRAFT


def source_date(root: Path = ROOT) -> int:
    """Return the moment of the last commit, in seconds since 1970: the date that all files bear.

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
    """Return what git says of a folder; None without git, repository or answer."""
    try:
        run = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True)
    except OSError:
        return None
    return run.stdout.strip() if run.returncode == 0 else None
