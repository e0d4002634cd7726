"""Build the last commit twice and compare every file: `python -m casi.book.editions.reproduce`.

The two builds differ in what must not matter: folder, user settings, time zone, language, file
rights and the order of sets (https://reproducible-builds.org/docs/).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from casi.book.editions import archives
from casi.book.run.fingerprint import ROOT

SHOWN = 3  # differences that diffoscope explains
ENVIRONMENTS = {  # by the name of the folder
    "first": {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "UMASK": "022"},
    "the second copy": {
        "TZ": "Asia/Almaty",
        "LC_ALL": "POSIX",
        "PYTHONHASHSEED": "4711",
        "UMASK": "077",
    },
}


def clone(root: Path, tree: Path, environment: Mapping[str, str]) -> None:
    """Clone the last commit into a folder, which must not exist.

    Args:
        root: folder of the report, a git repository.
        tree: folder of the copy.
        environment: variables of the build; `UMASK` is the mask of file rights.
    """
    mask = int(environment["UMASK"], 8)
    subprocess.run(["git", "clone", "--quiet", root, tree], check=True, umask=mask)


def build(tree: Path, environment: Mapping[str, str]) -> dict[str, Path]:
    """Build all that an edition offers in a copy of the report.

    Args:
        tree: folder of the copy.
        environment: variables of the build; `UMASK` is the mask of file rights.

    Returns:
        The files of the release by name: web book, downloads and tables.

    Raises:
        subprocess.CalledProcessError: if the build fails.
    """
    variables, mask = dict(environment), int(environment["UMASK"], 8)
    home = tree.parent / f"home of {tree.name}"
    home.mkdir(parents=True)
    left_out = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "SOURCE_DATE_EPOCH", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    settings = kept | variables | {"XDG_CONFIG_HOME": str(home)}
    subprocess.run(["make", "-C", tree, "offline"], check=True, umask=mask, env=settings)
    book = archives.files_below(tree / "_build" / "html")
    return {name: path for name, path in book.items() if not name.startswith(".")}


def differences(first: Mapping[str, Path], second: Mapping[str, Path]) -> list[str]:
    """Return the names of the files that only one build made or that are not the same bytes."""
    either = first.keys() ^ second.keys()
    both = first.keys() & second.keys()
    changed = {name for name in both if first[name].read_bytes() != second[name].read_bytes()}
    return sorted(either | changed)


def explain(first: Path, second: Path) -> None:
    """Print how two files differ, or how to see it."""
    if program := shutil.which("diffoscope"):
        subprocess.run([program, "--max-report-size", "20000", first, second])
    else:
        print("Install diffoscope to see how they differ", file=sys.stderr)


def main(root: Path = ROOT) -> int:
    """Build twice, and print what differs or that nothing does; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="reproduce-") as folder:
        trees = [Path(folder) / name for name in ENVIRONMENTS]
        try:
            for tree in trees:  # both now, since a commit may come while the first is built
                clone(root, tree, ENVIRONMENTS[tree.name])
            first, second = (build(tree, ENVIRONMENTS[tree.name]) for tree in trees)
        except subprocess.CalledProcessError as error:
            print(f"Nothing was compared, since a build failed: {error}", file=sys.stderr)
            return 1
        found = differences(first, second)
        for name in found:
            print(f"{name}: differs between the two builds", file=sys.stderr)
        for name in [name for name in found if name in first and name in second][:SHOWN]:
            explain(first[name], second[name])
    if not found:
        print(f"All {len(first)} files are the same bytes in both builds")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
