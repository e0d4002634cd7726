import pandas as pd
import pytest

from casi.measures import shared_problems as problems
from casi.record.lookup import MissingRow
from casi.states import FIVE
from casi.tables import load

DAY = pd.Timestamp
NAN = float("nan")
COUNTS = ("low", "best", "high")


def incident(day, kind, border=None, killed=(NAN, NAN, NAN), state="TJK"):
    row = {"incident": f"{state}-{day}", "kind": kind, "state": state, "border": border}
    row |= {f"killed_{which}": count for which, count in zip(COUNTS, killed, strict=True)}
    row |= {f"wounded_{which}": NAN for which in COUNTS}
    row |= {"date_start": DAY(day), "date_precision": "day", "place": "a post"}
    return row | {"actor": "a group", "confidence": "high"}


@pytest.fixture
def incidents():
    return pd.DataFrame(
        [
            incident("2023-11-30", "terrorist_attack", killed=(1, 1, 1)),
            incident("2024-04-17", "border_shooting", "afg-tjk", (5, 5, 5)),
            incident("2025-04-18", "border_shooting", "afg-uzb", (1, NAN, 3), "UZB"),
            incident("2025-11-26", "cross_border_attack", "afg-tjk", (2, 2, NAN)),
            incident("2026-01-18", "cross_border_attack", "afg-tjk"),
            incident("2026-04-17", "foiled_plot", killed=(0, 0, 0)),
        ]
    )


END = DAY("2026-04-17")


def milestone(key, topic, action, day, states, precision="day"):
    row = {"milestone": key, "topic": topic, "action": action, "date": DAY(day), "states": states}
    return row | {"date_precision": precision, "what": "They act.", "confidence": "low"}


@pytest.fixture
def milestones():
    return pd.DataFrame(
        [
            milestone("w-all", "water", "agreement", "1992-02-18", "KAZ;KGZ;TJK;TKM;UZB"),
            milestone("w-two", "water", "talks", "2025-03-13", "TKM;UZB"),
            milestone("w-one", "water", "opened", "2018-11-01", "TJK", "month"),
            milestone("c-three", "corridor", "agreement", "2024-12-27", "CHN;KGZ;UZB"),
            milestone("c-said", "corridor", "statement", "2025-01-01", "KGZ;UZB"),
            milestone("n-law", "neutrality", "law", "1995-12-27", "TKM"),
            milestone("n-text", "neutrality", "declaration", "1995-12-28", "TKM"),
        ]
    )


@pytest.fixture
def tables(milestones):
    seats = [("aral", state, "head_of_state", None) for state in FIVE]
    seats += [("other", state, "minister", None) for state in ("KAZ", "UZB")]
    seats += [("drill", state, "contingent", None) for state in ("KAZ", "RUS", "TJK")]
    seats += [("post", state, "contingent", None) for state in ("TJK", "UZB")]
    seats += [("field", state, "contingent", None) for state in ("KAZ", "KGZ")]
    meetings = pd.DataFrame(
        {
            "meeting": ["aral", "other"],
            "name": ["Summit on the Aral Sea", "Meeting of ministers"],
            "documents": [None, "Statement on terrorism and transport"],
            "topics": ["water", "terrorism;corridor"],
            "series": ["aral_sea", "other_five"],
            "status": "held",
            "date_start": [DAY("2009-04-28"), DAY("2025-08-26")],
            "date_end": [DAY("2009-04-29"), None],
        }
    )
    exercises = pd.DataFrame(
        {
            "exercise": ["drill", "post", "field"],
            "name": ["Anti-terror", "Drill", "Water drill"],
            "place": [None, "junction of Tajik and Afghan borders", "Almaty"],
            "kind": ["field;counter_terror", "border", None],
            "status": "held",
            "date_start": [DAY("2024-10-17"), DAY("2018-08-17"), DAY("2019-01-01")],
            "date_end": [DAY("2024-10-18"), DAY("2018-08-17"), DAY("2019-01-02")],
            "date_precision": "day",
            "participants_complete": True,
        }
    )
    treaties = pd.DataFrame(
        {
            "treaty": ["t"],
            "name": ["Treaty on combating terrorism"],
            "kind": ["counter_terrorism"],
            "topics": ["terrorism"],
            "date_opened": [DAY("2000-04-21")],
        }
    )
    actions = [("t", state, "signed") for state in ("KAZ", "KGZ", "TJK", "UZB")]
    return {
        "milestones": milestones,
        "meetings": meetings,
        "exercises": exercises,
        "participation": pd.DataFrame(seats, columns=["event", "state", "level", "role"]),
        "treaties": treaties,
        "treaty_actions": pd.DataFrame(actions, columns=["treaty", "state", "action"]),
    }


def test_joint_actions_are_acts_of_two_or_more_on_a_problem(tables):
    steps = problems.joint_actions(tables)
    rows = steps[["problem", "layer", "event", "five", "outside"]].itertuples(index=False)
    assert [tuple(row) for row in rows] == [
        ("water", "milestones", "w-all", 5, False),
        ("terrorism", "treaties", "t", 4, False),
        ("water", "meetings", "aral", 5, False),
        ("afghan_border", "exercises", "post", 2, False),
        ("terrorism", "exercises", "drill", 2, True),
        ("corridor", "milestones", "c-three", 2, True),
        ("water", "milestones", "w-two", 2, False),
        ("terrorism", "meetings", "other", 2, False),
        ("corridor", "meetings", "other", 2, False),
    ]


def with_milestone(tables, *values):
    more = pd.DataFrame([milestone(*values)])
    return tables | {"milestones": pd.concat([tables["milestones"], more], ignore_index=True)}


def events_on(tables, problem):
    return set(problems.joint_actions(tables).query("problem == @problem")["event"])


def test_words_in_a_name_do_not_decide_what_a_meeting_is_on(tables):
    tables["meetings"]["name"] = "Meeting on the Aral Sea beside a connectivity conference"
    assert "other" not in events_on(tables, "water")


def test_an_agreement_adopted_at_a_meeting_is_one_event_with_it(tables):
    """A summit on the Aral Sea of two days, and the agreement signed there on the second."""
    signed = ("signed", "water", "agreement", "2009-04-29")
    assert "signed" not in events_on(
        with_milestone(tables, *signed, "KAZ;KGZ;TJK;TKM;UZB"), "water"
    )
    assert "signed" not in events_on(with_milestone(tables, *signed, "KAZ;UZB"), "water")


def test_another_day_problem_or_state_is_another_event(tables):
    later = with_milestone(tables, "m", "water", "agreement", "2009-04-30", "KAZ;UZB")
    assert "m" in events_on(later, "water")
    other = with_milestone(tables, "m", "corridor", "agreement", "2009-04-29", "KAZ;UZB")
    assert "m" in events_on(other, "corridor")
    away = with_milestone(tables, "m", "terrorism", "agreement", "2025-08-26", "KAZ;TJK;UZB")
    assert "m" in events_on(away, "terrorism")


def test_the_signing_of_a_treaty_is_one_event_with_it(tables):
    told = with_milestone(tables, "m", "terrorism", "agreement", "2000-04-21", "KAZ;UZB")
    assert events_on(told, "terrorism") == {"t", "drill", "other"}


def test_azerbaijan_is_no_outside_state(tables):
    guest = with_milestone(tables, "m", "water", "agreement", "2024-01-01", "AZE;KAZ;UZB")
    power = with_milestone(tables, "m", "water", "agreement", "2024-01-01", "KAZ;TUR;UZB")
    outside = [
        problems.joint_actions(rows).set_index("event").at["m", "outside"]
        for rows in (guest, power)
    ]
    assert outside == [False, True]


def test_an_exercise_on_two_problems_counts_once(tables, incidents, milestones):
    """The drill against terrorism is held at the Afghan border too."""
    tables["exercises"].loc[0, "place"] = "Afghan border"
    steps = problems.joint_actions(tables)
    facts = problems.headline(incidents, milestones, steps, END)
    assert (len(steps), facts["steps"], facts["exercises"]) == (10, 8, 2)
    assert facts["trained_since"] == 1
    exercises = tables["exercises"].assign(frame="csto")
    assert problems.held_under(steps, exercises, ["csto"]) == 2


def test_problems_are_laid_out_with_incidents_and_recent_steps(tables, incidents):
    table = problems.by_problem(incidents, problems.joint_actions(tables), DAY("2024-08-08"))
    assert table.columns[-1] == "Since August 2024" and table.shape == (4, 7)
    assert table.set_index("Problem").fillna(-1).to_numpy().tolist() == [
        [4, 0, 0, 1, 0, 0],
        [2, 0, 1, 1, 1, 2],
        [-1, 1, 1, 0, 0, 2],
        [-1, 2, 1, 0, 0, 1],
    ]


def test_how_many_of_the_five_took_part(tables):
    table = problems.how_many_of_five(problems.joint_actions(tables))
    assert table.index.tolist() == list(problems.PROBLEMS.values())
    assert table.to_numpy().tolist() == [[0, 1], [0, 3], [0, 2], [2, 1]]


def test_incidents_are_counted_in_every_year_by_kind(incidents):
    table = problems.incidents_by_year(incidents[incidents["date_start"] != DAY("2025-04-18")])
    assert table.index.tolist() == [2023, 2024, 2025, 2026] and table.index.name == "Year"
    assert table["On the Afghan border"].tolist() == [0, 1, 1, 1]
    assert table["Attacks and incursions"].tolist() == [1, 0, 0, 0]
    assert table["Foiled plots, as claimed"].tolist() == [0, 0, 0, 1]


def test_years_and_kinds_without_an_incident_count_none():
    rows = [incident("2023-11-30", "terrorist_attack"), incident("2025-04-17", "terrorist_attack")]
    table = problems.incidents_by_year(pd.DataFrame(rows))
    assert table.to_dict("list") == {
        "On the Afghan border": [0, 0, 0],
        "Attacks and incursions": [1, 0, 1],
        "Foiled plots, as claimed": [0, 0, 0],
    }


def test_problems_without_a_step_count_none(incidents):
    """One step, a meeting of two of the five states on water, before the day asked about."""
    step = {"problem": "water", "layer": "meetings", "event": "m", "date": DAY("2020-01-01")}
    steps = pd.DataFrame([step | {"five": 2}])
    table = problems.by_problem(incidents, steps, DAY("2024-08-08")).set_index("Problem")
    assert table.drop(columns="Incidents").sum().to_dict() == {
        **dict.fromkeys(problems.LAYERS.values(), 0),
        "Meetings": 1,
        "Since August 2024": 0,
    }
    assert problems.how_many_of_five(steps).to_numpy().tolist() == [[0, 0], [0, 0], [0, 0], [0, 1]]


def test_the_last_year_ends_on_its_day_and_begins_the_day_after_that_of_the_year_before(incidents):
    border = problems.on_afghan_border(incidents)
    recent = problems.in_last_year(border, "date_start", END)
    assert recent["date_start"].dt.year.tolist() == [2025, 2025, 2026]
    assert problems.in_last_year(border, "date_start", DAY("2026-04-18")).shape[0] == 2
    assert problems.toll(recent) == (3, 5)  # 1 to 3, 2, unknown


def test_incidents_in_words(incidents):
    table = problems.incident_table(incidents)
    assert table["Killed"].tolist() == ["1", "5", "1–3", "2", "–", "0"]
    assert table.loc[3, ["Kind", "Wounded"]].tolist() == ["Cross border attack", "–"]
    assert table.loc[0, "Date"] == "30\u00a0November\u00a02023" and table.shape[1] == 7


def test_steps_carried_out_are_no_statements_and_lie_after_the_day(milestones):
    found = problems.carried_out(milestones, "corridor", DAY("2024-08-08"))
    assert found["milestone"].tolist() == ["c-three"]
    assert problems.carried_out(milestones, "corridor", DAY("2024-12-27")).empty
    table = problems.milestone_table(milestones)
    assert table.loc[0].tolist()[:3] == [
        "18\u00a0February\u00a01992",
        "Agreement",
        "KAZ, KGZ, TJK, TKM, UZB",
    ]
    assert table["Date"].tolist()[3] == "November\u00a02018"


def test_neutrality_is_told_by_law_resolutions_and_statements(milestones):
    assert problems.neutrality(milestones)["milestone"].tolist() == ["n-law"]


def test_interval_of_a_share():
    low, high = problems.interval(4, 40)  # as in Wilson's formula, worked by hand
    assert (round(low, 4), round(high, 4)) == (0.0396, 0.2305)
    assert problems.interval(0, 10)[0] == pytest.approx(0, abs=1e-12)


def test_headline_by_hand(tables, incidents, milestones):
    steps = problems.joint_actions(tables)
    facts = problems.headline(incidents, milestones, steps, END)
    expected = {"incidents": 6, "border": 4, "plots": 1, "recent": 3, "recent_attacks": 2}
    expected |= {"recent_killed_low": 3, "recent_killed_high": 5, "recent_tajik": 2}
    expected |= {"attacks_since": 0, "plots_since": 1, "steps": 8, "signed_since": 1}
    expected |= {
        "trained_since": 1,
        "water_since": 2,
        "turkmen": 3,
        "turkmen_exercises": 0,
        "exercises": 2,
    }
    expected |= {"afghan_border_steps": 1, "afghan_border_all_five": 0, "afghan_border_alone": 1}
    expected |= {"terrorism_steps": 3, "terrorism_all_five": 0, "terrorism_alone": 2}
    expected |= {"corridor_steps": 2, "corridor_all_five": 0, "corridor_alone": 1}
    expected |= {"water_steps": 3, "water_all_five": 2, "water_alone": 3}
    assert facts == expected


def test_exercises_are_counted_by_their_frame(tables):
    exercises = tables["exercises"].assign(frame=["csto", "five", "csto"])
    steps = problems.joint_actions(tables)
    assert problems.held_under(steps, exercises, ["csto", "sco"]) == 1  # the third is no step
    assert problems.held_under(steps, exercises, ["csto", "five"]) == 2


def test_days_are_told_no_more_exactly_than_known(milestones):
    words = problems.days_in_words(milestones)
    assert words["w-one"] == "November\u00a02018" and len(words) == len(milestones)


def test_headline_needs_incidents_and_steps(tables, incidents, milestones):
    steps = problems.joint_actions(tables)
    with pytest.raises(MissingRow, match="Afghan border"):
        problems.headline(incidents[:1], milestones, steps, END)
    with pytest.raises(MissingRow, match="joint actions"):
        problems.headline(incidents, milestones, steps[:0], END)
    with pytest.raises(MissingRow, match="water since the article"):
        problems.headline(incidents, milestones, steps[steps["problem"] != "water"], END)


def test_every_kind_of_the_record_has_a_word_and_the_rules_find_rows():
    assert set(load("incidents")["kind"]) == set(problems.KINDS)
    names = ("milestones", "meetings", "exercises", "participation", "treaties", "treaty_actions")
    steps = problems.joint_actions({name: load(name) for name in names})
    assert set(steps["problem"]) == set(problems.PROBLEMS)
    found = set(steps.query("problem == 'afghan_border'")["event"])
    assert {"jayhun-2018", "contact-afg-2025-tashkent", "ab-2024-11-csto-programme"} <= found
    assert "wa-1993-03-26-aral" not in set(steps["event"])  # signed at kyzylorda-1993


def test_topics_of_the_record_are_those_that_names_and_documents_have():
    """Words of a problem in a name or in documents, unless a reader found them to mean another."""
    words = {
        "afghan_border": "afghan",
        "terrorism": "terror",
        "corridor": "transport",
        "water": "aral",
    }
    meetings, treaties = load("meetings"), load("treaties")
    texts = pd.concat(
        [
            (meetings["name"] + meetings["documents"].fillna("")).set_axis(meetings["meeting"]),
            treaties["name"].set_axis(treaties["treaty"]),
        ]
    )
    topics = pd.concat(
        [meetings.set_index("meeting")["topics"], treaties.set_index("treaty")["topics"]]
    )
    missing = {
        key
        for problem, word in words.items()
        for key in texts.index[texts.str.contains(word, case=False)]
        if problem not in problems.split_keys(topics[key])
    }
    assert missing == {"summit-2002-12-astana", "kabul-declaration-2002"}  # on Afghanistan itself


def test_announced_costs_keep_the_range_of_statements_and_leave_out_other_measures():
    milestones = pd.DataFrame(
        [
            ("canal", "water", "2022-05-01", "A canal."),
            ("rail", "corridor", "2024-12-27", "Rails."),
        ],
        columns=["milestone", "topic", "date", "what"],
    )
    figures = pd.DataFrame(
        [
            ("canal", "cost_usd", None, 684e6, None),
            ("rail", "cost_usd", None, 4.7e9, None),
            ("rail", "cost_usd", 7.5e9, None, 8e9),
            ("rail", "spending_usd", None, 9e9, None),
            ("mil-spending-kgz", "spending_usd", None, 1e8, None),
        ],
        columns=["subject", "measure", "low", "best", "high"],
    )
    table = problems.announced_costs(figures, milestones)
    assert table.values.tolist() == [
        ["Transport corridors", "Rails.", "4,700–8,000", 2],
        ["Water", "A canal.", "684", 1],
    ]
