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
from contextlib import suppress
from hashlib import sha256
from itertools import repeat
from pathlib import Path
from queue import Empty
from tempfile import TemporaryDirectory

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_client.asynchronous import AsyncKernelClient
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from sphinx.util import logging
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from casi.book.run.dependencies import hold, inputs, opened, reasons
from casi.book.run.warm import RECORD, at_once, warm_kernels

PAGES = ("*.md", "chapters/*.md", "chapters/*.ipynb")
TIMEOUT = 300  # seconds for one cell
RECEIPT = "receipt.json"  # beside each kept notebook

logger = logging.getLogger(__name__)


class QuickClient(AsyncKernelClient):
    """Starts with a kernel that is ready; the stock client waits until one was silent for 0.2 s."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for an answer, and for the first news, before which none may be missed."""
        while True:
            await self.kernel_info(reply=True, timeout=timeout)
            with suppress(Empty):
                await self.get_iopub_msg(timeout=0.2)
                return


QUICK = Config(KernelManager={"client_factory": QuickClient})


def cache_for(root: Path) -> Path:
    """Return the folder of the outputs."""
    return root / "_build" / "executed"


def execute_notebooks(root: Path) -> list[Path]:
    """Run the pages whose outputs are not kept or no longer true, in parallel.

    A page that fails is left out: the build meets the failure and reports it.

    Returns:
        The pages that were run.
    """
    cache = sound_cache(root)
    paths = sorted({path for pattern in PAGES for path in root.glob(pattern)})
    wanted = [path for path in paths if (page := read(path)) and not _is_kept(cache, page)]
    if wanted:
        logger.info("Running %s", ", ".join(path.stem for path in wanted))
        with warm_kernels(), ThreadPoolExecutor(at_once()) as pool:
            for path, done in zip(wanted, pool.map(run, wanted, repeat(root)), strict=True):
                if done is not None:
                    keep(cache, path, *done)
    return wanted


def read(path: Path) -> NotebookNode | None:
    """Read a notebook, or a page in Markdown as one; None if it has nothing to run."""
    if path.suffix == ".ipynb":
        return nbformat.read(path, as_version=4)
    text = path.read_text(encoding="utf-8")
    if not is_myst_markdown_notebook(text):
        return None
    notebook = read_myst_markdown_notebook(text, path=path)
    for at, cell in enumerate(notebook.cells):
        cell.id = f"cell-{at}"  # else it is one by chance
    return notebook


def outputs(root: Path) -> dict[str, str]:
    """Return a hash of the kept outputs of each page, by its path."""
    receipts = map(_receipt, cache_for(root).glob("executed/*/base.ipynb"))
    return {receipt["page"]: receipt["made"] for receipt in receipts if receipt}


def run(path: Path, root: Path) -> tuple[NotebookNode, dict[str, str]] | None:
    """Run a page where it stands.

    Returns:
        The notebook with its outputs and what they rest on (see `reasons`); None if a cell fails.
    """
    notebook = read(path)
    where = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(
        notebook, timeout=TIMEOUT, record_timing=False, resources=where, config=QUICK
    )
    with TemporaryDirectory() as folder:
        record = Path(folder) / "opened"
        try:
            asyncio.run(client.async_execute(env=os.environ | {RECORD: str(record)}))
        except (CellExecutionError, CellTimeoutError, DeadKernelError):
            return None
        files = opened(root.resolve(), record) if record.is_file() else inputs(root)
    return notebook, reasons(root, files)


def keep(
    cache: JupyterCacheAbstract, page: Path, notebook: NotebookNode, known: dict[str, str]
) -> None:
    """Add outputs to a cache, with a receipt: a hash of them and what they rest on.

    Those that the page had with other code go.
    """
    bundle = CacheBundleIn(notebook, str(page))
    kept = cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    for old in cache.list_cache_records():
        if old.uri == kept.uri and old.pk != kept.pk:
            cache.remove_cache(old.pk)
    path = cache._get_notebook_path_cache(kept.hashkey)
    receipt = {"page": str(page), "made": sha256(path.read_bytes()).hexdigest(), "known": known}
    draft = path.with_name("receipt.new")
    draft.write_text(json.dumps(receipt), encoding="utf-8")
    draft.replace(path.with_name(RECEIPT))


def sound_cache(root: Path) -> JupyterCacheAbstract:
    """Open the cache, without what was half written, is no longer true or was changed since."""
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


def _is_kept(cache: JupyterCacheAbstract, page: NotebookNode) -> bool:
    try:
        return bool(cache.match_cache_notebook(page))
    except KeyError:
        return False


def _receipt(path: Path) -> dict | None:
    """Read the receipt beside a kept notebook; None unless it is of this very notebook."""
    try:
        receipt = json.loads(path.with_name(RECEIPT).read_text(encoding="utf-8"))
        made = sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
    sound = receipt.keys() == {"page", "made", "known"} and receipt["made"] == made
    return receipt if sound else None
