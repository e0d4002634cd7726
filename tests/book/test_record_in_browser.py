"""The record as readers ask it: what is filtered, drawn and downloaded, and what the address says.

Most tests share one tab: the filter of a question is written behind # of its address.
"""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from browsing import AXE, FEW_OF_EACH, PHONE
from playwright.sync_api import expect

from casi.tables import closing_date, load
from casi.text import date

OPEN = """filter => new Promise((done) => {
  history.replaceState(null, "", "#");
  addEventListener("hashchange", () => setTimeout(done), { once: true });
  location.hash = filter;
})"""
COUNT_DOTS = """paths => paths
  .map((path) => path.getAttribute("d").split("M").length - 1)
  .reduce((sum, dots) => sum + dots, 0)"""
COUNT_ROWS = """circles => circles
  .reduce((sum, circle) => sum + Number(circle.dataset.rows), 0)"""
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def tab(chromium, book):
    """The page of the record, opened from a folder; faults are noted in `tab.faults`."""
    page = chromium.new_context(offline=True).new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on(
        "console",
        lambda message: page.faults.append(message.text) if message.type == "error" else None,
    )
    page.goto(f"{book.as_uri()}/chapters/record.html")
    expect(page.locator(".casi-records tbody tr")).to_have_count(10)
    return page


@pytest.fixture
def ask(tab):
    """Return a function that opens the record with a filter and returns keys and status."""

    def asked(filter_):
        tab.evaluate(OPEN, filter_)
        return keys(tab), tab.get_by_role("status").first.text_content()

    yield asked
    assert tab.faults == []


def keys(tab):
    return tab.locator(".casi-records tbody code").all_text_contents()


def number(status):
    return int(re.search(r"([\d,]+) rows?\b", status)[1].replace(",", ""))


def test_what_turkmenistan_has_joined_and_attended_since_2018(ask, tab):
    tab.get_by_role("button", name="Clear").click()
    tab.locator("[name='states']").select_option("TKM")
    for kind in ("Membership", "Meeting", "Exercise", "Treaty step"):
        tab.locator("[name='kind']").select_option(kind)
    tab.locator("[name='from']").fill("2018")
    address = "#states=TKM&kind=Membership,Meeting,Exercise,Treaty%20step&from=2018"
    assert tab.evaluate("location.hash") == address
    assert keys(tab)[0] == "meetings/c5gbr-fm-2026-london"
    who = tab.locator(".casi-records tbody td:nth-child(3)").all_text_contents()
    assert all("Turkmenistan" in text for text in who)
    assert tab.faults == []


def test_everything_between_kyrgyzstan_and_tajikistan(ask):
    found, status = ask("states=KGZ,TJK&match=all")
    assert found[0] == "border_progress/kgz-tjk-2026-03-03"
    clashes = load("clashes").query("state_a == 'KGZ' and state_b == 'TJK'")
    assert number(ask("states=KGZ,TJK&match=all&kind=Clash")[1]) == len(clashes)
    steps, _ = ask("states=KGZ,TJK&match=all&kind=Treaty step&from=2025&to=2025&q=border")
    assert {key.split("/")[2] for key in steps} >= {"KGZ", "TJK"}  # each party's own step
    assert number(status) > 500


def test_exercises_since_2020_without_russia_and_china_name_who_came(ask, tab):
    found, status = ask("without=RUS,CHN&kind=Exercise&from=2020")
    drills = load("exercises").query("status == 'held' and date_start >= '2020-01-01'")
    parts = load("participation").query("level == 'contingent' or level.isna()")
    powers = set(parts.loc[parts["state"].isin(["RUS", "CHN"]), "event"])
    free = drills[~drills["exercise"].isin(powers)]
    listed = free[free["participants_complete"]].sort_values("date_start")
    assert found[0] == f"exercises/{listed['exercise'].iloc[-1]}"
    first = tab.locator(".casi-records tbody tr").first
    expect(first).to_contain_text("Contingents: ")
    names = load("states").set_index("iso3")["name"]
    for state in parts.loc[parts["event"] == listed["exercise"].iloc[-1], "state"]:
        expect(first).to_contain_text(names[state])
    assert number(status) == len(listed)
    unsure = (~free["participants_complete"]).sum()
    expect(tab.locator(".casi-records-status")).to_contain_text(f"{unsure} left out")
    tab.get_by_role("button", name="show them too").click()
    assert tab.evaluate("location.hash").endswith("&unsure=with")
    assert number(tab.get_by_role("status").first.text_content()) == len(free)


def test_who_delivers_to_kazakhstan_is_in_its_profile_and_in_the_record(ask, chromium, book):
    found, status = ask("states=KAZ&kind=Arms deliveries&from=2021&to=2025")
    rows = load("arms_transfers").query("delivery_year >= 2021 and delivery_year <= 2025")
    own = rows[(rows["recipient"] == "KAZ") | (rows["supplier"] == "KAZ")]
    assert number(status) == len(own) and found[0].startswith("arms_transfers/KAZ/")
    profile = chromium.new_context(java_script_enabled=False).new_page()
    profile.goto(f"{book.as_uri()}/chapters/profile_kazakhstan.html")
    names = load("states").set_index("iso3")["name"]
    volume = own[own["recipient"] == "KAZ"].groupby("supplier")["tiv_millions"].sum()
    for supplier in volume.nlargest(3).index:
        expect(profile.get_by_role("article")).to_contain_text(names[supplier])


@pytest.mark.parametrize(
    ("page", "words", "filter_"),
    [
        ("record", "what Turkmenistan has joined and attended since 2018", "states=TKM"),
        ("record", "exercises since 2020 without Russia and China", "without=RUS,CHN"),
        ("profile_turkmenistan", "those since 2018", "states=TKM&from=2018"),
        ("profile_kyrgyzstan_tajikistan", "every row on both", "states=KGZ,TJK&match=all"),
    ],
)
def test_a_link_in_the_text_asks_the_record(read, page, words, filter_):
    tab = read(f"chapters/{page}")
    tab.get_by_role("link", name=words, exact=True).click()
    tab.wait_for_url("**/record.html#*")
    assert tab.evaluate("location.hash").startswith(f"#{filter_}")
    status = tab.get_by_role("status").first
    expect(status).to_contain_text("rows")
    expect(tab.locator(".casi-records-filters")).to_be_in_viewport()
    asked = number(status.text_content())
    tab.get_by_role("button", name="Clear").click()
    assert 0 < asked < number(status.text_content())


def test_the_front_page_leads_to_pages_of_states_to_the_record_and_to_the_report_of_errors(read):
    for words, heading in [
        ("each state, each pair and each body", "Profiles of states, pairs and bodies"),
        ("the record", "The record: search it, and how it was made"),
        ("Report an error", "Method"),
    ]:
        tab = read("index")
        link = tab.get_by_role("article").get_by_role("link", name=words, exact=True).first
        expect(link).to_be_in_viewport()
        link.click()
        expect(tab.locator("article h1")).to_contain_text(heading)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Учения Бирлестик", "exercises/birlestik-2024"),  # a synonym, and letters in Latin ones
        ("Степной орёл", "exercises/steppe-eagle-2019"),  # another name of the data
        ("TKM attaché", "meetings/scs-2024-astana"),  # a code, and an accent that is not needed
        ("Астана 2019 foreign ministers", "meetings/c5kor-fm-2019-nursultan"),
    ],
)
def test_the_search_knows_names_in_two_languages_codes_and_places(ask, words, key):
    found, status = ask(f"q={words}")
    assert number(status) <= 60 and key in found, found


def test_what_a_short_word_finds_is_the_word_and_not_a_part_of_others(ask):
    _, status = ask("q=SCO&kind=Meeting")
    _, moscow = ask("q=Moscow&kind=Meeting")
    assert number(status) < number(ask("kind=Meeting")[1]) / 4 and number(moscow) >= 0


def test_plans_stand_apart_until_asked_for(ask, tab):
    _, held = ask("kind=Exercise")
    planned = load("exercises").query("status != 'held'")
    assert number(held) == len(load("exercises")) - len(planned)
    tab.get_by_role("button", name="show plans").click()
    assert tab.evaluate("location.hash") == "#kind=Exercise&plans=only"
    assert number(tab.get_by_role("status").first.text_content()) == len(planned)


@pytest.mark.parametrize(
    "filter_", ["kind=Clash", "states=UZB&kind=Exercise&level=observer&grade=high", "frame=CSTO"]
)
def test_what_is_filtered_is_what_is_drawn(ask, tab, filter_):
    total = number(ask(filter_)[1])
    _, status = ask(f"{filter_}&view=timeline")
    dots = tab.locator(".casi-dots").evaluate_all(COUNT_DOTS)
    left = re.search(r"([\d,]+) of them without", status)
    assert dots == total - (int(left[1].replace(",", "")) if left else 0) > 0
    _, status = ask(f"{filter_}&view=map")
    drawn = tab.locator(".casi-records-canvas circle").evaluate_all(COUNT_ROWS)
    left = re.search(r"([\d,]+) of them without", status)
    assert drawn == total - (int(left[1].replace(",", "")) if left else 0)


def test_a_mark_of_the_timeline_and_of_the_map_opens_its_rows(ask, tab):
    for view in ("timeline", "map"):
        ask(f"kind=Clash&view={view}")
        mark = tab.locator(".casi-records-canvas a").first
        counted = number(mark.get_attribute("aria-label"))
        mark.dispatch_event("click")
        expect(tab.locator(".casi-records-canvas")).to_be_hidden()
        assert number(tab.get_by_role("status").first.text_content()) == counted


def test_what_is_seen_can_be_taken_along_and_no_cell_is_a_formula(ask, tab, tmp_path):
    ask("kind=Clash&from=2022&to=2022")
    shown = number(tab.get_by_role("status").first.text_content())
    with tab.expect_download() as csv:
        tab.get_by_role("button", name="Download these rows (CSV)").click()
    csv.value.save_as(tmp_path / "rows.csv")
    frame = pd.read_csv(tmp_path / "rows.csv", encoding="utf-8-sig")
    assert len(frame) == shown and set(frame["Kind"]) == {"Clash"}
    with tab.expect_download() as xlsx:
        tab.evaluate("casiSave.xlsx([['Key', 'What'], ['=1+1', '@a & <b>'], ['-5', '+1']], 'x')")
    xlsx.value.save_as(tmp_path / "rows.xlsx")
    sheet = zipfile.ZipFile(tmp_path / "rows.xlsx").read("xl/worksheets/sheet1.xml")
    cells = list(ElementTree.fromstring(sheet).iter(f"{SHEET}c"))
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    texts = ["".join(cell.itertext()) for cell in cells]
    assert texts == ["Key", "What", "=1+1", "@a & <b>", "-5", "+1"]
    with tab.expect_download() as csv:
        tab.evaluate("casiSave.csv([['=1+1', '-5', 'a \"b\"']], 'x')")
    csv.value.save_as(tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig") == '"\'=1+1","\'-5","a ""b"""'


def test_a_source_is_named_in_words_with_page_archive_and_entry(ask, tab):
    ask("rows=clashes/kaz-kgz-2014-08-13")
    page, archive, entry = tab.locator(".casi-sources a").all()
    assert page.text_content().startswith("Xinhua") and page.get_attribute("href").startswith(
        "http"
    )
    assert (
        archive.get_attribute("href")
        == f"https://web.archive.org/web/*/{page.get_attribute('href')}"
    )
    entry.click()
    tab.wait_for_url("**/bibliography.html#rows=xinhua20140814qc")
    expect(tab.locator(".casi-records tbody code")).to_have_text("xinhua20140814qc")
    expect(tab.locator(".casi-sources a")).to_have_count(2)
    tab.go_back()
    expect(tab.locator(".casi-sources a")).to_have_count(3)


def test_without_scripts_every_row_can_be_read_and_all_can_be_downloaded(chromium, book):
    page = chromium.new_context(java_script_enabled=False).new_page()
    for name, label in (("chapters/record", "events"), ("bibliography", "sources")):
        page.goto(f"{book.as_uri()}/{name}.html")
        links = page.locator(".casi-row-pages a").evaluate_all(
            "links => links.map(one => one.href)"
        )
        found = []
        for link in links:
            assert Path(link.removeprefix("file://")).stat().st_size < 200_000
            page.goto(link)
            found += page.locator("tbody code").all_text_contents()
        whole = pd.read_csv(book / "records" / f"{label}.csv")["Key"].tolist()
        assert sorted(found) == sorted(whole)
        page.goto(f"{book.as_uri()}/{name}.html")
        way = page.get_by_role("link", name="Download all rows (CSV)").get_attribute("href")
        assert (book / name / ".." / way).resolve().is_file()


def test_a_plain_page_of_rows_is_sound_on_a_phone_and_in_the_dark(read):
    for scheme in ("light", "dark"):
        tab = read(
            "records/events-exercises-1", viewport=PHONE, color_scheme=scheme, bypass_csp=True
        )
        assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert tab.faults == [] and tab.foreign == []
        tab.evaluate(FEW_OF_EACH)
        tab.evaluate(AXE)
        found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found["violations"]] == []


COUNT_MARKS = """() => {
  const { columns, rows } = casiRecords.events;
  const key = columns.indexOf("Key");
  const times = {};
  rows.forEach((row) => (times[row[key]] = (times[row[key]] ?? 0) + 1));
  const marks = Object.values(casiChartRows).flatMap(({ rows }) =>
    Object.values(rows).flatMap((lines) => Object.values(lines)));
  return marks.map((mark) => mark.split(";"))
    .filter((keys) => keys.some((each) => times[each] !== 1)).map((keys) => keys.join());
}"""


def test_every_mark_of_every_chart_opens_as_many_rows_as_it_counts(ask, tab):
    assert tab.evaluate(COUNT_MARKS) == []  # each key is one row of the page
    first = """([label, chart]) => {
      const [series, lines] = Object.entries(chart.rows)[0];
      const [at, keys] = Object.entries(lines)[0];
      return [`chart=${label}&series=${series}&at=${at}`, keys.split(";").length, chart.title];
    }"""
    marks = tab.evaluate(f"Object.entries(casiChartRows).map({first})")
    assert len(marks) > 8
    for filter_, count, title in marks:
        _, status = ask(filter_)
        assert number(status.rpartition(":")[2]) == count and title in status


def test_a_number_and_a_bar_of_a_chart_lead_to_the_rows_they_count(chromium, book):
    page = chromium.new_context(offline=True, viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{book.as_uri()}/chapters/borders.html")
    chart = page.locator("#fig-clashes")
    chart.locator(".casi-numbers summary").click()
    link = chart.locator(".casi-numbers a", has_text=re.compile("^[2-9]$")).first
    count = int(link.text_content())
    link.click()
    expect(page.locator(".casi-records-status")).to_contain_text(f"{count} rows")
    page.go_back()
    chart.locator(".casi-chart").scroll_into_view_if_needed()
    chart.locator(".casi-chart").hover()
    expect(chart.locator(".casi-chart")).to_have_attribute("data-live", "")
    point = {"data": {"name": "Kyrgyz-Tajik"}, "x": 2022, "y": 1, "customdata": "1"}
    live = chart.locator(".casi-live")
    live.evaluate("(live, point) => live.emit('plotly_click', { points: [point] })", point)
    page.wait_for_url("**/record.html#chart=fig-clashes&series=Kyrgyz-Tajik&at=2022")
    status = page.locator(".casi-records-status")
    expect(status).to_contain_text("Kyrgyz-Tajik, 2022:")
    rows = load("clashes").query("border == 'kgz-tjk' and kind != 'mines'")
    drawn = (rows["date_start"].dt.year == 2022).sum()
    assert number(status.text_content().rpartition("2022:")[2]) == drawn


def test_when_a_number_was_updated_and_where_to_report_it_wrong(tab, chromium, book):
    about = tab.locator(".casi-records-about")
    expect(about).to_contain_text(f"closed {date(closing_date())}")
    way = about.get_by_role("link", name="Report an error").get_attribute("href")
    assert way.startswith("http") or (book / "chapters" / way.partition("#")[0]).resolve().is_file()
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{book.as_uri()}/chapters/suppliers.html")
    notes = page.locator("figure .casi-notes")
    assert notes.count() and all("edition" in text for text in notes.all_text_contents())
