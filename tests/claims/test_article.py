import pytest

from casi.claims import article
from casi.claims.verdict import TESTS, VERDICTS
from casi.tables import ROOT, load


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in article.TABLES}


@pytest.fixture(scope="module")
def judged(record):
    return article.judge(record)


def test_every_gradable_claim_has_a_verdict_and_no_other_has(judged):
    graded = judged["kind"].isin(article.GRADED)
    assert judged.loc[graded, "verdict"].isin(VERDICTS).all()
    assert judged.loc[~graded, "verdict"].str.endswith(", not graded").all()


def test_every_test_belongs_to_a_claim(judged):
    assert set(TESTS) <= set(judged["claim"])


def test_every_row_named_is_in_the_record(judged):
    keys = {
        name: set(frame.iloc[:, 0].astype(str))
        for name, frame in ((name, load(name)) for name in article.TABLES)
    }
    for cells in [*judged["rows"], *judged["against"]]:
        for cell in cells:
            table, key, *_ = cell.split("/")
            assert key in keys[table], cell


def test_every_decided_claim_names_its_rows(judged):
    decided = judged["verdict"].isin([*VERDICTS[:3]])
    assert judged.loc[decided, "rows"].map(len).min() > 0


def test_claims_run_through_all_paragraphs_of_the_article(judged):
    assert sorted(judged["paragraph"].unique()) == list(range(1, 17))


def test_tally_counts_the_graded_claims(judged):
    counts = article.tally(judged)
    assert counts.index.tolist() == VERDICTS
    assert counts.sum() == judged["kind"].isin(article.GRADED).sum()


def test_a_gradable_claim_without_a_test_is_refused(record):
    table = record["claims"].head(2).assign(claim="nobody", kind="event")
    with pytest.raises(KeyError, match="no test for the claim 'nobody'"):
        article.judge(record | {"claims": table})


def test_a_text_may_quote_only_what_its_test_returns(record):
    table = record["claims"].query("claim == 'russia-joined'").assign(correct="{nothing:number}")
    with pytest.raises(KeyError, match="nothing"):
        article.judge(record | {"claims": table})


def test_no_claim_is_a_sentence_of_the_article():
    words = (ROOT / "data" / "claims.csv").read_text(encoding="utf-8")
    for phrase in ("security chefs", "window of opportunity", "international subjectivity"):
        assert phrase not in words


def test_moved_names_the_verdicts_that_differ(article_record, changed):
    assert article.changed_verdicts(article_record, article_record).empty
    assert article.changed_verdicts({}, article_record).empty
    before = changed("treaty_actions", "treaty == 'friendship-2022' and action == 'signed'")
    moved = article.changed_verdicts(before, article_record)
    assert len(moved) and set(moved.columns) == {"claim", "was", "now"}
