import pandas as pd
import pytest

from casi.charts.marks import counted, marks

ROWS = pd.DataFrame(
    {
        "kind": ["A", "A", "B", None],
        "year": [2020, 2021, 2021, 2021],
        "row": ["t/one", "t/two", "t/three", "t/four"],
    }
)
TABLE = {"columns": ["Year", "A", "B"], "format": ",.0f", "rows": [["2020", 1, 0], ["2021", 1, 1]]}


def rows(frame=ROWS):
    return counted(frame["kind"], frame["year"], frame["row"])


def test_counted_is_text_and_leaves_out_rows_of_no_series():
    assert rows().to_numpy().tolist() == [
        ["A", "2020", "t/one"],
        ["A", "2021", "t/two"],
        ["B", "2021", "t/three"],
    ]
    assert set(counted("All", ROWS["year"], ROWS["row"])["series"]) == {"All"}


def test_marks_hold_the_rows_that_each_number_counts():
    assert marks(rows(), TABLE) == {
        "A": {"2020": "t/one", "2021": "t/two"},
        "B": {"2021": "t/three"},
    }
    both = TABLE | {"rows": [["2020", 1, 0], ["2021", 1, 2]]}
    more = pd.concat([rows(), counted("B", 2021, pd.Series(["t/five"]))])
    assert marks(more, both)["B"] == {"2021": "t/five;t/three"}


@pytest.mark.parametrize(
    ("numbers", "fault"),
    [
        ([["2020", 2, 0], ["2021", 1, 1]], "A, 2020: 2 drawn, 1 rows"),
        ([["2020", 1, 1], ["2021", 1, 1]], "B, 2020: 1 drawn, 0 rows"),
        ([["2020", 1, 0]], "A, 2021: not drawn, 1 rows; B, 2021: not drawn, 1 rows"),
    ],
)
def test_a_number_that_is_not_the_number_of_rows_is_a_fault(numbers, fault):
    with pytest.raises(ValueError, match=fault):
        marks(rows(), TABLE | {"rows": numbers})


def test_a_percentage_is_a_share_of_the_rows_of_its_line():
    table = TABLE | {"format": ".0%"}
    shares = [["2020 (n\u00a0=\u00a01)", 1.0, 0.0], ["2021 (n\u00a0=\u00a02)", 0.5, 0.5]]
    found = marks(rows(), table | {"rows": shares})
    assert found["A"]["2021 (n\u00a0=\u00a02)"] == "t/two"
    with pytest.raises(ValueError, match=r"A, 2021 .*: 0.4 drawn, 1 rows"):
        shares[1][1] = 0.4
        marks(rows(), table | {"rows": shares})


def test_a_text_stands_for_one_row_and_other_columns_are_let_be():
    table = {"columns": ["Border", "Class", "Km"], "format": "", "rows": [["x", "Delimited", 5]]}
    one = pd.DataFrame([["Class", "x", "b/x"]], columns=["series", "at", "row"])
    assert marks(one, table) == {"Class": {"x": "b/x"}}
    two = pd.concat([one, one.assign(row="b/y")])
    with pytest.raises(ValueError, match="Class, x: not drawn, 1 rows"):
        marks(two, table)
    twice = table | {"rows": table["rows"] * 2}
    assert marks(two, twice) == {"Class": {"x": "b/x;b/y"}}
    with pytest.raises(ValueError, match="Class, x: Delimited drawn, 0 rows"):
        marks(one, twice)
