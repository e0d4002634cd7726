"""Say which edition this is: its name, version, day and addresses, from `CITATION.cff`.

An edition is a commit with the tag `v` and its version. Any other state of the source is a draft
of the edition to come, and says so.
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
ASKED = "CASI_DRAFT"


@dataclass(frozen=True)
class Edition:
    """An edition of the report.

    Attributes:
        title: name of the report.
        abstract: what it holds, in a sentence or two.
        authors: who answers for it.
        version: calendar version, such as `2026.11`; that of a draft ends in `-draft`.
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
        return self if self.draft else replace(self, version=f"{self.version}{DRAFT}")

    @property
    def draft(self) -> bool:
        """Whether this is no edition yet."""
        return self.version.endswith(DRAFT)

    @property
    def name(self) -> str:
        """What to call it: `Edition 2026.11` or `Draft of edition 2026.11`."""
        version = self.version.removesuffix(DRAFT)
        return f"Draft of edition {version}" if self.draft else f"Edition {version}"

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
        version=f"{cited['version']}{DRAFT * is_draft(root, str(cited['version']))}",
        licence=cited["license"],
        keywords=cited["keywords"],
        made=datetime.fromtimestamp(source_date(root), UTC),
        site=cited.get("url", "").rstrip("/"),
        repository=cited.get("repository-code", "").rstrip("/"),
    )


def is_draft(root: Path, version: str) -> bool:
    """Tell whether a folder holds anything but the very source that was tagged as a version.

    A copy without git, such as a release that was downloaded, is taken at its word. `CASI_DRAFT` in
    the environment makes a draft of any source: the site has one even on the day of an edition.
    """
    if os.environ.get(ASKED):
        return True
    if _git(root, "rev-parse", "HEAD") is None:
        return False
    tag = f"v{version}"
    return _git(root, "describe", "--tags", "--exact-match", "--dirty", "--match", tag) != tag


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
