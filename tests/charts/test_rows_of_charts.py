"""Each bar, dot and cell of a chart that counts rows opens these rows and no others."""

import re

import pytest
from stored_charts import charts_in

from casi import tables
from casi.record import timeline

CHARTS = {
    figure["layout"]["meta"]["label"]: figure
    for path in sorted((tables.ROOT / "chapters").glob("*.ipynb"))
    for figure in charts_in(path)
}
NOT_COUNTS = {  # charts whose marks are not counts of rows, and what they are
    "fig-alike": "mean similarity of pairs of states",
    "fig-band": "range of a weighted score",
    "fig-dimensions": "scores",
    "fig-entries": "lives of bodies, cut by the entry of a power",
    "fig-free": "shares by two ways of counting; fig-company opens the rows",
    "fig-mixes": "shares of a volume",
    "fig-networks": "weights of ties",
    "fig-obligations-": "standing of a promise between a pair, from several treaties",
    "fig-overlap": "mean overlap of memberships",
    "fig-own-share": "shares of weights of ties",
    "fig-pathways": "conditions met or not",
    "fig-presence": "shares of weights of ties",
    "fig-spending": "shares of gross domestic product",
    "fig-timeline": "lives of bodies",
    "fig-trust": "shares of whole tables, of which some are not listed row by row",
    "fig-two": "volumes",
    "fig-verdicts": "claims of the article, which the chapter lists",
    "fig-windows": "shares of a volume",
    "fig-yearly": "volumes",
}


def excepted(label):
    return any(
        label == name or (name.endswith("-") and label.startswith(name)) for name in NOT_COUNTS
    )


@pytest.fixture(scope="module")
def keys():
    return set(timeline.events()["Key"])


@pytest.mark.parametrize("label", sorted(CHARTS))
def test_a_chart_opens_its_rows_or_is_named_with_the_reason(label, keys):
    meta = CHARTS[label]["layout"]["meta"]
    assert ("rows" in meta) != excepted(label)
    named = [
        key
        for line in meta.get("rows", {}).values()
        for cell in line.values()
        for key in cell.split(";")
    ]
    assert set(named) <= keys


@pytest.mark.parametrize("label", sorted(label for label in CHARTS if not excepted(label)))
def test_every_number_drawn_is_the_number_of_rows_it_opens(label):
    """Count again what the cell checked when it drew the chart."""
    meta = CHARTS[label]["layout"]["meta"]
    columns, lines = meta["table"]["columns"], meta["table"]["rows"]
    counted = meta["rows"]
    assert counted and set(counted) <= set(columns)
    for name, *values in lines:
        line = dict(zip(columns[1:], values, strict=True))
        opened = {series: len(split(counted[series].get(name, ""))) for series in counted}
        for series, number in opened.items():
            drawn = line[series]
            if isinstance(drawn, str):  # a mark for each row
                drawn = sum(each[0] == name for each in lines)
            elif meta["table"]["format"].endswith("%"):
                drawn = round(drawn * sum(opened.values()), 6)
            assert number == (drawn or 0), (label, series, name)


def test_the_exceptions_are_charts_of_the_book():
    found = {name for name in NOT_COUNTS if any(map(re.compile(name).match, CHARTS))}
    assert found == set(NOT_COUNTS)


def split(cell):
    return [key for key in cell.split(";") if key]
