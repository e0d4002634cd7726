"""Measure the page with most charts against the same figures in a stock Jupyter Book.

Run it after `make book`: it prints a table, writes `_build/bench-pages.json` and fails if a limit
is missed. Pages reach no other host: what they ask of one is counted, and fails at once.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import ClassVar, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright
from stock import PACKAGES, build_stock, figures_of, read_chapter

from casi.book.pages.browser import NoBrowser, find_browser

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "_build"
SCREEN = {"width": 1280, "height": 800}
PAPER = {"width": 718, "height": 1047}  # A4 within margins of 1 cm, at 96 pixels an inch
MBIT = 1_000_000 / 8
NETWORK = {"downloadThroughput": 1.6 * MBIT, "uploadThroughput": 0.75 * MBIT, "latency": 150}
CPU_SLOWDOWN = 4
TIMEOUT = 90  # seconds; what takes longer is never
QUIET = 1  # seconds without a request in flight
NEVER = math.inf
# Names are not looked up, which disturbs a page less than to intercept each of its requests.
FLAGS = [
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

SHOWN = """chart => chart.querySelector(".main-svg") !== null
  || [...chart.querySelectorAll("img")].some(image => image.complete && image.naturalWidth > 0)"""
WHOLE = """chart => {
  const pictures = [...chart.querySelectorAll("img, .main-svg")].filter(image =>
    image.naturalWidth !== 0 && image.checkVisibility()
    && image.getBoundingClientRect().right <= innerWidth + 1);
  let kept = false;
  for (let box = chart; !box.matches("section, article, body"); box = box.parentElement)
    kept ||= getComputedStyle(box).breakInside.startsWith("avoid");
  return kept && pictures.length > 0;
}"""
# Runs in the page from its start and keeps its own clock: asking from outside would disturb it.
PROBE = """((selector, expected, shown, live) => {
  if (window !== top) return;
  const bench = window.bench = { paint: 0, visible: null, touched: 0, live: null, tasks: [] };
  const watch = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note))
    .observe({ type, buffered: true });
  watch("paint", entry => {
    if (entry.name.includes("contentful")) bench.paint = entry.startTime;
  });
  watch("largest-contentful-paint", entry => { bench.largest = entry.startTime; });
  watch("longtask", entry => bench.tasks.push([entry.startTime, entry.duration]));
  addEventListener("pointerover", event => {
    if (!bench.touched && event.target.closest?.(selector)) bench.touched = event.timeStamp;
  }, true);
  setInterval(() => {
    const charts = [...document.querySelectorAll(selector)];
    if (bench.visible === null && charts.length >= expected && charts.every(shown))
      bench.visible = performance.now();
    if (bench.live === null && charts[0]?.querySelector(".main-svg") && live(charts[0]))
      bench.live = performance.now();
  }, 50);
})"""


class Book(NamedTuple):
    """A built book; `live` tells in the page whether a chart has become interactive."""

    name: str
    pages: Path
    page: str
    selector: str
    live: str


class Measure(NamedTuple):
    """A line of the table; where the limit is "all", every chart is to pass."""

    key: str
    label: str
    shape: str
    limit: float | str | None = None


MEASURES = (
    Measure("kilobytes", "Moved before a touch", "{:.0f} KB", 400),
    Measure("requests", "Requests before a touch", "{:.0f}"),
    Measure("visible", "Every chart visible", "{:.1f} s", 2.5),
    Measure("interactive", "First chart interactive", "{:.1f} s", 4),
    Measure("largest_paint", "Largest contentful paint", "{:.1f} s", 1.6),
    Measure("blocked", "Total blocking time", "{:.0f} ms", 300),
    Measure("foreign", "Requests to other hosts", "{:.0f}", 0),
    Measure("without_scripts", "Charts shown, scripts off", "{:.0f} of {charts}", "all"),
    Measure("from_file", "Charts shown from file://", "{:.0f} of {charts}", "all"),
    Measure("in_print", "Charts whole in print", "{:.0f} of {charts}", "all"),
)


class Handler(SimpleHTTPRequestHandler):
    """Serves a book as an ordinary host does: compressed, over connections kept open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    extensions_map: ClassVar = {".js": "text/javascript", ".woff2": "font/woff2"}

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        kind = self.guess_type(path)
        is_text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        packed = is_text and "gzip" in self.headers.get("Accept-Encoding", "")
        body = _body(path, packed)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Stay silent."""


@cache
def _body(path: Path, packed: bool) -> bytes:
    return gzip.compress(path.read_bytes()) if packed else path.read_bytes()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback and yield its host and port."""
    handler = partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


class Traffic:
    """What a page moves on a slow network to a slow machine, as the browser reports it."""

    def __init__(self, page: Page, host: str) -> None:
        """Start to count."""
        self.page, self.host = page, host
        self.moved = self.last = 0
        self.in_flight: set[str] = set()
        self.addresses: set[str] = set()  # once each: only a failed one is asked for again
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._begin)
        session.on("Network.loadingFinished", self._end)
        session.on("Network.loadingFailed", self._end)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, **NETWORK})
        session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})

    def settle(self) -> dict[str, float]:
        """Wait until nothing has been in flight for a while, and return the counts."""
        end = time.monotonic() + TIMEOUT
        while (self.in_flight or time.monotonic() < self.last + QUIET) and time.monotonic() < end:
            self.page.wait_for_timeout(250)
        foreign = [each for each in self.addresses if urlsplit(each).netloc != self.host]
        requests = {"requests": len(self.addresses), "foreign": len(foreign)}
        return {"kilobytes": self.moved / 1000, **requests}

    def _begin(self, event: dict) -> None:
        address = event["request"]["url"]
        if address.startswith("http"):
            self.last = time.monotonic()
            self.addresses.add(address)
            self.in_flight.add(event["requestId"])

    def _end(self, event: dict) -> None:
        self.last = time.monotonic()
        self.moved += event.get("encodedDataLength", 0)
        self.in_flight.discard(event["requestId"])


def visit(browser: Browser, book: Book, host: str, charts: int) -> dict[str, float]:
    """Measure one visit with a cold cache."""
    with browser.new_context(viewport=SCREEN) as context:
        page = context.new_page()
        arguments = f"{json.dumps(book.selector)}, {charts}, {SHOWN}, {book.live}"
        page.add_init_script(f"{PROBE}({arguments});")
        traffic = Traffic(page, host)
        page.goto(f"http://{host}/{book.page}", timeout=2 * TIMEOUT * 1000)
        _wait(page, "visible")
        counts = traffic.settle()
        loaded = page.evaluate("bench")
        if book.name == "ours":  # a stock chart becomes interactive by itself
            with suppress(TimeoutError):
                _touch(page, book.selector)
        _wait(page, "live")
        touched = page.evaluate("bench")
    return counts | {
        "visible": _seconds(loaded["visible"]),
        "interactive": _seconds(touched["live"], touched["touched"]),
        "largest_paint": _seconds(loaded.get("largest")),
        "blocked": blocking_time(loaded["tasks"], loaded["paint"]),
    }


def blocking_time(tasks: list[list[float]], first_paint: float) -> float:
    """Sum what long tasks take beyond 50 ms each after the first paint, in milliseconds."""
    ends = ((max(start, first_paint), start + length) for start, length in tasks)
    return sum(max(0, end - start - 50) for start, end in ends)


def _wait(page: Page, moment: str) -> None:
    with suppress(TimeoutError):
        condition = f"() => bench.{moment} !== null"
        page.wait_for_function(condition, timeout=TIMEOUT * 1000, polling=500)


def _touch(page: Page, selector: str) -> None:
    chart = page.locator(selector).first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _seconds(moment: float | None, start: float = 0) -> float:
    return NEVER if moment is None else round(max(0, moment - start) / 1000, 3)


def examine(browser: Browser, book: Book, host: str, charts: int) -> dict[str, int]:
    """Count the charts that hold up without scripts, without a server and on paper."""
    count = partial(_count, browser, book.selector, charts)
    served, stored = f"http://{host}/{book.page}", (book.pages / book.page).as_uri()
    return {
        "without_scripts": count(served, SHOWN, java_script_enabled=False),
        "from_file": count(stored, SHOWN),
        "in_print": count(served, WHOLE),
    }


def _count(
    browser: Browser, selector: str, charts: int, address: str, test: str, **settings
) -> int:
    every = f"[...document.querySelectorAll({json.dumps(selector)})]"
    with browser.new_context(viewport=SCREEN, **settings) as context:
        page = context.new_page()
        page.goto(address)
        for number in range(charts):  # as a reader would: a picture may load when it comes near
            page.evaluate(f"{every}[{number}]?.scrollIntoView()")
            page.wait_for_timeout(500)
        if test == WHOLE:
            page.emulate_media(media="print")
            page.set_viewport_size(PAPER)
        page.wait_for_timeout(3000)
        return page.evaluate(f"{every}.filter({test}).length")


def measure(browser: Browser, books: list[Book], charts: int, runs: int) -> dict[str, list[dict]]:
    """Visit the books in turn, so that a busy spell of the machine strikes both."""
    visits: dict[str, list[dict]] = {book.name: [] for book in books}
    with ExitStack() as stack:
        hosts = {book: stack.enter_context(serve(book.pages)) for book in books}
        # What is not timed goes first: it leaves every file compressed.
        lasting = {book: examine(browser, book, hosts[book], charts) for book in books}
        for number in range(1, runs + 1):
            for book in books:
                print(f"{book.name}: visit {number} of {runs}", file=sys.stderr)
                found = visit(browser, book, hosts[book], charts)
                visits[book.name].append(found | lasting[book])
    return visits


def summarise(visits: dict[str, list[dict]], how: Callable) -> dict[str, dict[str, float]]:
    """Reduce the visits of each book to one number a measure."""
    return {
        name: {each.key: how([visit[each.key] for visit in of_book]) for each in MEASURES}
        for name, of_book in visits.items()
    }


def is_met(measure: Measure, value: float, charts: int) -> bool:
    """Tell whether a value is as good as its limit, if there is one."""
    if measure.limit == "all":
        return value >= charts
    return measure.limit is None or value <= measure.limit


def table(found: dict[str, dict[str, float]], charts: int) -> str:
    """Write the medians of the books side by side, with what ours is to reach."""
    head = ["Measure", "Stock Jupyter Book 1", "Ours", "Stock / ours", "To reach", "Met"]
    lines = [head, *(_line(measure, found, charts) for measure in MEASURES)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _line(measure: Measure, found: dict[str, dict[str, float]], charts: int) -> list[str]:
    def show(value: float | None) -> str:
        if value is None:
            return "-"
        return "never" if value == NEVER else measure.shape.format(value, charts=charts)

    stock, ours = (found.get(name, {}).get(measure.key) for name in ("stock", "ours"))
    comparable = stock and ours and NEVER not in (stock, ours) and measure.limit != "all"
    ratio = f"{stock / ours:.1f}" if comparable else "-"
    limit = met = ""
    if measure.limit is not None:
        most = "" if measure.limit in ("all", 0) else "<= "
        limit = most + show(charts if measure.limit == "all" else measure.limit)
        met = "-" if ours is None else "yes" if is_met(measure, ours, charts) else "NO"
    return [measure.label, show(stock), show(ours), ratio, limit, met]


def select_books(only: str | None, chapter: str, parts: list) -> list[Book]:
    """Return the books to measure; the stock book is built first."""
    books = []
    if only != "ours":
        pages, live = build_stock(parts, BUILD / "bench-stock"), "chart => !!chart._fullLayout"
        books.append(Book("stock", pages, "chapter.html", ".plotly-graph-div", live))
    if only != "stock":
        page, live = f"chapters/{chapter}.html", 'chart => chart.hasAttribute("data-live")'
        books.append(Book("ours", BUILD / "html", page, ".casi-chart", live))
    return books


def main() -> int:
    """Measure, print the table and keep every visit.

    Returns:
        0 if every limit is met, 1 if one is missed, 2 if there is nothing to measure with.
    """
    chapters = {path.stem: read_chapter(path) for path in sorted(ROOT.glob("chapters/*.ipynb"))}
    richest = max(chapters, key=lambda name: len(figures_of(chapters[name])))
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="visits to each book")
    parser.add_argument("--chapter", choices=chapters, default=richest)
    parser.add_argument("--only", choices=["ours", "stock"], help="measure one book alone")
    options = parser.parse_args()
    try:
        chromium = find_browser()
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 2
    parts = chapters[options.chapter]
    charts = len(figures_of(parts))
    books = select_books(options.only, options.chapter, parts)
    missing = [book.pages / book.page for book in books if not (book.pages / book.page).is_file()]
    if missing:
        print(f"{missing[0].relative_to(ROOT)} is missing: run make book", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        versions = {"chromium": browser.version, **{name: version(name) for name in PACKAGES}}
        visits = measure(browser, books, charts, options.runs)
    summaries = {how.__name__: summarise(visits, how) for how in (median, min, max)}
    record = {"chapter": options.chapter, "charts": charts, "versions": versions}
    written = json.dumps(record | summaries | {"visits": visits}, indent=2)
    (BUILD / "bench-pages.json").write_text(written.replace("Infinity", "null"), encoding="utf-8")
    print(f"Chapter {options.chapter}: {charts} charts, medians of {options.runs} run(s)\n")
    print(table(summaries["median"], charts))
    print("\nInteractive: stock from the start of the visit, ours from the touch. KB: 1000 bytes.")
    ours = summaries["median"].get("ours", {})
    return int(not all(is_met(each, ours[each.key], charts) for each in MEASURES if ours))


if __name__ == "__main__":
    sys.exit(main())
