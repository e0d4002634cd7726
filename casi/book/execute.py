"""Run the notebooks in parallel and keep their outputs for as long as they are true.

jupyter-cache takes a notebook's own code as the key to its outputs, so it does not notice that a
table or a module has changed. Here each state of the inputs has a cache of its own, which
takes over from the one before what still holds.
"""

from __future__ import annotations

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
from casi.book.reasons import hold, opened, reasons
from casi.book.warm import CORES, RECORD, warm_kernels

TIMEOUT = 300  # seconds for one cell
RECEIPT = "receipt.json"  # beside each kept notebook

logger = logging.getLogger(__name__)


def cache_for(root: Path) -> Path:
    """Return the folder of the outputs that were made from the present inputs."""
    return root / "_build" / "executed" / fingerprint(root)


def execute_notebooks(root: Path, folder: Path) -> list[str]:
    """Run the chapters whose outputs `folder` lacks, as many at once as there are cores.

    Outputs made from another state of the inputs are taken over if nothing that the chapter used
    has changed. A notebook that fails is left out: the build meets the failure and reports it.

    Returns:
        The notebooks that were run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cache = sound_cache(folder)
    for stale in folder.parent.iterdir():
        if stale != folder:
            take_over(root, stale, cache)
            shutil.rmtree(stale, ignore_errors=True)
    for notebook in sorted((root / "chapters").glob("*.ipynb")):
        cache.add_nb_to_project(str(notebook))
    # what is left, such as a page in Markdown, myst-nb runs when it reads it
    uris = (record.uri for record in cache.list_unexecuted())
    wanted = [uri for uri in uris if uri.endswith(".ipynb")]
    if wanted:
        logger.info("Running %s", ", ".join(Path(uri).stem for uri in wanted))
        with warm_kernels(), ThreadPoolExecutor(2 * CORES) as pool:
            runs = pool.map(run, wanted, [root] * len(wanted))
            for uri, (notebook, known) in zip(wanted, runs, strict=True):
                if notebook is not None:
                    keep(cache, notebook, uri, known)
    return wanted


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
            client.execute(env=os.environ | {RECORD: str(record)})
        except (CellExecutionError, CellTimeoutError, DeadKernelError):
            return None, {}
        files = opened(root.resolve(), record) if record.is_file() else []
    return notebook, reasons(root, files) if files else {}


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


def sound_cache(folder: Path) -> JupyterCacheAbstract:
    """Open a cache, without the entries that were half written or changed since, or a new one."""
    try:
        cache = get_cache(str(folder))
        for kept in cache.list_cache_records():
            ours = kept.uri.endswith(".ipynb")
            if ours and _receipt(cache._get_notebook_path_cache(kept.hashkey)) is None:
                cache.remove_cache(kept.pk)
    except (SQLAlchemyError, KeyError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        cache = get_cache(str(folder))
    return cache


def take_over(root: Path, stale: Path, cache: JupyterCacheAbstract) -> None:
    """Copy from the cache of another state of the inputs the outputs that still hold."""
    for receipt_path in sorted(stale.glob(f"executed/*/{RECEIPT}")):
        path = receipt_path.with_name("base.ipynb")
        receipt = _receipt(path)
        if receipt and hold(root, receipt["known"]):
            notebook = nbformat.read(path, as_version=4)
            keep(cache, notebook, receipt["uri"], receipt["known"])


def _receipt(path: Path) -> dict | None:
    """Read the receipt beside a kept notebook; None unless it is of this very notebook."""
    try:
        receipt = json.loads(path.with_name(RECEIPT).read_text(encoding="utf-8"))
        made = sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
    return receipt if receipt["made"] == made else None
