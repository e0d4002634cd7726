"""Tell which pages an edit can alter, where Sphinx takes too few for altered, or all of them.

A page is read again if its source, its outputs or the code that makes pages has changed. It is
written again, too, if something that it shows of other pages has: titles in the menus, numbers of
figures and tables it refers to, sources it cites.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casi import tables
from casi.book.pages import policy
from casi.book.pages.chart_html import charts_in
from casi.book.run.dependencies import without_checksums
from casi.book.run.execute import outputs
from casi.book.run.fingerprint import fingerprint

DRESS = ("casi/book/pages/static/*", "casi/book/pages/templates/*")


def machinery() -> str:
    """Return a hash of the code that makes every page: our modules that are loaded.

    To be called when all extensions are. The modules of a topic are not among them; if they change
    what a notebook shows, its outputs change.
    """
    ours = [module for name, module in sys.modules.items() if name.split(".")[0] == "casi"]
    return _hash(sorted(Path(module.__file__).read_bytes() for module in ours))


def dress(root: Path) -> str:
    """Return a hash of the scripts, style sheets and templates, by which pages name them."""
    return fingerprint(root, DRESS)


def with_new_content(
    app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set
) -> list[str]:
    """Return the pages of which not the source but the outputs, or the words on tables below its
    charts, have changed; for `env-get-outdated`.
    """
    before = getattr(env, "casi_content", {})
    return [page for page, made in _content(app, env).items() if before.get(page) != made]


def note_pointers(app: Sphinx, doctree: nodes.document) -> None:
    """Remember what a page points to; for `doctree-read`."""
    found = {
        (node["refdomain"], node["reftype"], node["reftarget"], node.get("refexplicit", False))
        for node in doctree.findall(addnodes.pending_xref)
    }
    _pointers(app.env)[app.env.docname] = sorted(found, key=repr)  # MyST names no domain


def forget_pointers(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget what a page points to that will be read again or is gone; for `env-purge-doc`."""
    _pointers(env).pop(docname, None)


def gather_pointers(app: Sphinx, env: BuildEnvironment, docnames: list[str], other) -> None:
    """Take over what pages point to that another process read; for `env-merge-info`."""
    _pointers(env).update({name: _pointers(other)[name] for name in docnames})


def with_new_pointers(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages of which something they show of others has changed.

    For `env-get-updated`, after figures and sources got their numbers. The pages are deleted, so
    that a build which is broken off here leaves nothing that is out of date.
    """
    menus = [(page, title.astext()) for page, title in sorted(env.titles.items())]
    menus += sorted(env.toctree_includes.items()) + sorted(env.toc_secnumbers.items())
    sources = _sources(env)
    shown = {
        page: _hash([menus, sources.get(page), [_shown(env, *one) for one in to]])
        for page, to in _pointers(env).items()
    }
    env.casi_content = _content(app, env)
    before, env.casi_shown = getattr(env, "casi_shown", {}), shown
    found = [page for page, made in shown.items() if before.get(page) != made]
    for page in found:
        policy.remove(app, env, page)
    return found


def _content(app: Sphinx, env: BuildEnvironment) -> dict[str, list[str]]:
    """Return what each page that is run shows beside its source: outputs, and words on tables."""
    root = Path(app.srcdir)
    run = {page for page, told in NbMetadataCollector.get_doc_data(env).items() if told}
    made = dict.fromkeys(run, fingerprint(root))  # unless more is known of it
    made |= {app.project.path2doc(uri): of_page for uri, of_page in outputs(root).items()}
    return {page: [of_page, _terms(charts_in(app).get(page, []))] for page, of_page in made.items()}


def _terms(charts: Iterable[dict]) -> str:
    """Return what may be said below charts of the tables they draw on."""
    used = sorted({name for figure in charts for name in figure["layout"]["meta"]["tables"]})
    entries = [without_checksums(tables.describe(name)) for name in used]
    return str([entries, tables.closing_date()]) if used else ""


def _sources(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the sources that each page cites."""
    if "cite" not in env.domains:
        return {}
    domain, cited = env.domains["cite"], {}
    entries = {citation.key: repr(citation.entry) for citation in domain.citations}
    for reference in domain.citation_refs:
        found = [entries.get(target.key, "") for target in reference.targets]
        cited.setdefault(reference.docname, []).extend(found)
    return cited


def _shown(env: BuildEnvironment, domain: str, kind: str, target: str, worded: bool) -> list:
    """Return what a page shows of a target outside it; of an unknown kind, anything may show."""
    if domain == "cite" or kind == "doc":  # see sources, menus
        return []
    standard = env.domains["std"]
    label = standard.labels.get(target) or standard.anonlabels.get(target)
    if not label:
        return [standard.objects.get((kind, target)) or sorted(env.all_docs.items())]
    if kind == "numref" and not worded:  # it shows the number alone
        label = label[:2]
    numbers = env.toc_fignumbers.get(label[0], {})
    return [label, [numbers[kind].get(label[1]) for kind in sorted(numbers)]]


def _pointers(env: BuildEnvironment) -> dict[str, list[tuple[str, str, str, bool]]]:
    if not hasattr(env, "casi_pointers"):
        env.casi_pointers = {}
    return env.casi_pointers


def _hash(parts: list) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
