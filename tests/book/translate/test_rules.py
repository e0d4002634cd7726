import pytest

from casi.book.translate import rules

ENGLISH = (
    'By {eval}`count(facts.n, "border")` in 2021 ({numref}`tab-a`), **see** [it](rows:x), `col`.'
)
RUSSIAN = (
    'К 2021 году {eval}`count(facts.n, "граница", "границы", "границ")` ({numref}`tab-a`), '
    "**см.** [это](rows:x), `col`."
)


def test_a_translation_may_write_the_same_values_otherwise():
    assert rules.faults(ENGLISH, RUSSIAN) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("facts.n", "facts.m", "values: missing facts.n; not in English facts.m"),
        ("tab-a", "tab-b", "references: missing {numref}`tab-a`"),
        ("2021", "2022", "numbers typed: missing 2021"),
        ("rows:x", "rows:y", "links: missing rows:x"),
        ("**", "", "bold"),
        ("`col`", "столбец", "code: missing col"),
        ("count(", "count((", "an expression is not Python"),
    ],
)
def test_a_fault_is_named(old, new, fault):
    found = rules.faults(ENGLISH, RUSSIAN.replace(old, new))
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_values_are_names_without_what_formats_them():
    text = '{eval}`listing(f"{state} {percent(last[state])}" for state in ranked)` {low:percent}'
    assert rules.value_names(text) == {"state", "last[state]", "ranked", "low"}


def test_a_method_of_a_result_is_no_value():
    english, russian = "listing(facts.a).capitalize()", "case('nom', facts.a).replace('a', 'а')"
    assert rules.value_names(f"{{eval}}`{english}` {{eval}}`{russian}`") == {"facts.a"}


def test_a_measure_keeps_its_unit():
    assert rules.faults("Share (per cent)", "Доля", "chart measure, with (unit) at its end")
    assert not rules.faults("Share (per cent)", "Доля (%)", "chart measure, with (unit) at its end")
