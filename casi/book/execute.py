"""Run the notebooks in parallel and keep their outputs for as long as they are true.

jupyter-cache takes a notebook's own code as the key to its outputs, so it does not notice that a
table or a module has changed. Here each state of the inputs has a cache of its own.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from sphinx.util import logging

from casi.book.inputs import fingerprint
from casi.book.warm import CORES, warm_kernels

TIMEOUT = 300  # seconds for one cell

logger = logging.getLogger(__name__)


def cache_for(root: Path) -> Path:
    """Return the folder of the outputs that were made from the present inputs."""
    return root / "_build" / "executed" / fingerprint(root)


def execute_notebooks(root: Path, folder: Path) -> list[str]:
    """Run the chapters whose outputs `folder` lacks, as many at once as there are cores.

    A notebook that fails is left out of the cache: the build meets the failure and reports it.

    Returns:
        The notebooks that were run.
    """
    for stale in folder.parent.glob("*") if folder.parent.is_dir() else ():
        if stale != folder:
            shutil.rmtree(stale)
    folder.mkdir(parents=True, exist_ok=True)
    cache = get_cache(str(folder))
    for notebook in sorted((root / "chapters").glob("*.ipynb")):
        cache.add_nb_to_project(str(notebook))
    wanted = [record.uri for record in cache.list_unexecuted()]
    if wanted:
        logger.info("Running %s", ", ".join(Path(uri).stem for uri in wanted))
        with warm_kernels(), ThreadPoolExecutor(CORES) as pool:
            for uri, notebook in zip(wanted, pool.map(run, wanted), strict=True):
                if notebook is not None:
                    cache.cache_notebook_bundle(
                        CacheBundleIn(notebook, uri), check_validity=False, overwrite=True
                    )
    return wanted


def run(path: str) -> NotebookNode | None:
    """Run a notebook where it stands; return it with its outputs, None if a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(Path(path).parent)}}
    try:
        NotebookClient(notebook, timeout=TIMEOUT, record_timing=False, resources=where).execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError):
        return None
    return notebook
