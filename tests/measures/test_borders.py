import pandas as pd
import pytest

from casi.measures import borders
from casi.record.lookup import MissingRow
from casi.tables import load

NAN = float("nan")
NAMES = {"KGZ": "Kyrgyzstan", "TJK": "Tajikistan", "CHN": "China"}


def statement(day, stage, of_what, percent=NAN, km=NAN, whole=NAN, border="kgz-tjk"):
    return {
        "statement": f"{border}-{day}-{stage}-{of_what}",
        "border": border,
        "date": pd.Timestamp(day),
        "date_precision": "day",
        "stage": stage,
        "of_what": of_what,
        "percent": percent,
        "km": km,
        "whole_km": whole,
        "speaker": "an office",
        "confidence": "low",
    }


@pytest.fixture
def progress():
    return pd.DataFrame(
        [
            statement("2021-03-15", "agreed", "whole_line", km=504, whole=976),
            statement("2024-02-05", "length", "whole_line", km=975, whole=975),
            statement("2024-07-26", "agreed", "whole_line", percent=94),
            statement("2024-07-30", "agreed", "disputed_sections", percent=94, whole=972),
            statement("2024-12-04", "agreed", "whole_line", percent=100),
            statement("2025-08-12", "fenced", "not_stated", km=62, whole=1006.84),
        ]
    )


@pytest.fixture
def clashes():
    return pd.DataFrame(
        {
            "clash": ["war", "shot", "mine"],
            "border": ["kgz-tjk", "kgz-uzb", "tjk-uzb"],
            "date_start": pd.to_datetime(["2022-09-14", "2013-07-23", "2000-08-29"]),
            "date_end": pd.to_datetime(["2022-09-17", None, None]),
            "kind": ["army", "guards", "mines"],
        }
    )


def figure(clash, side, day, who="all", low=NAN, best=NAN, high=NAN, preferred=False):
    row = {"clash": clash, "side": side, "measure": "dead", "who": who, "preferred": preferred}
    return row | {"as_of": pd.Timestamp(day), "low": low, "best": best, "high": high}


@pytest.fixture
def figures():
    return pd.DataFrame(
        [
            figure("war", "KGZ", "2022-09-16", best=24.0),
            figure("war", "KGZ", "2022-09-28", best=63.0, preferred=True),
            figure("war", "TJK", "2022-09-19", best=41.0, preferred=True),
            figure("war", "TJK", "2022-10-10", best=83.0),
            figure("war", None, "2022-10-10", best=104.0),
            figure("shot", "UZB", "2013-07-23", who="military", best=1.0, preferred=True),
            figure("shot", "UZB", "2013-07-23", who="civilian", best=1.0, preferred=True),
            figure("mine", "TJK", "2000-08-30", best=6.0, preferred=True),
        ]
    )


@pytest.fixture
def deaths():
    return pd.DataFrame(
        {
            "state": ["KGZ", "TJK", "KGZ"],
            "year": [2022, 2022, 2022],
            "type": ["state_based_interstate", "state_based_interstate", "one_sided"],
            "low": [60, 74, 5],
            "best": [63, 87, 5],
            "high": [65, 94, 5],
        }
    )


def test_a_share_is_as_stated_or_of_the_length_the_speaker_names(progress):
    table = borders.shares(progress).set_index("statement")
    assert table.loc["kgz-tjk-2021-03-15-agreed-whole_line", "share"] == pytest.approx(
        51.6, abs=0.1
    )
    assert table["computed"].tolist() == [True, False, False, False, True]
    assert not table.index.str.contains("length").any()


def test_agreed_on_a_day_keeps_the_line_and_its_disputed_sections_apart(progress):
    table = borders.agreed_on(progress, "kgz-tjk", pd.Timestamp("2024-08-09"))
    assert table["of_what"].tolist() == ["whole_line", "disputed_sections"]
    assert table["share"].tolist() == [94, 94]
    assert borders.agreed_on(progress, "kgz-tjk", pd.Timestamp("2020-01-01")).empty


def test_once_all_of_the_line_is_agreed_nothing_older_is_quoted(progress):
    table = borders.agreed_on(progress, "kgz-tjk", pd.Timestamp("2025-12-31"))
    assert table["share"].tolist() == [100]


def test_agreed_over_time_answers_for_each_day(progress):
    table = borders.agreed_over_time(progress, "kgz-tjk", ["2021-04-28", "2024-08-09"])
    assert table["Share"].tolist() == ["51.6%", "94%", "94%"]
    assert table["Of what"].tolist() == [
        "The whole line",
        "The whole line",
        "The disputed sections",
    ]


def test_a_fence_is_not_agreement(progress):
    series = borders.statement_series(progress, "kgz-tjk")
    assert series["date"].max() == pd.Timestamp("2024-12-04")
    assert set(series["group"]) == {"Of the whole line", "Of the disputed sections"}


def test_the_series_of_statements_has_dated_shares_of_what_is_agreed_or_delimited():
    progress = pd.DataFrame(
        [
            statement("2021-03-15", "agreed", "whole_line", km=504, whole=976),
            statement("2022-03-15", "delimited", "not_stated", percent=70),
            statement(None, "agreed", "whole_line", percent=80),
            statement("2023-03-15", "agreed", "whole_line", percent=90, border="kgz-uzb"),
        ]
    )
    series = borders.statement_series(progress, "kgz-tjk")
    assert series.to_dict("list") == {
        "date": [pd.Timestamp("2021-03-15"), pd.Timestamp("2022-03-15")],
        "value": [51.6, 70],  # 504 of 976 is 51.64
        "group": ["Of the whole line", "Not said of what"],
        "who": ["an office", "an office"],
        "statement": [
            "kgz-tjk-2021-03-15-agreed-whole_line",
            "kgz-tjk-2022-03-15-delimited-not_stated",
        ],
    }


def test_lengths_span_what_speakers_name(progress):
    row = borders.lengths(progress).loc["kgz-tjk"]
    assert (row["shortest"], row["longest"]) == (972, 1006.84)


def test_settlement_writes_stage_and_day(progress):
    segments = pd.DataFrame(
        {
            "border": ["kgz-tjk", "chn-kgz"],
            "state_a": ["KGZ", "CHN"],
            "state_b": ["TJK", "KGZ"],
            "delimited": ["full", None],
            "delimited_date": pd.to_datetime(["2025-03-13", None]),
            "delimited_precision": ["day", None],
            "demarcated": ["partial", None],
            "demarcated_date": pd.to_datetime([None, None]),
            "demarcated_precision": [None, None],
            "remains": ["pillars", None],
        }
    )
    table = borders.settlement(segments, progress, NAMES)
    assert table.columns.tolist() == [
        "Border",
        "Length, km",
        "Delimited",
        "Demarcated",
        "What remains",
    ]
    assert table.iloc[0].tolist() == [
        "Kyrgyzstan–Tajikistan",
        "972 to 1,007",
        "full, 13 March 2025",
        "partial",
        "pillars",
    ]
    assert table.loc[1, ["Length, km", "Delimited", "Demarcated"]].tolist() == ["–", "–", "–"]
    assert borders.among_five(segments)["border"].tolist() == ["kgz-tjk"]


def test_steps_put_a_month_behind_its_days():
    actions = pd.DataFrame(
        {
            "treaty": ["t", "t"],
            "state": ["KGZ", "KGZ"],
            "action": ["ratified", "signed"],
            "date": pd.to_datetime(["2025-03-01", "2025-03-13"]),
            "date_precision": ["month", "day"],
            "note": [None, None],
        }
    )
    table = borders.steps(actions, "t")
    assert table["action"].tolist() == ["signed", "ratified"]
    assert table["when"].tolist() == ["13\u00a0March\u00a02025", "March\u00a02025"]


def test_casualties_leave_out_first_counts_where_later_ones_exist(clashes, figures):
    table = borders.casualties(clashes, figures)
    assert table.loc[("war", "KGZ")].tolist() == [63, 63, 63]
    assert table.loc[("war", "TJK")].tolist() == [41, 41, 83]


def test_casualties_add_soldiers_and_civilians_where_nobody_counted_all(clashes, figures):
    assert borders.casualties(clashes, figures).loc[("shot", "UZB")].tolist() == [2, 2, 2]


def test_without_a_count_of_all_soldiers_and_civilians_are_added_still(clashes, figures):
    parts = figures[figures["clash"] == "shot"]
    assert borders.casualties(clashes, parts)["best"].tolist() == [2]


def test_casualties_span_all_later_statements(clashes):
    rows = [
        figure("war", "KGZ", "2022-09-23", best=9.0),  # within a week of the end on 17 September
        figure("war", "KGZ", "2022-09-24", low=50.0, high=70.0),
        figure("war", "KGZ", "2022-10-24", low=55.0, best=60.0, high=65.0, preferred=True),
    ]
    table = borders.casualties(clashes, pd.DataFrame(rows))
    assert table.loc[("war", "KGZ")].to_dict() == {"low": 50, "best": 60, "high": 70}


def test_a_preferred_statement_without_a_best_figure_gives_its_lowest(clashes):
    rows = [figure("war", "KGZ", "2022-10-24", low=50.0, high=70.0, preferred=True)]
    assert borders.casualties(clashes, pd.DataFrame(rows))["best"].tolist() == [50]


def test_casualties_keep_dead_and_wounded_apart(clashes, figures):
    wounded = figures[figures["side"] == "UZB"].assign(measure="wounded", best=5.0)
    both = pd.concat([figures, wounded], ignore_index=True)
    assert borders.casualties(clashes, both).loc[("shot", "UZB"), "best"] == 2
    assert borders.casualties(clashes, both, "wounded")["best"].tolist() == [10]


def test_deaths_by_year_leave_out_mines(clashes, figures):
    table = borders.deaths_by_year(clashes, figures)
    assert table.loc[("kgz-tjk", 2022)].tolist() == [1, 104, 104, 146]
    assert "tjk-uzb" not in table.index.get_level_values("border")


def test_clashes_by_year_leave_out_mines_and_no_year(clashes):
    table = borders.clashes_by_year(clashes)
    assert table.index.tolist() == list(range(2013, 2023))
    assert table.to_numpy().sum() == 2
    assert table.loc[2022, "Kyrgyz-Tajik"] == 1


def test_ucdp_stands_beside_and_only_its_interstate_deaths(clashes, figures, deaths):
    row = borders.beside_ucdp(clashes, figures, deaths).loc[2022]
    assert row[["low", "high", "ucdp_low", "ucdp_best", "ucdp_high"]].tolist() == [
        104,
        146,
        134,
        150,
        159,
    ]


SEGMENTS = pd.DataFrame(
    [
        ("KAZ", "KGZ", "full", "full"),
        ("KAZ", "TKM", "full", "full"),
        ("KAZ", "UZB", "full", "partial"),
        ("KGZ", "TJK", "full", "partial"),
        ("TJK", "UZB", "partial", None),
        ("CHN", "KGZ", "full", "full"),
        ("KAZ", "RUS", "full", "full"),
        ("AFG", "IRN", None, None),
    ],
    columns=["state_a", "state_b", "delimited", "demarcated"],
)


def test_borders_among_the_five_have_two_of_them_on_either_side():
    table = borders.among_five(SEGMENTS)
    assert (table["state_a"] + table["state_b"]).tolist() == [
        "KAZKGZ",
        "KAZTKM",
        "KAZUZB",
        "KGZTJK",
        "TJKUZB",
    ]


HEADLINE = {
    "inner": 5,
    "inner_delimited": 4,
    "inner_demarcated": 2,
    "kt_shortest": 972,
    "kt_longest": 1006.84,
    "kt_line": 94,  # of 26 July 2024; the statement of December is later than the day asked about
    "clashes": 3,  # all but the mine
    "kt_clashes": 2,
    "dead_low_2021": 36 + 19,
    "dead_best_2021": 36 + 20,
    "dead_low_2022": 63 + 41,
    "dead_high_2022": 63 + 83,
    "ucdp_2021": 30 + 21,
    "ucdp_2022": 63 + 87,
}


@pytest.fixture
def headline(progress, clashes, figures, deaths):
    other = statement(
        "2024-07-28", "agreed", "whole_line", percent=50, whole=1476, border="kgz-uzb"
    )
    day = pd.Timestamp("2021-04-28")
    clash = {"clash": "raid", "border": "kgz-tjk", "date_start": day, "kind": "army"}
    losses = [
        figure("raid", "KGZ", "2021-06-01", best=36.0, preferred=True),
        figure("raid", "TJK", "2021-06-01", low=19.0, best=20.0, high=21.0, preferred=True),
    ]
    rows = [("KGZ", 29, 30, 31), ("TJK", 20, 21, 22)]
    ucdp = pd.DataFrame(rows, columns=["state", "low", "best", "high"])
    ucdp = ucdp.assign(year=2021, type="state_based_interstate")
    more = (pd.DataFrame(), [other], [clash], losses, ucdp)
    tables = [
        pd.concat([table, pd.DataFrame(rows)], ignore_index=True)
        for table, rows in zip((SEGMENTS, progress, clashes, figures, deaths), more, strict=True)
    ]
    return borders.headline(*tables)


def test_headline_needs_statements_clashes_and_deaths_of_both_years(
    progress, clashes, figures, deaths
):
    tables = [SEGMENTS, progress, clashes, figures, deaths[deaths["year"] != 2021]]
    with pytest.raises(MissingRow, match="years with deaths on kgz-tjk: needs 2"):
        borders.headline(*tables)
    for place, name in ((1, "border_progress"), (2, "clashes"), (3, "clash_figures")):
        cut = [table.iloc[:0] if i == place else table for i, table in enumerate(tables)]
        with pytest.raises(MissingRow, match=f"{name} on kgz-tjk"):
            borders.headline(*cut)


@pytest.mark.parametrize("key", HEADLINE)
def test_headline_by_hand(headline, key):
    assert headline[key] == HEADLINE[key]


def test_headline_has_no_other_number(headline):
    assert headline.keys() == HEADLINE.keys()


# The record itself.


def test_the_share_of_the_kyrgyz_tajik_line_can_be_read_off_on_any_date():
    progress = load("border_progress")
    for day, share in (("2022-05-01", 68.4), ("2024-07-31", 94), ("2025-03-14", 100)):
        table = borders.agreed_on(progress, "kgz-tjk", pd.Timestamp(day)).set_index("of_what")
        assert table.loc["whole_line", "share"] == pytest.approx(share, abs=0.1)


def test_headline_of_the_real_record():
    facts = borders.headline(
        *map(
            load,
            ("border_segments", "border_progress", "clashes", "clash_figures", "conflict_deaths"),
        )
    )
    assert facts["inner"] == 7
    assert (facts["ucdp_2021"], facts["ucdp_2022"]) == (56, 150)
    assert (facts["dead_low_2022"], facts["dead_high_2022"]) == (109, 152)
    assert facts["kt_line"] == 94
