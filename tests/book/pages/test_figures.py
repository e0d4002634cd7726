from docutils import nodes
from docutils.utils import new_document
from myst_nb.core.render import load_mime_renders

from casi.book.pages import figures
from casi.charts import chart


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
