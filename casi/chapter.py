"""What every chapter uses: tables, charts and the words of the text. `from casi.chapter import *`.

A chapter imports the modules of its topic beside it.
"""

from casi.charts import basic, bubbles
from casi.charts.annotate import mark_events
from casi.charts.chart import chart
from casi.charts.marks import counted
from casi.charts.palette import (
    BORDER_COLOURS,
    PARTNER_COLOURS,
    SERIES_COLOURS,
    STATE_COLOURS,
    SUPPLIER_COLOURS,
    by_name,
)
from casi.charts.panels import panels
from casi.compare import compared, how_often, portion, trend
from casi.language import translated
from casi.record.turning_points import CHANGE_OF_SOURCE, points
from casi.states import ARTICLE_DAY, FIVE
from casi.tables import cited, closing_date, load, newest_source
from casi.text import (
    Facts,
    cite,
    count,
    date,
    dates,
    listing,
    number,
    of_them,
    part_of,
    percent,
    percents,
    quantity,
    table,
    times,
    word,
)

__all__ = [
    "ARTICLE_DAY",
    "BORDER_COLOURS",
    "CHANGE_OF_SOURCE",
    "FIVE",
    "PARTNER_COLOURS",
    "SERIES_COLOURS",
    "STATE_COLOURS",
    "SUPPLIER_COLOURS",
    "Facts",
    "basic",
    "bubbles",
    "by_name",
    "chart",
    "cite",
    "cited",
    "closing_date",
    "compared",
    "count",
    "counted",
    "date",
    "dates",
    "how_often",
    "listing",
    "load",
    "mark_events",
    "newest_source",
    "number",
    "of_them",
    "panels",
    "part_of",
    "percent",
    "percents",
    "points",
    "portion",
    "quantity",
    "table",
    "times",
    "translated",
    "trend",
    "word",
]
