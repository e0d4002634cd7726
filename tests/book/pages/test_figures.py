import pytest
from docutils import nodes
from docutils.utils import new_document
from myst_nb.core.render import load_mime_renders

from casi.book.pages import figures
from casi.charts import chart

WORDS = {"label": "fig-x", "title": "t", "measure": "m", "unit": "u", "alt": "a", "coverage": "c"}
META = WORDS | {"tables": ["states"], "source": ["s"], "table": {"rows": [["a", 1]]}}


def with_words(words):
    """Return a figure that says some words of itself."""
    return {"data": [{"type": "bar", "y": [1]}], "layout": {"meta": words}}


@pytest.mark.parametrize("word", META)
def test_a_chart_may_lack_none_of_its_words(word):
    assert figures.faults(with_words(META)) == []
    found = figures.faults(with_words({key: META[key] for key in META if key != word}))
    assert found == [f"chart without {word}; use casi.charts.chart"]


def test_a_chart_that_not_every_edition_can_show_is_refused():
    figure = with_words(META)
    figure["data"][0]["type"] = "surface"
    [found] = figures.faults(figure)
    assert found == "chart fig-x: trace type 'surface' is not supported: use heatmap"


def test_the_renderer_is_found_by_its_entry_point():
    assert figures.PlotlyFigure in load_mime_renders()
    assert chart.PLOTLY_MIME == figures.PLOTLY_MIME


def test_charts_of_a_page_are_our_own():
    page = new_document("page")
    page += nodes.figure()
    assert figures.charts_of(page) == []
    page += figures.chart("", figure={"data": []})
    page += figures.tools("", meta={})
    assert figures.charts_of(page) == [{"data": []}]
