"""Choose the widths of the columns of a printed table from what stands in them.

Widths are counted in letters. A table takes as much of the page as it needs, and a page on its side
if one that stands upright would break its words.
"""

from __future__ import annotations

from docutils import nodes

UPRIGHT, SIDEWAYS = 108, 168  # letters of a table that fit side by side on a page
GAP = 3  # letters between two columns
NARROWEST = 60  # per cent of the page that a table takes at least
FEW_ROWS = 14  # a table with no more is not broken over two pages


def set_widths(table: nodes.table) -> None:
    """Write widths into a table, and the class `casi-wide` if it needs a page on its side."""
    rows = [[cell.astext() for cell in row] for row in table.findall(nodes.row)]
    least, most, text = needs(rows)
    page = UPRIGHT if sum(least) <= UPRIGHT else SIDEWAYS
    if page == SIDEWAYS:
        table["classes"].append("casi-wide")
    widths = share_out(least, most, text, page)
    table["classes"] = [name for name in table["classes"] if name != "colwidths-auto"]
    table["classes"].append("colwidths-given")
    table["width"] = f"{min(100, max(NARROWEST, round(100 * sum(widths) / page)))}%"
    if len(rows) <= FEW_ROWS:
        table["classes"].append("casi-short")
    for column, width in zip(table.findall(nodes.colspec), widths, strict=True):
        column["colwidth"] = width


def needs(rows: list[list[str]]) -> tuple[list[int], list[int], list[int]]:
    """Return for each column the letters of its longest word, of its longest cell, and of all.

    Args:
        rows: the cells of the table as text, the head among them.
    """
    columns = list(zip(*rows, strict=True))
    words = [
        max(len(word) for cell in column for word in [*cell.split(), ""]) for column in columns
    ]
    cells = [max(map(len, column)) for column in columns]
    return (
        [width + GAP for width in words],
        [width + GAP for width in cells],
        [sum(map(len, column)) for column in columns],
    )


def share_out(least: list[int], most: list[int], text: list[int], page: int) -> list[int]:
    """Return the width of each column in letters; what the page has left goes where the text is.

    Args:
        least: letters each column needs for its longest word.
        most: letters each column needs for its longest cell.
        text: letters in all cells of each column.
        page: letters that fit on the page.
    """
    if sum(most) <= page:
        return most
    spare = max(0, page - sum(least))
    return [
        need + spare * letters // max(1, sum(text))
        for need, letters in zip(least, text, strict=True)
    ]
