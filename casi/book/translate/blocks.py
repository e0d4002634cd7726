"""Split Markdown into the blocks that a translator translates, and put other text in their place.

A block is a heading, a paragraph, a list item, a term or a part of a chart's caption. Code, options
of directives, HTML and what opens or closes a directive are no blocks and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FENCE = re.compile(r" *(?P<marks>`{3,}|:{3,}) *(?P<info>\S*).*")
OPTION = re.compile(r"(?P<lead> *:(?P<name>[\w-]+):) *(?P<text>.*)")
LEAD = re.compile(r" *(?:#{1,6} +|[-*] +|\d+[.)] +|> ?)?")
AS_THEY_ARE = re.compile(r" *(?:<|\([\w-]+\)=|\||%|---|\+\+\+)|\{\{.*\}\}$")
READ_WITHIN = {"{figure}", "{glossary}", "{only}"}
TRANSLATED_OPTIONS = {"method"}
CAPTION = ("chart title", "chart measure, with (unit) at its end", "chart note")


@dataclass(frozen=True)
class Block:
    """A text to translate.

    Attributes:
        text: its lines, joined by spaces.
        kind: what it is, in words for a translator.
        lead: what stands before it on its line: indentation, a list mark, an option.
    """

    text: str
    kind: str
    lead: str = ""


def split(markdown: str) -> list[Block | str]:
    """Return the blocks of Markdown in order, and between them lines that stay as they are."""
    return list(_parts(markdown.split("\n")))


def replace(markdown: str, written: Callable[[Block], str]) -> str:
    """Return Markdown with each block replaced by what is written for it."""
    return "\n".join(
        part if isinstance(part, str) else part.lead + written(part) for part in split(markdown)
    )


def _parts(lines: list[str]) -> Iterator[Block | str]:
    fences: list[tuple[str, bool]] = []
    caption: Iterator[str] = iter(())
    position = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    yield from lines[:position]
    while position < len(lines):
        line = lines[position]
        position += 1
        fence = FENCE.fullmatch(line)
        if fence and fences and not fence["info"] and fence["marks"].startswith(fences[-1][0]):
            fences.pop()
            yield line
        elif fences and not fences[-1][1]:
            yield line
        elif fence:
            fences.append((fence["marks"], fence["info"] in READ_WITHIN))
            caption = iter(CAPTION if fence["info"] == "{figure}" else ())
            yield line
        elif option := OPTION.fullmatch(line):
            if option["name"] in TRANSLATED_OPTIONS:
                yield Block(option["text"], "how the chart was made", option["lead"] + " ")
            else:
                yield line
        elif not line.strip() or AS_THEY_ARE.match(line):
            yield line
        else:
            block = [line]
            while position < len(lines) and _goes_on(line, lines[position]):
                block.append(lines[position])
                position += 1
            yield _block(block, next(caption, ""))


def _goes_on(first: str, line: str) -> bool:
    """Tell whether a line belongs to the block that begins with another."""
    if not line.strip() or FENCE.fullmatch(line) or AS_THEY_ARE.match(line):
        return False
    lead = LEAD.match(line)[0]  # type: ignore[index]  # matches any text
    is_item = bool(LEAD.match(first)[0].strip())  # type: ignore[index]
    indented = len(lead) > len(first) - len(first.lstrip())
    return not first.startswith("#") and not lead.strip() and (is_item or not indented)


def _block(lines: list[str], caption: str) -> Block:
    lead = LEAD.match(lines[0])[0]  # type: ignore[index]
    text = " ".join([lines[0][len(lead) :].strip(), *(line.strip() for line in lines[1:])])
    kinds = {"#": "heading", "-": "list item", "*": "list item", ">": "quotation"}
    mark = lead.strip()[:1]
    kind = caption or kinds.get(mark, "list item" if mark.isdigit() else "paragraph")
    return Block(text, kind, lead)
