"""Feeds and calendar as files: what programs read in them, and where a site keeps them."""

from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from icalendar import Calendar

from casi.book.editions import atom, feeds
from casi.book.editions.edition import edition
from casi.tables import ROOT

NS = {"atom": atom.ATOM}
RECORD = "chapters/record.html"
HOSTILE = "<b>&amp; \x07]]>,;\\\nBEGIN:VEVENT\r\n"


@pytest.fixture
def ours():
    return replace(edition(ROOT), site="https://example.org/book")


def entry(**more):
    return SimpleNamespace(**{"key": "a/b", "title": "T", "text": "x", "row": "a/b c"} | more)


def plan(**more):
    days = {"first": pd.Timestamp("2026-10-13"), "last": pd.Timestamp("2026-10-15")}
    made = {"row": "exercises/a", "name": "Skala", "place": "Osh", "note": "Planned."}
    return SimpleNamespace(**made | days | more)


def read(ours, *entries):
    feed = SimpleNamespace(name="kazakhstan", title="Kazakhstan", pages=[])
    return ET.fromstring(feeds.as_feed(ours, feed, list(entries), RECORD))


def test_a_feed_leads_to_rows_and_is_read_at_the_root_of_the_site(ours):
    top = read(ours, entry())
    links = {each.get("rel"): each.get("href") for each in top.findall("atom:link", NS)}
    assert links["self"] == "https://example.org/book/feeds/kazakhstan.xml"
    [found] = top.findall("atom:entry", NS)
    place = found.find("atom:link", NS).get("href")
    assert place == f"{links['alternate']}#rows=a/b%20c"
    assert place.startswith(f"https://example.org/book/{ours.folder}/chapters/record.html#")
    assert found.find("atom:updated", NS).text == ours.made.isoformat()


def test_an_entry_keeps_its_key_in_later_editions(ours):
    later = replace(ours, version="2027.01")
    key = "atom:entry/atom:id"
    assert read(ours, entry()).find(key, NS).text == read(later, entry()).find(key, NS).text


def test_without_an_address_links_lead_to_the_book_beside_the_feed(ours):
    top = read(replace(ours, site=""), entry(row=""))
    assert top.find("atom:entry/atom:link", NS).get("href") == "../chapters/record.html"


def test_hostile_text_is_text_in_a_feed(ours):
    found = read(ours, entry(title=HOSTILE, text=HOSTILE)).find("atom:entry", NS)
    shown = HOSTILE.replace("\x07", "\ufffd").replace("\r\n", "\n")
    assert found.find("atom:title", NS).text == found.find("atom:content", NS).text == shown
    assert found.find("atom:content", NS).get("type") == "text"


def test_a_calendar_program_reads_days_and_where_they_are_from(ours):
    made = feeds.as_calendar(ours, [plan(), plan(row="b", place="")], RECORD)
    calendar = Calendar.from_ical(made)
    first, second = calendar.walk("VEVENT")
    assert (first["dtstart"].dt.isoformat(), first["dtend"].dt.isoformat()) == (
        "2026-10-13", "2026-10-16"  # the day after the last
    )  # fmt: skip
    assert (str(first["summary"]), str(first["location"])) == ("Skala", "Osh")
    assert str(first["url"]).endswith("record.html#rows=exercises/a")
    assert str(first["status"]) == "TENTATIVE" and "location" not in second
    assert first["uid"] != second["uid"]


def test_a_calendar_is_the_same_each_time_and_keeps_to_its_form(ours):
    once, again = (feeds.as_calendar(ours, [plan(name="é" * 90)], RECORD) for _ in range(2))
    assert once == again
    assert all(len(line) <= 75 for line in once.split(b"\r\n"))


def test_hostile_text_is_text_in_a_calendar(ours):
    made = feeds.as_calendar(ours, [plan(name=HOSTILE, place=HOSTILE, note=HOSTILE)], RECORD)
    [event] = Calendar.from_ical(made).walk("VEVENT")
    shown = HOSTILE.replace("\x07", "\ufffd").replace("\r\n", "\n")
    assert str(event["summary"]).replace("\r\n", "\n") == shown
    assert made.count(b"\r\nBEGIN:VEVENT") == 1


def test_the_root_of_a_site_has_the_feeds_of_an_edition_and_no_older_ones(tmp_path):
    book = tmp_path / "2026.11"
    (book / "feeds").mkdir(parents=True)
    (book / "feeds" / "a.xml").write_text('<link href="../chapters/record.html"/>')
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "old.xml").write_text("")
    feeds.publish(tmp_path, book)
    [path] = (tmp_path / "feeds").iterdir()
    assert path.read_text() == '<link href="../2026.11/chapters/record.html"/>'


def test_pages_of_a_site_name_the_feeds_at_its_root():
    page = '<link href="../feeds/a.xml" /><a href="../feeds/planned.ics">a</a><a href="feeds.html">'
    assert feeds.at_root(page, "../../") == (
        '<link href="../../feeds/a.xml" /><a href="../../feeds/planned.ics">a</a>'
        '<a href="feeds.html">'
    )
