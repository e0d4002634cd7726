import pandas as pd
import pytest

from casi.claims import article
from casi.claims.verdict import CONTRADICTED, SUPPORTED, TESTS, VERDICTS, Verdict
from casi.tables import ROOT, load

CLAIMS = pd.DataFrame(
    [
        ("dated", "date", "It was {place}.", None),
        ("hoped", "forecast", None, "Since then {count:number}."),
        ("thought", "opinion", None, None),
    ],
    columns=["claim", "kind", "correct", "since"],
)


@pytest.fixture
def tests(monkeypatch):
    """Tests of two claims: of a place that a table gives, and of one that is not graded."""

    def dated(record):
        place = record["meetings"]["place"].iloc[0]
        verdict = SUPPORTED if place == "Astana" else CONTRADICTED
        return Verdict(verdict, ["meetings/a"], ["meetings/b"], {"place": place})

    registered = {"dated": dated, "hoped": lambda record: Verdict(None, values={"count": 2})}
    monkeypatch.setattr(article, "TESTS", registered)
    return registered


def edition(place="Astana", claims=CLAIMS):
    tables = dict.fromkeys(article.TABLES, pd.DataFrame())
    return tables | {"claims": claims, "meetings": pd.DataFrame({"place": [place]})}


def test_judge_adds_verdict_rows_and_texts_to_each_claim(tests):
    dated, hoped, thought = article.judge(edition()).to_dict("records")
    assert dated == {
        "claim": "dated",
        "kind": "date",
        "correct": "It was Astana.",
        "since": "",
        "verdict": SUPPORTED,
        "rows": ["meetings/a"],
        "against": ["meetings/b"],
    }
    assert (hoped["verdict"], hoped["since"]) == ("forecast, not graded", "Since then 2.")
    assert (thought["verdict"], thought["rows"]) == ("opinion, not graded", [])


def test_a_gradable_claim_without_a_test_is_refused(tests):
    ungraded = CLAIMS.assign(claim="nobody").tail(1)
    assert len(article.judge(edition(claims=ungraded))) == 1
    with pytest.raises(KeyError, match="no test for the claim 'nobody'"):
        article.judge(edition(claims=ungraded.assign(kind="event")))


def test_a_text_may_quote_only_what_its_test_returns(tests):
    with pytest.raises(KeyError, match="nothing"):
        article.judge(edition(claims=CLAIMS.head(1).assign(correct="{nothing:number}")))


def test_tally_counts_the_graded_claims_by_verdict():
    verdicts = [CONTRADICTED, SUPPORTED, "opinion, not graded", SUPPORTED]
    counts = article.tally(pd.DataFrame({"verdict": verdicts}))
    assert counts.index.tolist() == VERDICTS
    assert counts.tolist() == [2, 0, 1, 0]


def test_changed_verdicts_are_those_that_differ_between_editions(tests):
    assert article.changed_verdicts(edition(), edition()).empty
    found = article.changed_verdicts(edition("Almaty"), edition())
    assert found.to_dict("records") == [{"claim": "dated", "was": CONTRADICTED, "now": SUPPORTED}]


def test_changed_verdicts_name_new_and_dropped_claims(tests):
    found = article.changed_verdicts(edition(claims=CLAIMS[1:]), edition(claims=CLAIMS[:2]))
    assert found.to_dict("records") == [
        {"claim": "dated", "was": "", "now": SUPPORTED},
        {"claim": "thought", "was": "opinion, not graded", "now": ""},
    ]


def test_nothing_changed_without_an_edition_before(tests):
    found = article.changed_verdicts({}, edition())
    assert found.empty and found.columns.tolist() == ["claim", "was", "now"]


# The claims of the article.


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


def test_no_claim_is_a_sentence_of_the_article():
    words = (ROOT / "data" / "claims.csv").read_text(encoding="utf-8")
    for phrase in ("security chefs", "window of opportunity", "international subjectivity"):
        assert phrase not in words
