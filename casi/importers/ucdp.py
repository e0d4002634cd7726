"""Make `conflict_deaths` of UCDP's Country-Year Dataset on Organized Violence, a CSV file.

A file of events (GED), with it or alone, names the clashes that the record lacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from casi.importers import ucdp_events
from casi.importers.base import Draft, Edition, Import, ImportFault
from casi.importers.names import code
from casi.states import FIVE

ESTIMATES = ("low", "best", "high")
TYPES = {  # type of violence: the columns of its parties and of its deaths
    "non_state": ("ns_dyad_names_cy", "ns_total_deaths_{}_cy"),
    "one_sided": ("os_dyad_names_cy", "os_total_deaths_{}_cy"),
    "state_based_interstate": ("sb_interstate_dyad_names_cy", "sb_interstate_deaths_{}_cy"),
    "state_based_intrastate": ("sb_intrastate_dyad_names_cy", "sb_intrastate_deaths_{}_cy"),
}
FIRST_YEAR = 1991


def make(paths: Sequence[Path], old: Mapping[str, pd.DataFrame]) -> Import:
    """Make the table of deaths of a version of the data set.

    Args:
        paths: the CSV file, as downloaded or in its archive, and that of events, or one of them.
        old: the tables of the record as text, by name, indexed by their keys.

    Raises:
        ImportFault: if a file is no such data set, lacks a column or mixes versions.
    """
    events = [path for path in paths if ucdp_events.is_events(path)]
    sums = [path for path in paths if path not in events]
    if len(events) > 1 or len(sums) > 1:
        raise ImportFault(["give one file by country and year, one of events: two never mix"])
    drafts, remarks, versions = [], [], set()
    for path in sums:
        rows = _read(path)
        edition = _edition(rows, path.name)
        drafted = table(rows, edition.key)
        drafts.append(Draft("conflict_deaths", drafted, (edition,), edition.name, "year"))
        versions.add(edition.version)
    for path in events:
        found, version = ucdp_events.read(path)
        remarks += ucdp_events.unknown_clashes(found, old["clashes"])
        versions.add(version)
    if len(versions) > 1:
        raise ImportFault([f"versions {' and '.join(sorted(versions))}: two never mix"])
    return Import(tuple(drafts), tuple(remarks))


def _read(path: Path) -> pd.DataFrame:
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    needed = ["country_cy", "year_cy", "version"]
    for parties, deaths in TYPES.values():
        needed += [parties, *(deaths.format(estimate) for estimate in ESTIMATES)]
    if missing := [column for column in needed if column not in rows]:
        raise ImportFault([f"{path.name}: no column {', '.join(map(repr, missing))}"])
    return rows


def _edition(rows: pd.DataFrame, name: str) -> Edition:
    versions = rows["version"].unique()
    if len(versions) != 1:
        raise ImportFault([f"{name}: versions {', '.join(versions)} in one file; two never mix"])
    version, last = versions[0], int(rows["year_cy"].astype(int).max())
    year = 2000 + int(version.split(".")[0])
    if year != last + 1:
        raise ImportFault([f"{name}: version {version} with figures to {last}"])
    title = "UCDP Country-Year Dataset on Organized Violence within Country Borders"
    return Edition(
        key=f"ucdp{year}organized",
        name=f"version {version}",
        title=f"{title}, version {version}",
        author="Uppsala Conflict Data Program",
        url="https://ucdp.uu.se/downloads/",
        group="ucdp",
        year=year,
        extracted=None,  # the file does not say
        version=version,
    )


def table(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the rows of `conflict_deaths` as text: years and types with a death by any estimate.

    Args:
        rows: the data set, as text.
        key: the edition's key in `references.bib`.

    Raises:
        ImportFault: if one of the five states is missing.
    """
    names = {name: code(name) for name in rows["country_cy"].unique()}
    rows = rows.assign(state=rows["country_cy"].map(names))
    if absent := sorted(set(FIVE) - set(rows["state"])):
        raise ImportFault([f"UCDP: no row of {', '.join(absent)}; take the file of all states"])
    own = rows[rows["state"].isin(FIVE) & (rows["year_cy"].astype(int) >= FIRST_YEAR)]
    parts = []
    for kind, (parties, deaths) in TYPES.items():
        figures = {estimate: own[deaths.format(estimate)] for estimate in ESTIMATES}
        part = pd.DataFrame(
            {"state": own["state"], "year": own["year_cy"], "type": kind, "dyads": own[parties]}
            | figures
        )
        parts.append(part[~(part[list(ESTIMATES)] == "0").all(axis=1)])
    made = pd.concat(parts).assign(source=key).sort_values(["state", "year", "type"])
    return made.reset_index(drop=True)
