"""Turn the names that publishers give states into ISO 3166-1 alpha-3 codes."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

import pandas as pd

from casi.contradictions.base import UNKNOWN
from casi.importers.base import ImportFault

NO_STATE = {"unknown supplier(s)": UNKNOWN}  # in lower case


@cache
def _converter() -> Any:
    """Return the converter of country-converter.

    Its own reader of its table fails with pandas 3.1, so the table is given to it. It logs each
    name that it does not find; here the caller decides what that means.
    """
    logging.getLogger("country_converter").setLevel(logging.CRITICAL)
    import country_converter  # takes a second
    from country_converter.country_converter import COUNTRY_DATA_FILE

    table = pd.read_csv(COUNTRY_DATA_FILE, sep="\t", dtype="str", keep_default_na=False)
    return country_converter.CountryConverter(
        country_data=table.assign(obsolete=table["obsolete"].replace("", pd.NA))
    )


def code(name: str) -> str | None:
    """Return the code of a state by its name in English; None if no state has that name.

    A name with an asterisk is that of an armed group or a body in registers of SIPRI.
    """
    if name.lower() in NO_STATE:
        return NO_STATE[name.lower()]
    if "*" in name:
        return None
    found = _converter().convert([name], src="regex", to="ISO3", not_found=None)
    return found if isinstance(found, str) and found != name else None


def from_iso2(letters: str) -> str | None:
    """Return the code of a state by its code of two letters; None if no state has it."""
    found = _converter().convert([letters], src="ISO2", to="ISO3", not_found=None)
    return found if isinstance(found, str) and found != letters else None


def codes(names: Iterable[str], where: str) -> dict[str, str]:
    """Return the code of each name.

    Raises:
        ImportFault: naming every name that is not that of one state.
    """
    found = {name: code(name) for name in dict.fromkeys(names)}
    if unknown := [name for name, state in found.items() if state is None]:
        listed = ", ".join(map(repr, unknown))
        raise ImportFault([f"{where}: no code for {listed}; add it to NO_STATE in names.py"])
    return {name: state for name, state in found.items() if state}
