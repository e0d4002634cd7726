import json
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from casi.book.editions import archives, atom, site_index
from casi.book.editions.edition import edition
from casi.tables import ROOT

NS = {"atom": atom.ATOM, "map": site_index.SITEMAP}
WRONG = {"id": "c1", "table": "exercises", "row": "birlik-2025", "column": "held_to"}
WRONG |= {"expect": "2025-10-01", "reason": "The agency corrected it."}


def about(version, **more):
    name = "Draft of edition 2026.12" if version == "latest" else f"Edition {version}"
    values = {"folder": version, "version": version, "name": name, "pages": ["index.html"]}
    values |= {"made": "2026-11-25T10:00:00+00:00", "changes": "- *New*", "corrections": []}
    return values | {"files": ["a.pdf"], "cite": ["citation.bib"]} | more


BOOKS = [about("2026.11"), about("2026.12", corrections=[WRONG]), about("latest")]


@pytest.fixture
def ours():
    return replace(edition(ROOT), site="https://example.org/book")


@pytest.fixture
def site(tmp_path):
    for each in BOOKS:
        (tmp_path / each["folder"]).mkdir()
        (tmp_path / each["folder"] / archives.SUMS).write_text(each["folder"])
    return tmp_path


def test_the_root_leads_to_the_newest_edition_and_lists_all(site, ours):
    site_index.write(site, ours, BOOKS)
    assert "url=2026.12/index.html" in (site / "index.html").read_text()
    page = (site / site_index.PAGE).read_text()
    assert page.index("Edition 2026.12") < page.index("Edition 2026.11") < page.index("Draft of")
    assert "<em>New</em>" in page and "2026.11/cite/citation.bib" in page
    listed = json.loads((site / site_index.LIST).read_text())
    assert (listed["newest"], len(listed["editions"])) == ("2026.12", 2)
    assert all(len(each["sums"]) == 64 for each in listed["editions"])
    assert (site / "editions.js").read_text().startswith('const SITE = {"newest": "2026.12"')


def test_before_the_first_edition_the_root_leads_to_the_draft(site, ours):
    site_index.write(site, replace(ours, site=""), BOOKS[-1:])
    assert "url=latest/index.html" in (site / "index.html").read_text()
    assert not (site / "sitemap.xml").exists()


def test_the_feed_is_what_rfc_4287_asks_for(ours):
    top = ET.fromstring(site_index.feed(ours, BOOKS[:2]))
    entries = top.findall("atom:entry", NS)
    for each in (top, *entries):
        for tag in ("id", "title", "updated"):
            [found] = each.findall(f"atom:{tag}", NS)
            assert found.text
        datetime.fromisoformat(each.find("atom:updated", NS).text)
    keys = [each.find("atom:id", NS).text for each in (top, *entries)]
    assert len(set(keys)) == len(keys) and all(key.startswith("urn:uuid:") for key in keys)
    assert top.find("atom:author/atom:name", NS).text == ours.authors[0]
    assert [each.find("atom:title", NS).text for each in entries] == [
        "Edition 2026.12",
        "Correction in edition 2026.12: exercises, birlik-2025",
        "Edition 2026.11",
    ]
    assert "was “2025-10-01”. The agency corrected it." in entries[1].find("atom:content", NS).text


def test_an_entry_keeps_its_key_when_others_come(ours):
    def keys(editions):
        top = ET.fromstring(site_index.feed(ours, editions))
        return [each.text for each in top.findall("atom:entry/atom:id", NS)]

    assert keys(BOOKS[:2])[-1:] == keys(BOOKS[:1])


def test_the_map_names_every_page_of_every_edition(ours):
    top = ET.fromstring(site_index.sitemap(ours, BOOKS[:2]))
    assert [each.text for each in top.findall("map:url/map:loc", NS)] == [
        "https://example.org/book/2026.11/index.html",
        "https://example.org/book/2026.12/index.html",
    ]


def test_search_engines_are_kept_from_the_draft(ours):
    assert "Disallow: /latest/" in site_index.robots(ours)
    assert site_index.robots(ours).endswith("Sitemap: https://example.org/book/sitemap.xml\n")
    assert "Sitemap" not in site_index.robots(replace(ours, site=""))
