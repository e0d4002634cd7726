"""Build the site: `python -m casi.book.editions.site`.

Every tagged edition that the site does not hold is built from its own source, once and for all; the
working tree becomes `latest`, a draft. Kept tools for versions of Sphinx books were no fit:
sphinx-polyversion builds every version again each time.
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

from casi.book.editions import archives, site_index, store
from casi.book.editions.edition import ASKED, Edition, edition
from casi.book.run.fingerprint import ROOT

TAG = re.compile(r"v(\d{4}\.\d{2}(?:\.\d+)?)")
LATEST = "latest"
ABOUT = "edition.json"
NAV = re.compile(r'(<nav class="casi-editions")(.*?)(</ul>)', re.DOTALL)


class Damaged(RuntimeError):
    """Files of an edition are not what they were; the message lists every one."""


class NoRepository(RuntimeError):
    """The folder is not a git repository, or git cannot read it."""


class Unbuilt(RuntimeError):
    """An edition could not be built."""


def make_site(root: Path = ROOT) -> Path:
    """Build what the site lacks, and turn to the new site when it is whole.

    Args:
        root: folder of the report, a git repository.

    Returns:
        The site, which is a link.

    Raises:
        Damaged: if an edition was changed after it was built.
        Unbuilt: if an edition cannot be built; the old site stays.
        NoRepository: if git does not answer.
    """
    require_git(root)
    site = root / "_site"
    source = state(root)
    with store.new_folder(root / ".site", site) as fresh:
        held = sorted(editions_in(site), key=order)
        check(site, held)
        missing = [version for version in tagged(root) if version not in held]
        if not missing and json_of(site / LATEST).get("source") == source:
            print("Nothing has changed since the last site")
            return site
        for version in held:
            store.link_folder(site / version, fresh / version)
        for version in missing:
            build_tagged(root, version, fresh)
        draft = edition(root).as_draft()
        make_book(root, root, {ASKED: "1"})
        put(root, fresh, draft, source)
        site_index.write(fresh, draft, [json_of(one) for one in editions_of(fresh)])
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
    """Return what calendar versions are sorted by."""
    return tuple(int(part) for part in version.split("."))


def tagged(root: Path) -> list[str]:
    """Return the versions of the tagged editions, the oldest first."""
    run = subprocess.run(["git", "-C", root, "tag"], capture_output=True, text=True, check=True)
    return sorted((m[1] for tag in run.stdout.split() if (m := TAG.fullmatch(tag))), key=order)


def editions_in(site: Path) -> list[str]:
    """Return the versions of the editions that a site holds."""
    return [path.name for path in site.glob("*") if TAG.fullmatch(f"v{path.name}")]


def editions_of(site: Path) -> list[Path]:
    """Return the folders of a site with a book: the oldest edition first, the draft last."""
    return [*(site / one for one in sorted(editions_in(site), key=order)), site / LATEST]


def check(site: Path, versions: list[str]) -> None:
    """Compare each edition with its checksums, and those with what the site noted of them.

    Raises:
        Damaged: naming every file that is not as it was.
    """
    noted = {
        one["version"]: one["sums"] for one in json_of(site, site_index.LIST).get("editions", [])
    }
    faults = []
    for version in versions:
        faults += store.damage(site / version)
        if archives.digest(site / version / archives.SUMS) != noted.get(version):
            faults.append(f"{version}/{archives.SUMS}: not the one that the site was made with")
    if faults:
        cure = "put it back from a release, or remove its folder to build it again"
        raise Damaged("\n".join([*faults, f"an edition never changes: {cure}"]))


def build_tagged(root: Path, version: str, site: Path) -> None:
    """Build an edition from its tag, in a copy of its own, and put it into the site.

    Raises:
        Unbuilt: if that fails.
    """
    print(f"Building edition {version} ...", flush=True)
    with tempfile.TemporaryDirectory(prefix="edition-") as folder:
        tree = Path(folder) / "source"
        clone = ["git", "-c", "advice.detachedHead=false", "clone", "--quiet", "--depth", "1"]
        subprocess.run([*clone, "--branch", f"v{version}", root.as_uri(), tree], check=True)
        ours = edition(tree)
        if ours.version != version:
            raise Unbuilt(f"tag v{version} holds {ours.name}: see its CITATION.cff")
        make_book(tree, root)
        put(tree, site, ours)


def make_book(tree: Path, root: Path, more: Mapping[str, str] | None = None) -> None:
    """Make everything that an edition consists of, by the command of its own source.

    The packages of the present environment are used where the edition asks for the very same.

    Args:
        tree: folder of its source.
        root: folder of the report.
        more: what to add to the environment.

    Raises:
        Unbuilt: if the command fails.
    """
    ours = Path(sys.executable).parent
    asked = ("requirements.txt", "pyproject.toml")
    ready = ours.parent / ".ready"
    same = all((tree / name).read_bytes() == (root / name).read_bytes() for name in asked)
    borrowed = [f"BIN={ours}", f"READY={ready}", "-o", str(ready)] if same else []
    left_out = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "SOURCE_DATE_EPOCH", "PYTHONPATH", ASKED)
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {**({"PYTHONPATH": str(tree)} if same else {}), **(more or {})}
    run = subprocess.run(["make", "-C", tree, "offline", *borrowed], env=environment)
    if run.returncode:
        raise Unbuilt(f"{edition(tree).name} could not be built: see the messages above")


def put(tree: Path, site: Path, ours: Edition, source: str = "") -> None:
    """Put a book that was made into a site: its pages, files and tables, sealed.

    Args:
        tree: the source, with what was built from it.
        site: folder of the new site.
        ours: the edition that it is.
        source: what the state of the source is known by; empty for an edition, which has no other.
    """
    folder = site / ours.folder
    others = [path.parent for path in site.glob(f"*/{archives.SUMS}")]
    hidden = shutil.ignore_patterns(".*")
    shutil.copytree(tree / "_build" / "html", folder, ignore=hidden)
    shutil.copytree(tree / "data", folder / "data", ignore=shutil.ignore_patterns("previous.zip"))
    shutil.copy(tree / "LICENSE-DATA.md", folder / "data")
    pages = []
    for path in sorted(folder.rglob("*.html")):
        page = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        placed = placed_in_site(text, "../" * (page.count("/") + 1), ours.draft)
        if placed != text:
            path.write_text(placed, encoding="utf-8")
        if placed != text or site_index.MOVED in text:
            pages.append(page)
    about = {
        "version": ours.version,
        "folder": ours.folder,
        "name": ours.name,
        "made": ours.made.isoformat(),
        "pages": pages,
        "files": [path.name for path in sorted((folder / "downloads").iterdir())],
        "cite": [path.name for path in sorted((folder / "cite").iterdir())],
        "changes": changelog(tree, ours.number),
        "corrections": corrections(tree, ours.version),
        "source": source,
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    store.seal(folder)
    store.share(folder, others)


def placed_in_site(page: str, up: str, draft: bool) -> str:
    """Return a page with its way to the other editions; one without a place for that as it is.

    Args:
        page: the HTML.
        up: the relative address of the site.
        draft: whether it belongs to a draft, whose pages are not to be cited.
    """
    lasting = "" if draft else '<li><a href="">Lasting link to this page</a></li>'
    links = f'{lasting}<li><a href="{up}{site_index.PAGE}">All editions</a></li>'
    placed = NAV.sub(rf'\1 data-root="{up}"\2{links}\3', page, count=1)
    if placed == page:
        return page
    style = f'<link rel="stylesheet" href="{up}editions.css" />'
    script = f'<script defer src="{up}editions.js"></script>'
    robots = '<meta name="robots" content="noindex" />' if draft else ""
    return placed.replace("</head>", f"{style}{script}{robots}</head>", 1)


def changelog(tree: Path, version: str) -> str:
    """Return what `CHANGELOG.md` says of a version, as Markdown."""
    text = (tree / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(
        rf"^## {re.escape(version)}\s*$(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE
    )
    return found[1].strip() if found else ""


def corrections(tree: Path, version: str) -> list[dict[str, str]]:
    """Return the rows of the table of corrections that a version made."""
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
    """Return what a JSON file in a folder says; nothing where there is none."""
    path = folder / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def receipt(site: Path) -> str:
    """Say in a line what a site holds and how large it is."""
    files, whole, kept = store.size(site.resolve())
    held = ", ".join(path.name for path in editions_of(site))
    return (
        f"{site}: {held}; {files} files of {whole / 1e6:.1f} MB, "
        f"which take up {kept / 1e6:.1f} MB, each kept once"
    )


def main() -> int:
    """Build, and say what the site holds or what went wrong."""
    try:
        site = make_site()
    except (RuntimeError, subprocess.CalledProcessError) as error:
        print(f"{error}\nThe site was not changed", file=sys.stderr)
        return 1
    print(receipt(site))
    return 0


if __name__ == "__main__":
    sys.exit(main())
