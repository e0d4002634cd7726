import pandas as pd
import pytest

from casi.findings import since_article
from casi.states import ARTICLE_DAY
from casi.tables import closing_date, load, names

DAY = pd.Timestamp


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in names()}


def test_nothing_later_than_the_day_counts(record):
    found = since_article.counted(record, DAY("1991-12-31"))
    assert {what for what, rows in found.items() if rows} == set()
    days = [DAY(f"{year}-12-31") for year in range(1992, 2026)]
    by_year = [sum(map(len, since_article.counted(record, day).values())) for day in days]
    assert by_year == sorted(by_year)


def test_what_is_planned_or_undated_does_not_count(record):
    rows = record["meetings"].copy()
    rows.loc[rows["meeting"] == "consultative-2025", "status"] = "planned"
    lines = record["border_segments"].copy()
    lines.loc[lines["border"] == "kgz-tjk", "delimited_date"] = pd.NaT
    other = {**record, "meetings": rows, "border_segments": lines}
    before, after = (since_article.counted(one, closing_date()) for one in (record, other))
    lost = {what: set(rows) - set(after[what]) for what, rows in before.items()}
    assert set().union(*lost.values()) == {"meetings/consultative-2025", "border_segments/kgz-tjk"}


def test_an_exercise_with_an_outsider_is_not_the_five_s_own(record):
    rows = record["participation"]
    new = rows[rows["event"] == "birlik-2025"].iloc[[0]].assign(state="TUR")
    other = {**record, "participation": pd.concat([rows, new], ignore_index=True)}
    [wide] = [what for what in since_article.counted(record, closing_date()) if "Exercises" in what]
    assert "exercises/birlik-2025" in since_article.counted(record, closing_date())[wide]
    assert "exercises/birlik-2025" not in since_article.counted(other, closing_date())[wide]


def test_changed_names_the_new_rows(record):
    found = since_article.changes(record, ARTICLE_DAY, closing_date()).set_index("what")
    assert found["new"].map(len).equals(found["now"] - found["then"])
    friendship = found.loc["Signatures under the friendship treaty of 2022"]
    assert friendship["new"] == ["treaty_actions/friendship-2022/TJK/signed"]
    assert since_article.changes(record, ARTICLE_DAY, ARTICLE_DAY)["new"].map(len).sum() == 0
