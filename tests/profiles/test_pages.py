"""The notebooks of profiles are what their templates give."""

import re
from urllib.parse import unquote

import nbformat
import pytest

from casi.profiles import contents, pages
from casi.record.timeline import events
from casi.states import WITH_AZERBAIJAN
from casi.tables import ROOT, load

PAGES = pages.pages()
KEYS = events()["Key"]
STORED = sorted((ROOT / "chapters").glob("profile_*.ipynb"))


def test_there_is_one_profile_for_each_page_of_the_list():
    assert [path.stem for path in STORED] == sorted(page.stem for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_stored_profiles_are_what_their_templates_give(page):
    stored = nbformat.read(ROOT / "chapters" / f"{page.stem}.ipynb", as_version=4)
    assert pages.written(stored) == pages.written(pages.from_template(page))


def test_each_state_and_each_pair_has_a_profile():
    states = {page.values["code"] for page in PAGES if page.template == "state"}
    pairs = [page.values for page in PAGES if page.template == "pair"]
    assert states == WITH_AZERBAIJAN
    assert len({frozenset((each["first_code"], each["second_code"])) for each in pairs}) == 15


# The mechanism, by hand.


@pytest.fixture
def one(tmp_path, monkeypatch):
    """A list of one profile, with a template of two cells."""
    cells = [
        nbformat.v4.new_markdown_cell("# $name", id="a"),
        nbformat.v4.new_code_cell('f("$code")', id="b", metadata={"tags": ["hide-input"]}),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "small.ipynb")
    page = pages.Page("profile_x", "small", {"name": "Kazakhstan", "code": "KAZ"})
    monkeypatch.setattr(pages, "pages", lambda: [page])
    return page


def test_places_of_a_template_are_filled_and_tags_kept(one, tmp_path):
    assert pages.written(pages.from_template(one, tmp_path)) == [
        ("markdown", "a", "# Kazakhstan", []),
        ("code", "b", 'f("KAZ")', ["hide-input"]),
    ]


def test_a_place_without_a_value_is_named(one, tmp_path):
    with pytest.raises(KeyError, match="code"):
        pages.from_template(one._replace(values={"name": "Kazakhstan"}), tmp_path)


def test_only_profiles_that_differ_are_written(one, tmp_path, capsys):
    folder = tmp_path / "chapters"
    folder.mkdir()
    pages.main(folder, tmp_path)
    path = folder / "profile_x.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="a run adds this")]
    nbformat.write(notebook, path)
    pages.main(folder, tmp_path)
    assert nbformat.read(path, as_version=4).cells[1].outputs
    notebook.cells[0].source = "# Kazakhstan!"
    nbformat.write(notebook, path)
    pages.main(folder, tmp_path)
    assert nbformat.read(path, as_version=4).cells[0].source == "# Kazakhstan"
    assert capsys.readouterr().out.count("Wrote profile_x.ipynb") == 2


def test_the_contents_of_the_book_list_all_profiles_in_order():
    lines = (ROOT / "_toc.yml").read_text(encoding="utf-8").split("\n")
    listed = [line.rpartition("/")[2] for line in lines if "file: chapters/profile_" in line]
    assert listed == [page.stem for page in PAGES]


def test_the_page_of_contents_leads_to_each_profile():
    record = {name: load(name) for name in ("organisations", "states")}
    cells = [*contents.grid(record).to_numpy().ravel(), *contents.bodies(record)["Profile"]]
    found = {match[1] for cell in cells if (match := re.search(r"\((\w+)\.ipynb\)", cell))}
    assert found == {page.stem for page in PAGES}


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_links_lead_to_rows_that_the_record_lists(path):
    begun = {"/".join(key.split("/")[:end]) for key in KEYS for end in (2, 3, 4)}
    text = path.read_text(encoding="utf-8")
    named = [name for link in re.findall(r"\]\(rows:([^)]*)\)", text) for name in link.split(",")]
    assert [name for name in named if unquote(name) not in begun] == []
