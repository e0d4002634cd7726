"""Make every page of the web book light, private and strict.

What the theme and its helpers load and the book does not use is left out; scripts wait until the
page is there; and each page carries a Content-Security-Policy that allows nothing from elsewhere
and no script but files of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.jinja2glue import BuiltinTemplateLoader

from casi.book.pages import foreign
from casi.book.pages.figures import charts_of

UNUSED = re.compile("mathjax|sphinx_highlight", re.IGNORECASE)  # Sphinx adds them to every page
OWN_SCRIPT = re.compile(r"(\.\./)*_static/[\w/.-]+\.js(\?(v|digest)=[0-9a-f]+)?")
STYLED = re.compile(r' style="[^"]*"')
TOGGLE = '<summary><span class="toctree-toggle"'  # of the menu, in the theme without a name
NAMED_TOGGLE = TOGGLE.replace("<summary>", '<summary aria-label="Pages of this part">')
CHARSET = re.compile(r'<meta charset="utf-8" ?/?>')
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}


class Templates(BuiltinTemplateLoader):
    """Sphinx's templates; each finished page gets its content policy."""

    def render(self, template: str, context: dict) -> str:  # type: ignore[override]  # by Sphinx
        """Render a page without inline styles, which the policy forbids, and deprecated roles.

        Raises:
            ExtensionError: naming the page and each script or address that is not allowed.
        """
        page = STYLED.sub("", super().render(template, context))
        foreign.refuse(context.get("pagename", template), foreign.faults_in(page, OWN_SCRIPT))
        page = page.replace('role="doc-biblioentry"', 'role="listitem"')
        return with_policy(page.replace(TOGGLE, NAMED_TOGGLE))


def with_policy(page: str) -> str:
    """Return the page with the policy of the book."""
    policy = "; ".join(f"{rule} {sources}" for rule, sources in POLICY.items())
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}" />'
    return CHARSET.sub(lambda charset: f"{charset[0]}\n    {tag}", page, count=1)


def write_redirects(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Write a redirect for every renamed page.

    Connect to `html-collect-pages`; `casi_moved` in `_config.yml` lists both names.

    Raises:
        ExtensionError: if the new name is not a page of the book, or the old one still is.
    """
    for old, new in app.config.casi_moved.items():
        if new not in app.env.found_docs or old in app.env.found_docs:
            raise ExtensionError(f"casi_moved in _config.yml: {old!r} cannot redirect to {new!r}")
        yield old, {"target": new}, "moved.html"


def remove(app: Sphinx, env, docname: str) -> None:
    """Delete the HTML and the source of a page that is written again or was removed.

    Connect to `env-purge-doc`.
    """
    if app.builder.name == "html":
        book = Path(app.outdir)
        for path in (book / f"{docname}.html", *book.glob(f"_sources/{docname}.*")):
            path.unlink(missing_ok=True)


def trim(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Remove unused scripts and style sheets of a page, and defer its scripts."""
    for kind in ("script_files", "css_files"):
        files = context[kind]
        files[:] = [file for file in files if file.filename and not UNUSED.search(file.filename)]
    for script in context["script_files"]:
        script.attributes["defer"] = "defer"
    if doctree is not None and charts_of(doctree):
        app.add_js_file("charts.js", loading_method="defer")
