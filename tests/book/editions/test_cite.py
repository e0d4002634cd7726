import json
from dataclasses import replace
from unittest.mock import Mock

import pytest
from pybtex.database import parse_string

from casi.book.editions import cite
from casi.book.editions.edition import edition
from casi.tables import ROOT


@pytest.fixture
def ours():
    return replace(edition(ROOT), version="2026.11", site="https://example.org/book")


def test_the_sentence_names_the_edition_and_its_address(ours):
    found = cite.sentence(ours)
    assert found.startswith("The maintainers of Central Asia Security Integration. Central Asia")
    assert "Edition 2026.11." in found and found.endswith("https://example.org/book/2026.11/.")
    assert "Draft of edition 2026.11." in cite.sentence(ours.as_draft())


def test_without_an_address_none_is_made_up(ours):
    bare = replace(ours, site="")
    assert cite.address(bare) == "" and "http" not in cite.sentence(bare)
    assert "url" not in cite.bibtex(bare) and "UR" not in cite.ris(bare)
    assert cite.address(ours, "a.html") == "https://example.org/book/2026.11/a.html"


def test_bibtex_is_read_by_a_bibtex_reader(ours):
    [entry] = parse_string(cite.bibtex(ours), "bibtex").entries.values()
    assert entry.fields["title"] == ours.title
    assert entry.fields["version"] == "2026.11"
    assert entry.fields["year"] == str(ours.made.year)
    assert str(entry.persons["author"][0]) == f"{{{ours.authors[0]}}}"  # no first and last name


def test_ris_has_a_type_first_and_an_end_last(ours):
    lines = cite.ris(ours).splitlines()
    assert (lines[0], lines[-1]) == ("TY  - RPRT", "ER  - ")
    assert f"TI  - {ours.title}" in lines and "ET  - 2026.11" in lines


def test_csl_has_what_its_schema_requires(ours):
    [item] = json.loads(cite.csl(ours))
    assert {"id", "type"} <= set(item) and item["type"] == "report"
    assert item["issued"]["date-parts"] == [[ours.made.year, ours.made.month, ours.made.day]]
    assert item["author"] == [{"literal": ours.authors[0]}]


def test_write_puts_every_format_into_the_book(tmp_path):
    app = Mock(srcdir=ROOT, outdir=tmp_path)
    app.config.casi_edition = edition(ROOT)
    app.builder.name = "html"
    cite.write(app, RuntimeError("no book"))
    assert not (tmp_path / "cite").exists()
    cite.write(app, None)
    names = sorted(path.name for path in (tmp_path / "cite").iterdir())
    assert names == ["CITATION.cff", "citation.bib", "citation.csl.json", "citation.ris"]
