"""List the software of an edition: `python -m casi.book.editions.sbom`.

The list is a CycloneDX bill of materials (https://cyclonedx.org): every package of
`requirements.txt` as it is installed, with licence and hashes, and the files of other projects in
the repository.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from casi.book.build import command
from casi.book.editions import vendored
from casi.book.editions.edition import edition
from casi.book.run.fingerprint import ROOT

ENDING = "-sbom.cdx.json"
LOCKED = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?==(?P<version>[^\s;]+)(?P<hashes>.*?)(?=^\S|\Z)",
    re.MULTILINE | re.DOTALL,
)
LICENCE = re.compile(
    r"\.dist-info/(licen[cs]es/.+|(licen[cs]e|copying|notice)[^/]*)$", re.IGNORECASE
)


def make_sbom(root: Path = ROOT) -> Path:
    """Write the bill of materials of the present edition.

    Args:
        root: folder of the report.

    Returns:
        The file, in `_build/sbom`.

    Raises:
        RuntimeError: if the environment lacks a package of `requirements.txt`.
        subprocess.CalledProcessError: if the environment cannot be read.
    """
    ours = edition(root)
    bill = environment(root, int(ours.made.timestamp()))
    locked = hashes((root / "requirements.txt").read_text(encoding="utf-8"))
    asked = (root / "requirements.in").read_text(encoding="utf-8")
    own = [component(root, package) for package in vendored.packages(root)]
    bill = complete(bill, locked, set(re.findall(r"^[\w-]+", asked, re.MULTILINE)), own)
    bill["metadata"]["component"]["version"] = ours.version
    target = root / "_build" / "sbom" / f"{ours.stem}{ENDING}"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return target


def environment(root: Path, made: int) -> dict:
    """Return the bill of materials of the Python environment that runs this.

    Args:
        root: folder of the report, with `pyproject.toml`.
        made: the time stamp it bears, in seconds since 1970.
    """
    listed = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "environment", sys.prefix]
    wanted = ["--output-reproducible", "--no-validate", "--pyproject", "pyproject.toml"]
    run = subprocess.run(
        [*listed, *wanted],
        cwd=root,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(made)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(run.stdout)


def hashes(requirements: str) -> dict[tuple[str, str], list[str]]:
    """Return the SHA-256 of every file of a package, by its name and version.

    Args:
        requirements: the text of a locked `requirements.txt`.
    """
    return {
        (_normal(found["name"]), found["version"]): re.findall("sha256:(.+?)\\b", found["hashes"])
        for found in LOCKED.finditer(requirements)
    }


def complete(
    bill: dict, locked: dict[tuple[str, str], list[str]], asked: set[str], own: list[dict]
) -> dict:
    """Return a bill of the locked packages only, with their hashes, and of other components.

    Args:
        bill: what `environment` returns.
        locked: what `hashes` returns.
        asked: names of the packages that the report itself needs.
        own: components that are not Python packages.

    Raises:
        RuntimeError: if no version of a package that the report needs is installed as locked.
    """
    kept = []
    for each in bill["components"]:
        if files := locked.get((_normal(each["name"]), each["version"])):
            index = {
                "type": "distribution",
                "url": f"https://pypi.org/simple/{_normal(each['name'])}/",
                "hashes": [{"alg": "SHA-256", "content": file} for file in files],
            }
            references = [*each.get("externalReferences", []), index]
            kept.append(each | {"externalReferences": references} | evidence(each["name"]))
    names = {_normal(each["name"]): each["bom-ref"] for each in kept}
    if missing := sorted({_normal(name) for name in asked} - set(names)):
        raise RuntimeError(f"not installed as in requirements.txt: {', '.join(missing)}")
    listed = set(names.values())
    top = bill["metadata"]["component"]["bom-ref"]
    direct = [names[_normal(name)] for name in asked] + [each["bom-ref"] for each in own]
    dependencies = [{"ref": top, "dependsOn": sorted(direct)}]
    for each in bill["dependencies"]:
        if each["ref"] in listed:
            needed = [ref for ref in each.get("dependsOn", []) if ref in listed]
            dependencies.append({"ref": each["ref"], "dependsOn": needed})
    return bill | {"components": [*kept, *own], "dependencies": dependencies}


def evidence(name: str) -> dict:
    """Return the texts of the licences that an installed package brings, as evidence of them.

    Args:
        name: of the package; one without such a file has no evidence.
    """
    files = [file for file in metadata.files(name) or () if LICENCE.search(file.as_posix())]
    texts = [
        {"license": {"name": file.name, "text": {"content": _text(file.read_binary())}}}
        for file in sorted(files)
    ]
    return {"evidence": {"licenses": texts}} if texts else {}


def component(root: Path, package: vendored.Package) -> dict:
    """Return a package of which files stand in the repository as a component of the bill.

    Args:
        root: folder of the report, with the text of the licence.
        package: the package.
    """
    text = (root / package.licence_file).read_text(encoding="utf-8")
    licence = {"id": package.licence, "acknowledgement": "declared", "text": {"content": text}}
    files = [
        {"type": "file", "name": file.path, "hashes": [{"alg": "SHA-256", "content": file.sha256}]}
        for file in package.files
    ]
    purl = {"purl": f"pkg:npm/{package.name}@{package.version}"} if package.origin == "npm" else {}
    return {
        "bom-ref": f"{package.name}@{package.version}",
        "type": "library",
        "name": package.name,
        "version": package.version,
        "licenses": [{"license": licence}],
        "externalReferences": [{"type": "distribution", "url": package.address}],
        "components": files,
        **purl,
    }


def _text(content: bytes) -> str:
    """Return the text of a licence; older ones are in Latin-1."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _normal(name: str) -> str:
    """Return the normalised name of a package (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(command.run("bill of materials", make_sbom))
