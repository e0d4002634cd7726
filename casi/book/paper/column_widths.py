"""Set the column widths of printed tables from the text in their cells.

Widths are counted in characters. A table is as wide as its text needs. If a portrait page would
break its words, it is printed on a landscape page.
"""

from __future__ import annotations

from docutils import nodes

PORTRAIT, LANDSCAPE = 108, 168  # characters of a table row that fit on a page
GAP = 3  # characters between two columns
MIN_WIDTH = 60  # per cent of the page width
FEW_ROWS = 14  # a table with no more rows is not broken over two pages


def set_widths(table: nodes.table) -> None:
    """Set the widths of a table, and its class `casi-wide` if it needs a landscape page."""
    rows = [[cell.astext() for cell in row] for row in table.findall(nodes.row)]
    least, most, total = column_needs(rows)
    page = PORTRAIT if sum(least) <= PORTRAIT else LANDSCAPE
    if page == LANDSCAPE:
        table["classes"].append("casi-wide")
    widths = distribute(least, most, total, page)
    table["classes"] = [name for name in table["classes"] if name != "colwidths-auto"]
    table["classes"].append("colwidths-given")
    table["width"] = f"{min(100, max(MIN_WIDTH, round(100 * sum(widths) / page)))}%"
    if len(rows) <= FEW_ROWS:
        table["classes"].append("casi-short")
    for column, width in zip(table.findall(nodes.colspec), widths, strict=True):
        column["colwidth"] = width


def column_needs(rows: list[list[str]]) -> tuple[list[int], list[int], list[int]]:
    """Return for each column the characters of its longest word, its longest cell and all cells.

    Args:
        rows: the cells of the table as text, the header row included.
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


def distribute(least: list[int], most: list[int], total: list[int], page: int) -> list[int]:
    """Return the width of each column in characters; spare width goes to columns with more text.

    Args:
        least: characters of the longest word of each column.
        most: characters of the longest cell of each column.
        total: characters in all cells of each column.
        page: characters that fit on the page.
    """
    if sum(most) <= page:
        return most
    spare = max(0, page - sum(least))
    return [
        need + spare * share // max(1, sum(total)) for need, share in zip(least, total, strict=True)
    ]
