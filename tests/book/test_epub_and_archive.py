"""The EPUB, and the archive to carry along, as readers get them."""

import hashlib
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from stored_charts import TABLES_ALONE

from casi.book.editions import downloads, offline
from casi.book.editions.archives import SUMS
from casi.book.pages.browser import install
from casi.book.paper import epub, pdf
from casi.tables import ROOT

CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
PDFS = {"a4": "PDF, A4", "letter": "PDF, US Letter"}


@pytest.fixture(scope="module")
def book_for_readers(book):
    made = [each for each in downloads.made(ROOT) if each.suffix == ".epub"]
    return made[0] if made else epub.make_epub()


@pytest.fixture(scope="module")
def checker():
    """Debian's EPUBCheck, installed if it may be."""
    if not EPUBCHECK.is_file():
        install("EPUBCheck to test the EPUB", "epubcheck", "default-jre-headless")
    return ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", EPUBCHECK]


def test_epubcheck_finds_nothing(book_for_readers, checker):
    run = subprocess.run([*checker, book_for_readers], capture_output=True, text=True)
    assert "0 fatals / 0 errors / 0 warnings" in run.stdout, run.stdout + run.stderr


def test_the_epub_holds_every_chapter_with_still_charts(book_for_readers):
    with zipfile.ZipFile(book_for_readers) as archive:
        assert archive.namelist()[0] == "mimetype"
        for path in CHAPTERS:
            page = archive.read(f"chapters/{path.stem}.xhtml").decode()
            labels = re.findall(r'src="\.\./charts/([a-z-]+)\.svg" alt="[^"]{20,}', page)
            assert labels or path.stem in TABLES_ALONE
            assert {f"charts/{label}.svg" for label in labels} <= {*archive.namelist()}
            assert "<script" not in page and "casi-tools" not in page


@pytest.fixture(scope="module")
def archive(book_for_readers):
    """The archive of a book of which everything else is made."""
    have = {downloads.kind_of(each) for each in downloads.made(ROOT)}
    for size, kind in PDFS.items():
        if kind not in have:
            pdf.make_pdf(size=size)
    made = [each for each in downloads.made(ROOT) if each.name.endswith("-offline.zip")]
    return made[0] if made else offline.make_offline()


def test_the_archive_holds_everything_and_its_checksums_are_right(archive):
    with zipfile.ZipFile(archive) as opened:
        names = {name.partition("/")[2]: name for name in opened.namelist()}
        sums = opened.read(names[SUMS]).decode().splitlines()
        listed = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in sums}
        assert listed.keys() == names.keys() - {SUMS}
        for name, digest in listed.items():
            assert hashlib.sha256(opened.read(names[name])).hexdigest() == digest
    kinds = {downloads.kind_of(Path(name)) for name in names} - {None}
    assert kinds == set(downloads.KINDS.values()) - {"Whole book, for offline reading"}
    assert "index.html" in names and f"notebooks/{CHAPTERS[0].name}" in names


def test_packing_again_gives_the_same_bytes(archive):
    first = archive.read_bytes()
    assert offline.make_offline().read_bytes() == first


def test_every_page_of_the_web_book_offers_what_was_made(archive, book):
    for page in book.rglob("*.html"):
        if page.parent.name in ("charts", "records") or "_static" in page.parts:
            continue
        text = page.read_text(encoding="utf-8")
        found = re.findall(r'<li><a href="([^"]+)" download>', text.split('casi-download"')[1])
        assert len(found) >= len(downloads.KINDS)
        assert all((page.parent / each).resolve().is_file() for each in found), page
