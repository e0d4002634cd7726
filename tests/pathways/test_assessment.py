import pandas as pd
import pytest

from casi.pathways import assessment
from casi.pathways.reading import INDICATORS, STATES, Reading, indicates
from casi.tables import closing_date, load

EARLY, LATE = pd.Timestamp("2016-12-31"), pd.Timestamp("2026-05-18")


@pytest.fixture
def toy():
    """One pathway of two made-up conditions and a sign."""

    @indicates("toy-a", "A", "Rule of A")
    def a(record, day):
        return Reading(day > EARLY, 2, ["meetings/m"])

    @indicates("toy-b", "B", "Rule of B", "percent")
    def b(record, day):
        return Reading(None)

    @indicates("toy-c", "C", "Rule of C", "percent")
    def c(record, day):
        return Reading(False, 0.25)

    yield [assessment.Pathway("Toy", ("toy-a", "toy-b"), "toy-c", "We think so.", (1, 0, 1))]
    for key in ("toy-a", "toy-b", "toy-c"):
        INDICATORS.pop(key)


@pytest.fixture(scope="module")
def assessed():
    record = {name: load(name) for name in assessment.TABLES}
    return assessment.assess(record, assessment.days(closing_date()), assessment.PATHWAYS)


def test_assess_reads_each_condition_and_the_falsifier_on_each_day(toy):
    found = assessment.assess({}, [EARLY, LATE], toy)
    assert found["key"].tolist() == ["toy-a", "toy-a", "toy-b", "toy-b", "toy-c", "toy-c"]
    assert found["state"].tolist()[:4] == ["not met", "met", "unknown", "unknown"]
    assert found["written"].tolist() == ["2", "2", "–", "–", "25%", "25%"]
    assert found["role"].tolist()[-2:] == ["falsifier"] * 2
    assert found.loc[0, "rows"] == ["meetings/m"]


def test_behind_names_the_first_rows_of_each_latest_reading_and_counts_the_others(toy):
    found = assessment.assess({}, [EARLY, LATE], toy)
    found.at[1, "rows"] = ["a/1", "a/2", "a/3", "a/4", "a/5"]
    assert assessment.behind(found).to_numpy().tolist() == [
        ["A", "condition", "met", "`a/1`, `a/2`, `a/3` and 2 more"],
        ["B", "condition", "unknown", "–"],
        ["C", "falsifier", "not seen", "–"],
    ]
    assert assessment.behind(found, 5)["Rows"].iloc[0].endswith("`a/4` and `a/5`")


def test_tally_counts_conditions_alone(toy):
    counts = assessment.tally(assessment.assess({}, [EARLY, LATE], toy))
    assert counts.loc[("Toy", EARLY)].tolist() == [0, 1, 1]
    assert counts.loc[("Toy", LATE)].tolist() == [1, 0, 1]


def test_tally_keeps_the_order_of_pathways_and_days_and_a_column_for_each_state(toy):
    second = assessment.Pathway("Another", ("toy-a",), "toy-c", "We think not.", (1, 0, 0))
    counts = assessment.tally(assessment.assess({}, [LATE, EARLY], [*toy, second]))
    assert counts.index.tolist() == [
        ("Toy", LATE),
        ("Toy", EARLY),
        ("Another", LATE),
        ("Another", EARLY),
    ]
    counts = assessment.tally(assessment.assess({}, [LATE], [second]))
    assert counts.to_dict("records") == [{"met": 1, "not met": 0, "unknown": 0}]


def test_a_judgement_is_outdated_when_the_counts_have_changed(toy):
    found = assessment.assess({}, [EARLY, LATE], toy)
    assert assessment.outdated(found, toy, LATE) == []
    assert assessment.outdated(found, toy, EARLY) == ["Toy"]


def test_grid_lays_out_days_side_by_side(toy):
    found = assessment.assess({}, [EARLY, LATE], toy)
    table = assessment.grid(found, "condition")
    assert table.columns.tolist()[-2:] == ["31 December 2016", "18 May 2026"]
    assert table.iloc[:, -2:].to_numpy().tolist() == [["not met (2)", "met (2)"], ["unknown"] * 2]
    signs = assessment.grid(found, "falsifier")
    assert signs["key"].tolist() == ["toy-c"]
    assert signs["18 May 2026"].tolist() == ["not seen (25%)"]


def test_judgements_are_in_italics(toy):
    assert assessment.judgements(toy).to_numpy().tolist() == [["Toy", "*We think so.*"]]


def test_days_are_before_the_article_and_the_close():
    assert assessment.days(LATE) == [EARLY, pd.Timestamp("2024-08-31"), LATE]


def test_each_pathway_has_three_to_five_conditions_that_are_registered():
    for pathway in assessment.PATHWAYS:
        assert 3 <= len(pathway.conditions) <= 5
        assert {*pathway.conditions, pathway.falsifier} <= set(INDICATORS)


def test_no_judgement_is_out_of_date(assessed):
    assert assessment.outdated(assessed, assessment.PATHWAYS, closing_date()) == []


# Of each pathway: conditions met, not met and unknown before, with the article, and now.
COUNTS = {
    "Functional cooperation": [(0, 4, 0), (1, 2, 1), (3, 0, 1)],
    "Treaty-based forum": [(0, 3, 0), (1, 2, 0), (2, 1, 0)],
    "Turkic or Caspian frame": [(1, 1, 0), (1, 1, 0), (0, 0, 2)],
    "Absorption again": [(3, 0, 0), (2, 1, 0), (1, 2, 0)],
}
VALUES = {
    "common-treaty": 4,
    "turkic-members": 3,
    "borders-in-law": 5,
    "armed-by-one": 2,
    "own-outlives": 98,
    "trained-with-power": 0.25,
}


def test_headline_names_the_numbers_by_hand():
    days = [assessment.BEFORE, assessment.WITH_ARTICLE, LATE]
    rows = []
    for pathway, counts in COUNTS.items():
        for day, numbers in zip(days, counts, strict=True):
            for state, number in zip(STATES, numbers, strict=True):
                rows += [(pathway, "condition", day, state, f"{pathway} {state}", None)] * number
    for key, value in VALUES.items():
        for day in days:  # that of the last day is quoted
            value_then = value if day == LATE else value + 1
            rows.append(("Absorption again", "other", day, "unknown", key, value_then))
    for state in ("met", "not met", "not met", "unknown"):
        rows.append(("Absorption again", "falsifier", LATE, state, f"sign {len(rows)}", None))
        rows.append(("Absorption again", "falsifier", EARLY, "met", f"sign {len(rows)}", None))
    columns = ["pathway", "role", "day", "state", "key", "value"]
    assert assessment.headline(pd.DataFrame(rows, columns=columns)) == {
        "own_before": 0,
        "own_article": 1,
        "own_now": 3,
        "own_needs": 4,
        "law_before": 0,
        "law_article": 1,
        "law_now": 2,
        "law_needs": 3,
        "wide_before": 1,
        "wide_article": 1,
        "wide_now": 0,
        "wide_needs": 2,
        "absorbed_before": 3,
        "absorbed_article": 2,
        "absorbed_now": 1,
        "absorbed_needs": 3,
        "common_treaty": 4,
        "turkic_members": 3,
        "borders_in_law": 5,
        "armed_by_one": 2,
        "own_outlives": 98,
        "trained": 0.25,
        "falsified": 1,
        "unknown": 3,
        "own_unknown": 1,
        "law_unknown": 0,
        "wide_unknown": 2,
        "absorbed_unknown": 0,
    }
