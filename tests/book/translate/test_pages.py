import nbformat
import pytest

from casi.book.run.fingerprint import ROOT
from casi.book.translate import pages
from casi.book.translate.__main__ import known

PAGES = known(ROOT, "ru")


@pytest.mark.parametrize("page", sorted(set(PAGES) - {pages.FINDINGS}))
def test_a_page_translated_into_itself_is_itself(page):
    path = pages.path_of(ROOT, page)
    source = path.read_text("utf-8")
    if path.suffix == ".ipynb":
        source = nbformat.writes(nbformat.read(path, as_version=4))
    assert pages.translate(path, lambda block: block.text) == source


def test_the_key_of_a_finding_is_not_translated():
    blocks = pages.messages(pages.path_of(ROOT, pages.FINDINGS))
    assert blocks[0].text == "Meetings of security officials"
