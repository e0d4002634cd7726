"""Find the words of a code cell that readers see: captions, notes and headings of its tables."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from casi.book.translate.blocks import Block

KEYWORDS = {"caption": "table caption", "note": "table note, Markdown"}
HEADING = "column heading"


def words(source: str) -> list[Block]:
    """Return the texts of a code cell that readers see, in order."""
    return [block for _, block in _found(source)]


def replace(source: str, written: Callable[[Block], str]) -> str:
    """Return the source of a code cell with each text replaced by what is written for it."""
    lines = source.encode().split(b"\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    content = source.encode()
    for node, block in reversed(_found(source)):
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
        text = written(block)
        if text != block.text:
            literal = _literal(text, isinstance(node, ast.JoinedStr))
            content = content[:begin] + literal.encode() + content[end:]
    return content.decode()


def replace_in_fence(fence: str, written: Callable[[Block], str]) -> str:
    """Return a code cell of a page in Markdown with its texts replaced; an empty one as it is."""
    lines = fence.split("\n")
    first = next((n for n, line in enumerate(lines) if n and not line.startswith(":")), len(lines))
    code = replace("\n".join(lines[first:-1]), written)
    return "\n".join([*lines[:first], code, *lines[-1:]]) if fence else fence


def _found(source: str) -> list[tuple[ast.expr, Block]]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    nodes = [pair for call in ast.walk(tree) for pair in _texts(call)]
    blocks = [(node, Block(_text(node, source), kind)) for node, kind in nodes]
    found = [(node, block) for node, block in blocks if any(map(str.isalpha, block.text))]
    return sorted(found, key=lambda pair: (pair[0].lineno, pair[0].col_offset))


def _texts(call: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
        return
    if call.func.id not in ("table", "Records"):
        return
    for keyword in call.keywords:
        if keyword.arg in KEYWORDS and isinstance(keyword.value, ast.Constant | ast.JoinedStr):
            yield keyword.value, KEYWORDS[keyword.arg]
    for columns in call.args[1:2]:
        if isinstance(columns, ast.Dict):
            for value in columns.values:
                if isinstance(value, ast.Constant | ast.JoinedStr):
                    yield value, HEADING


def _text(node: ast.expr, source: str) -> str:
    """Return the text of a literal; in an f-string a value stands in braces, as in the source."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{" + _value(part) + "}"
        for part in parts
    )


def _value(part: ast.expr) -> str:
    return ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else ""


def _literal(text: str, has_values: bool) -> str:
    """Return the literal of a text; in Python 3.11 a value in it may not hold the same quotes."""
    if not has_values:
        return repr(text)
    quotes = next(marks for marks in ('"', "'", '"""', "'''") if marks not in text)
    return f"f{quotes}{text}{quotes}"
