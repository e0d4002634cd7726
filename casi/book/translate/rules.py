"""Rules of a translated message: the same values, references and numbers as the English."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from casi.book.run import inline

ROLE = re.compile(r"\{(?P<role>[^{}`\s]+)\}`(?P<text>[^`]*)`")
PLACE = re.compile(r"(?<!\{)\{(?P<value>[^{}]+?)(?P<form>:[^{}]*)?\}(?!\}|`)")
TARGET = re.compile(r".*<(.+)>", re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"(?<!\})(`+)(.+?)\1")
NUMBER = re.compile(r"\d+(?:[.,\u00a0]\d+)*")
MEASURE = re.compile(r".+ \(.+\)", re.S)


def faults(text: str, translation: str, kind: str = "") -> list[str]:
    """Return what is wrong with the translation of a message, one line each.

    Args:
        text: the English.
        translation: what stands for it.
        kind: what the message is, as `Block` says.
    """
    try:
        values = [value_names(each) for each in (text, translation)]
    except SyntaxError as error:
        return [f"an expression is not Python: {error.text or error}"]
    found = [*_differ("values", *values)]
    found += _differ("references", *(set(_references(each)) for each in (text, translation)))
    found += _differ("links", *(set(LINK.findall(each)) for each in (text, translation)))
    found += _differ("code", *(set(_code(each)) for each in (text, translation)))
    numbers = [Counter(NUMBER.findall(_plain(each))) for each in (text, translation)]
    if numbers[0] != numbers[1]:
        found += _differ("numbers typed", set(numbers[0]), set(numbers[1])) or [
            f"numbers typed: {dict(numbers[0])} in English, {dict(numbers[1])} here"
        ]
    if text.count("**") != translation.count("**"):
        found.append("bold (**) is not set as often as in English")
    if "(unit)" in kind and not MEASURE.fullmatch(translation):
        found.append("a chart's measure ends with a space and its unit in brackets: ... (unit)")
    return found


def has_words(text: str) -> bool:
    """Return True if a message has words of its own, beside values, references and code."""
    return any(map(str.isalpha, _plain(text)))


def value_names(text: str) -> set[str]:
    """Return the names of the values that a message shows, such as `facts.now`.

    What formats a value is left out: functions, forms and words around it differ by language.

    Raises:
        SyntaxError: if an expression is not Python.
    """
    places = PLACE.finditer(ROLE.sub("", text.replace("{{", "").replace("}}", "")))
    found = inline.expressions(text) + [place["value"] for place in places]
    return {name for each in found for name in _names(ast.parse(each.strip(), mode="eval"))}


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            yield from _names(node.func)
        parts: list[ast.AST] = [*node.args, *(keyword.value for keyword in node.keywords)]
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Constant):
        return  # a method of text, such as ", ".join
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
        parts = [node.value]  # a method of what a function returns
    elif isinstance(node, ast.Attribute | ast.Name | ast.Subscript):
        yield ast.unparse(node)
        return
    else:
        parts = list(ast.iter_child_nodes(node))
    for part in parts:
        yield from _names(part)


def _references(text: str) -> Iterator[str]:
    for role in ROLE.finditer(text):
        if role["role"] != "eval":
            target = TARGET.fullmatch(role["text"])
            yield f"{{{role['role']}}}`{target[1] if target else role['text']}`"


def _code(text: str) -> Iterator[str]:
    for _, code in CODE.findall(ROLE.sub("", text)):
        yield code


def _plain(text: str) -> str:
    """Return a message without what its values, references, links and code hold."""
    for pattern in (ROLE, CODE, LINK, PLACE):
        text = pattern.sub(" ", text)
    return text


def _differ(what: str, english: set[str], here: set[str]) -> list[str]:
    lacking, added = sorted(english - here), sorted(here - english)
    parts = [f"missing {', '.join(lacking)}"] * bool(lacking)
    parts += [f"not in English {', '.join(added)}"] * bool(added)
    return [f"{what}: {'; '.join(parts)}"] if parts else []
