"""Build the pages that are translated, and put them beside the English ones.

`python -m casi.book.build.languages ru` does it; the web book in English must be there.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import sys
from importlib import import_module
from pathlib import Path, PurePosixPath

from babel import Locale
from sphinx import search as sphinx_search

from casi.book.build import language_checks
from casi.book.build.build import sphinx
from casi.book.build.command import run
from casi.book.pages import full_text
from casi.book.translate import catalogue, page_words, tree

LINK = re.compile(r'(?P<before>\b(?:href|src|srcset)=")(?P<address>[^":#?]+)(?P<after>[?#][^"]*)?"')
CHART = re.compile(r'charts/(fig-[a-z0-9-]+)\.html"')
OTHERS = re.compile(r'\n? *<(link|a) [^>]*data-language="[^"]*"[^>]*>(?:[^<]*</a>)?')
EVALUATED = "translations.js"  # of Sphinx, evaluates text, which the pages forbid; no use to them
EVALUATES = re.compile(rf'\n? *<script [^>]*src="[^"]*{re.escape(EVALUATED)}[^"]*"></script>')
BUTTONS = '<div class="article-header-buttons">'
OF_BOOK = ("mode.js", "charts.js", "search.js")  # scripts with words
ADVICE = (
    "Translate these labels in locale/{language}/LC_MESSAGES/code.po, or add a name that stays in "
    "Latin letters to locale/{language}/latin.txt; the pages are in _build/html/{language}"
)
NAMES = {"en": ("English", "Read this page in English"), "ru": ("Русский", "Читать по-русски")}


def build(root: Path, language: str) -> Path:
    """Build the translated pages of a language.

    Returns:
        Its first page in the web book.

    Raises:
        FileNotFoundError: if the web book in English is missing.
        subprocess.CalledProcessError: if a notebook fails or Sphinx warns.
    """
    book = root / "_build" / "html"
    if not (book / "index.html").exists():
        raise FileNotFoundError(f"{book}: no web book. Run `make book` first")
    source = tree.write(root, language)
    os.environ["CASI_LANGUAGE"] = language
    try:
        made = sphinx(source, "html")
    finally:
        del os.environ["CASI_LANGUAGE"]
    words = catalogue.translations(catalogue.path_of(root, language, "code"))
    settings = tree.settings(root)
    pages, synonyms = settings["casi_languages"][language], settings["casi_synonyms"]
    first = publish(made, book, language, pages, words, synonyms)
    if found := faults(root, book, language, pages):
        print(*found, ADVICE.format(language=language), sep="\n")
    return first


def search_entries(book: Path, page: str, names: dict[str, str]) -> list[full_text.Entry]:
    """Return what the search can find on a page, its kinds in the language of the page."""
    found = full_text.page_entries(book, page)
    return [entry._replace(label=names.get(entry.label, entry.label)) for entry in found]


def faults(root: Path, book: Path, language: str, pages: list[str]) -> list[str]:
    """Return what `language_checks` finds on the pages of a language, one line each.

    Args:
        root: folder of the report.
        book: the web book, with the pages of the language.
        language: its code.
        pages: the pages that are translated.
    """
    numbers = import_module(f"casi.languages.{language}").small_numbers()
    allowed = language_checks.latin_words(root / "locale" / language / "latin.txt")
    found = []
    for page in pages:
        english, other = ((book / up / f"{page}.html").read_text("utf-8") for up in ("", language))
        named = language_checks.faults(english, other, numbers, allowed)
        found += [f"{page}: {fault}" for fault in named]
    return found


def publish(
    made: Path,
    book: Path,
    language: str,
    pages: list[str],
    words: dict[str, str],
    synonyms: list[list[str]],
) -> Path:
    """Copy the pages of a language into the book, with what they need, and no other page.

    Links to a page or a file that is not translated lead to the English one. The page in each
    language names the other.

    Args:
        made: the whole book in the language.
        book: the web book in English.
        language: its code, the name of its folder.
        pages: the pages that are translated.
        words: translations of the words of templates and scripts.
        synonyms: groups of words that mean the same to the search, in any language.
    """
    target = book / language
    shutil.rmtree(target, ignore_errors=True)
    kept = files(made, pages)
    for name in sorted(kept):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".html"):
            text = EVALUATES.sub("", (made / name).read_text("utf-8"))
            text = page_words.in_page(text, words)
            (target / name).write_text(with_links(text, name, kept), "utf-8")
        elif PurePosixPath(name).name in OF_BOOK:
            text = page_words.in_script((made / name).read_text("utf-8"), words)
            (target / name).write_text(text, "utf-8")
        else:
            shutil.copyfile(made / name, target / name)
    names = {name: words.get(name, name) for name in full_text.NAMES}
    entries = {f"{page}.html": search_entries(target, page, names) for page in pages}
    script = full_text.as_script(entries, synonyms, names)
    (target / full_text.FILE).write_text(script, "utf-8")
    (target / "_static" / "stemmer.js").write_text(stemmer(language), "utf-8")
    for page in pages:
        up = "../" * page.count("/")
        name_other(target / f"{page}.html", "en", f"../{up}{page}.html")
        name_other(book / f"{page}.html", language, f"{up}{language}/{page}.html")
    return target / "index.html"


def stemmer(language: str) -> str:
    """Return the script with Snowball's stemmer of a language, which Sphinx brings."""
    name = Locale.parse("en").languages[language]
    scripts = Path(sphinx_search.__file__).parent / "minified-js"
    parts = [scripts / "base-stemmer.js", scripts / f"{name.lower()}-stemmer.js"]
    text = "\n".join(part.read_text("utf-8") for part in parts if part.exists())
    return f"{text}\ncasiStemmer=new {name}Stemmer()\n" if parts[-1].exists() else ""


def files(made: Path, pages: list[str]) -> set[str]:
    """Return what the pages of a language need: themselves, their charts, scripts and styles."""
    names = {f"{page}.html" for page in pages} | {"search.html"}
    texts = [(made / name).read_text("utf-8") for name in names]
    labels = {label for text in texts for label in CHART.findall(text)}
    charts = [
        path
        for label in labels
        for path in (made / "charts").iterdir()
        if re.fullmatch(rf"{label}(-wide|-narrow|-share)?\..+", path.name)
    ]
    static = [
        path for path in (made / "_static").rglob("*") if path.is_file() and path.name != EVALUATED
    ]
    return names | {path.relative_to(made).as_posix() for path in [*charts, *static]}


def with_links(text: str, name: str, kept: set[str]) -> str:
    """Return a page whose links to what its language lacks lead to the English edition.

    Args:
        text: the HTML of a page.
        name: its address in the book.
        kept: the addresses of all that the language has.
    """
    folder = PurePosixPath(name).parent
    up = "../" * len(PurePosixPath(name).parts)

    def lead(link: re.Match) -> str:
        address = os.path.normpath(folder / link["address"])
        if address in kept or address.startswith(".."):
            return link[0]
        english = ' hreflang="en"' if link["before"].startswith("href") else ""
        return f'{link["before"]}{up}{address}{link["after"] or ""}"{english}'

    return LINK.sub(lead, text)


def name_other(path: Path, language: str, address: str) -> None:
    """Write into a page a link to the same page in another language, once."""
    text = OTHERS.sub("", path.read_text("utf-8")) if path.exists() else ""
    name, words = NAMES[language]
    marks = f'hreflang="{language}" data-language="{language}" href="{html.escape(address)}"'
    head = f'\n  <link rel="alternate" {marks} />'
    button = f'\n  <a class="btn btn-sm" lang="{language}" {marks} title="{words}">{name}</a>'
    text = text.replace("</title>", f"</title>{head}", 1).replace(BUTTONS, BUTTONS + button, 1)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(run("edition in another language", lambda: build(Path.cwd(), sys.argv[1])))
