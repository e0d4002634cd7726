import pandas as pd
import pytest

from casi.claims import verdict


@pytest.fixture
def record():
    return {
        "claims": pd.DataFrame({"claim": ["said"], "source": ["article;first;second"]}),
        "sources": pd.DataFrame(
            {
                "key": ["article", "first", "second"],
                "kind": ["press", "press", "press"],
                "independence_group": ["article", "one", "two"],
            }
        ),
        "participation": pd.DataFrame(
            {"event": ["m", "m"], "state": ["KAZ", "TKM"], "level": ["minister", "ambassador"]}
        ),
        "states": pd.DataFrame({"iso3": ["KAZ", "TKM"], "name": ["Kazakhstan", "Turkmenistan"]}),
        "memberships": pd.DataFrame(
            {
                "organisation": ["caco", "caco"],
                "state": ["RUS", "RUS"],
                "status": ["observer", "member"],
                "start": pd.to_datetime(["2002-02-28", "2004-10-18"]),
            }
        ),
        "treaties": pd.DataFrame({"treaty": ["t"], "date_opened": pd.to_datetime(["2025-03-13"])}),
    }


def test_decides_registers_a_function_by_the_key_of_its_claim():
    def test(record):
        return verdict.Verdict(None)

    try:
        assert verdict.decides("some-claim")(test) is test
        assert verdict.TESTS["some-claim"] is test
    finally:
        verdict.TESTS.pop("some-claim")


def test_sourced_wants_a_primary_source_or_two_origins_beside_the_article(record):
    assert verdict.grade_by_sources(record, "said").verdict == verdict.SUPPORTED
    record["sources"]["independence_group"] = "one"
    assert verdict.grade_by_sources(record, "said").verdict == verdict.PARTLY
    record["sources"].loc[2, "kind"] = "primary"
    assert verdict.grade_by_sources(record, "said").verdict == verdict.SUPPORTED
    record["claims"]["source"] = "article"
    assert verdict.grade_by_sources(record, "said").verdict == verdict.UNCHECKED


def test_a_statement_wants_one_source_that_quotes_it_beside_the_article(record):
    found = verdict.grade_as_stated(record, "said")
    assert (found.verdict, found.rows) == (verdict.SUPPORTED, ["sources/first", "sources/second"])
    record["claims"]["source"] = "article;second"
    assert verdict.grade_as_stated(record, "said").verdict == verdict.SUPPORTED
    record["claims"]["source"] = "article"
    assert verdict.grade_as_stated(record, "said").verdict == verdict.UNCHECKED
