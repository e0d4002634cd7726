import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from casi import text


def test_the_edition_is_english_unless_its_language_is_set():
    assert (text.LANGUAGE, text.LOCALE) == ("en", "en_GB")


def test_fill_leaves_roles_alone():
    filled = text.fill_markdown("{n:word} meetings, see {numref}`fig-x`", n=7)
    assert filled == "seven meetings, see {numref}`fig-x`"


def test_facts_are_values_by_name():
    facts = text.Facts({"share": np.float64(0.5), "number": np.int64(7)}, name="a")
    assert (facts.share, facts.number, facts.name) == (0.5, 7, "a")
    assert repr(facts.number) == "7"  # what an inline expression shows


def test_a_name_that_is_no_fact_is_refused_with_those_alike():
    with pytest.raises(AttributeError, match=r"no fact is called 'shares' \(share\)"):
        _ = text.Facts(share=1).shares
    with pytest.raises(AttributeError, match=r"\(none is similar\)"):
        _ = text.Facts(share=1).x


def test_two_facts_have_two_names():
    with pytest.raises(ValueError, match="two facts are called 'a'"):
        text.Facts({"a": 1}, a=2)


def test_facts_that_a_section_adds_are_shown_alone_and_kept_with_the_others():
    facts = text.Facts(a=1)
    added = facts.add({"b": 2}, c=3)
    assert (facts.a, facts.b, facts.c) == (1, 2, 3)
    assert added._repr_mimebundle_()["text/plain"] == "b: 2\nc: 3"
    with pytest.raises(ValueError, match="two facts are called 'a'"):
        facts.add(a=4)


def test_facts_show_each_value_on_a_line():
    day = pd.Timestamp(2024, 8, 9)
    facts = text.Facts(
        a=2 / 3, b=float("nan"), c=day, d=["x", 1.5], e="p|q", f=1.0, g=None, h=pd.Index(["y"])
    )
    shown = facts._repr_mimebundle_()
    lines = ["a: 0.6667", "b: –", "c: 2024-08-09", "d: x, 1.5", "e: p|q", "f: 1", "g: None", "h: y"]
    assert shown["text/plain"].splitlines() == lines
    assert shown["text/markdown"].splitlines()[2:4] == ["| a | 0.6667 |", "| b | – |"]
    assert "| e | p\\|q |" in shown["text/markdown"]


def test_a_citation_is_markdown_for_an_inline_expression():
    assert text.cite(["a2020b"])._repr_markdown_() == "{cite}`a2020b`"


def test_fill_writes_each_kind_of_value():
    values = {"a": 0.941, "b": pd.Timestamp(2024, 8, 9), "c": ["x", "y"], "d": 2, "e": 1234.5}
    template = "{a:percent} {b:date} {b:month} {c:list} {c:cite} {d:times} {e:number} {d}"
    filled = "94% 9 August 2024 August 2024 x and y {cite}`x,y` twice 1,234 2"
    assert text.fill(template, values) == filled


def test_fill_refuses_a_place_without_value_or_format():
    with pytest.raises(KeyError, match="no value or format for \\['n', 'm'\\]"):
        text.fill("{n} meetings, {m:poem}", m=1)


def test_fill_refuses_a_value_without_a_place_unless_it_was_shared():
    with pytest.raises(KeyError, match="no place for \\['n'\\]"):
        text.fill("meetings", n=7)
    assert text.fill("meetings", {"n": 7}) == "meetings"


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [(0.04, ".1f", "<0.1"), (0.4, ",.0f", "<1"), (0.002, ".0%", "<1%"), (0, ".1f", "0.0")],
)
def test_a_number_above_zero_is_never_written_as_zero(value, form, written):
    assert text.formatted(value, form) == written
    assert text.formatted(1.25, ".1f") == "1.2"


def test_numbers():
    assert text.number(1234.5) == "1,234"
    assert text.number(1234.56, 1) == "1,234.6"
    assert text.number(float("nan")) == "–"
    assert text.percent(0.941) == "94%"
    assert text.percents(0.032, 0.094) == "3–9%"
    assert text.percents(0.352, 0.353) == "35%"
    assert text.percent(None) == "–"


def test_words():
    assert text.word(7) == "seven"
    assert text.word(1700) == "1,700"
    assert text.count(1, "meeting") == "one meeting"
    assert text.count(3, "body", "bodies") == "three bodies"
    assert text.quantity(9.2, "point") == "9 points"
    assert text.quantity(1.2, "point") == "1 point"
    assert text.quantity(1.0, "point", 1) == "1.0 points"
    assert [text.times(n) for n in range(4)] == ["never", "once", "twice", "three times"]


def test_listing():
    assert text.listing(["a", "b", "c"]) == "a, b and c"
    assert text.listing(["a"]) == "a"
    assert text.listing([]) == "none"


def test_cite_names_each_key_once():
    assert text.cite(["a", "b", "a"]) == "{cite}`a,b`"


def test_date_is_no_more_exact_than_it_is_known():
    day = pd.Timestamp(2024, 8, 9)
    assert text.date(day) == "9 August 2024"
    assert text.date(day, "month") == "August 2024"
    assert text.date(day, "year") == "2024"
    assert text.date(pd.NaT) == "–"
    days = pd.Series([day, day, pd.NaT])
    written = ["9\u00a0August\u00a02024", "August\u00a02024", "–"]
    assert text.dates(days, pd.Series(["day", "month", None])) == written


def test_table_writes_captions_sources_and_aligned_numbers():
    frame = pd.DataFrame(
        {"State": ["KAZ", None], "TIV": [1.5, 20.25], "Day": pd.to_datetime(["2024-08-09", None])}
    )
    table = text.table(frame, label="tab-x", caption="Two rows", source=["a", "b"], note="Note.")
    assert isinstance(table, text.Table)
    lines = table.markdown.splitlines()
    assert lines[0] == "**Two rows**"
    assert lines[3] == "| :--- | ---: | :--- |"
    assert lines[4] == "| KAZ | 1.5 | 9\u00a0August\u00a02024 |"
    assert lines[5] == "| – | 20.2 | – |"
    assert lines[-1] == "Note. Source: {cite}`a,b`."
    assert table._repr_mimebundle_()[1] == {"text/markdown": {"label": "tab-x"}}


def test_table_picks_and_names_columns():
    frame = pd.DataFrame({"iso3": ["KAZ"], "name": ["Kazakhstan"]})
    table = text.table(frame, {"name": "State"}, label="tab-x", caption="One", source=["a"])
    assert table.markdown.splitlines()[2] == "| State |"


def test_table_needs_rows_and_a_good_label():
    frame = pd.DataFrame({"State": ["KAZ"]})
    with pytest.raises(ValueError, match="needs rows"):
        text.table(frame.head(0), label="tab-x", caption="None", source=["a"])
    with pytest.raises(ValueError, match="write it like"):
        text.table(frame, label="x", caption="One", source=["a"])


def some_rows():
    return pd.DataFrame({"Kind": ["Meeting", "Clash"], "Sources": ["a", "b"]})


def test_records_store_where_rows_are_from_and_not_the_rows():
    words = {"label": "events", "title": "Facts", "sources": "bibliography.html#source-"}
    shown = text.Records(some_rows, **words)._repr_mimebundle_()
    spec = shown[text.RECORDS_MIME]
    assert spec["rows"] == 2
    assert spec["view"].endswith(":some_rows")
    assert "Meeting" not in str(shown)
    assert shown["text/plain"].startswith("Facts: 2 rows (")


def test_records_change_their_hash_with_any_row(monkeypatch):
    words = {"label": "events", "title": "Facts", "sources": ""}
    before = text.Records(some_rows, **words).spec["hash"]
    other = some_rows().replace("Clash", "Treaty")
    assert text.Records(lambda: other, **words).spec["hash"] != before


def some_options():
    return {"levels": ["minister"]}


def test_records_name_their_options_and_hash_them():
    words = {"label": "events", "title": "Facts", "sources": ""}
    plain = text.Records(some_rows, **words).spec
    spec = text.Records(some_rows, **words, options=some_options).spec
    assert "options" not in plain and spec["options"].endswith(":some_options")
    assert spec["hash"] != plain["hash"]


def test_words_end_at_ten():
    written = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    assert [text.word(number) for number in range(11)] == written
    assert [text.word(number) for number in (11, -1, 1000)] == ["11", "-1", "1,000"]
    assert text.times(12) == "12 times"
    assert text.count(0, "meeting") == "no meetings"


def test_fill_writes_tenths_and_text_as_they_are():
    assert text.fill("{a:tenths} of {b}", a=0.25, b="<b>") == "0.2 of <b>"
    assert text.fill_markdown("{b} {c:list}", b="<b>", c=["*", "x"]) == r"\<b\> \* and x"


def column(values, name="Value"):
    """Return the cells of one column as a table writes them."""
    frame = pd.DataFrame({name: values})
    lines = text.table(frame, label="tab-x", caption="One", note="Note.").markdown.splitlines()
    return [line.strip("| ") for line in lines[4:-2]]


def test_all_numbers_of_a_column_have_the_same_decimals():
    """None if all are whole, two below ten, else one; a year has no separator, a count has."""
    assert column([1000.0, 20.0, None]) == ["1,000", "20", "–"]
    assert column([1.0, -9.994]) == ["1.00", "-9.99"]
    assert column([1.0, -10.25]) == ["1.0", "-10.2"]
    assert column([1500, 2]) == ["1,500", "2"]
    assert column([1991, 2026], "year") == ["1991", "2026"]


def test_cells_of_markdown_are_not_escaped_but_for_the_bars_of_the_table():
    frame = pd.DataFrame({"Key": ["`a|b`"], "Name": ["*x*"]})
    table = text.table(frame, label="tab-x", caption="One", note="Note.", markdown=["Key"])
    assert table.markdown.splitlines()[4] == r"| `a\|b` | \*x\* |"
    assert table.markdown.splitlines()[-1] == "Note."


@pytest.mark.parametrize(
    "words",
    [{"caption": " ", "source": ["a"]}, {"caption": "One"}, {"caption": "One", "note": " "}],
)
def test_a_table_needs_a_caption_and_a_source_or_a_note(words):
    with pytest.raises(ValueError, match="needs rows, a caption and a source"):
        text.table(pd.DataFrame({"State": ["KAZ"]}), label="tab-x", **words)


def test_odd_whole_numbers_have_no_decimals():
    assert text._column(pd.Series([1.0, 3.0])) == ["1", "3"]


def test_years_have_no_thousands_separator_in_any_language():
    code = "import pandas, casi.text; print(casi.text._column(pandas.Series([2018], name='Год')))"
    command = [sys.executable, "-c", code]
    environment = os.environ | {"CASI_LANGUAGE": "ru"}
    assert subprocess.check_output(command, env=environment, text=True).strip() == "['2018']"
