"""The notebooks of profiles are what their templates give."""

import nbformat
import pytest

from casi.profiles import pages
from casi.states import WITH_AZERBAIJAN
from casi.tables import ROOT

PAGES = pages.pages()
STORED = sorted((ROOT / "chapters").glob("profile_*.ipynb"))


def test_there_is_one_profile_for_each_page_of_the_list():
    assert [path.stem for path in STORED] == sorted(page.stem for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_stored_profiles_are_what_their_templates_give(page):
    stored = nbformat.read(ROOT / "chapters" / f"{page.stem}.ipynb", as_version=4)
    assert pages.written(stored) == pages.written(pages.from_template(page))


def test_each_state_has_a_profile():
    states = {page.values["code"] for page in PAGES if page.template == "state"}
    assert states == WITH_AZERBAIJAN


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
