"""Run the notebooks in parallel and keep their outputs for as long as they are true.

jupyter-cache takes a notebook's own code as the key to its outputs, so it does not notice that a
table or a module has changed. Here each state of the inputs has a cache of its own.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
from sphinx.util import logging

from casi.book.inputs import fingerprint

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
        load_executor("local-parallel", cache, logger=logger.logger).run_and_cache(
            filter_uris=wanted, timeout=TIMEOUT
        )
    return wanted
