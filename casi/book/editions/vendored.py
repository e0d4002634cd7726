"""Compare the files of other projects in the repository with their origin.

`casi/book/vendored.json` lists package, version, licence, origin and the SHA-256 of each file.
`python -m casi.book.editions.vendored check` compares them with what npm serves for that version;
`renew` writes what npm serves, after a version in the list was changed.
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from casi.book.run.fingerprint import ROOT

MANIFEST = "casi/book/vendored.json"
REGISTRY = "https://registry.npmjs.org"
FOREIGN = ("casi/book/**/*.min.js", "casi/book/**/*.woff")  # files that only others make


@dataclass(frozen=True)
class File:
    """A file of another project.

    Attributes:
        path: where it stands in the repository.
        source: its path in the package.
        sha256: its checksum, in hexadecimal.
    """

    path: str
    source: str
    sha256: str


@dataclass(frozen=True)
class Package:
    """A project, or a release of one, of which files stand in the repository.

    Attributes:
        name: its name where it is published.
        version: its version.
        licence: SPDX name of its licence.
        licence_file: path of the text of the licence in the repository.
        origin: `npm`, or an address. Files from an address are cut to the letters in use by
            `make fonts`, and so have no checksum there.
        files: its files in the repository.
    """

    name: str
    version: str
    licence: str
    licence_file: str
    origin: str
    files: tuple[File, ...]

    @property
    def address(self) -> str:
        """Address of the package: of the archive itself where npm publishes it."""
        base = self.name.rpartition("/")[2]
        npm = f"{REGISTRY}/{self.name}/-/{base}-{self.version}.tgz"
        return npm if self.origin == "npm" else self.origin


def packages(root: Path = ROOT) -> list[Package]:
    """Return the packages of the list, in its order."""
    listed = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    return [
        Package(**entry | {"files": tuple(File(**file) for file in entry["files"])})
        for entry in listed
    ]


def faults(root: Path = ROOT) -> list[str]:
    """Return a line for each file that is changed, missing or not listed; needs no network."""
    found, listed = [], set()
    for package in packages(root):
        if not (root / package.licence_file).is_file():
            found.append(f"{package.licence_file}: missing, the licence of {package.name}")
        for file in package.files:
            listed.add(file.path)
            path = root / file.path
            if not path.is_file():
                found.append(f"{file.path}: missing, though {MANIFEST} lists it")
            elif sha256(path.read_bytes()).hexdigest() != file.sha256:
                found.append(f"{file.path}: not the file that {MANIFEST} lists for {package.name}")
    present = {path.relative_to(root).as_posix() for part in FOREIGN for path in root.glob(part)}
    return found + [f"{path}: not listed in {MANIFEST}" for path in sorted(present - listed)]


def download(address: str) -> bytes:
    """Return what an address serves."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read()


def served(package: Package, get: Callable[[str], bytes] = download) -> dict[str, bytes]:
    """Return the files of an npm package as the registry serves them, by path in the repository.

    Args:
        package: a package whose origin is npm.
        get: returns what an address serves.

    Raises:
        KeyError: if the archive lacks a file.
    """
    with tarfile.open(fileobj=io.BytesIO(get(package.address))) as archive:
        members = {file.path: archive.extractfile(file.source) for file in package.files}
        return {path: member.read() for path, member in members.items() if member}


def differences(root: Path = ROOT, get: Callable[[str], bytes] = download) -> list[str]:
    """Return a line for each file that differs from what npm serves for its version."""
    return [
        f"{path}: differs from {package.name} {package.version} at {package.address}"
        for package in packages(root)
        if package.origin == "npm"
        for path, content in served(package, get).items()
        if (root / path).read_bytes() != content
    ]


def renew(root: Path = ROOT, get: Callable[[str], bytes] = download) -> None:
    """Write the files that npm serves for the listed versions, and the checksums of all files."""
    renewed = []
    for package in packages(root):
        for path, content in served(package, get).items() if package.origin == "npm" else ():
            (root / path).write_bytes(content)
        files = tuple(
            replace(file, sha256=sha256((root / file.path).read_bytes()).hexdigest())
            for file in package.files
        )
        renewed.append(asdict(replace(package, files=files)))
    text = json.dumps(renewed, indent=1, ensure_ascii=False)
    (root / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Compare the files with npm or renew them; return the exit code."""
    if arguments == ["renew"]:
        renew()
        return 0
    if arguments != ["check"]:
        print("Usage: python -m casi.book.editions.vendored check|renew", file=sys.stderr)
        return 2
    if found := faults() or differences():
        print("\n".join(found), file=sys.stderr)
        return 1
    count = sum(len(package.files) for package in packages())
    print(f"All {count} files of other projects match {MANIFEST}; those from npm match npm")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
