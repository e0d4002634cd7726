import csv
import json

import pandas as pd
import pytest
from pybtex.database import parse_file

from casi import CHECKED, tables


def edit(folder, name, change, stamp=True):
    """Rewrite one table with `change(rows)`, rows being lists of cells, the header first."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    if stamp:
        tables.descriptor.cache_clear()
        tables.stamp(folder)
    tables.descriptor.cache_clear()


def put(row, column, value):
    def change(rows):
        rows[row][rows[0].index(column)] = value

    return change


def faults_after(folder, name, change):
    edit(folder, name, change)
    return tables.check(name, folder)


@pytest.mark.parametrize("name", tables.names())
def test_every_table_is_sound(name):
    assert tables.check(name) == []


def test_check_all_covers_every_table(data):
    edit(data, "states", put(1, "name", ""))
    edit(data, "coverage", put(1, "year_to", "soon"))
    assert {fault.split(":")[0] for fault in tables.check_all(data)} >= {
        "data/states.csv",
        "data/coverage.csv",
    }


def test_load_gives_typed_columns():
    spells = tables.load("memberships")
    assert spells["start"].dtype.kind == "M"
    assert tables.load("arms_transfers")["tiv_millions"].dtype == "float64"
    assert tables.load("arms_transfers")["deals"].dtype == "Int64"
    assert tables.load("exercises")["participants_complete"].dtype == "boolean"


def test_load_is_cached():
    assert tables.load("states") is tables.load("states")


def test_load_raises_every_fault_at_once(data):
    def change(rows):
        put(1, "recipient", "XYZ")(rows)
        put(2, "tiv_millions", "much")(rows)

    edit(data, "arms_transfers", change)
    with pytest.raises(tables.TableError) as error:
        tables.load("arms_transfers", data)
    assert len(error.value.faults) == 2
    assert str(error.value).count("\n") == 1


def test_unknown_table_names_the_tables_there_are():
    with pytest.raises(tables.TableError, match=r"no table 'memberhips'.*memberships"):
        tables.describe("memberhips")


def test_descriptor_says_when_the_package_file_is_missing(tmp_path):
    with pytest.raises(tables.TableError, match=r"datapackage\.json: file is missing"):
        tables.descriptor(tmp_path)


# Bad input: each fault is one line that names file, row, column, value and rule.


def test_wrong_type(data):
    faults = faults_after(data, "arms_transfers", put(3, "tiv_millions", "much"))
    assert faults == [
        "data/arms_transfers.csv: row 4, column tiv_millions, value 'much': "
        'type is "number/default"'
    ]


def test_unknown_state_code(data):
    [fault] = faults_after(data, "memberships", put(1, "state", "ZZZ"))
    assert "row 2, column state, value 'ZZZ'" in fault
    assert "states" in fault


def test_dangling_source_key(data):
    fault, *_ = faults_after(data, "treaties", put(1, "source", "nobody1999"))
    assert "row 2, column source, value 'nobody1999': no such key in references.bib" in fault


def test_end_before_start(data):
    [fault] = faults_after(data, "meetings", put(1, "date_end", "1990-01-01"))
    assert "row 2, column date_end, value '1990-01-01': before date_start" in fault


def test_overlapping_membership_spells(data):
    def change(rows):
        head = rows[0]
        again = dict(
            zip(head, next(row for row in rows if row[:2] == ["csto", "KAZ"]), strict=True)
        )
        again |= {"status": "observer", "start": "2020-01-01", "end": ""}
        rows.append([again[column] for column in head])

    [fault] = faults_after(data, "memberships", change)
    assert "column start, value '2020-01-01': overlaps the spell of" in fault


def test_share_over_100(data):
    [fault] = faults_after(data, "military_spending", put(5, "spending_gdp_percent", "101"))
    assert "row 6, column spending_gdp_percent, value '101'" in fault
    assert "maximum" in fault


def test_duplicate_key(data):
    [fault] = faults_after(
        data, "states", lambda rows: rows.append([*rows[1][:1], "Twin", *rows[1][2:]])
    )
    assert fault.startswith("data/states.csv: row ")
    assert "the same as in the row" in fault


def test_missing_file(data):
    (data / "treaties.csv").unlink()
    assert tables.check("treaties", data) == [
        "data/treaties.csv: file is missing; restore it with git"
    ]


def test_extra_column(data):
    faults = faults_after(data, "coverage", lambda rows: [row.append("x") for row in rows])
    assert faults
    assert all("data/coverage.csv" in fault for fault in faults)


def test_wrong_encoding(data):
    path = data / "states.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    [fault] = tables.check("states", data)
    assert "not UTF-8" in fault


def test_byte_order_mark(data):
    path = data / "states.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert tables.check("states", data) == [
        "data/states.csv: row 1: starts with a byte-order mark; save it as UTF-8 without BOM"
    ]


def test_participation_without_event(data):
    [fault] = faults_after(data, "participation", put(1, "event", "no-such-event"))
    assert "value 'no-such-event': neither a meeting nor an exercise" in fault


def test_range_that_does_not_rise(data):
    def change(rows):
        put(1, "low", "9")(rows)
        put(1, "best", "5")(rows)
        put(1, "high", "")(rows)

    [fault] = faults_after(data, "reported_figures", change)
    assert "must rise from low to high" in fault


def test_confidence_cannot_be_claimed(data):
    sources = tables.load("sources")
    weak = sources[sources["kind"] == "press"]["key"].iloc[0]

    def change(rows):
        put(1, "source", weak)(rows)
        put(1, "confidence", "high")(rows)

    [fault] = faults_after(data, "treaties", change)
    assert "high needs a primary source" in fault


def test_source_without_bibliography_entry(data):
    faults = faults_after(data, "sources", put(1, "key", "nobody1999"))
    assert any("value 'nobody1999': no such key in references.bib" in fault for fault in faults)


def test_a_changed_value_is_noticed_until_it_is_stamped(data):
    edit(data, "arms_transfers", put(1, "tiv_millions", "99.13"), stamp=False)
    faults = tables.check("arms_transfers", data)
    assert faults
    assert all("make stamp" in fault for fault in faults)
    tables.descriptor.cache_clear()
    assert tables.stamp(data) == ["arms_transfers"]
    tables.descriptor.cache_clear()
    assert tables.check("arms_transfers", data) == []


def test_stamp_leaves_a_true_package_alone(data):
    before = (data / "datapackage.json").read_bytes()
    assert tables.stamp(data) == []
    assert (data / "datapackage.json").read_bytes() == before


def test_main_prints_faults_and_fails(monkeypatch, data, capsys):
    edit(data, "states", put(1, "name", ""))
    monkeypatch.setattr(tables, "check_all", lambda: ["data/states.csv: row 2: bad"])
    assert tables.main(["check"]) == 1
    assert "data/states.csv: row 2: bad" in capsys.readouterr().err
    assert tables.main(["polish"]) == 2


def test_split_keys():
    assert tables.split_keys("a; b;c") == ["a", "b", "c"]
    assert tables.split_keys(None) == []


def test_cited_puts_primary_sources_first():
    kinds = tables.load("sources").set_index("key")["kind"]
    keys = tables.cited(tables.load("memberships"))
    assert len(keys) == 4
    assert kinds[keys[0]] == "primary"


def test_bibliography_holds_every_source():
    assert set(tables.load("sources")["key"]) <= tables.bibliography()


def test_load_checks_a_table_unless_a_build_has(data, monkeypatch):
    path = data / "states.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Kazakhstan", "Qazaqstan"), "utf-8")
    monkeypatch.setenv(CHECKED, str(tables.DATA))
    with pytest.raises(tables.TableError):
        tables.load("states", data)
    monkeypatch.setenv(CHECKED, str(data))
    assert "Qazaqstan" in set(tables.load("states", data)["name"])


def test_bibliography_is_read_as_a_parser_of_bibtex_reads_it():
    parsed = parse_file(str(tables.BIBLIOGRAPHY), bib_format="bibtex")
    assert tables.bibliography() == set(parsed.entries)


def test_no_source_is_a_dead_letter():
    used = {
        key
        for name in tables.names()
        if "source" in tables.load(name)
        for cell in tables.load(name)["source"]
        for key in tables.split_keys(cell)
    }
    assert set(tables.load("sources")["key"]) == used


def test_closing_date_is_that_of_the_newest_source():
    newest = tables.load("sources")["published"].max()
    assert tables.closing_date() == newest
    held = tables.load("meetings").query("status == 'held'")["date_start"].max()
    assert held <= tables.closing_date()
    assert newest < pd.Timestamp("2026-12-31")


@pytest.mark.parametrize("name", tables.names())
def test_every_field_is_described(name):
    entry = tables.describe(name)
    fields = {field["name"] for field in entry["schema"]["fields"]}
    assert fields == set(tables.load(name).columns)
    assert {"title", "description", "sources", "licenses", "terms", "edition", "coverage"} <= set(
        entry
    )
    assert json.dumps(entry)


# The record itself.


def test_an_attache_sat_in_the_turkmen_chair():
    rows = tables.load("participation").set_index(["event", "state"])["level"]
    meetings = tables.load("meetings").query("series == 'security_council_secretaries'")
    assert {rows[meeting, "TKM"] for meeting in meetings["meeting"]} == {"attache"}


def test_no_exercise_is_held_after_the_record_closes():
    held = tables.load("exercises").query("status == 'held'")
    assert (held["date_start"] <= tables.closing_date()).all()


@pytest.mark.parametrize("name", ["exercises", "meetings"])
def test_nothing_is_held_on_the_word_of_pages_written_before_it(name):
    published = tables.load("sources").set_index("key")["published"]
    held = tables.load(name).query("status == 'held' and date_precision == 'day'")
    for row in held[held["confidence"] != "dataset"].itertuples():
        days = published.reindex(tables.split_keys(row.source))
        assert days.isna().any() or days.max() >= row.date_start, row[1]


def test_nobody_takes_part_in_what_was_only_planned():
    planned = tables.load("exercises").query("status != 'held'")["exercise"]
    rows = tables.load("participation").query("level == 'contingent'")
    assert rows[rows["event"].isin(planned)].empty


def test_uzbekistan_left_the_treaty_and_came_back():
    spells = tables.load("memberships").query("state == 'UZB'").set_index("organisation")
    assert spells.loc["cst", "end"].year == 1999
    back = spells.loc[["csto"]].query("status == 'member'").iloc[0]
    assert (back["start"].year, back["end"].year) == (2006, 2012)


def test_volumes_agree_with_the_register():
    """Totals of the edition by recipient, in million TIV, as its deals add up to."""
    totals = tables.load("arms_transfers").groupby("recipient")["tiv_millions"].sum()
    register = {"KAZ": 4066.29, "KGZ": 133.11, "TJK": 199.50, "TKM": 1697.43, "UZB": 655.01}
    assert totals.round(1).to_dict() == pytest.approx(register, abs=0.1)


def test_two_preferred_figures_for_one_thing(data):
    def prefer_all(rows):
        at = rows[0].index("preferred")
        for row in rows[1:]:
            row[at] = "true"

    faults = faults_after(data, "clash_figures", prefer_all)
    assert "another row of the same clash, side, measure, who is too" in faults[0]


def test_a_border_with_an_unknown_treaty(data):
    [fault] = faults_after(data, "border_segments", put(1, "treaties", "border-nowhere-1999"))
    assert "column treaties, value 'border-nowhere-1999': no such treaty" in fault


def test_a_source_that_no_row_uses(data):
    def change(rows):
        for row in rows[1:]:
            row[rows[0].index("source")] = "cisleg8355kztmqa"

    edit(data, "conflict_deaths", change)
    edit(data, "coverage", change)
    [fault] = tables.check("sources", data)
    assert "value 'ucdp2025organized': no row of any table uses it" in fault
