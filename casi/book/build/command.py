"""Run a step as a command: print what was made and what it cost, or why nothing was made."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF

KILO = 1e6 if sys.platform == "darwin" else 1e3  # of what ru_maxrss counts, to a megabyte


def run(what: str, make: Callable[[], Path]) -> int:
    """Make a file and print a receipt, or say why it was not made; return the exit code.

    Args:
        what: the file in words, such as `PDF`.
        make: makes it and returns where it is.
    """
    started = time.monotonic()
    try:
        path = make()
    except subprocess.CalledProcessError:
        print(f"The {what} was not made: see the warnings above", file=sys.stderr)
        return 1
    except (RuntimeError, FileNotFoundError) as error:
        print(f"The {what} was not made: {error}", file=sys.stderr)
        return 1
    print(receipt(path, started))
    return 0


def receipt(path: Path, started: float) -> str:
    """Return a line on a file that was made: size, time, memory, checksum.

    Args:
        path: the file.
        started: what `time.monotonic` said when the work began.
    """
    content = path.read_bytes()
    peaks = [resource.getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return (
        f"{path}: {len(content) / 1e6:.1f} MB, made in {time.monotonic() - started:.0f} s with "
        f"{max(peaks) / KILO:.0f} MB of memory, sha256 {hashlib.sha256(content).hexdigest()}"
    )
