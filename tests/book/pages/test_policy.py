import re
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from docutils.utils import new_document
from sphinx.errors import ExtensionError

from casi.book.pages import figures, policy

PAGE = '<html><head><meta charset="utf-8" /></head></html>'


def policy_of(page):
    return re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_unsafe():
    rules = policy_of(policy.with_policy(PAGE))
    assert rules.startswith("default-src 'none'; script-src 'self'; ")
    assert not re.search("unsafe|http|sha256|[*]", rules)


@pytest.mark.parametrize("script", ["<script>run()</script>", '<script src="run.js"></script>'])
def test_a_page_with_a_script_that_is_not_ours_stops_the_build(script, monkeypatch):
    monkeypatch.setattr(policy.BuiltinTemplateLoader, "render", lambda *_: PAGE + script)
    with pytest.raises(ExtensionError, match=r"chapters/one: not allowed .*'run(\(\)|\.js)'"):
        policy.Templates().render("page.html", {"pagename": "chapters/one"})


@pytest.mark.parametrize(
    "script",
    ["_static/a.js", "../_static/scripts/b-c.js?digest=0af3", "_static/c.js?v=1"],
)
def test_scripts_of_the_book_are_known_by_their_place(script, monkeypatch):
    ours = f'{PAGE}<script defer src="{script}"></script>'
    monkeypatch.setattr(policy.BuiltinTemplateLoader, "render", lambda *_: ours)
    assert script in policy.Templates().render("page.html", {"pagename": "chapters/one"})


def test_the_button_that_opens_a_part_of_the_menu_has_a_name(monkeypatch):
    menu = f'{PAGE}<summary><span class="toctree-toggle" role="presentation"></span></summary>'
    monkeypatch.setattr(policy.BuiltinTemplateLoader, "render", lambda *_: menu)
    made = policy.Templates().render("page.html", {"pagename": "chapters/one"})
    assert '<summary aria-label="Pages of this part"><span class="toctree-toggle"' in made


def trimmed(*, scripts, doctree=None):
    app = Mock()
    files = [SimpleNamespace(filename=name, attributes={}) for name in scripts]
    context = {"script_files": files, "css_files": []}
    policy.trim(app, "page", "page.html", context, doctree)
    return app, files


def test_what_the_book_does_not_use_is_not_loaded():
    names = ["_static/doctools.js", "https://x/MathJax.js", "_static/sphinx_highlight.js", None]
    _, kept = trimmed(scripts=names)
    assert [file.filename for file in kept] == ["_static/doctools.js"]
    assert kept[0].attributes == {"defer": "defer"}


def test_only_pages_with_charts_load_the_script_of_charts():
    page = new_document("page")
    app, _ = trimmed(scripts=[], doctree=page)
    app.add_js_file.assert_not_called()
    page += figures.chart("", figure={})
    app, _ = trimmed(scripts=[], doctree=page)
    app.add_js_file.assert_called_once_with("charts.js", loading_method="defer")


def test_every_page_of_the_book_has_a_policy(book):
    written = [path for path in book.rglob("*.html") if "_static" not in path.parts]
    assert len(written) > 20
    for path in written:
        page = path.read_text(encoding="utf-8")
        assert page.count("Content-Security-Policy") == 1, path.name
        assert not re.search(r'\son[a-z]+="|\sstyle="', page), path.name


def test_templates_are_the_ones_sphinx_uses(book):
    glossary = (book / "glossary.html").read_text(encoding="utf-8")
    assert "fontawesome" not in glossary and "searchtools.js" not in glossary
    assert issubclass(policy.Templates, policy.BuiltinTemplateLoader)


def test_a_page_that_is_gone_is_deleted_with_its_source(tmp_path):
    kept = tmp_path / "_sources" / "chapters" / "one_more.ipynb"
    kept.parent.mkdir(parents=True)
    gone = [kept.with_name("one.ipynb"), tmp_path / "chapters" / "one.html"]
    gone[1].parent.mkdir()
    for path in (kept, *gone):
        path.touch()
    app = Mock(outdir=tmp_path)
    app.builder.name = "xml"
    policy.remove(app, None, "chapters/one")
    assert all(path.exists() for path in gone)
    app.builder.name = "html"
    policy.remove(app, None, "chapters/one")
    assert kept.exists() and not any(path.exists() for path in gone)


def test_a_renamed_page_redirects():
    app = Mock()
    app.config.casi_moved = {"chapters/old": "chapters/new"}
    app.env.found_docs = {"chapters/new"}
    assert [*policy.write_redirects(app)] == [
        ("chapters/old", {"target": "chapters/new"}, "moved.html")
    ]
    app.env.found_docs = {"chapters/old", "chapters/new"}
    with pytest.raises(ExtensionError, match="cannot redirect"):
        [*policy.write_redirects(app)]
