from docutils import nodes

from casi.book.paper import column_widths

LONG = "a sentence that is far longer than any page could hold in one line of a single cell " * 2


def table(rows):
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in rows[0]), cols=len(rows[0]))
    group += nodes.tbody("", *(nodes.row("", *(nodes.entry("", nodes.paragraph("", cell))
                                              for cell in row)) for row in rows))  # fmt: skip
    return nodes.table("", group, classes=["colwidths-auto"])


def test_needs_are_the_longest_word_the_longest_cell_and_all_letters():
    rows = [["Year", "Where"], ["2024", "in Astana"]]
    assert column_widths.column_needs(rows) == ([4 + 3, 6 + 3], [4 + 3, 9 + 3], [8, 14])


def test_a_table_that_fits_is_as_wide_as_its_cells():
    assert column_widths.distribute([7, 9], [7, 12], [8, 14], page=100) == [7, 12]


def test_spare_width_goes_to_columns_with_more_text():
    assert column_widths.distribute([10, 10], [10, 300], [20, 180], page=60) == [14, 46]


def test_a_short_table_is_on_one_portrait_page():
    small = table([["Year", "Place"], ["2024", "Astana"]])
    column_widths.set_widths(small)
    assert set(small["classes"]) == {"casi-short", "colwidths-given"}
    assert small["width"] == f"{column_widths.MIN_WIDTH}%"
    assert [column["colwidth"] for column in small.findall(nodes.colspec)] == [7, 9]


def test_a_table_of_many_long_words_is_on_a_landscape_page():
    wide = table([["incomprehensibilities"] * 6, [LONG] * 6])
    column_widths.set_widths(wide)
    assert "casi-wide" in wide["classes"] and wide["width"] == "100%"


def test_a_long_table_may_be_broken():
    long = table([["1", "2"]] * (column_widths.FEW_ROWS + 1))
    column_widths.set_widths(long)
    assert "casi-short" not in long["classes"]
