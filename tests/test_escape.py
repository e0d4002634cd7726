import pandas as pd
import pytest
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

from casi import escape, text

MARKUP = [
    "<script>window.X=1</script>",
    "<img src=x onerror=alert(1)>",
    "![p](http://example.org/p.png)",
    "[a](javascript:alert(1)) [b]: http://example.org",
    "<http://example.org> &lt;b&gt; &#60;",
    "{eval}`1` {{ citation }} $x^2$ $$y$$",
    "*a* _b_ __c__ **d** ~~e~~ `f` a_b_c c*d* __e_ _",
    "# Heading",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "> quote",
    "% comment",
    "(target)=",
    "::: note",
    "--- rule",
    "a | b \\| c \\",
    "``` fence",
    "=HYPERLINK(1)",
]


def tokens(markdown: str) -> list:
    """The tokens of Markdown read with every extension that could be of use to an attacker."""
    extensions = ["colon_fence", "deflist", "substitution", "dollarmath", "html_image"]
    config = MdParserConfig(enable_extensions=extensions)
    return create_md_parser(config, DocutilsRenderer).parse(markdown)


def shown(inline) -> str:
    assert {token.type for token in inline.children} == {"text"}, inline.children
    return "".join(token.content for token in inline.children)


@pytest.mark.parametrize("markup", MARKUP)
@pytest.mark.parametrize("before", ["", "x ", "x"])
def test_markdown_shows_text_and_does_not_act_on_it(markup, before):
    opening, inline, closing = tokens(escape.for_markdown(before + markup))
    assert (opening.type, closing.type) == ("paragraph_open", "paragraph_close")
    assert shown(inline) == before + markup


def test_a_line_break_in_a_text_begins_no_block():
    _, inline, _ = tokens(escape.for_markdown("a\r\n\n# b\x00\u2028- c"))
    assert shown(inline) == "a # b - c"


@pytest.mark.parametrize("markup", MARKUP)
def test_a_table_shows_its_cells_headings_and_caption_as_text(markup):
    frame = pd.DataFrame({markup: [markup], "key": [escape.as_code(markup)]})
    table = text.table(frame, label="tab-x", caption=markup, note="Note.", markdown=["key"])
    found = [token for token in tokens(table.markdown) if token.type == "inline"]
    caption, head, _, cell, key, _ = found
    assert {child.type for child in caption.children} <= {"text", "strong_open", "strong_close"}
    assert "".join(child.content for child in caption.children) == markup
    assert (shown(head), shown(cell)) == (markup, markup)
    [code] = key.children
    assert (code.type, code.content) == ("code_inline", markup)


@pytest.mark.parametrize("markup", MARKUP)
def test_prose_shows_its_values_as_text_and_titles_keep_them(markup):
    template, values = "Found {one} and {more:list}.", {"one": markup, "more": [markup, "b"]}
    plain = f"Found {markup} and {markup} and b."
    _, inline, _ = tokens(text.fill_markdown(template, values))
    assert shown(inline) == plain
    assert text.fill(template, values) == plain


def test_a_citation_holds_keys_alone():
    with pytest.raises(ValueError, match="not keys of a bibliography: \\['a`<b>'\\]"):
        text.cite(["a2020b", "a`<b>"])


def test_plotly_finds_no_tag_no_formula_and_no_place_in_a_text():
    assert escape.for_plotly("<a href='x'>A&amp;B</a> $x$ %{y} 5%") == (
        "&#60;a href='x'>A&#38;amp;B&#60;/a> &#36;x&#36; &#37;{y} 5%"
    )


@pytest.mark.parametrize(
    "cell", ["=HYPERLINK(1)", "@SUM(1)", "+1+cmd", "-1-2", "\t=1", " =1", "\r=1", "-"]
)
def test_a_spreadsheet_takes_no_text_for_a_formula(cell):
    assert escape.for_spreadsheet(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", [-5, -5.5, "-5", "+0.5", "-1.5e-7", "-5%", "Kulob", "a=b", "", None]
)
def test_numbers_and_names_stay_as_they_are(cell):
    assert escape.for_spreadsheet(cell) is cell
