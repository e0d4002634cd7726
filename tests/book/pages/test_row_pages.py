import pandas as pd
import pytest

from casi.book.pages import row_pages

SOURCES = {"x": ["Zakon.kz, 13 Feb 2026", "https://x.kz/?a=1&b=2"], "y": ["A book, 1999", ""]}
TABLE = pd.DataFrame(
    [
        ["1999-05", "", "Clash", "", "Two <b>", "Osh", "A, B", "", "low", "clashes/old", "y;z"],
        ["2020", "2021", "Exercise", "held", "A", "", "", "n", "high", "exercises/old", "x"],
        ["2027", "", "Exercise", "planned", "D", "", "", "", "low", "exercises/plan", "z"],
        ["2024", "", "Exercise", "held", "B", "", "", "", "high", "exercises/newest", ""],
        ["", "", "Exercise", "held", "C", "", "", "", "low", "exercises/undated", ""],
    ],
    columns=[
        "Date",
        "Until",
        "Kind",
        "Status",
        "What",
        "Where",
        "Who",
        "Note",
        "Grade",
        "Key",
        "Sources",
    ],
)


def test_each_table_of_the_record_has_its_pages_the_newest_rows_first_and_plans_apart():
    found = row_pages.pages("events", "All facts", TABLE, SOURCES)
    assert [(page.file, page.table, page.number, page.span) for page in found] == [
        ("events-clashes-1.html", "Clashes", 1, "1999"),
        ("events-exercises-1.html", "Exercises", 3, "2024–2020"),
        ("events-exercises-plans-1.html", "Exercises, plans", 1, "2027"),
    ]
    ids = [row.partition(">")[0] for row in found[1].rows]
    names = ["newest", "old", "undated"]
    assert ids == [f'<tr id="exercises/{name}"' for name in names]


def test_a_row_says_what_happened_where_who_came_and_from_which_sources():
    written = row_pages.row(TABLE.iloc[0].to_dict(), SOURCES)
    assert written == (
        '<tr id="clashes/old"><td>1999-05</td><td>Clash</td><td><strong>Two &lt;b&gt;</strong><br>'
        "Osh<br>A, B<br>Sources: A book, 1999; z<br><code>clashes/old</code></td><td>low</td></tr>"
    )
    held = row_pages.row(TABLE.iloc[1].to_dict(), SOURCES)
    assert "<td>2020 to 2021</td><td>Exercise, held</td>" in held
    assert '<a href="https://x.kz/?a=1&amp;b=2">Zakon.kz, 13 Feb 2026</a>' in held


def test_a_table_whose_keys_name_no_table_has_the_name_it_is_given():
    table = TABLE.assign(Key=["a", "b", "c", "d", "e"])[["Date", "What", "Key"]]
    [page] = row_pages.pages("sources", "All sources", table, {})
    assert (page.file, page.table, page.columns) == (
        "sources-1.html",
        "All sources",
        ["Date", "What"],
    )
    assert page.rows[-1] == '<tr id="e"><td></td><td><strong>C</strong><br><code>e</code></td></tr>'


@pytest.mark.parametrize("weights", [[1], [150_000] * 3, [1000] * 400, [40_000, 149_000, 90_000]])
def test_parts_are_full_in_order_and_of_like_weight(weights):
    parts = row_pages.parts_of(weights)
    assert parts == sorted(parts) and len(parts) == len(weights)
    sums = pd.Series(weights).groupby(parts).sum()
    assert sums.max() <= row_pages.BYTES + max(weights)
    assert len(sums) <= sum(weights) // row_pages.BYTES + 1


@pytest.mark.parametrize(
    ("dates", "years"),
    [
        (["2024-05-01", "1999", ""], "2024–1999"),
        (["2024", "2024-01"], "2024"),
        (["", ""], "undated"),
    ],
)
def test_span_names_the_newest_year_first(dates, years):
    assert row_pages.span(dates) == years


def test_contents_link_to_every_page():
    found = row_pages.pages("events", "All facts", TABLE, SOURCES)
    written = row_pages.contents(found, "../records")
    assert '<li>Exercises (3 rows): <a href="../records/events-exercises-1.html">2024' in written
    assert written.count("<a ") == len(found)


def test_write_replaces_the_pages_of_the_table_and_no_others(tmp_path):
    for name in ("events-gone-1.html", "sources-1.html", "events.js"):
        (tmp_path / name).touch()
    asked = []

    class Templates:
        def render(self, template, context):
            asked.append((template, context["page"].file, context["home"]))
            return context["contents"]

    found = row_pages.pages("events", "All facts", TABLE, SOURCES)
    row_pages.write(found, tmp_path, Templates(), {"home": "../record.html"})
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [*(page.file for page in found), "events.js", "sources-1.html"]
    assert asked[0] == ("rows.html", "events-clashes-1.html", "../record.html")
    assert 'href="./events-exercises-1.html"' in (tmp_path / found[0].file).read_text()
