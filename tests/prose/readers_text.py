"""The text that readers see: Markdown cells and pages, computed paragraphs, titles, notes."""

import ast
import re

import nbformat

from casi.findings.key_findings import FINDINGS
from casi.tables import ROOT

CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
MARKDOWN = [ROOT / f"{name}.md" for name in ("index", "method", "glossary", "README")]
MARKDOWN.append(ROOT / "CONTRIBUTING.md")
TEXTS = ("note", "caption")  # arguments of tables
VALUE = "7"  # stands for a computed value
FENCED = re.compile(r"^(`{3,}|:{3,})(.*?)\n(.*?)^\1\s*$", re.DOTALL | re.MULTILINE)
ROLES = [(r"\{eval\}`[^`]*`", VALUE), (r"\{cite\}`[^`]*`", ""), (r"\{\w+\}`[^`]*`", "Table 7")]
PLACE = re.compile(r"\{[^{}`]*\}(?!`)")


def pages():
    """Return the paragraphs of each page by its name."""
    found = {path.stem: page(path) for path in MARKDOWN}
    found |= {f"chapters/{path.stem}": chapter(path) for path in CHAPTERS}
    texts = [f"{finding.lead}\n\n{finding.text}" for finding in FINDINGS.values()]
    return found | {"casi/findings": paragraphs("\n\n".join(texts))}


def page(path):
    """Return the paragraphs of a Markdown file: of its text and of the texts in its code cells."""
    markdown = path.read_text(encoding="utf-8")
    cells = [block[3] for block in FENCED.finditer(markdown) if "{code-cell}" in block[2]]
    code = "\n".join(line for cell in cells for line in cell.split("\n") if line[:1] != ":")
    return [part for text in [markdown, *templates(code)] for part in paragraphs(text)]


def chapter(path):
    """Return the paragraphs of a notebook: of its Markdown cells and of the texts in its code."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        texts = [cell.source] if cell.cell_type == "markdown" else templates(cell.source)
        found += [part for text in texts for part in paragraphs(text)]
    return found


def templates(code):
    """Return the texts for readers in the code of a cell, each with its places."""
    found = []
    for call in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)):
        found += [written(each.value) for each in call.keywords if each.arg in TEXTS]
    return [text for text in found if text]


def written(node):
    """Return the text of a string or f-string, with `VALUE` for what is computed; else nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) or VALUE for part in node.values)
    return ""


def paragraphs(markdown):
    """Return the paragraphs and list items of a text as plain text, without headings and tables."""
    text = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    while FENCED.search(text):
        text = FENCED.sub(_body, text)
    for role, instead in ROLES:
        text = re.sub(role, instead, text)
    text = PLACE.sub(VALUE, text)
    text = re.sub(r"!\[[^]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"`([^`]*)`", "Code", text).replace("**", "").replace("*", "")
    text = re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "\n\n", text, flags=re.MULTILINE)
    found = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return [part for part in found if part and not re.match(r"[#|>:]|\s*$", part)]


def _body(fence):
    """Return the text in a fenced block that is shown as text, such as a glossary or a note."""
    kind = re.match(r"\{(\S+)\}", fence[2].strip())
    if not kind or kind[1] in ("code-cell", "raw", "mermaid", "math"):
        return "\n\n"
    lines = [line for line in fence[3].split("\n") if not re.match(r"\s*:\S+:", line)]
    return "\n\n" + re.sub(r"^ {2}", "\n", "\n".join(lines), flags=re.MULTILINE) + "\n\n"
