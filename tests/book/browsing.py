"""What tests in a browser share: the pages of the book, and what is done with charts."""

import re
from importlib.resources import files

import nbformat
from playwright.sync_api import expect
from stored_charts import charts_in

from casi.book.editions.package_cell import KEY
from casi.book.run import captions
from casi.tables import ROOT

CHAPTERS = sorted(path.stem for path in (ROOT / "chapters").glob("*.ipynb"))
PLACES = ["index", "api", "method", "glossary", "bibliography", "genindex", "search"]
PAGES = [*PLACES, *(f"chapters/{name}" for name in CHAPTERS)]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
SET_THEME = "theme => document.documentElement.dataset.theme = theme"
STRING = re.compile(r'"[^"\n]*"')
FEW_OF_EACH = """document.querySelectorAll(":is(article, main) *").forEach((parent) => {
  const met = {};
  const many = parent.matches("tbody, svg, svg *") ? 8 : 40;
  [...parent.children].forEach((child) => {
    const kind = `${child.tagName} ${child.getAttribute("class")}`;
    met[kind] = (met[kind] ?? 0) + 1;
    if (met[kind] > many) child.remove();
  });
})"""
OUTSIDE = """parts => parts
  .filter(part => part.checkVisibility() && part.textContent !== ' ')
  .map(part => [part.textContent, part.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.right > 361 || box.left < -1))
  .map(([text]) => text)"""
DEFAULTS = """() => {
  const schema = Plotly.PlotSchema.get();
  const found = [];
  const walk = (values, attributes, way) => Object.entries(values ?? {}).forEach(([key, value]) => {
    const known = attributes?.[key];
    if (typeof known !== "object") return;
    if (!known.valType) walk(value, known, `${way}${key}.`);
    else if (JSON.stringify(known.dflt) === JSON.stringify(value)) found.push(way + key);
  });
  document.querySelectorAll(".casi-chart > script").forEach((script) => {
    const { data, layout } = JSON.parse(script.textContent);
    data.forEach((trace) => walk(trace, schema.traces[trace.type].attributes, `${trace.type}.`));
    walk(layout, schema.layout.layoutAttributes, "layout.");
  });
  return [...new Set(found)];
}"""


def path_of(chapter):
    return ROOT / "chapters" / f"{chapter}.ipynb"


def charts_of(chapter):
    return charts_in(path_of(chapter))


def labels_of(chapters):
    """Return the labels of the charts of some chapters and of the front page."""
    stored = [each["layout"]["meta"]["label"] for name in chapters for each in charts_of(name)]
    front = (ROOT / "index.md").read_text(encoding="utf-8")
    return stored + [block["label"] for block in captions.BLOCK.finditer(front)]


def set_up(chapter):
    """Return the first code cell that a build runs, without its strings, which name the subject."""
    cells = nbformat.read(path_of(chapter), as_version=4).cells
    run = (cell for cell in cells if cell.cell_type == "code" and cell.get("id") != KEY)
    return STRING.sub("", next(run).source)


def one_of_each_template(chapters):
    """Return of the chapters that differ in the subject alone the longest, and all others."""
    by_size = sorted(chapters, key=lambda name: path_of(name).stat().st_size)
    return sorted({set_up(name): name for name in by_size}.values())


TEMPLATES = one_of_each_template(CHAPTERS)


def wake(tab, number=0):
    """Touch a chart and wait until it is interactive."""
    chart = tab.locator(".casi-chart").nth(number)
    chart.scroll_into_view_if_needed()
    chart.hover()
    expect(chart).to_have_attribute("data-live", "")
    return chart
