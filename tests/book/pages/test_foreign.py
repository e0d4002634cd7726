import re
from unittest.mock import Mock

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.errors import ExtensionError

from casi.book.pages import foreign

OWN = re.compile(r"_static/own\.js")
REFUSED = {
    "<p><script>run()</script></p>": "script 'run()'",
    "<script>run()": "script without an end",
    "<SCRIPT SRC='//example.org/x.js'></SCRIPT>": "script '//example.org/x.js'",
    '<script src="_static/other.js"></script>': "script '_static/other.js'",
    '<script type="module">run()</script>': "script 'run()'",
    "<img src=x onerror=run()>": "script in onerror='run()'",
    "<svg/onload=run()>": "script in onload='run()'",
    '<a href="javascript:run()">a</a>': "address 'javascript:run()'",
    '<a href=" java&#10;script:run()">a</a>': r"address ' java\nscript:run()'",
    '<a href="data:text/html,x">a</a>': "address 'data:text/html,x'",
    '<form action="vbscript:x"></form>': "address 'vbscript:x'",
    '<svg><a xlink:href="javascript:x"/></svg>': "address 'javascript:x'",
    '<img src="http://example.org/p.png">': "resource 'http://example.org/p.png'",
    '<img src="//example.org/p.png"/>': "resource '//example.org/p.png'",
    '<source srcset="a.png 1x, https://example.org/p.png 2x">': (
        "resource 'a.png 1x, https://example.org/p.png 2x'"
    ),
    "<iframe srcdoc='x'></iframe>": "element <iframe>",
    '<base href="x/">': "element <base>",
}
ALLOWED = [
    '<script src="_static/own.js" defer></script>',
    '<script type="application/json">{"a": "<b onclick=1>"}</script>',
    '<a href="https://example.org">a</a><a href="mailto:a@example.org">b</a><a href="#c">c</a>',
    '<img src="../charts/fig.svg" alt="onload=run()"><img src="data:image/png;base64,AA">',
    "<textarea>&lt;iframe src=x&gt;</textarea>",
]


@pytest.mark.parametrize("markup", REFUSED)
def test_what_runs_or_loads_from_elsewhere_is_named(markup):
    assert foreign.faults_in(markup, OWN) == [REFUSED[markup]]


@pytest.mark.parametrize("markup", ALLOWED)
def test_what_is_of_the_book_is_allowed(markup):
    assert foreign.faults_in(markup, OWN) == []


def test_a_part_of_a_page_has_no_script_of_its_own():
    assert foreign.faults_in(ALLOWED[0]) == ["script '_static/own.js'"]


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        (nodes.reference("", "a", refuri="javascript:run()"), "address 'javascript:run()'"),
        (nodes.reference("", "a", refuri="ftp://example.org"), "address 'ftp://example.org'"),
        (nodes.image(uri="http://example.org/p.png"), "picture 'http://example.org/p.png'"),
        (nodes.raw("", "<script>run()</script>", format="html"), "script 'run()'"),
    ],
)
def test_a_page_is_refused_by_name_when_it_is_read(node, fault):
    page = new_document("page")
    page += nodes.paragraph("", "", node)
    app = Mock()
    app.env.docname = "chapters/one"
    named = re.escape(f"chapters/one: not allowed in any edition: {fault}")
    with pytest.raises(ExtensionError, match=named):
        foreign.check_page(app, page)


def test_links_pictures_and_html_of_the_book_stay():
    page = new_document("page")
    page += nodes.paragraph("", "", nodes.reference("", "a", refuri="https://doi.org/10.1/x"))
    page += [nodes.image(uri="images/a.png"), nodes.raw("", "<b>b</b>", format="html")]
    page += nodes.raw("", "<script>", format="latex")
    foreign.check_page(Mock(), page, "chapters/one")
