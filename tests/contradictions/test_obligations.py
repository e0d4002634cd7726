"""What treaties oblige: each rule on a table that breaks it and one that does not."""

from hand_made import faults_of_the_record, refused, table

from casi.contradictions import obligations

TREATIES = table(
    "treaty kind date_opened", ("pact", "alliance", "2001-01-01"), ("line", "border", "2001-01-01")
)
ACTIONS = table(
    "treaty state action",
    *(("pact", "KAZ", "signed"), ("pact", "KGZ", "acceded"), ("pact", "UZB", "declined")),
    *(("line", "KAZ", "signed"), ("line", "KGZ", "signed")),
)
SOURCES = table(
    "key kind published",
    ("law", "primary", None),
    ("paper", "press", "2000-12-31"),
    ("report", "press", "2001-01-01"),
    ("codes", "dataset", None),
)


def owed(**change):
    row = {"treaty": "pact", "obligation": "defence", "article": None, "text_status": "reported"}
    row |= {"source": "report", "confidence": "high"} | change
    return table(" ".join(row), tuple(row.values()))


def found(rule, treaty_actions=ACTIONS, **change):
    given = {"treaties": TREATIES, "treaty_actions": treaty_actions, "sources": SOURCES}
    return refused(rule, obligations=owed(**change), **given)


def test_an_obligation_is_owed_by_two_states_that_joined():
    assert found("obligation_is_owed") == set()
    wrong = {("obligations.treaty", 0)}
    assert found("obligation_is_owed", ACTIONS[ACTIONS["state"] != "KGZ"]) == wrong
    assert found("obligation_is_owed", treaty="unknown") == wrong


def test_border_treaties_are_left_out():
    assert found("obligation_is_owed", treaty="line") == {("obligations.treaty", 0)}


def test_an_article_is_one_that_a_treaty_can_have():
    wrong = {("obligations.article", 0)}
    assert found("article_is_in_the_text") == found("article_is_in_the_text", article="99") == set()
    assert found("article_is_in_the_text", article="100") == wrong
    assert found("article_is_in_the_text", article="0") == wrong


def test_a_text_is_read_in_a_primary_page():
    wrong = {("obligations.text_status", 0)}
    assert found("text_was_read", text_status="text_read") == wrong
    assert found("text_was_read", text_status="text_read", source="report;law") == set()


def test_what_a_data_set_codes_is_marked_so_and_has_no_article():
    coded = {"text_status": "dataset", "source": "codes"}
    assert found("text_was_read", **coded, confidence="dataset") == set()
    assert found("text_was_read", **coded) == {("obligations.confidence", 0)}
    assert found("text_was_read", confidence="dataset") == {("obligations.confidence", 0)}
    with_article = {"confidence": "dataset", "article": "2"}
    assert found("text_was_read", **coded, **with_article) == {("obligations.article", 0)}


def test_a_draft_is_of_low_confidence():
    wrong = {("obligations.confidence", 0)}
    assert found("draft_is_not_the_treaty", source="paper") == wrong
    assert found("draft_is_not_the_treaty", source="paper", confidence="low") == set()
    assert found("draft_is_not_the_treaty", source="paper;report") == set()
    assert found("draft_is_not_the_treaty", source="paper;law") == set()  # undated, may be later


def test_the_record_has_no_such_fault():
    assert faults_of_the_record(obligations) == []
