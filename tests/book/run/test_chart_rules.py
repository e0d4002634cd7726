"""What a chart lacks, may not hand out or cannot show is named, with the chart and what to do."""

import pytest

from casi import tables
from casi.book.run import chart_rules

WORDS = {"label": "fig-x", "title": "t", "measure": "m", "unit": "u", "alt": "a", "coverage": "c"}
META = WORDS | {
    "tables": ["states"],
    "source": ["sipri2026transfers"],
    "table": {"rows": [["a", 1]]},
}


def with_words(words):
    """Return a figure that says some words of itself."""
    return {"data": [{"type": "bar", "y": [1]}], "layout": {"meta": words}}


@pytest.mark.parametrize("word", META)
def test_a_chart_may_lack_none_of_its_words(word):
    assert chart_rules.faults(with_words(META)) == []
    found = chart_rules.faults(with_words({key: META[key] for key in META if key != word}))
    assert found == [f"chart without {word}; use casi.charts.chart and a caption"]


def test_a_chart_that_not_every_edition_can_show_is_refused():
    figure = with_words(META)
    figure["data"][0]["type"] = "surface"
    [found] = chart_rules.faults(figure)
    assert found == "chart fig-x: trace type 'surface' is not supported: use heatmap"


def test_a_table_that_is_not_there_is_named():
    [found] = chart_rules.faults(with_words(META | {"tables": ["states", "nowhere"]}))
    assert found.startswith("chart fig-x: no table 'nowhere' in data/; there are states, ")


def test_a_source_that_is_not_there_is_named():
    [found] = chart_rules.faults(with_words(META | {"source": ["sipri2026transfers", "nobody"]}))
    assert found.startswith("chart fig-x: source 'nobody' is not in references.bib")


def test_numbers_whose_terms_forbid_it_are_not_handed_out(monkeypatch):
    monkeypatch.setattr(tables, "describe", lambda name: {"redistribution": "forbidden"})
    [found] = chart_rules.faults(with_words(META))
    assert found.startswith("chart fig-x: it hands out the numbers of 'states', whose terms")
    assert chart_rules.faults(with_words(META | {"table": {"rows": []}})) == []


def test_every_fault_of_a_chart_is_named():
    figure = with_words(META | {"tables": ["nowhere"], "source": ["nobody"]})
    figure["data"] = []
    assert len(chart_rules.faults(figure)) == 3


def test_words_of_a_caption_are_those_of_its_chart():
    figure = with_words({"label": "fig-x", "alt": "a", "table": META["table"]})
    assert chart_rules.faults(figure, {"fig-x": META}) == []
    [found] = chart_rules.faults(figure, {"fig-x": META | {"title": "t" * 500}})
    assert found.startswith("chart fig-x: title of 500 characters")
