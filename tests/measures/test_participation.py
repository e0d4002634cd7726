import pandas as pd
import pytest

from casi import states
from casi.measures import participation
from casi.record.lookup import MissingRow
from casi.tables import load


@pytest.fixture
def meetings():
    return pd.DataFrame(
        {
            "meeting": ["second", "first", "plan", "outside"],
            "series": ["consultative_heads", "consultative_heads", "consultative_heads", "c5_usa"],
            "date_start": pd.to_datetime(["2019-11-29", "2018-03-15", "2026-01-01", "2023-09-19"]),
            "place": ["Tashkent", "Astana", "Avaza", "New York"],
            "status": ["held", "held", "planned", "held"],
            "date_precision": ["day", "month", "year", "day"],
        }
    )


@pytest.fixture
def rows():
    levels = {
        "first": ["head_of_state"] * 3 + ["speaker", "head_of_state"],
        "second": ["former_head_of_state"] + ["head_of_state"] * 4,
        "outside": ["head_of_state"] * 5,
    }
    return pd.DataFrame(
        [
            {"event": event, "state": state, "level": level}
            for event, given in levels.items()
            for state, level in zip(states.FIVE, given, strict=True)
        ]
    )


def test_held_leaves_out_plans_and_sorts_by_date(meetings):
    assert participation.held(meetings)["meeting"].tolist() == ["first", "second", "outside"]
    assert participation.held(meetings).index.tolist() == [0, 1, 2]
    assert participation.held(meetings, "c5_usa")["meeting"].tolist() == ["outside"]


def test_attendance_names_levels_and_keeps_the_unknown_unknown(meetings, rows):
    rows.loc[0, "level"] = None
    grid = participation.attendance(
        participation.held(meetings, "consultative_heads"), rows, ["KAZ", "TKM", "AZE"]
    )
    assert grid["KAZ"].tolist() == ["present", "former head of state"]
    assert grid["TKM"].tolist() == ["chair of parliament", "head of state"]
    assert grid["AZE"].isna().all()
    assert grid["held"].tolist() == ["Astana, March 2018", "Tashkent, 29 November 2019"]


def test_seats_at_counts_only_sitting_presidents(meetings, rows):
    held = participation.held(meetings, "consultative_heads")
    grid = participation.attendance(held, rows, states.FIVE)
    assert participation.seats_at(grid, "head of state") == (8, 10)


def test_below_the_summit_names_who_came_instead(meetings, rows):
    held = participation.held(meetings, "consultative_heads")
    lower = participation.below_the_summit(participation.attendance(held, rows, states.FIVE))
    expected = [["TKM", "chair of parliament", 2018], ["KAZ", "former head of state", 2019]]
    assert lower.to_numpy().tolist() == expected


def test_a_seat_of_which_nothing_is_known_is_not_below_the_summit(meetings, rows):
    held = participation.held(meetings, "consultative_heads")
    known = rows[~((rows["event"] == "second") & (rows["state"] == "KAZ"))]
    lower = participation.below_the_summit(participation.attendance(held, known, states.FIVE))
    assert lower["state"].tolist() == ["TKM"]


def test_presidents_together_keeps_the_two_kinds_of_summit_apart(meetings, rows):
    table = participation.presidents_together(meetings, rows)
    assert table.index.tolist() == [2018, 2019, 2020, 2021, 2022, 2023]
    assert table["With each other"].sum() == 2
    assert table.loc[2023].tolist() == [0, 1]


def test_a_summit_of_two_presidents_is_not_one_of_the_group(meetings, rows):
    outside = rows["event"] == "outside"
    rows.loc[outside & rows["state"].isin(["TJK", "TKM", "UZB"]), "level"] = "minister"
    assert participation.presidents_together(meetings, rows).index.max() == 2019
    rows.loc[outside & (rows["state"] == "UZB"), "level"] = "head_of_state"
    assert participation.presidents_together(meetings, rows).index.max() == 2023


def test_the_number_of_presidents_that_make_a_summit_can_be_raised(meetings, rows):
    """The summit of 2018 had four sitting presidents, that of 2019 had four, that of 2023 five."""
    counts = [
        participation.presidents_together(meetings, rows, least).to_numpy().sum()
        for least in (4, 5)
    ]
    assert counts == [3, 1]


def test_a_summit_with_an_outside_president_is_with_an_outside_power(meetings, rows):
    russia = pd.DataFrame([{"event": "first", "state": "RUS", "level": "head_of_state"}])
    table = participation.presidents_together(meetings, pd.concat([rows, russia]))
    assert table.loc[2018].tolist() == [0, 1]


def test_summits_on_the_aral_sea_alone_do_not_count(meetings, rows):
    meetings.loc[meetings["meeting"] == "first", "series"] = "aral_sea"
    assert participation.presidents_together(meetings, rows).index.min() == 2019


def test_outside_formats_count_meetings_leaders_and_a_lower_turkmen_seat(meetings, rows):
    [row] = participation.outside_formats(meetings, rows).to_dict("records")
    assert row == {
        "Format": "United States",
        "First on record": 2023,
        "Meetings": 1,
        "Four or five states came": 1,
        "With a head of state": 1,
        "Turkmen level known": 1,
        "Turkmen envoy of lower rank": 0,
    }
    rows.loc[(rows["event"] == "outside") & (rows["state"] == "TKM"), "level"] = "ambassador"
    assert participation.outside_formats(meetings, rows)[
        "Turkmen envoy of lower rank"
    ].tolist() == [1]


def test_the_format_of_several_powers_is_last_whatever_its_number(meetings, rows):
    made = {"many": "c5_other", "more": "c5_other", "india": "c5_india"}
    outside = meetings[meetings["meeting"] == "outside"]
    added = [outside.assign(meeting=key, series=series) for key, series in made.items()]
    table = participation.outside_formats(pd.concat([meetings, *added]), rows)
    assert table["Format"].tolist()[-1] == "Others" and table["Meetings"].tolist() == [1, 1, 2]


@pytest.mark.parametrize(
    ("turkmen", "others", "known", "below"),
    [
        ("absent", ["minister"] * 4, 0, 0),  # who stays away is not below
        ("minister", ["deputy_minister"] * 3 + ["minister"], 1, 0),  # nor who ranks higher
        ("deputy_minister", ["minister"] * 4, 1, 1),
        ("agency_head", ["minister"] * 4, 1, 0),  # of the same rank
        ("deputy_minister", ["minister"] * 2 + ["deputy_minister"] * 2, 1, 0),  # no rank prevails
    ],
)
def test_turkmenistan_is_below_if_its_rank_is_lower(meetings, rows, turkmen, others, known, below):
    outside = rows["event"] == "outside"
    rows.loc[outside & (rows["state"] == "TKM"), "level"] = turkmen
    rows.loc[outside & (rows["state"] != "TKM"), "level"] = others
    [row] = participation.outside_formats(meetings, rows).to_dict("records")
    assert (row["Turkmen level known"], row["Turkmen envoy of lower rank"]) == (known, below)


@pytest.mark.parametrize(("away", "most"), [(1, 1), (2, 0)])
def test_most_came_if_four_are_known_to_have_come(meetings, rows, away, most):
    outside = rows.index[rows["event"] == "outside"]
    rows.loc[outside[:away], "level"] = "absent"
    assert participation.outside_formats(meetings, rows)["Four or five states came"].tolist() == [
        most
    ]
    unseen = rows.drop(outside[:away])
    assert participation.outside_formats(meetings, unseen)["Four or five states came"].tolist() == [
        most
    ]


def test_every_level_of_a_meeting_has_a_rank():
    seats = load("participation")
    levels = set(seats.loc[seats["event"].isin(load("meetings")["meeting"]), "level"].dropna())
    assert levels - {"absent", "observer"} <= set(participation.RANKS)


def test_a_turkmen_seat_of_unknown_level_is_not_counted_as_lower(meetings, rows):
    rows.loc[(rows["event"] == "outside") & (rows["state"] == "TKM"), "level"] = None
    [row] = participation.outside_formats(meetings, rows).to_dict("records")
    assert (row["Turkmen level known"], row["Turkmen envoy of lower rank"]) == (0, 0)


def test_treaty_record_lays_out_actions():
    actions = pd.DataFrame(
        {
            "treaty": ["t", "t"],
            "state": ["KAZ", "TJK"],
            "action": ["signed", "declined"],
            "date": pd.to_datetime(["2022-07-21", "2022-07-21"]),
        }
    )
    record = participation.treaty_record(actions, "t", ["KAZ", "TJK", "TKM"])
    assert record.loc["KAZ", "signed"] == pd.Timestamp("2022-07-21")
    assert record.loc["TKM"].isna().all()
    with pytest.raises(MissingRow, match="treaty_actions/"):
        participation.treaty_record(actions, "u")


MEETINGS = [
    ("tashkent-1991", "cau_caec_caco", "1991-12-13", "heads_of_state"),
    ("tashkent-2000", "cau_caec_caco", "2000-04-21", "heads_of_state"),
    ("heads-2018", "consultative_heads", "2018-03-15", "heads_of_state"),
    ("heads-2019", "consultative_heads", "2019-11-29", "heads_of_state"),
    ("foreign-2017", "foreign_ministers", "2017-12-01", "foreign_ministers"),
    ("defence-1997", "defence_ministers", "1997-02-01", "defence_ministers"),
    ("defence-2018", "defence_ministers", "2018-10-01", "defence_ministers"),
    ("foreign-2018", "foreign_ministers", "2018-03-15", "foreign_ministers"),
    ("foreign-2019", "foreign_ministers", "2019-11-16", "foreign_ministers"),
    ("services-2024", "special_services", "2024-05-06", "special_services"),
    ("emergency-2017", "other_five", "2017-05-06", "emergency_ministers"),
    ("emergency-2024", "other_five", "2024-05-06", "emergency_ministers"),
    ("afghanistan-2024", "other_five", "2024-05-06", "special_representatives"),
    ("china-2024", "c5_china", "2024-05-06", "emergency_ministers"),
    ("india-2019", "c5_india", "2019-01-13", "foreign_ministers"),
    ("india-2022", "c5_india", "2022-12-06", "security_council_secretaries"),
    ("india-2023", "c5_india", "2023-10-17", "security_council_secretaries"),
    ("usa-2023", "c5_usa", "2023-01-25", "heads_of_state"),
    ("russia-2022", "c5_russia", "2022-10-14", "heads_of_state"),
    ("russia-2023", "c5_russia", "2023-06-23", "security_council_secretaries"),
    ("china-2023", "c5_china", "2023-05-19", "heads_of_state"),
    ("astana-2024", "security_council_secretaries", "2024-05-16", "security_council_secretaries"),
    ("next-2025", "security_council_secretaries", "2025-05-16", "security_council_secretaries"),
]
ATTENDED = {  # by Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan
    "heads-2018": ["head_of_state", "head_of_state", "head_of_state", "speaker", "head_of_state"],
    "heads-2019": ["former_head_of_state", *["head_of_state"] * 4],
} | {
    summit: ["head_of_state"] * 5
    for summit in ("tashkent-1991", "tashkent-2000", "russia-2022", "usa-2023", "china-2023")
}
HEADLINE = {
    "heads": 4 + 4,
    "seats": 2 * 5,
    "summits": 2,
    "since": pd.Timestamp("2018-03-15"),
    "last_lower": 2019,
    "foreign": 2,  # that of 2017 was before the first summit
    "secretaries": 2,
    "services": 1,
    "interior": 0,
    "defence": 1,  # that of 1997 was before the first summit
    "emergency": 1,  # that of 2017 was before the first summit, that of 2024 had China in it
    "with_powers": 3,  # twice with India, once with Russia
    "partners": ["India", "Russia"],
    "with_india": pd.Timestamp("2022-12-06"),  # that of 2019 was of foreign ministers
    "with_russia": pd.Timestamp("2023-06-23"),
    "months_later": 11,  # 328 days from 23 June 2023 to 16 May 2024
    "alone": 4,  # in 1991, 2000, 2018 and 2019
    "outside": 3,
    "most_outside": 2,  # in 2023
    "first_summit": 1991,
    "first_outside": 2022,
    "gap_from": 2000,
    "gap_to": 2018,
}


@pytest.fixture(scope="module")
def headline():
    meetings = pd.DataFrame(MEETINGS, columns=["meeting", "series", "date_start", "who_met"])
    meetings["date_start"] = pd.to_datetime(meetings["date_start"])
    meetings = meetings.assign(status="held", place="Astana", date_precision="day")
    seats = [
        (meeting, state, level)
        for meeting, levels in ATTENDED.items()
        for state, level in zip(states.FIVE, levels, strict=True)
    ]
    columns = ["event", "state", "level"]
    return participation.headline(meetings, pd.DataFrame(seats, columns=columns))


@pytest.mark.parametrize("key", HEADLINE)
def test_headline_by_hand(headline, key):
    assert headline[key] == HEADLINE[key]


def test_headline_has_no_other_number(headline):
    assert headline.keys() == HEADLINE.keys()


def test_series_without_a_meeting_count_zero(meetings):
    alone = meetings[meetings["series"] == "consultative_heads"].assign(who_met="heads_of_state")
    found = participation.meetings_by_level(alone)
    series = ("foreign", "secretaries", "services", "interior", "defence", "emergency")
    assert [found[name] for name in (*series, "with_powers", "partners")] == [0] * 7 + [[]]


# The record itself.


def test_heads_of_state_took_33_of_35_seats():
    facts = participation.headline(load("meetings"), load("participation"))
    assert (facts["heads"], facts["seats"], facts["summits"]) == (33, 35, 7)
    assert facts["with_india"] < facts["with_russia"] < pd.Timestamp("2024-05-16")


def test_tajikistan_signed_in_2025_and_turkmenistan_is_not_on_record():
    signed = participation.treaty_record(load("treaty_actions"), "friendship-2022")["signed"]
    assert signed["TJK"] == pd.Timestamp("2025-08-28")
    assert signed.isna().tolist() == [False, False, False, True, False]


def test_every_series_shown_by_name_has_one():
    series = load("meetings")["series"]
    shown = {*participation.SECURITY_SERIES, *series[series.str.startswith("c5_")]}
    assert shown == set(participation.SERIES_NAMES)


def test_sites_count_meetings_by_town_of_the_five_states_by_its_name_of_today():
    meetings = pd.DataFrame({"place": ["Astana", "Nur-Sultan", "Tashkent", "Moscow", "online"]})
    rows = [("Astana", "KAZ", 51.2, 71.4), ("Tashkent", "UZB", 41.3, 69.2)]
    rows += [("Moscow", "RUS", 55.8, 37.6), ("Osh", "KGZ", 40.5, 72.8)]
    places = pd.DataFrame(rows, columns=["name", "state", "lat", "lon"])
    towns = participation.sites(meetings, places)
    assert towns["Meetings"].to_dict() == {"Astana": 2, "Tashkent": 1}
    assert towns.loc["Tashkent", ["lat", "lon"]].tolist() == [41.3, 69.2]
