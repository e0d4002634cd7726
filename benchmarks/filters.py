"""Measure how fast the page of the record answers a filter on a slow machine.

Run it after `make book`: it prints a table, writes `_build/bench-filters.json` and fails if a
filter takes longer than the limit. The answer is complete when the table is drawn and laid out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from casi.book.pages.browser import NoBrowser, find_browser

BUILD = Path(__file__).resolve().parent.parent / "_build"
CPU_SLOWDOWN = 4
LIMIT = 100  # milliseconds
TIMES = 5
FILTERS = {
    "All rows": "kind=",
    "One state since 2018": "states=TKM&from=2018",
    "Everything between two states": "states=KGZ,TJK&match=all",
    "Exercises without two powers": "kind=Exercise&without=RUS,CHN&from=2020",
    "Deliveries to one state": "states=KAZ&kind=Arms%20deliveries&from=2021&to=2025",
    "A word": "q=border",
    "Words in Russian": "q=%D1%83%D1%87%D0%B5%D0%BD%D0%B8%D1%8F%20%D0%9E%D0%94%D0%9A%D0%91",
    "Timeline of a state": "states=UZB&view=timeline",
    "Map of exercises": "kind=Exercise&view=map",
}
ANSWER = """filter => {
  history.replaceState(null, "", `#${filter}`);
  const start = performance.now();
  dispatchEvent(new HashChangeEvent("hashchange"));
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""


def measure(tab: Page) -> dict[str, float]:
    """Return the shortest time of each filter in milliseconds: other programs only add to it."""
    found = {}
    for name, filter_ in FILTERS.items():
        times = [tab.evaluate(ANSWER, filter_) for _ in range(TIMES + 1)]
        found[name] = min(times[1:])
    return found


def main() -> int:
    """Measure, print and store; return the exit code."""
    try:
        browser_path = find_browser()
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.goto((BUILD / "html" / "chapters" / "record.html").as_uri())
        tab.locator(".casi-records tbody tr").first.wait_for()
        tab.context.new_cdp_session(tab).send(
            "Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN}
        )
        found = measure(tab)
        browser.close()
    (BUILD / "bench-filters.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name, milliseconds in found.items():
        print(f"{name:<32}{milliseconds:>6.0f} ms{' *' * (milliseconds > LIMIT)}")
    if slow := [name for name, milliseconds in found.items() if milliseconds > LIMIT]:
        print(f"Slower than {LIMIT} ms: {', '.join(slow)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
