from unittest.mock import Mock

import pytest

from casi.book.pages import styles

WORDS = {"seen", "here", "main"}


@pytest.mark.parametrize(
    "rule",
    [
        ".seen{color:red}",
        "#main .here>a:hover{color:red}",
        "p{color:red}",
        ".seen:not(.absent){color:red}",
        "@font-face{font-family:x}",
        "@media print{.seen{color:red}}",
    ],
)
def test_rules_that_a_page_can_use_stay(rule):
    assert styles.used(rule, WORDS).replace(" ", "") == rule.replace(" ", "")


@pytest.mark.parametrize(
    "rule",
    [".absent{color:red}", ".seen .absent{color:red}", "#absent{}", "@media print{.absent{top:0}}"],
)
def test_rules_that_no_page_can_use_go(rule):
    assert styles.used(rule, WORDS) == ""


def test_of_several_selectors_only_the_used_stay():
    assert styles.used(".absent,.seen,p{color:red}", WORDS) == ".seen,p{color:red}"


def test_words_are_those_of_pages_and_scripts(tmp_path):
    page, script = tmp_path / "a.html", tmp_path / "b.js"
    page.write_text('<p class="seen big-one">')
    script.write_text('x.classList.add("here")')
    assert {"seen", "big-one", "here"} <= styles.words_in([page, script])


def test_the_trimmed_sheet_is_cached_until_sheet_or_words_change(tmp_path, monkeypatch):
    runs = []
    trim = styles.used
    monkeypatch.setattr(styles, "used", lambda *asked: runs.append(asked) or trim(*asked))
    css = ".seen{top:0}.absent{top:0}"
    for words in (WORDS, WORDS | {"elsewhere"}):
        assert styles.cached_used(css, words, tmp_path) == ".seen{top:0}"
    assert len(runs) == 1
    assert ".absent" in styles.cached_used(css, WORDS | {"absent"}, tmp_path)
    assert styles.cached_used(f"{css}p{{top:0}}", WORDS, tmp_path).endswith("p{top:0}")
    assert len(runs) == 3 and list(tmp_path.glob("*.new")) == []


def test_trim_styles_keeps_to_finished_web_books(tmp_path):
    sheet = tmp_path / "_static" / "a.css"
    sheet.parent.mkdir()
    sheet.write_text(".absent{color:red}")
    app = Mock(outdir=str(tmp_path), srcdir=str(tmp_path))
    app.builder.format = "html"
    styles.trim_styles(app, RuntimeError("no book"))
    assert sheet.read_text()
    styles.trim_styles(app, None)
    assert sheet.read_text() == ""
