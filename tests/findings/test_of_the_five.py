"""What Azerbaijan held with other states alone changes nothing that is said of the five states."""

import pytest

from casi.claims import article
from casi.findings import key_findings, since_article
from casi.measures import dimensions, exercises, shared_events, shared_problems
from casi.record.exercise_kinds import of_the_five
from casi.record.lookup import closing
from casi.tables import load, names


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in names()}


def training(measure):
    return lambda record: measure(
        *(record[name] for name in ("exercises", "participation", "states"))
    )


@pytest.mark.parametrize(
    "measure",
    [
        training(exercises.classify),
        training(exercises.headline),
        training(lambda *tables: exercises.pairs(*tables, since=2011)),
        shared_events.act_events,
        shared_problems.joint_actions,
        dimensions.scores,
        article.judge,
        key_findings.sentences,
        lambda record: since_article.counted(record, closing(record)),
    ],
)
def test_no_measure_of_the_five_counts_them(record, measure):
    drills = of_the_five(record["exercises"], record["participation"])
    assert len(drills) < len(record["exercises"])
    found, of_five = measure(record), measure({**record, "exercises": drills})
    same = found.equals(of_five) if hasattr(found, "equals") else str(found) == str(of_five)
    assert same
