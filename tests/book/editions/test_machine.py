"""What programs read: pages as Markdown with their numbers, and the list of them."""

import json
from dataclasses import replace

import pytest

from casi.book.editions import machine
from casi.book.editions.edition import edition
from casi.tables import ROOT


@pytest.fixture
def page(tmp_path):
    def write(*cells):
        path = tmp_path / "page.ipynb"
        path.write_text(json.dumps({"cells": list(cells)}), encoding="utf-8")
        return path

    return write


def markdown(text):
    return {"cell_type": "markdown", "metadata": {}, "source": [text]}


def value(text):
    return {"status": "ok", "data": {"text/plain": repr(text)}}


def test_a_page_has_its_numbers_and_tables_and_no_code(page):
    table = {"output_type": "display_data", "data": {"text/markdown": "| A |\n| - |\n| 1 |"}}
    code = {"cell_type": "code", "source": ["secret()"], "outputs": [table], "metadata": {}}
    hidden = code | {"metadata": {"tags": ["hide-cell"]}}
    source = page(
        markdown("They share {eval}`n` borders, see {doc}`the map <borders>`."), code, hidden
    )
    text = machine.as_markdown(source, [value("nine")], "../")
    assert text == "They share nine borders, see the map.\n\n| A |\n| - |\n| 1 |\n"


def test_a_chart_is_its_caption_and_a_link_to_its_numbers(page):
    caption = (
        ":::{figure} #fig-a\n:tables: clashes\n:sources: {cite}`key`\n\n"
        "Clashes fell to {eval}`n`\n\nClashes, by year (clashes)\n\nFrom 2010.\n:::\n"
    )
    text = machine.as_markdown(page(markdown(caption)), [value("two")], "../")
    assert text == (
        "**Chart: Clashes fell to two** Clashes, by year (clashes). From 2010. "
        "[Numbers](../charts/fig-a.csv)\n"
    )


def test_directives_and_labels_are_left_out_and_their_text_is_kept(page):
    text = "(a-label)=\n# Title\n\n:::{note}\n:class: tip\nRead {cite:t}`key`.\n:::"
    assert machine.as_markdown(page(markdown(text)), [], "") == "# Title\n\nRead key.\n"


def test_the_list_names_pages_and_data_by_their_lasting_address():
    ours = replace(edition(ROOT), site="https://example.org/book")
    text = machine.index(ours, {"index": "Start"}, ["index"], "json")
    base = f"https://example.org/book/{ours.folder}"
    assert text.startswith(f"# {ours.title}\n\n> {ours.abstract}\n")
    assert f"- [Start]({base}/index.md)" in text
    assert f"({base}/json/index.json)" in text and f"({base}/json/schema.json)" in text
    assert "JSON" not in machine.index(ours, {"index": "Start"}, ["index"], "")
