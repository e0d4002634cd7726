"""The rows of the record that each mark of a chart counts: a bar, a dot, a cell."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

Marks = dict[str, dict[str, str]]  # names of rows, joined by semicolons, by series and label


def counted(series: Any, at: Any, rows: pd.Series) -> pd.DataFrame:
    """Return which row of the record is counted in which mark, for `chart`.

    Args:
        series: the series of each row, as headed in the numbers of the chart; or one for all.
        at: the label of each row, as it begins a line of the numbers.
        rows: their names, such as `exercises/irbis-2024`.

    Returns:
        Columns `series`, `at` and `row`, all text; rows of no series or label are left out.
    """
    table = pd.DataFrame({"row": rows}).assign(series=series, at=at)
    return table.dropna()[["series", "at", "row"]].astype(str).reset_index(drop=True)


def marks(rows: pd.DataFrame, table: dict) -> Marks:
    """Return the names of the rows of each mark of a chart, by series and label.

    Args:
        rows: what `counted` returns.
        table: `columns`, `format` and `rows` of the numbers of the chart. A number is a count; a
            percentage is a share of all rows of its line, a text stands for one row.

    Raises:
        ValueError: naming the marks whose number of rows is not the number drawn.
    """
    found = {(series, at): sorted(part["row"]) for (series, at), part in _grouped(rows)}
    left, wrong = dict(found), []
    ready: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    named = [column for column in table["columns"][1:] if column in set(rows["series"])]
    for label, *values in table["rows"]:
        line = dict(zip(table["columns"][1:], values, strict=True))
        keys = {column: _taken(left, (column, _plain(label)), line[column]) for column in named}
        whole = sum(map(len, keys.values()))
        for column in named:
            if not _agrees(line[column], len(keys[column]), whole, table["format"]):
                wrong.append(f"{column}, {label}: {line[column]} drawn, {len(keys[column])} rows")
            if keys[column]:
                ready[column][label] += keys[column]
    wrong += [f"{series}, {at}: not drawn, {len(keys)} rows" for (series, at), keys in left.items()]
    if wrong:
        raise ValueError("; ".join(wrong))
    return {
        series: {label: ";".join(keys) for label, keys in lines.items()}
        for series, lines in ready.items()
    }


def _taken(left: dict, mark: tuple, drawn: object) -> list[str]:
    """Take the rows of a mark out of those left: all of a number, the next one of a text."""
    keys = left.pop(mark, [])
    if isinstance(drawn, str) and len(keys) > 1:
        left[mark] = keys[1:]
    return keys[:1] if isinstance(drawn, str) else keys


def _grouped(rows: pd.DataFrame):
    return rows.groupby(["series", "at"])


def _plain(label: str) -> str:
    """Return a label without the number of rows behind it: `2021–2026 (n = 45)`."""
    return label.partition(" (n\u00a0=")[0]


def _agrees(drawn: object, number: int, whole: int, form: str) -> bool:
    """Return True if a mark was drawn from as many rows as it has."""
    if isinstance(drawn, str):
        return number == 1
    value = float(drawn or 0)  # type: ignore[arg-type]  # numbers of a chart
    return abs(value * (whole if form.endswith("%") else 1) - number) < 1e-6
