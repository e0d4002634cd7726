"""Write the source of the book in another language: a folder that builds as the book itself does.

Pages that `casi_languages` of `_config.yml` declares are translated; all others stay English, so
that numbers of charts and tables are the same in both languages. Everything that is not a page is a
link to the original.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import yaml

from casi.book.translate import catalogue, pages, rules
from casi.book.translate.blocks import Block

CONFIG, TOC = "_config.yml", "_toc.yml"
UNTRANSLATED = "[EN] "  # before a text that stands in English on a translated page
KEPT = ("_build", "_site", "chapters", CONFIG, TOC)  # of the book; not linked
WORDS = ("nb_code_prompt_show", "nb_code_prompt_hide")  # settings that readers see
HELPERS = "from casi.languages.{language} import *"

Words = Callable[[str], str]


def languages(root: Path) -> dict[str, list[str]]:
    """Return the pages that are translated, by language: `{"ru": ["index", ...]}`."""
    return settings(root).get("casi_languages", {})


def settings(root: Path) -> dict[str, Any]:
    """Return the settings of Sphinx in `_config.yml`."""
    return yaml.safe_load((root / CONFIG).read_text("utf-8"))["sphinx"]["config"]


def folder(root: Path, language: str) -> Path:
    """Return the folder of the book's source in a language."""
    return root / "_build" / language


def write(root: Path, language: str) -> Path:
    """Write the source of the book in a language, and return its folder.

    Files that would stay the same are not written, so that the build takes up where it was.
    """
    tree = folder(root, language)
    (tree / "chapters").mkdir(parents=True, exist_ok=True)
    sources = [path for pattern in ("*.md", "chapters/*") for path in root.glob(pattern)]
    for path in root.iterdir():
        if path.name not in KEPT and path.suffix != ".md" and path.name[0] != ".":
            _link(tree / path.name, path)
    _keep_pictures(root, tree)
    translated = set(languages(root)[language])
    expected = {tree / path.relative_to(root) for path in sources}
    for path in {*tree.glob("*.md"), *tree.glob("chapters/*")} - expected:
        path.unlink()
    for path in sources:
        name = path.relative_to(root).with_suffix("").as_posix()
        text = page(root, path, language) if name in translated else path.read_text("utf-8")
        _write(tree / path.relative_to(root), text)
    words = catalogue.translations(catalogue.path_of(root, language, "code"))
    for name, translate in ((CONFIG, config), (TOC, contents)):
        read = yaml.safe_load((root / name).read_text("utf-8"))
        made = translate(read, lambda text: words.get(text, text))
        if name == CONFIG:
            made["sphinx"]["config"]["language"] = language
        _write(tree / name, yaml.safe_dump(made, allow_unicode=True, sort_keys=False))
    return tree


def page(root: Path, path: Path, language: str) -> str:
    """Return the source of a page in a language; a text without translation is marked."""
    known = catalogue.translations(catalogue.path_of(root, language, path.stem))
    text = pages.translate(path, lambda block: written(block, known))
    return with_helpers(text, path.suffix, HELPERS.format(language=language))


def written(block: Block, known: dict[str, str]) -> str:
    """Return the translation of a block, or its English with a mark before its words."""
    if block.text in known:
        return known[block.text]
    return UNTRANSLATED + block.text if rules.has_words(block.text) else block.text


def with_helpers(text: str, suffix: str, line: str) -> str:
    """Return a page whose first code cell that readers see imports what its expressions call."""
    if suffix == ".md":
        cell = pages.CODE_CELL.search(text)
        return text if not cell else text[: cell.end() - 3] + f"{line}\n" + text[cell.end() - 3 :]
    notebook = nbformat.reads(text, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and "remove-cell" not in cell.metadata.get("tags", []):
            cell.source += f"\n{line}"
            break
    return nbformat.writes(notebook)


def config(settings: dict, word: Words) -> dict:
    """Return the settings of the book with their words translated."""
    sphinx = dict(settings["sphinx"]["config"])
    sphinx |= {name: word(sphinx[name]) for name in WORDS if name in sphinx}
    numbers = sphinx.get("numfig_format", {})
    sphinx["numfig_format"] = {name: word(form) for name, form in numbers.items()}
    sphinx["casi_links"] = {word(name): link for name, link in sphinx["casi_links"].items()}
    named = {name: word(settings[name]) for name in ("title", "author")}
    return settings | named | {"sphinx": settings["sphinx"] | {"config": sphinx}}


def contents(entry: Any, word: Words) -> Any:
    """Return the table of contents with its captions and titles translated."""
    if isinstance(entry, list):
        return [contents(each, word) for each in entry]
    return {
        name: word(value)
        if name in ("caption", "title")
        else contents(value, word)
        if isinstance(value, dict | list)
        else value
        for name, value in entry.items()
    }


def _keep_pictures(root: Path, tree: Path) -> None:
    """Share the pictures of charts, which are named by their content, between the languages."""
    pictures = root / "_build" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    (tree / "_build").mkdir(exist_ok=True)
    _link(tree / "_build" / "pictures", pictures)


def _link(link: Path, target: Path) -> None:
    if not link.is_symlink():
        link.symlink_to(target, target_is_directory=target.is_dir())


def _write(path: Path, text: str) -> None:
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
