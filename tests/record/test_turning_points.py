import pandas as pd
import pytest

from casi.record import turning_points
from casi.record.turning_points import CHANGE_OF_SOURCE, points
from casi.tables import load


def test_day_and_source_are_those_of_the_row():
    treaties = pd.DataFrame(
        {
            "treaty": ["border-kgz-tjk-2025"],
            "date_opened": pd.to_datetime(["2025-03-13"]),
            "source": ["a2025"],
        }
    )
    table = points("treaty-2025", record={"treaties": treaties})
    assert table.to_dict("records") == [
        {
            "date": pd.Timestamp(2025, 3, 13),
            "label": "Kyrgyz-Tajik treaty, Mar 2025",
            "source": "a2025",
        }
    ]


def test_the_source_changes_in_the_year_after_the_data_set():
    exercises = pd.DataFrame(
        {
            "date_start": pd.to_datetime(["2009-05-01", "2010-11-01", "2012-01-01"]),
            "confidence": ["dataset", "dataset", "high"],
            "source": ["set", "set", "own"],
        }
    )
    [row] = points(CHANGE_OF_SOURCE, record={"exercises": exercises}).to_dict("records")
    assert row == {
        "date": pd.Timestamp(2011, 1, 1),
        "label": "Source changes, 2011",
        "source": "set",
    }


def test_an_unknown_turning_point_is_refused():
    with pytest.raises(KeyError, match="nowhere"):
        points("nowhere")


def test_every_turning_point_is_on_record_in_the_year_of_its_key():
    table = points(*turning_points.ROWS)
    assert [key.rsplit("-", 1)[1] for key in table.index] == [f"{day:%Y}" for day in table["date"]]
    assert table["date"].is_monotonic_increasing
    assert set(";".join(table["source"]).split(";")) <= set(load("sources")["key"])
