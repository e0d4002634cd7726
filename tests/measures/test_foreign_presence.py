import pandas as pd

from casi.measures import foreign_presence

DAY = pd.Timestamp


def test_an_end_or_a_start_that_is_unknown_is_left_out():
    sites = pd.DataFrame(
        {
            "start": [DAY("2003-10-23"), DAY("2001-12-01"), pd.NaT],
            "start_precision": ["day", "month", None],
            "end": [pd.NaT, DAY("2014-10-01"), pd.NaT],
            "end_precision": [None, "month", None],
        }
    )
    first, second, third = foreign_presence.in_words(sites)["when"]
    assert first == "from 23\u00a0October\u00a02003"
    assert second == "December\u00a02001 to October\u00a02014"
    assert pd.isna(third)


def test_sites_are_russian_of_the_five_or_of_others():
    rows = [
        ("RUS", "2003-10-23", None, "air base"),
        ("RUS", "1991-12-21", "2009-06-30", "radar"),
        ("USA", "2001-12-01", "2014-06-03", "air base"),
        ("IND", None, None, "air base (planned)"),
        ("UZB", "2016-01-01", None, "training range"),
    ]
    sites = pd.DataFrame(rows, columns=["foreign_state", "start", "end", "kind"])
    sites = sites.assign(start=pd.to_datetime(sites["start"]), end=pd.to_datetime(sites["end"]))
    found = foreign_presence.headline(sites, {"IND": "India", "USA": "United States"})
    assert (found["sites"], found["sites_russian"], found["sites_russian_open"]) == (5, 2, 1)
    assert (found["sites_other"], found["sites_other_open"], found["sites_other_planned"]) == (
        2,
        1,
        1,
    )
    assert found["sites_other_open_states"] == ["India"]
    assert (found["sites_own"], found["sites_own_since"]) == (1, 2016)
