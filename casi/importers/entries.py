"""Enter an edition into the descriptor, the coverage, the sources and the bibliography."""

from __future__ import annotations

import re

import pandas as pd

from casi.importers.base import Draft, Edition, day
from casi.tables import split_keys

NUMBER = re.compile(r"\b\d+\.\d+(\.\d+)?\b")  # of a version, such as 25.1 or 4.1.0
NUMERIC = {"number", "integer"}
YEAR = re.compile(r"year$|^delivered_(from|to)$")  # columns that hold years


def sums(entry: dict, rows: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return what the rows of each state add up to, so that no cell changes by hand unnoticed.

    Args:
        entry: the description of the table.
        rows: the table as text; empty cells count as nothing.

    Returns:
        By column with numbers other than years, and by state, the sum.
    """
    states = rows["recipient"] if "recipient" in rows else rows["state"]
    fields = [field for field in entry["schema"]["fields"] if field["type"] in NUMERIC]
    columns = [field["name"] for field in fields if not YEAR.search(field["name"])]
    numbers = rows[columns].replace("", "0").astype("float64").groupby(states).sum().round(3)
    return {column: numbers[column].to_dict() for column in columns}


def restamp(entry: dict, draft: Draft) -> None:
    """Write into a table's description its edition, day, last year, totals and sums."""
    edition = draft.editions[0]
    entry["edition"] = draft.edition
    entry.pop("extracted", None)
    if edition.extracted:
        entry["extracted"] = edition.extracted.isoformat()
    if draft.totals:
        entry["totals"] = dict(sorted(draft.totals.items()))
    entry["sums"] = sums(entry, draft.rows)
    last = edition.year - 1
    entry["coverage"] = re.sub(r"(\d{4} to )\d{4}", rf"\g<1>{last}", entry["coverage"])
    for field in entry["schema"]["fields"]:
        if field["name"] == draft.year_column:
            field["constraints"]["maximum"] = last
    if edition.version:
        for name in ("description", "coverage"):
            entry[name] = NUMBER.sub(edition.version, entry[name])
        for source in entry["sources"]:
            source["title"] = NUMBER.sub(edition.version, source["title"])


def covered(coverage: pd.DataFrame, draft: Draft, retired: set[str]) -> pd.DataFrame:
    """Return the table `coverage` with the last year and the sources of a draft's table.

    Args:
        coverage: the table.
        draft: the draft.
        retired: the keys that the table's rows had; other rows of `coverage` that name one of
            them get the key of the new edition.
    """
    edition, table = draft.editions[0], coverage.copy()
    own = table["table"] == draft.table
    table.loc[own, "year_to"] = str(edition.year - 1)
    table.loc[own, "closed"] = f"{edition.year - 1}-12-31"
    table.loc[own, "source"] = ";".join(e.key for e in draft.editions)
    gone = retired - {e.key for e in draft.editions}
    renamed = {key: edition.key for key in gone if same(key, edition.key)}
    cells = table["source"].map(split_keys)
    table["source"] = [";".join(renamed.get(key, key) for key in keys) for keys in cells]
    return table


def same(key: str, other: str) -> bool:
    """Whether two keys are editions of one source: they differ in the year only."""
    return re.sub(r"\d{4}", "", key) == re.sub(r"\d{4}", "", other)


def with_sources(
    sources: pd.DataFrame, bibliography: str, editions: list[Edition]
) -> tuple[pd.DataFrame, str]:
    """Return `sources` and the text of the bibliography with the editions entered, in order."""
    sources = sources.copy()
    for edition in editions:
        published = edition.extracted.isoformat() if edition.extracted else ""
        row = {
            "key": edition.key,
            "kind": edition.kind,
            "language": "en",
            "published": published,
            "independence_group": edition.group,
        }
        known = edition.key in set(sources["key"])
        if known:
            sources.loc[sources["key"] == edition.key, "published"] = published
        else:
            place = int((sources["key"] < edition.key).sum())
            parts = [sources.iloc[:place], pd.DataFrame([row]), sources.iloc[place:]]
            sources = pd.concat(parts, ignore_index=True)
        bibliography = with_entry(bibliography, edition)
    return sources, bibliography


def entry_of(key: str) -> re.Pattern[str]:
    """Return the pattern of the entry of a key in the text of the bibliography."""
    return re.compile(rf"^@\w+\{{{re.escape(key)},\n.*?^\}}\n\n?", re.MULTILINE | re.DOTALL)


def with_entry(bibliography: str, edition: Edition) -> str:
    """Return the text of the bibliography with the entry of an edition, new or renewed."""
    found = entry_of(edition.key).search(bibliography)
    if found and f"{{{{{edition.title}}}}}" in found[0]:
        return bibliography
    moment = edition.extracted
    dated = f"  year = {{{moment.year if moment else edition.year}}},\n"
    if moment:
        dated += f"  month = {{{day(moment).rsplit(' ', 1)[0]}}},\n"
    entry = (
        f"@misc{{{edition.key},\n  author = {{{{{edition.author}}}}},\n"
        f"  title = {{{{{edition.title}}}}},\n{dated}  url = {{{edition.url}}},\n}}\n\n"
    )
    if found:
        return bibliography[: found.start()] + entry + bibliography[found.end() :]
    later = [m for m in re.finditer(r"^@\w+\{([^,\s]+),", bibliography, re.M) if m[1] > edition.key]
    place = later[0].start() if later else len(bibliography)
    return bibliography[:place] + entry + bibliography[place:]
