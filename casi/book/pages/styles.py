"""Remove the rules that no page uses from the style sheets.

The theme contains all of Bootstrap: 400 KB that block rendering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx
from tinycss2.ast import AtRule, HashToken, IdentToken, LiteralToken, Node, QualifiedRule

CACHE = "_build/styles"
WORD = re.compile(r"[\w-]+")
NESTING = {"media", "supports", "layer"}


def trim_styles(app: Sphinx, exception: Exception | None) -> None:
    """Remove unused rules from every style sheet of a finished web book."""
    if exception or app.builder.format != "html":
        return
    book = Path(app.outdir)
    words = words_in(path for ending in ("html", "js") for path in book.rglob(f"*.{ending}"))
    for sheet in (book / "_static").rglob("*.css"):
        trimmed = cached_used(sheet.read_text(encoding="utf-8"), words, Path(app.srcdir) / CACHE)
        draft = sheet.with_suffix(".new")
        draft.write_text(trimmed, encoding="utf-8")
        draft.replace(sheet)


def cached_used(css: str, words: set[str], folder: Path) -> str:
    """Return the result of `used`, cached in a folder, since it takes seconds.

    The key is the hash of the sheet and of the words that occur in it.
    """
    present = sorted(words.intersection(WORD.findall(css)))
    path = folder / f"{sha256(repr((css, present)).encode()).hexdigest()[:32]}.css"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_text(used(css, words), encoding="utf-8")
        draft.replace(path)
    return path.read_text(encoding="utf-8")


def words_in(paths: Iterable[Path]) -> set[str]:
    """Return every word of the files, which includes each class and id that a page can have."""
    return {word for path in paths for word in WORD.findall(path.read_text(encoding="utf-8"))}


def used(css: str, words: set[str]) -> str:
    """Return a style sheet without rules for classes or ids that are not among the words."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return tinycss2.serialize(_used(rules, words))


def _used(rules: Iterable[Node], words: set[str]) -> list[Node]:
    kept = []
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = _split(rule.prelude)
            wanted = [selector for selector in selectors if _names(selector) <= words]
            comma = LiteralToken(0, 0, ",")
            rule.prelude = [token for selector in wanted for token in (comma, *selector)][1:]
            kept += [rule] if wanted else []
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in NESTING and rule.content:
            inside = tinycss2.parse_rule_list(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            rule.content = _used(inside, words)
            kept += [rule] if rule.content else []
        else:
            kept.append(rule)
    return kept


def _split(prelude: list[Node]) -> list[list[Node]]:
    """Split a list of selectors at its top-level commas."""
    selectors: list[list[Node]] = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def _names(selector: list[Node]) -> set[str]:
    """Return the classes and ids of a selector, except those inside `:not()` and the like."""
    ids = {token.value for token in selector if isinstance(token, HashToken)}
    pairs = pairwise(selector)
    return ids | {name.value for dot, name in pairs if dot == "." and isinstance(name, IdentToken)}
