import csv
import hashlib
import json

import pytest

from casi import checks, tables
from casi.package_checks import package_faults
from casi.tables import read


def edit(folder, name, change, stamp=True):
    """Rewrite one table with `change(rows)`, rows being lists of cells, the header first."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    if stamp:
        record_hash(folder, name)
    tables.descriptor.cache_clear()


def record_hash(folder, name):
    """Write size and hash of one table, as `checks.stamp` does for all after checking them."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    [entry] = [entry for entry in package["resources"] if entry["name"] == name]
    content = (folder / entry["path"]).read_bytes()
    entry |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    path.write_text(json.dumps(package), encoding="utf-8")


def put(row, column, value):
    def change(rows):
        rows[row][rows[0].index(column)] = value

    return change


def faults_after(folder, name, change):
    edit(folder, name, change)
    return checks.check(name, folder)


@pytest.fixture
def no_bibliography(monkeypatch):
    """Leave out the checks of the bibliography, which take longer than those of a table."""
    monkeypatch.setattr(checks, "bibliography_faults", lambda path: [])
    monkeypatch.setattr(checks.text_rules, "bibliography_faults", lambda path: [])


def test_check_all_covers_every_table(data, monkeypatch, no_bibliography):
    monkeypatch.setattr(checks, "names", lambda folder: ["coverage", "states"])  # not all 25 again
    edit(data, "states", put(1, "name", ""))
    edit(data, "coverage", put(1, "year_to", "soon"))
    assert {fault.split(":")[0] for fault in checks.check_all(data)} >= {
        "data/states.csv",
        "data/coverage.csv",
    }


def test_wrong_type(data):
    faults = faults_after(data, "arms_transfers", put(3, "tiv_millions", "much"))
    assert faults == [
        "data/arms_transfers.csv: row 4, column tiv_millions, value 'much': "
        "must be a decimal number"
    ]


def test_unknown_state_code(data):
    [fault] = faults_after(data, "memberships", put(1, "state", "ZZZ"))
    assert "row 2, column state, value 'ZZZ'" in fault
    assert "states" in fault


def test_dangling_source_key(data):
    fault, *_ = faults_after(data, "treaties", put(1, "source", "nobody1999"))
    assert "row 2, column source, value 'nobody1999': no such key in references.bib" in fault


def test_source_twice_in_one_cell(data):
    key = read("treaties", data)["source"][0].split(";")[0]
    [fault] = faults_after(data, "treaties", put(1, "source", f"{key};{key}"))
    assert f"row 2, column source, value '{key}': stands twice in one cell" in fault


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
    assert fault.endswith("has the key of row 2; each row its own")


def test_missing_file(data):
    (data / "treaties.csv").unlink()
    assert checks.check("treaties", data) == [
        "data/treaties.csv: file is missing; restore it with git"
    ]


def test_extra_column(data):
    faults = faults_after(data, "coverage", lambda rows: [row.append("x") for row in rows])
    assert faults
    assert all("data/coverage.csv" in fault for fault in faults)


def test_wrong_encoding(data):
    path = data / "states.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    [fault] = checks.check("states", data)
    assert "not UTF-8" in fault


def test_byte_order_mark(data):
    path = data / "states.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert checks.check("states", data) == [
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


def test_bibliography_entry_that_no_row_describes(data):
    key = read("sources", data)["key"].iloc[-1]
    faults = faults_after(data, "sources", lambda rows: rows.pop())
    fault = f"value '{key}': references.bib has this key, no row describes it"
    assert any(fault in line for line in faults)


def test_source_without_bibliography_entry(data):
    faults = faults_after(data, "sources", put(1, "key", "nobody1999"))
    assert any("value 'nobody1999': no such key in references.bib" in fault for fault in faults)


def test_a_changed_value_is_noticed_until_it_is_stamped(data):
    edit(data, "arms_transfers", put(1, "tiv_millions", "99.13"), stamp=False)
    faults = checks.check("arms_transfers", data)
    assert faults
    assert all("make stamp" in fault for fault in faults)
    tables.descriptor.cache_clear()
    assert checks.stamp(data) == ["arms_transfers"]
    tables.descriptor.cache_clear()
    assert checks.check("arms_transfers", data) == []


def test_stamp_leaves_a_true_package_alone(data):
    before = (data / "datapackage.json").read_bytes()
    assert checks.stamp(data) == []
    assert (data / "datapackage.json").read_bytes() == before


def test_main_prints_faults_and_fails(monkeypatch, data, capsys):
    edit(data, "states", put(1, "name", ""))
    monkeypatch.setattr(checks, "check_all", lambda: ["data/states.csv: row 2: bad"])
    assert checks.main([]) == 1
    assert "data/states.csv: row 2: bad" in capsys.readouterr().err
    assert checks.main(["polish"]) == 2


def test_two_preferred_figures_for_one_thing(data):
    def prefer_all(rows):
        column = rows[0].index("preferred")
        for row in rows[1:]:
            row[column] = "true"

    faults = faults_after(data, "clash_figures", prefer_all)
    assert "another row of the same clash, side, measure, who is too" in faults[0]


def test_a_border_with_an_unknown_treaty(data):
    [fault] = faults_after(data, "border_segments", put(1, "treaties", "border-nowhere-1999"))
    assert "column treaties, value 'border-nowhere-1999': no such treaty" in fault


def test_a_source_that_no_row_uses(data):
    def add(rows):
        rows.append(
            [
                "spare2026key" if name == "key" else cell
                for name, cell in zip(*rows[:2], strict=True)
            ]
        )

    faults = faults_after(data, "sources", add)
    assert any("value 'spare2026key': no row of any table uses it" in fault for fault in faults)


def test_load_raises_every_fault_at_once(data):
    def change(rows):
        put(1, "recipient", "XYZ")(rows)
        put(2, "tiv_millions", "much")(rows)

    edit(data, "arms_transfers", change)
    with pytest.raises(tables.TableError) as error:
        tables.load("arms_transfers", data)
    assert len(error.value.faults) == 2
    assert str(error.value).count("\n") == 1


def test_stamping_names_every_file_that_cannot_be_read_and_writes_nothing(data):
    before = (data / "datapackage.json").read_bytes()
    (data / "states.csv").unlink()
    (data / "places.csv").write_bytes(b"\xff")
    (data / "claims.csv").write_text("changed\n")
    with pytest.raises(tables.TableError, match=r"(?s)states.csv: file is missing.*places.csv"):
        checks.stamp(data)
    assert (data / "datapackage.json").read_bytes() == before


def test_at_most_fifty_faults_are_shown_and_all_are_counted(monkeypatch, capsys):
    monkeypatch.setattr(checks, "check_all", lambda: [f"fault {number}" for number in range(51)])
    assert checks.main([]) == 1
    shown = capsys.readouterr().err.splitlines()
    assert len(shown) == 51 and shown[49] == "fault 49"
    assert shown[50] == "51 faults in data/; the first 50 are shown"


@pytest.mark.parametrize("day", ["2024-02-30", "09.08.2024", "2024"])
def test_a_table_that_others_read_is_named_once_if_its_dates_are_none(
    data, monkeypatch, no_bibliography, day
):
    monkeypatch.setattr(checks, "names", lambda folder: ["meetings", "participation"])
    edit(data, "meetings", put(1, "date_start", day))
    [fault] = checks.check_all(data)
    assert fault.startswith(f"data/meetings.csv: row 2, column date_start, value '{day}': ")


def test_an_error_of_the_code_is_not_taken_for_a_fault_of_a_table(data, monkeypatch):
    monkeypatch.setattr(checks, "_rule_faults", lambda *_: int("x"))
    with pytest.raises(ValueError, match="invalid literal"):
        checks.check("coverage", data)


def test_a_package_with_a_fault_is_not_stamped(data):
    descriptor = data / "datapackage.json"
    descriptor.write_text("null")
    with pytest.raises(tables.TableError, match="is not of type 'object'"):
        checks.stamp(data)
    assert descriptor.read_text() == "null"


def test_a_new_table_has_its_size_and_hash_from_the_stamp(data):
    path = data / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    del package["resources"][0]["hash"], package["resources"][0]["bytes"]
    path.write_text(json.dumps(package), "utf-8")
    tables.descriptor.cache_clear()
    assert checks.stamp(data) == ["states"]
    assert package_faults(data) == []


def test_main_says_that_the_tables_are_sound_and_what_it_stamped(monkeypatch, capsys):
    monkeypatch.setattr(checks, "check_all", lambda: [])
    monkeypatch.setattr(checks, "stamp", lambda: [])
    assert checks.main([]) == checks.main(["stamp"]) == 0
    monkeypatch.setattr(checks, "stamp", lambda: ["states", "places"])
    assert checks.main(["stamp"]) == 0
    sound = f"{len(tables.names())} tables in data/ are sound"
    stamped = ["Stamped: nothing had changed", sound, "Stamped: states, places", sound]
    assert capsys.readouterr().out.splitlines() == [sound, *stamped]


def test_a_stamp_changes_nothing_but_size_and_hash(data):
    before, places = (data / "datapackage.json").read_bytes(), (data / "places.csv").read_bytes()
    edit(data, "places", put(1, "lat", "40.0"))
    assert (data / "datapackage.json").read_bytes() != before
    (data / "places.csv").write_bytes(places)
    assert checks.stamp(data) == ["places"]
    assert (data / "datapackage.json").read_bytes() == before
    tables.descriptor.cache_clear()
