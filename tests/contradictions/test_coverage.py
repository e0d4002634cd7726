"""What the record says of itself: each rule on a row that breaks it and one that does not."""

from hand_made import faults_of_the_record, refused, table

from casi.contradictions import coverage

SOURCES = table(
    "key kind published",
    ("a", "press", "2020-03-01"),
    ("b", "press", "2020-05-04"),
    ("c", "press", "2020-06-01"),
    ("d", "dataset", "2020-06-01"),
)
CLASHES = table("clash source", ("x", "a;b"), ("y", "a"))


def covered(closed="2020-05-04", source=None, name="clashes"):
    row = (name, 2020, closed, source)
    rows = table("table year_to closed source", row).astype({"closed": "datetime64[ns]"})
    return {"coverage": rows, "sources": SOURCES, "clashes": CLASHES}


def test_a_topic_closes_on_the_day_of_a_source_or_with_the_year():
    rule, wrong = "closed_is_the_day_of_a_source", {("coverage.closed", 0)}
    assert refused(rule, **covered()) == refused(rule, **covered("2020-12-31")) == set()
    assert refused(rule, **covered("2020-05-05")) == wrong
    assert refused(rule, **covered("2020-06-01")) == wrong  # of a source of another table
    assert refused(rule, **covered(name="places")) == wrong


def test_coverage_cites_what_the_table_cites():
    rule = "coverage_cites_its_table"
    assert refused(rule, **covered()) == refused(rule, **covered(source="a;b")) == set()
    assert refused(rule, **covered(source="a;c")) == {("coverage.source", 0)}
    assert refused(rule, **covered(source="a;d")) == set()  # a data set that bounds the topic


def test_no_more_was_wrong_than_was_read_again():
    def found(drawn, wrong, mended):
        return refused(
            "recheck_adds_up", rechecks=table("drawn wrong mended", (drawn, wrong, mended))
        )

    assert found(40, 2, "Two days.") == found(40, 0, "Nothing was wrong.") == set()
    assert found(40, 0, "Two days.") == found(40, 2, "Nothing was wrong.") != set()
    assert found(2, 3, "Three days.") == {("rechecks.wrong", 0)}


def test_the_record_has_no_fault_of_coverage():
    assert faults_of_the_record(coverage) == []
