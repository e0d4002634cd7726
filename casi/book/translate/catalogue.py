"""Read and write the catalogues of a language, one PO file a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from casi.book.translate import rules
from casi.book.translate.blocks import Block

HEADER = "# {page}.po: {page}, translated. CONTRIBUTING.md says how to change a sentence."
FOLDER = "locale/{language}/LC_MESSAGES"


def path_of(root: Path, language: str, page: str) -> Path:
    """Return the path of a page's catalogue."""
    return root / FOLDER.format(language=language) / f"{page}.po"


def read(path: Path) -> Catalog:
    """Read a catalogue.

    Raises:
        babel.messages.pofile.PoFileError: naming a line that is not PO.
    """
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def translations(path: Path) -> dict[str, str]:
    """Return what a catalogue translates by the English text; without fuzzy and empty messages."""
    if not path.exists():
        return {}
    found = {message.id: message.string for message in read(path) if not message.fuzzy}
    return {str(text): str(string) for text, string in found.items() if text and string}


def untranslated(path: Path, texts: Iterable[str]) -> list[str]:
    """Return the texts of a page that have words and no translation, or a fuzzy one."""
    known = translations(path)
    return [text for text in texts if text not in known and rules.has_words(text)]


def update(path: Path, language: str, blocks: Iterable[Block]) -> None:
    """Bring a catalogue up to date with the blocks of its page.

    A translation stays with a text that has not changed. If the English has changed a little, its
    translation becomes fuzzy: a person compares both and removes the mark.
    """
    new = Catalog(language, charset="utf-8")
    old = read(path) if path.exists() else Catalog(language, charset="utf-8")
    old.header_comment = HEADER.format(page=path.stem)
    for block in blocks:
        new.add(block.text, auto_comments=[block.kind])
    old.update(new, update_creation_date=False)
    for message in old:
        message.flags &= {"fuzzy"}
    old.fuzzy = False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, old, width=0, omit_header=False, ignore_obsolete=True, include_previous=True)
