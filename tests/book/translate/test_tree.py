import nbformat

from casi.book.run.fingerprint import ROOT
from casi.book.translate import catalogue, pages, tree
from casi.book.translate.blocks import Block


def test_a_text_without_translation_stands_in_english_and_is_marked():
    known = {"Limits": "Ограничения"}
    assert tree.written(Block("Limits", "heading"), known) == "Ограничения"
    assert tree.written(Block("The answer", "heading"), known) == "[EN] The answer"
    assert tree.written(Block("{eval}`x`", "paragraph"), known) == "{eval}`x`"


def test_the_first_code_cell_imports_the_helpers():
    page = "# A\n\n```{code-cell} ipython3\nx = 1\n```\n\n```{code-cell} ipython3\ny\n```\n"
    assert "x = 1\nfrom a import *\n```" in tree.with_helpers(page, ".md", "from a import *")


def test_the_cell_that_installs_the_package_does_not():
    v4 = nbformat.v4
    package = v4.new_code_cell("p", metadata={"tags": ["remove-cell"]})
    page = nbformat.writes(v4.new_notebook(cells=[package, v4.new_code_cell("x = 1")]))
    made = nbformat.reads(tree.with_helpers(page, ".ipynb", "from a import *"), as_version=4)
    assert [cell.source for cell in made.cells] == ["p", "x = 1\nfrom a import *"]


def test_captions_of_the_contents_are_translated_and_files_are_not():
    contents = {"parts": [{"caption": "Method", "chapters": [{"file": "method"}]}]}
    made = tree.contents(contents, {"Method": "Методика", "method": "х"}.get)
    assert made == {"parts": [{"caption": "Методика", "chapters": [{"file": "method"}]}]}


def test_declared_pages_have_a_catalogue():
    for language, names in tree.languages(ROOT).items():
        for name in names:
            page = name.rpartition("/")[2]
            assert pages.path_of(ROOT, page).is_file()
            assert catalogue.path_of(ROOT, language, page).is_file()
