"""Draw figures with Kaleido in a separate process, and restart it if it hangs.

Under load, in about one run of twenty, Chromium does not answer after its start, and Kaleido waits
without a timeout.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import kaleido

from casi.book.pages import chart_fonts
from casi.book.run.processes import die_with_parent

TIMEOUT = 30  # seconds without a new picture, times the attempt, until the process is killed
ATTEMPTS = 3
COMMAND = (sys.executable, "-m", "casi.book.pages.kaleido_process")


def draw_files(jobs: list[dict], options: dict) -> list[str]:
    """Write each figure to its path.

    Args:
        jobs: `{"fig", "path", "opts"}` each, as Kaleido takes them.
        options: of the browser, as Kaleido takes them.

    Returns:
        The error messages.

    Raises:
        RuntimeError: if the browser hung in every attempt.
    """
    request = json.dumps([jobs, options])
    paths = [Path(job["path"]) for job in jobs]
    for attempt in range(1, ATTEMPTS + 1):
        timeout = TIMEOUT * attempt  # a busy machine needs longer
        if (errors := _try(request, paths, timeout)) is not None:
            return errors
        if attempt < ATTEMPTS:
            print(
                f"Chromium has not drawn a chart for {timeout} s; restarting it "
                f"(attempt {attempt + 1} of {ATTEMPTS})",
                flush=True,
            )
    raise RuntimeError(f"Chromium hung {ATTEMPTS} times: run the build again")


def _try(request: str, paths: list[Path], timeout: float) -> list[str] | None:
    """Return the error messages; None if the browser hung and was killed."""
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
        unsent: str | None = request
        while True:
            try:
                answer, _ = run.communicate(unsent, timeout=timeout)
            except subprocess.TimeoutExpired:
                unsent = None
                before, drawn = drawn, sum(path.exists() for path in paths)
                if drawn == before:
                    os.killpg(run.pid, signal.SIGKILL)
                    return None
            else:
                code = run.returncode
                return json.loads(answer) if answer else [f"Kaleido ended with exit code {code}"]


def main() -> None:
    """Draw the figures on standard input; write the error messages to standard output."""
    jobs, options = json.load(sys.stdin)
    jobs = [job | {"path": Path(job["path"])} for job in jobs]
    with chart_fonts.installed():
        errors = kaleido.write_fig_from_object_sync(jobs, kopts=options, cancel_on_error=False)
    json.dump([str(error) for error in errors or []], sys.stdout)


if __name__ == "__main__":
    main()
