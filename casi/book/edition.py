"""Say which edition this is: its name, version, day and how to cite it, from `CITATION.cff`."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml

from casi import tables


@dataclass(frozen=True)
class Edition:
    """An edition of the report.

    Attributes:
        title: name of the report.
        abstract: what it holds, in a sentence or two.
        authors: who answers for it.
        version: calendar version, such as `2026.11`.
        licence: SPDX name of the licence of text and tables.
        keywords: what it is about.
        made: the moment its source was committed, in UTC.
    """

    title: str
    abstract: str
    authors: list[str]
    version: str
    licence: str
    keywords: list[str]
    made: datetime

    @property
    def day(self) -> str:
        """Day it was made, in words."""
        return f"{self.made.day} {self.made:%B %Y}"

    @property
    def stem(self) -> str:
        """Name of its files, without ending."""
        return f"{self.title.lower().replace(' ', '-')}-{self.version}"


def edition(root: Path = tables.ROOT) -> Edition:
    """Return the edition that the source in a folder makes.

    Args:
        root: the folder, with `CITATION.cff`.
    """
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    return Edition(
        title=cited["title"],
        abstract=" ".join(cited["abstract"].split()),
        authors=[author["name"] for author in cited["authors"]],
        version=str(cited["version"]),
        licence=cited["license"],
        keywords=cited["keywords"],
        made=datetime.fromtimestamp(source_date(root), UTC),
    )


def source_date(root: Path = tables.ROOT) -> int:
    """Return the moment of the last commit, in seconds since 1970: the date that all files bear.

    `SOURCE_DATE_EPOCH` overrides it (https://reproducible-builds.org/specs/source-date-epoch/).
    Without git it is the day of release in `CITATION.cff`.
    """
    if named := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(named)
    command = ["git", "-C", root, "log", "-1", "--format=%ct"]
    try:
        return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
        released = datetime.combine(cited["date-released"], datetime.min.time(), UTC)
        return int(released.timestamp())
