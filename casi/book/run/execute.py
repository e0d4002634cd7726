"""Run the notebooks in parallel and cache their outputs until something they depend on changes.

jupyter-cache looks outputs up by a notebook's own code, so it does not notice that a table or a
module has changed. A receipt beside each cached notebook lists what its outputs depend on; outputs
for which this has changed are dropped before anything runs.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbformat import NotebookNode
from sqlalchemy.exc import SQLAlchemyError

from casi.book.run import inline, runner
from casi.book.run.checked_run import run_checked
from casi.book.run.dependencies import hold, inputs, of_book, reasons
from casi.book.run.errors import FaultyNotebooks
from casi.book.run.notebook_rules import faults_after_run, faults_before_run, faults_of_labels

PAGES = ("*.md", "chapters/*.md", "chapters/*.ipynb")
RECEIPT = "receipt.json"  # beside each cached notebook


def cache_for(root: Path) -> Path:
    """Return the folder of the outputs."""
    return root / "_build" / "executed"


def execute_notebooks(root: Path) -> list[Path]:
    """Run the pages whose outputs are not cached or out of date, one on each core.

    Returns:
        The pages that were run.

    Raises:
        FaultyNotebooks: if a cell of any page fails, or holds or shows what the book cannot show.
            The outputs of the other pages are cached.
    """
    cache = sound_cache(root)
    paths = sorted({path for pattern in PAGES for path in root.glob(pattern)})
    pages = {path: page for path in paths if (page := read(path))}
    wanted = [path for path, page in pages.items() if not _is_cached(cache, page)]
    faults, known = [], values(root)
    for path in sorted(pages.keys() - set(wanted)):
        _, pages[path] = cache.merge_match_into_notebook(pages[path])
        inline.restore(pages[path], known[_name(path, root)])
        faults += faults_before_run(_name(path, root), pages[path])
        faults += faults_after_run(_name(path, root), pages[path])  # terms of data may have changed
    if wanted:
        runner.start()
        print("Running", ", ".join(path.stem for path in wanted), flush=True)
        with ThreadPoolExecutor(runner.CORES) as pool:
            runs = {path: pool.submit(run, pages[path], path, root) for path in wanted}
            for path, result in runs.items():
                try:
                    keep(cache, Path(_name(path, root)), pages[path], result.result())
                except FaultyNotebooks as error:
                    faults.append(str(error))
    faults += faults_of_labels({_name(path, root): page for path, page in pages.items()})
    if faults:
        raise FaultyNotebooks("\n".join(dict.fromkeys("\n".join(faults).splitlines())))
    return wanted


def executed(root: Path, paths: Iterable[Path]) -> Iterator[tuple[Path, NotebookNode]]:
    """Yield notebooks with the outputs and values of the last run, after `execute_notebooks`.

    Args:
        root: folder of the book.
        paths: its notebooks.
    """
    cache, known = get_cache(str(cache_for(root))), values(root)
    for path in paths:
        _, notebook = cache.merge_match_into_notebook(read_notebook(path))
        inline.restore(notebook, known[_name(path, root)])
        yield path, notebook


def read(path: Path) -> NotebookNode | None:
    """Read a notebook, or a page in Markdown as one; None if it has nothing to run.

    Raises:
        FaultyNotebooks: if the file of a notebook holds something else.
    """
    if path.suffix == ".ipynb":
        return read_notebook(path)
    text = path.read_text(encoding="utf-8")
    if not is_myst_markdown_notebook(text):
        return None
    notebook = read_myst_markdown_notebook(text, path=path)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # instead of a random one
    return notebook


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook; whatever kernel an editor has stored, the project's own Python runs it.

    Raises:
        FaultyNotebooks: if the file holds something else.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
    except ValueError as error:
        reason = " ".join(str(error).split())[:100]
        advice = "Resolve what git marked in it as a conflict, or restore it"
        raise FaultyNotebooks(f"{path}: no notebook ({reason}). {advice}") from None
    if "kernelspec" in notebook.metadata:
        notebook.metadata.kernelspec.name = runner.KERNEL  # so does Sphinx, by _config.yml
    return notebook


def outputs(root: Path) -> dict[str, str]:
    """Return a hash of what each page shows of its run, by its path."""
    return {
        receipt["page"]: sha256(
            json.dumps([receipt["made"], receipt["values"]]).encode()
        ).hexdigest()
        for receipt in _receipts(root)
    }


def values(root: Path) -> dict[str, list[inline.Result]]:
    """Return the values of the inline expressions of each page, in order, by its path."""
    return {
        receipt["page"]: [result for *_, result in receipt["values"]] for receipt in _receipts(root)
    }


def run(notebook: NotebookNode, path: Path, root: Path) -> dict[str, str]:
    """Run a page in its folder and store its outputs in `notebook`.

    Returns:
        What the outputs depend on (see `reasons`).

    Raises:
        FaultyNotebooks: if a cell fails, or holds or shows what the book cannot show.
    """
    opened = run_checked(_name(path, root), notebook, path.parent)
    return reasons(root, inputs(root) if opened is None else of_book(root.resolve(), opened))


def keep(
    cache: JupyterCacheAbstract, page: Path, notebook: NotebookNode, known: dict[str, str]
) -> None:
    """Add outputs to a cache, with a receipt: their hash, what they depend on, inline values.

    Outputs that the page had with other code are removed.
    """
    bundle = CacheBundleIn(notebook, str(page))
    kept = cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    for old in cache.list_cache_records():
        if old.uri == kept.uri and old.pk != kept.pk:
            cache.remove_cache(old.pk)
    path = cache._get_notebook_path_cache(kept.hashkey)
    results = [result for cell in notebook.cells for result in inline.results_of(cell)]
    found = zip(inline.places(notebook), results, strict=True)
    receipt = {
        "page": str(page),
        "made": sha256(path.read_bytes()).hexdigest(),
        "known": known,
        "values": [[*place, result] for place, result in found],
    }
    draft = path.with_name("receipt.new")
    draft.write_text(json.dumps(receipt), encoding="utf-8")
    draft.replace(path.with_name(RECEIPT))


def sound_cache(root: Path) -> JupyterCacheAbstract:
    """Open the cache, without outputs that are incomplete, out of date or changed."""
    folder = cache_for(root)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        cache = get_cache(str(folder))
        for kept in cache.list_cache_records():
            receipt = _receipt(Path(cache._get_notebook_path_cache(kept.hashkey)))
            if not (receipt and hold(root, receipt["known"])):
                cache.remove_cache(kept.pk)
    except (SQLAlchemyError, KeyError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        cache = get_cache(str(folder))
    return cache


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _is_cached(cache: JupyterCacheAbstract, page: NotebookNode) -> bool:
    """Return True if the cache has the outputs of these code cells and these inline values."""
    try:
        kept = cache.match_cache_notebook(page)
    except KeyError:
        return False
    receipt = _receipt(Path(cache._get_notebook_path_cache(kept.hashkey)))
    return receipt is not None and [place for *place, _ in receipt["values"]] == inline.places(page)


def _receipts(root: Path) -> Iterator[dict]:
    """Yield the receipts of the pages that have outputs."""
    paths = cache_for(root).glob("executed/*/base.ipynb")
    return (receipt for path in paths if (receipt := _receipt(path)))


def _receipt(path: Path) -> dict | None:
    """Read the receipt beside a cached notebook; None if its hash is not the notebook's."""
    try:
        receipt = json.loads(path.with_name(RECEIPT).read_text(encoding="utf-8"))
        made = sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
    sound = receipt.keys() == {"page", "made", "known", "values"} and receipt["made"] == made
    return receipt if sound else None
