"""Draw figures with Kaleido in a process of its own, begun again where it stands still.

Now and then Chromium does not answer after it has started, and Kaleido waits for ever: under load
in one run of twenty.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import kaleido

from casi.book.run.warm import die_with_parent

STILL = 30  # seconds without a new picture after which nothing more is hoped for
TRIES = 3
COMMAND = (sys.executable, "-m", "casi.book.pages.kaleido_process")


def draw_files(jobs: list[dict], options: dict) -> list[str]:
    """Write each figure to its path.

    Args:
        jobs: `{"fig", "path", "opts"}` each, as Kaleido takes them.
        options: of the browser, as Kaleido takes them.

    Returns:
        What went wrong, in words.

    Raises:
        RuntimeError: if the browser stood still each time.
    """
    wanted = json.dumps([jobs, options])
    for _ in range(TRIES):
        if (faults := _try(wanted, [Path(job["path"]) for job in jobs])) is not None:
            return faults
        print("The browser that draws charts stands still: starting it again", flush=True)
    raise RuntimeError(f"the browser that draws charts stood still {TRIES} times")


def _try(wanted: str, paths: list[Path]) -> list[str] | None:
    """Return what went wrong, None if it stood still."""
    for path in paths:
        path.unlink(missing_ok=True)
    run = subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    with run:
        drawn = -1
        while True:
            try:
                said, _ = run.communicate(wanted, timeout=STILL)
            except subprocess.TimeoutExpired:
                wanted = None  # it was sent
                before, drawn = drawn, sum(path.exists() for path in paths)
                if drawn == before:
                    os.killpg(run.pid, signal.SIGKILL)
                    return None
            else:
                return json.loads(said) if said else [f"the drawing ended with {run.returncode}"]


def main() -> None:
    """Draw what standard input asks for; write what went wrong."""
    jobs, options = json.load(sys.stdin)
    jobs = [job | {"path": Path(job["path"])} for job in jobs]
    faults = kaleido.write_fig_from_object_sync(jobs, kopts=options, cancel_on_error=False)
    json.dump([str(fault) for fault in faults or []], sys.stdout)


if __name__ == "__main__":
    main()
