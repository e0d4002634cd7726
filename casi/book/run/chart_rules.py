"""Which charts the book can show, by what their cells have stored of them.

A figure is a dictionary `{"data": [...], "layout": {...}}`; the words around it are in its
`layout.meta`, where `casi.charts.chart` and the build write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from casi import plotly_rules, tables

PLOTLY_MIME = "application/vnd.plotly.v1+json"
REQUIRED = ("label", "title", "measure", "unit", "alt", "tables", "source", "coverage", "table")


def faults(figure: dict, captions: Mapping[str, dict] = MappingProxyType({})) -> list[str]:
    """Return the faults of a chart: what it lacks, may not hand out, or no edition can show.

    Args:
        figure: as its cell has stored it.
        captions: the words of captions by label, unless the figure holds its own.
    """
    layout = figure.get("layout", {})
    meta = layout.get("meta") or {}
    meta = meta | captions.get(meta.get("label", ""), {})
    figure = figure | {"layout": layout | {"meta": meta}}
    if missing := [word for word in REQUIRED if not meta.get(word)]:
        return [f"chart without {', '.join(missing)}; use casi.charts.chart and a caption"]
    found = [*_of_tables(meta), *_of_sources(meta), *plotly_rules.faults(figure)]
    return [f"chart {meta['label']}: {fault}" for fault in found]


def _of_tables(meta: dict) -> Iterator[str]:
    known = tables.names()
    for name in meta["tables"]:
        if name not in known:
            yield f"no table {name!r} in data/; there are {', '.join(known)}"
        elif tables.describe(name)["redistribution"] == "forbidden" and meta["table"]["rows"]:
            yield (
                f"it hands out the numbers of {name!r}, whose terms forbid it; "
                "draw our own sums of them, or publish it as a picture with `numbers=False`"
            )


def _of_sources(meta: dict) -> Iterator[str]:
    for key in meta["source"]:
        if key not in tables.bibliography():
            yield f"source {key!r} is not in references.bib; add it, or correct the key"
