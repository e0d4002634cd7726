"""Build the site: `python -m casi.book.editions.site`.

Every tagged edition that the site lacks is built once from its own source; the working tree becomes
`latest`, a draft. sphinx-polyversion was not used because it rebuilds every version each time.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from casi.book.editions import archives, feeds, site_index, store
from casi.book.editions.edition import DRAFT_VARIABLE, Edition, edition
from casi.book.run.fingerprint import ROOT

TAG = re.compile(r"v(\d{4}\.\d{2}(?:\.\d+)?)")
LATEST = "latest"
ABOUT = "edition.json"
NAV = re.compile(r'(<nav class="casi-editions")(.*?)(</ul>)', re.DOTALL)


class Damaged(RuntimeError):
    """Raised if files of an edition have changed; the message lists each."""


class NoRepository(RuntimeError):
    """The folder is not a git repository, or git cannot read it."""


class Unbuilt(RuntimeError):
    """Raised if an edition cannot be built."""


def make_site(root: Path = ROOT) -> Path:
    """Build what the site lacks, and publish the new site when it is complete.

    Args:
        root: folder of the report, a git repository.

    Returns:
        The symbolic link to the site.

    Raises:
        Damaged: if an edition was changed after it was built.
        Unbuilt: if an edition cannot be built; the old site stays.
        NoRepository: if git does not answer.
    """
    require_git(root)
    site = root / "_site"
    source = state(root)
    with store.new_folder(root / ".site", site) as new_site:
        published = sorted(editions_in(site), key=order)
        check(site, published)
        missing = [version for version in tagged(root) if version not in published]
        if not missing and json_of(site / LATEST).get("source") == source:
            print("Nothing has changed since the last site")
            return site
        for version in published:
            store.link_folder(site / version, new_site / version)
        for version in missing:
            build_tagged(root, version, new_site)
        draft = edition(root).as_draft()
        make_book(root, root, {DRAFT_VARIABLE: "1"})
        put(root, new_site, draft, source)
        site_index.write(new_site, draft, [json_of(folder) for folder in editions_of(new_site)])
    return site


def require_git(root: Path) -> None:
    """Check that git can read the tags of a folder.

    Raises:
        NoRepository: saying what git says and what to do.
    """
    try:
        run = subprocess.run(["git", "-C", root, "tag"], capture_output=True, text=True)
    except FileNotFoundError:
        raise NoRepository("git is missing: install it") from None
    if run.returncode:
        raise NoRepository(
            f"git cannot read {root}: {run.stderr.strip()}\n"
            "Editions are tags of a git repository: clone it instead of downloading its files"
        )


def order(version: str) -> tuple[int, ...]:
    """Return the sort key of a calendar version."""
    return tuple(int(part) for part in version.split("."))


def tagged(root: Path) -> list[str]:
    """Return the versions of the tagged editions, the oldest first."""
    run = subprocess.run(["git", "-C", root, "tag"], capture_output=True, text=True, check=True)
    return sorted((m[1] for tag in run.stdout.split() if (m := TAG.fullmatch(tag))), key=order)


def editions_in(site: Path) -> list[str]:
    """Return the versions of the editions of a site."""
    return [path.name for path in site.glob("*") if TAG.fullmatch(f"v{path.name}")]


def editions_of(site: Path) -> list[Path]:
    """Return the folders of the books of a site: the oldest edition first, the draft last."""
    return [*(site / version for version in sorted(editions_in(site), key=order)), site / LATEST]


def check(site: Path, versions: list[str]) -> None:
    """Compare each edition with its checksums, and these with the list of the site.

    Raises:
        Damaged: naming every file that has changed.
    """
    editions = json_of(site, site_index.LIST).get("editions", [])
    listed = {about["version"]: about["sums"] for about in editions}
    faults = []
    for version in versions:
        faults += store.damage(site / version)
        if archives.digest(site / version / archives.SUMS) != listed.get(version):
            faults.append(f"{version}/{archives.SUMS}: not the one that the site lists")
    if faults:
        advice = "restore it from a release, or remove its folder to build it again"
        raise Damaged("\n".join([*faults, f"an edition never changes: {advice}"]))


def build_tagged(root: Path, version: str, site: Path) -> None:
    """Build an edition from its tag, in a separate clone, and add it to the site.

    Raises:
        Unbuilt: if that fails.
    """
    print(f"Building edition {version} ...", flush=True)
    with tempfile.TemporaryDirectory(prefix="edition-") as folder:
        tree = Path(folder) / "source"
        clone = ["git", "-c", "advice.detachedHead=false", "clone", "--quiet", "--depth", "1"]
        subprocess.run([*clone, "--branch", f"v{version}", root.as_uri(), tree], check=True)
        built = edition(tree)
        if built.version != version:
            raise Unbuilt(f"tag v{version} holds {built.name}: see its CITATION.cff")
        make_book(tree, root)
        put(tree, site, built)


def make_book(tree: Path, root: Path, more: Mapping[str, str] | None = None) -> None:
    """Run `make offline` of an edition.

    The current environment is used if the edition requires the same packages.

    Args:
        tree: source of the edition.
        root: folder of the report.
        more: additional environment variables.

    Raises:
        Unbuilt: if the command fails.
    """
    built = Path(sys.executable).parent
    asked = ("requirements.txt", "pyproject.toml")
    ready = built.parent / ".ready"
    same = all((tree / name).read_bytes() == (root / name).read_bytes() for name in asked)
    borrowed = [f"BIN={built}", f"READY={ready}", "-o", str(ready)] if same else []
    left_out = (
        "MAKEFLAGS",
        "MFLAGS",
        "MAKEOVERRIDES",
        "SOURCE_DATE_EPOCH",
        "PYTHONPATH",
        DRAFT_VARIABLE,
    )
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {**({"PYTHONPATH": str(tree)} if same else {}), **(more or {})}
    run = subprocess.run(["make", "-C", tree, "offline", *borrowed], env=environment)
    if run.returncode:
        raise Unbuilt(f"{edition(tree).name} could not be built: see the messages above")


def put(tree: Path, site: Path, built: Edition, source: str = "") -> None:
    """Copy pages, downloads and tables of a built book into a site, with a list of checksums.

    Args:
        tree: the source, in which the book was built.
        site: folder of the new site.
        built: the edition of the book.
        source: hash of the source of a draft; empty for an edition.
    """
    folder = site / built.folder
    others = [path.parent for path in site.glob(f"*/{archives.SUMS}")]
    hidden = shutil.ignore_patterns(".*")
    shutil.copytree(tree / "_build" / "html", folder, ignore=hidden)
    shutil.copytree(tree / "data", folder / "data", ignore=shutil.ignore_patterns("previous.zip"))
    shutil.copy(tree / "LICENSE-DATA.md", folder / "data")
    pages = []
    for path in sorted(folder.rglob("*.html")):
        page = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        placed = placed_in_site(text, "../" * (page.count("/") + 1), built.draft)
        if placed != text:
            path.write_text(placed, encoding="utf-8")
        if placed != text or site_index.MOVED in text:
            pages.append(page)
    about = {
        "version": built.version,
        "folder": built.folder,
        "name": built.name,
        "made": built.made.isoformat(),
        "pages": pages,
        "files": [path.name for path in sorted((folder / "downloads").iterdir())],
        "cite": [path.name for path in sorted((folder / "cite").iterdir())],
        "changes": changelog(tree, built.number),
        "corrections": corrections(tree, built.version),
        "source": source,
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    store.write_sums(folder)
    store.share(folder, others)


def placed_in_site(page: str, up: str, draft: bool) -> str:
    """Return a page with links to the other editions; unchanged if it has no menu of editions.

    Args:
        page: the HTML.
        up: relative address of the site.
        draft: True for the draft, which has no permanent links and is not indexed.
    """
    permanent = "" if draft else '<li><a href="">Permanent link to this page</a></li>'
    links = f'{permanent}<li><a href="{up}{site_index.PAGE}">All editions</a></li>'
    placed = NAV.sub(rf'\1 data-root="{up}"\2{links}\3', page, count=1)
    if placed == page:
        return page
    style = f'<link rel="stylesheet" href="{up}editions.css" />'
    script = f'<script defer src="{up}editions.js"></script>'
    robots = '<meta name="robots" content="noindex" />' if draft else ""
    placed = feeds.at_root(placed, up)
    return placed.replace("</head>", f"{style}{script}{robots}</head>", 1)


def changelog(tree: Path, version: str) -> str:
    """Return the section of `CHANGELOG.md` on a version, as Markdown."""
    text = (tree / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(
        rf"^## {re.escape(version)}\s*$(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE
    )
    return found[1].strip() if found else ""


def corrections(tree: Path, version: str) -> list[dict[str, str]]:
    """Return the corrections that a version made, as rows of the table."""
    with (tree / "data" / "corrections.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["edition"] == version]


def state(root: Path) -> str:
    """Return a hash of all source files and of the name of the edition."""
    command = ["git", "-C", str(root), "ls-files", "-z"]
    command += ["--cached", "--others", "--exclude-standard"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    digest = hashlib.sha256(f"{edition(root)}".encode())
    for name in sorted(filter(None, run.stdout.split("\0"))):
        path = root / name
        digest.update(f"{name} {archives.digest(path) if path.is_file() else 'gone'}\n".encode())
    return digest.hexdigest()


def json_of(folder: Path, name: str = ABOUT) -> dict:
    """Return the content of a JSON file in a folder; empty if it does not exist."""
    path = folder / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def summary(site: Path) -> str:
    """Return a line with the editions of a site and its size."""
    files, total, on_disk = store.size(site.resolve())
    names = ", ".join(path.name for path in editions_of(site))
    return (
        f"{site}: {names}; {files} files of {total / 1e6:.1f} MB, "
        f"{on_disk / 1e6:.1f} MB on disk, as equal files are stored once"
    )


def main() -> int:
    """Build the site and print a summary or the error; return the exit code."""
    try:
        site = make_site()
    except (RuntimeError, subprocess.CalledProcessError) as error:
        print(f"{error}\nThe site was not changed", file=sys.stderr)
        return 1
    print(summary(site))
    return 0


if __name__ == "__main__":
    sys.exit(main())
