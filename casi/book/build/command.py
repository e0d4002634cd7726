"""Run a step as a command: print what was made, in what time and memory, or why it failed."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF

from casi.book.run.errors import find_full_disk

RSS_PER_MB = 1e6 if sys.platform == "darwin" else 1e3  # ru_maxrss is in bytes or kilobytes


def run(what: str, make: Callable[[], Path | list[Path]]) -> int:
    """Make files and print receipts, or print why they were not made; return the exit code.

    Args:
        what: the file in words, such as `PDF`.
        make: makes the file, or several, and returns the path of each.
    """
    started = time.monotonic()
    try:
        made = make()
    except subprocess.CalledProcessError:
        print(f"The {what} was not made: see the warnings above", file=sys.stderr)
        return 1
    except (RuntimeError, FileNotFoundError) as error:
        print(f"The {what} was not made: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        if not (written := find_full_disk(error)):
            raise
        reason = f"the disk is full, so {written} was not written"
        print(f"The {what} was not made: {reason}; an older one is unchanged", file=sys.stderr)
        return 1
    for path in made if isinstance(made, list) else [made]:
        print(receipt(path, started))
    return 0


def receipt(path: Path, started: float) -> str:
    """Return one line about a file that was made: size, time, memory, checksum.

    Args:
        path: the file.
        started: the value of `time.monotonic` when the work began.
    """
    content = path.read_bytes()
    peaks = [resource.getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return (
        f"{path}: {len(content) / 1e6:.1f} MB, made in {time.monotonic() - started:.0f} s with "
        f"{max(peaks) / RSS_PER_MB:.0f} MB of memory, sha256 {hashlib.sha256(content).hexdigest()}"
    )
