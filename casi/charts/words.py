"""Put a finished chart into the language of the edition: its labels, numbers and description."""

from __future__ import annotations

from typing import Any

from casi.language import LANGUAGE, phrase, translated

SHOWN = {  # the properties of a figure that hold words
    *("name", "text", "hovertext", "hovertemplate", "texttemplate", "customdata", "x", "y"),
    *("labels", "ticktext", "categoryarray", "tickvals", "base", "columns", "rows"),
}
SEPARATORS = {"ru": ",\u00a0"}  # decimal and thousands, as Plotly writes them


def in_language(payload: dict, language: str = LANGUAGE) -> dict:
    """Return a figure as plain data with its words in the language; in English it stays.

    Its description is made from its numbers: the English one is a text of its own.
    """
    if language == "en":
        return payload
    made = _translated(payload)
    meta = made["layout"].get("meta")
    if meta:
        meta["alt"] = description(meta["table"])
    made["layout"]["separators"] = SEPARATORS.get(language, ".,")
    return made


def description(table: dict) -> str:
    """Return in words what a chart shows, from its table of numbers."""
    columns, rows = table["columns"], table["rows"]
    series = ", ".join(columns[1:])
    if not rows:
        return translated("Chart: {series}.").format(series=series)
    pattern = translated("Chart: {series}; from {first} to {last}. The table has all numbers.")
    return pattern.format(series=series, first=rows[0][0], last=rows[-1][0])


def _translated(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        if name == "rows":  # of the record, by series and label
            return {phrase(key): _translated(part, name) for key, part in value.items()}
        return {key: _translated(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_translated(part, name) for part in value]
    return phrase(value) if isinstance(value, str) and name in SHOWN else value
