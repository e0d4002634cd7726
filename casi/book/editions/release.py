"""Tag an edition once all checks pass: `python -m casi.book.editions.release 2026.12`.

Nothing is pushed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import yaml

from casi.book.editions import site
from casi.book.run.fingerprint import ROOT


def faults(root: Path, version: str) -> list[str]:
    """Return a line for each reason not to tag a version, tests excluded.

    Args:
        root: folder of the report, a git repository.
        version: such as `2026.12`.
    """
    if not site.TAG.fullmatch(f"v{version}"):
        return [f"{version!r} is no version: write year and month, as in 2026.12 or 2026.12.1"]
    tags = site.tagged(root)
    lines = []
    if changed := _git(root, "status", "--porcelain"):
        lines.append(f"the working tree is not clean:\n{changed}")
    if version in tags:
        lines.append(f"v{version} is tagged already: an edition never changes, so take the next")
    elif tags and site.order(version) < site.order(tags[-1]):
        lines.append(f"{version} is older than {tags[-1]}, the last edition")
    for name, stated in versions(root).items():
        if stated != version:
            lines.append(f"{name} says {stated}, not {version}")
    if not site.changelog(root, version):
        lines.append(f"CHANGELOG.md has no section {version}, or it is empty")
    if (last := tags[-1] if tags else "") != (stored := previous(root)):
        lines.append(
            f"data/previous.zip holds {stored or 'nothing'}, but the last edition is "
            f"{last or 'none'}: run `make previous`, then `make chapters`, and commit both"
        )
    return lines


def versions(root: Path) -> dict[str, str]:
    """Return the version in each file that states it."""
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    declared = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    advised = re.search(r"Edition (\d[\d.]*\d)", (root / "README.md").read_text(encoding="utf-8"))
    return {
        "CITATION.cff": str(cited["version"]),
        "data/datapackage.json": package["version"],
        "pyproject.toml": declared[1] if declared else "nothing",
        "README.md": advised[1] if advised else "nothing",
    }


def previous(root: Path) -> str:
    """Return the version of `data/previous.zip`, the previous edition; empty if there is none."""
    path = root / "data" / "previous.zip"
    if not path.is_file():
        return ""
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("datapackage.json"))["version"]


def keep_previous(root: Path = ROOT) -> Path | None:
    """Write the tables of the last tagged edition to `data/previous.zip`; None if there is none."""
    tags = site.tagged(root)
    if not tags:
        return None
    path = root / "data" / "previous.zip"
    draft = path.with_suffix(".new")
    where = f"v{tags[-1]}:data"
    _git(root, "archive", "--format=zip", f"--output={draft}", where, ":!previous.zip")
    return draft.replace(path)


def release(root: Path, version: str) -> int:
    """Check, test and tag; return the exit code."""
    if found := faults(root, version):
        print("\n".join([*found, f"v{version} was not tagged"]), file=sys.stderr)
        return 1
    if subprocess.run(["make", "-C", root, "test"]).returncode:
        print(f"Tests fail: v{version} was not tagged", file=sys.stderr)
        return 1
    _git(root, "tag", "--annotate", f"v{version}", "--message", f"Edition {version}")
    print(f"Tagged v{version}. Nothing was pushed: git push origin v{version} publishes it")
    return 0


def _git(root: Path, *words: str) -> str:
    run = subprocess.run(["git", "-C", root, *words], check=True, capture_output=True, text=True)
    return run.stdout.rstrip()


def main(arguments: list[str]) -> int:
    """Tag the version named, or keep the tables of the last one with `previous`."""
    if arguments == ["previous"]:
        print(keep_previous() or "No edition is tagged yet: there is nothing to compare with")
        return 0
    if len(arguments) != 1:
        print("Usage: make release VERSION=2026.12", file=sys.stderr)
        return 2
    return release(ROOT, arguments[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
