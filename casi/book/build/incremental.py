"""Decide which pages an edit can change, where Sphinx alone would take too few or all of them.

A page is read again if its source, its outputs or the code that makes pages has changed. It is
written again, too, if something that it shows of other pages has changed: titles in the menus,
numbers of figures and tables it refers to, sources it cites.

After an edit of the text of one of 16 pages a build needs 5.4 s of processor time. To write all
pages would need 3.7 s more, which the pointers save; to read them all as well another 3.6 s, which
the hashes of outputs, code and assets save.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casi import tables
from casi.book.pages import policy
from casi.book.run.dependencies import content
from casi.book.run.execute import outputs
from casi.book.run.fingerprint import ROOT, fingerprint

CODE = ("casi/*.py", "casi/book/**/*.py", "casi/charts/palette.py")  # what casi.book may import
ASSETS = ("casi/book/pages/static/*", "casi/book/pages/templates/*")

Pointer = tuple[str, str, str, bool]  # domain, kind, target, whether the author gave the words


def code() -> str:
    """Return a hash of the code that makes every page.

    The modules of a topic are not part of it. If they change what a notebook shows, its outputs
    change.
    """
    return fingerprint(ROOT, CODE)


def assets(root: Path) -> str:
    """Return a hash of the scripts, style sheets and templates that pages use."""
    return fingerprint(root, ASSETS)


def with_new_outputs(
    app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set
) -> list[str]:
    """Return the pages whose outputs, or the words on tables below whose charts, have changed.

    For `env-get-outdated`.
    """
    before = vars(env).get("casi_outputs", {})
    return [page for page, made in _outputs(app, env).items() if before.get(page) != made]


def note_pointers(app: Sphinx, doctree: nodes.document) -> None:
    """Store what a page points to; for `doctree-read`."""
    found = {
        (node["refdomain"], node["reftype"], node["reftarget"], node.get("refexplicit", False))
        for node in doctree.findall(addnodes.pending_xref)
    }
    _pointers(app.env)[app.env.docname] = sorted(found, key=repr)  # MyST names no domain


def forget_pointers(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page points to that is read again or removed; for `env-purge-doc`."""
    _pointers(env).pop(docname, None)


def with_new_pointers(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show something of another page that has changed.

    For `env-get-updated`, after figures and sources have their numbers. The pages are deleted, so
    that a build that is stopped here leaves no page that is out of date.
    """
    titles = sorted((page, title.astext()) for page, title in env.titles.items())
    menus = [titles, sorted(env.toctree_includes.items()), sorted(env.toc_secnumbers.items())]
    sources = _sources(env)
    shown = {
        page: _hash([menus, sources.get(page), [_shown(env, *pointer) for pointer in pointers]])
        for page, pointers in _pointers(env).items()
    }
    before = vars(env).get("casi_shown", {})
    vars(env).update(casi_shown=shown, casi_outputs=_outputs(app, env))
    found = [page for page, hashed in shown.items() if before.get(page) != hashed]
    for page in found:
        policy.remove(app, env, page)
    return found


def _outputs(app: Sphinx, env: BuildEnvironment) -> dict[str, list[str]]:
    """Return what each notebook shows beside its source: outputs, and words on tables."""
    root = Path(app.srcdir)
    notebooks = {page for page, data in NbMetadataCollector.get_doc_data(env).items() if data}
    hashes = dict.fromkeys(notebooks, fingerprint(root))  # for those without cached outputs
    hashes |= {app.project.path2doc(path): made for path, made in outputs(root).items()}
    words = _hash([content(root / "data" / "datapackage.json"), tables.closing_date()])
    return {page: [made, words] for page, made in hashes.items()}


def _sources(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the sources that each page cites."""
    cited: dict[str, list[str]] = {}
    if "cite" not in env.domains:
        return cited
    domain: Any = env.domains["cite"]
    entries = {citation.key: repr(citation.entry) for citation in domain.citations}
    for reference in domain.citation_refs:
        found = [entries.get(target.key, "") for target in reference.targets]
        cited.setdefault(reference.docname, []).extend(found)
    return cited


def _shown(env: BuildEnvironment, domain: str, kind: str, target: str, worded: bool) -> list:
    """Return what a page shows of a target in another page; all pages, if the kind is unknown."""
    if domain == "cite" or kind == "doc":  # see `_sources` and the menus
        return []
    standard: Any = env.domains["std"]
    label = standard.labels.get(target) or standard.anonlabels.get(target)
    if not label:
        return [standard.objects.get((kind, target)) or sorted(env.all_docs.items())]
    if kind == "numref" and not worded:  # shows the number alone
        label = label[:2]
    numbers = env.toc_fignumbers.get(label[0], {})
    return [label, [numbers[kind].get(label[1]) for kind in sorted(numbers)]]


def _pointers(env: BuildEnvironment) -> dict[str, list[Pointer]]:
    return vars(env).setdefault("casi_pointers", {})


def _hash(parts: list) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
