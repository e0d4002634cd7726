"""Run the notebooks in parallel and keep their outputs for as long as they are true.

jupyter-cache takes a notebook's own code as the key to its outputs, so it does not notice that a
table or a module has changed. Here beside each kept notebook lies a receipt that says what its
outputs rest on; those for which that has changed are dropped before anything is run.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from sphinx.util import logging
from sqlalchemy.exc import SQLAlchemyError

from casi.book.inputs import fingerprint
from casi.book.reasons import hold, inputs, opened, reasons
from casi.book.warm import RECORD, at_once, warm_kernels

TIMEOUT = 300  # seconds for one cell
RECEIPT = "receipt.json"  # beside each kept notebook

logger = logging.getLogger(__name__)


def cache_for(root: Path) -> Path:
    """Return the folder of the outputs."""
    return root / "_build" / "executed"


def execute_notebooks(root: Path) -> list[str]:
    """Run the chapters whose outputs are not kept or no longer true, in parallel.

    A notebook that fails is left out: the build meets the failure and reports it.

    Returns:
        The notebooks that were run.
    """
    cache = sound_cache(root)
    for notebook in sorted((root / "chapters").glob("*.ipynb")):
        cache.add_nb_to_project(str(notebook))
    # what is left, such as a page in Markdown, myst-nb runs when it reads it
    uris = (record.uri for record in cache.list_unexecuted())
    wanted = [uri for uri in uris if uri.endswith(".ipynb")]
    if wanted:
        logger.info("Running %s", ", ".join(Path(uri).stem for uri in wanted))
        with warm_kernels(), ThreadPoolExecutor(at_once()) as pool:
            runs = pool.map(run, wanted, [root] * len(wanted))
            for uri, (notebook, known) in zip(wanted, runs, strict=True):
                if notebook is not None:
                    keep(cache, notebook, uri, known)
    return wanted


def outputs(root: Path) -> dict[str, str]:
    """Return a hash of the kept outputs of each notebook, by its path."""
    receipts = map(_receipt, cache_for(root).glob("executed/*/base.ipynb"))
    return {receipt["uri"]: receipt["made"] for receipt in receipts if receipt}


def run(path: str, root: Path) -> tuple[NotebookNode | None, dict[str, str]]:
    """Run a notebook where it stands.

    Returns:
        The notebook with its outputs, None if a cell fails, and what they rest on (see `reasons`).
    """
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(Path(path).parent)}}
    client = NotebookClient(notebook, timeout=TIMEOUT, record_timing=False, resources=where)
    with TemporaryDirectory() as folder:
        record = Path(folder) / "opened"
        try:
            asyncio.run(client.async_execute(env=os.environ | {RECORD: str(record)}))
        except (CellExecutionError, CellTimeoutError, DeadKernelError):
            return None, {}
        files = opened(root.resolve(), record) if record.is_file() else inputs(root)
    return notebook, reasons(root, files)


def keep(
    cache: JupyterCacheAbstract, notebook: NotebookNode, uri: str, known: dict[str, str]
) -> None:
    """Add outputs to a cache, with a receipt: a hash of them and what they rest on."""
    bundle = CacheBundleIn(notebook, uri)
    kept = cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    path = cache._get_notebook_path_cache(kept.hashkey)
    receipt = {"uri": uri, "made": sha256(path.read_bytes()).hexdigest(), "known": known}
    draft = path.with_name("receipt.new")
    draft.write_text(json.dumps(receipt), encoding="utf-8")
    draft.replace(path.with_name(RECEIPT))


def sound_cache(root: Path) -> JupyterCacheAbstract:
    """Open the cache, without what was half written, is no longer true or was changed since."""
    folder, state = cache_for(root), fingerprint(root)
    folder.mkdir(parents=True, exist_ok=True)
    seen = folder / "inputs"  # the state for which pages in Markdown, which have no receipt, hold
    same = seen.is_file() and seen.read_text() == state
    try:
        cache = get_cache(str(folder))
        for kept in cache.list_cache_records():
            receipt = _receipt(Path(cache._get_notebook_path_cache(kept.hashkey)))
            markdown = not kept.uri.endswith(".ipynb")
            if not (same if markdown else receipt and hold(root, receipt["known"])):
                cache.remove_cache(kept.pk)
    except (SQLAlchemyError, KeyError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        cache = get_cache(str(folder))
    seen.write_text(state)
    return cache


def _receipt(path: Path) -> dict | None:
    """Read the receipt beside a kept notebook; None unless it is of this very notebook."""
    try:
        receipt = json.loads(path.with_name(RECEIPT).read_text(encoding="utf-8"))
        made = sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
    return receipt if receipt["made"] == made else None
