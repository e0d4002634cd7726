"""Write text so that Markdown, Plotly and spreadsheets show it and do not act on it.

What stands in a table is text. It is escaped where it enters another language, by the function of
that language here; HTML has `html.escape` and docutils.
"""

from __future__ import annotations

import re

BREAKS = re.compile(r" *[\x00-\x1f\x7f-\x9f\u2028\u2029]+ *")
MARKDOWN = re.compile(r"[\\`*{}\[\]<>&$~|]|(?<![^\W_])_|_(?![^\W_])")  # not the _ within a word
OPENS_BLOCK = re.compile(r"^(?:\d+(?=[.)](?: |$))|(?=[#%(:]|[+\-=](?:[ =-]|$)))")
PLOTLY = re.compile(r"[&<$]|%(?=\{)")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FORMULA = re.compile(r"\s*[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?%?")


def for_markdown(text: str) -> str:
    """Return text as MyST Markdown that shows it: no HTML, link, picture, role, formula or block.

    Line breaks and other control characters become spaces.
    """
    line = BREAKS.sub(" ", text).lstrip(" ")
    return OPENS_BLOCK.sub(r"\g<0>\\", MARKDOWN.sub(r"\\\g<0>", line))


def as_code(text: str) -> str:
    """Return text as Markdown that shows it as code, whatever backticks it holds."""
    line = BREAKS.sub(" ", text)
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if longest else f"{fence}{line}{fence}"


def for_plotly(text: str) -> str:
    """Return text for a name, label or hover text of a Plotly figure, which reads tags there."""
    return PLOTLY.sub(lambda sign: f"&#{ord(sign[0])};", text)


def for_xml(text: str) -> str:
    """Return text without the characters that XML 1.0 cannot hold; a library writes the rest."""
    return NOT_XML.sub("\ufffd", text)


def for_spreadsheet(cell: object) -> object:
    """Return a cell of a CSV file that no spreadsheet takes for a formula.

    Text that begins like a formula is led by an apostrophe; numbers and their text stay.
    """
    if isinstance(cell, str) and FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
