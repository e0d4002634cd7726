import pytest

from casi.book.editions import downloads


@pytest.fixture
def root(tmp_path):
    for name in (
        "data/x-1-data.zip",
        "pdf/x-1.pdf",
        "pdf/x-1-letter.pdf",
        "pdf/x.new",
        "epub/a.css",
    ):
        path = tmp_path / "_build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a" * 1_240_000)
    return tmp_path


@pytest.fixture
def book(root):
    (root / "html" / "chapters").mkdir(parents=True)
    for name in ("index", "chapters/one"):
        (root / "html" / f"{name}.html").write_text('<p>a</p><ul class="casi-downloads"></ul>')
    return root / "html"


def test_made_are_files_that_are_offered_in_order(root):
    found = [path.name for path in downloads.made(root)]
    assert found == ["x-1.pdf", "x-1-letter.pdf", "x-1-data.zip"]


def test_kind_of_says_what_a_file_is(root):
    path = root / "x-2026.11-letter.pdf"
    assert downloads.kind_of(path) == "PDF, US Letter"
    assert downloads.kind_of(path.with_suffix(".new")) is None


def test_offer_lists_files_on_every_page_and_takes_old_ones_away(root, book):
    downloads.offer(book, downloads.made(root))
    one = (book / "chapters" / "one.html").read_text()
    assert '<li><a href="../downloads/x-1.pdf" download>PDF, A4</a> (1.2 MB)</li>' in one
    assert (book / "downloads" / "x-1.pdf").is_file()
    downloads.offer(book, downloads.made(root)[-1:])
    assert 'href="downloads/x-1-data.zip"' in (book / "index.html").read_text()
    assert "pdf" not in (book / "index.html").read_text()
    assert [path.name for path in (book / "downloads").iterdir()] == ["x-1-data.zip"]


def test_size_is_written_for_people(tmp_path):
    (tmp_path / "a").write_bytes(b"a" * 23_400)
    assert downloads.size(tmp_path / "a") == "23 KB"
