"""Make the Python package of an edition, with its tables: `python -m casi.book.editions.wheel`.

The package is built from a copy, so that nothing of an older build can enter it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from casi import checks
from casi.book.build import command
from casi.book.editions import archives
from casi.book.editions.edition import Edition, edition
from casi.book.run.fingerprint import ROOT

PARTS = (
    *("casi", "data", "references.bib", "pyproject.toml", "setup.py"),
    *("README.md", "LICENSE", "LICENSE-DATA.md"),
)
PIP = (
    *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
    *("--no-deps", "--no-build-isolation"),
)


def make_wheel(root: Path = ROOT) -> Path:
    """Make the wheel of the present edition; the same sources give the same bytes.

    Args:
        root: folder of the report.

    Returns:
        The file, in `_build/wheel`, which then holds no other.

    Raises:
        RuntimeError: naming the faults of the tables, if there are any.
        subprocess.CalledProcessError: if the package cannot be built.
    """
    if faults := checks.check_all(root / "data"):
        raise RuntimeError("\n".join(["fix the tables first:", *faults]))
    ours, target = edition(root), root / "_build" / "wheel"
    with tempfile.TemporaryDirectory(prefix="wheel-") as folder:
        copy, made = Path(folder) / "copy", Path(folder) / "made"
        copy_parts(root, copy)
        set_version(copy / "pyproject.toml", ours)
        subprocess.run([*PIP, "--wheel-dir", str(made), str(copy)], check=True)
        wheel = archives.repack(next(made.glob("*.whl")), ours.made)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        return Path(shutil.move(wheel, target))


def copy_parts(root: Path, target: Path) -> None:
    """Copy what the package is built from, without compiled files."""
    target.mkdir(parents=True)
    for name in PARTS:
        if (root / name).is_dir():
            shutil.copytree(
                root / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.new")
            )
        else:
            shutil.copyfile(root / name, target / name)


def set_version(project: Path, ours: Edition) -> None:
    """Mark the package of a draft as a development version, which pip never takes for an edition.

    Args:
        project: `pyproject.toml` of the copy.
        ours: the edition.
    """
    if ours.draft:
        text = project.read_text(encoding="utf-8")
        number = f'version = "{ours.number}"'
        project.write_text(
            text.replace(number, f'version = "{ours.number}.dev0"', 1), encoding="utf-8"
        )


if __name__ == "__main__":
    sys.exit(command.run("Python package", make_wheel))
