"""The database: the rows of the tables, links, views, and the queries of the README."""

import re
import sqlite3

import pytest

from casi import tables
from casi.book.datasets import database
from casi.book.datasets.entries import Field, Table
from casi.counting import counted
from casi.record import lookup

README = (tables.DATA / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", README.partition("## Ten questions")[2], re.DOTALL)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return database.write_database(tmp_path_factory.mktemp("database") / "x.sqlite")


@pytest.fixture(scope="module")
def connection(path):
    with sqlite3.connect(path) as opened:
        yield opened
    opened.close()


def rows(connection, query):
    return connection.execute(query).fetchall()


@pytest.mark.parametrize("name", tables.names())
def test_each_table_has_all_its_rows(connection, name):
    [(count,)] = rows(connection, f'SELECT COUNT(*) FROM "{name}"')
    assert count == len(tables.read(name))


def test_about_tells_terms_and_hash_of_each_table(connection):
    told = {name: rest for name, *rest in rows(connection, "SELECT name, terms, hash FROM about")}
    assert told.keys() == {*tables.names(), "bibliography"}
    entry = tables.describe("arms_deals")
    assert told["arms_deals"] == [entry["licenses"][0]["title"], entry["hash"]]


def test_every_link_leads_to_a_row(connection):
    assert rows(connection, "PRAGMA foreign_key_check") == []
    orphans = "SELECT value FROM exercises_source WHERE value NOT IN (SELECT key FROM bibliography)"
    assert rows(connection, orphans) == []


def test_a_list_has_one_row_a_value(connection):
    sources = tables.read("exercises").set_index("exercise").at["birlestik-2024", "source"]
    query = "SELECT value FROM exercises_source WHERE exercise = 'birlestik-2024' ORDER BY rowid"
    assert [value for (value,) in rows(connection, query)] == tables.split_keys(sources)


def test_who_took_part_is_yes_no_or_unknown(connection):
    connection.executescript("""
        SAVEPOINT small;
        INSERT INTO exercises (exercise, name, date_start, status, participants_complete)
          VALUES ('x-whole', 'x', '2020-01-01', 'held', 1),
            ('x-part', 'x', '2020-01-01', 'held', 0);
        INSERT INTO participation (event, state, level) VALUES
          ('x-whole', 'KAZ', 'contingent'), ('x-whole', 'KGZ', 'observer'), ('x-part', 'KAZ', NULL),
          ('x-part', 'KGZ', 'absent');
    """)
    query = "SELECT state, took_part FROM event_states WHERE event = '{}' AND state IN {}"
    three = "('KAZ', 'KGZ', 'RUS')"
    whole = dict(rows(connection, query.format("x-whole", three)))
    part = dict(rows(connection, query.format("x-part", three)))
    company = (
        "SELECT of_five, participants, with_russia FROM exercise_company WHERE event = 'x-part'"
    )
    assert rows(connection, company) == [(1, "Kazakhstan", "unknown")]
    connection.execute("ROLLBACK TO small")
    assert whole == {"KAZ": "yes", "KGZ": "no", "RUS": "no"}
    assert part == {"KAZ": "yes", "KGZ": "no", "RUS": "unknown"}


def test_who_took_part_in_an_exercise_is_counted_as_in_the_text(connection):
    query = "SELECT event, state FROM event_states WHERE kind = 'exercises' AND took_part = 'yes'"
    parts = lookup.took_part(tables.read("participation"))
    exercises = set(tables.read("exercises")["exercise"])
    assert set(rows(connection, query)) == {
        (event, state) for event in exercises & set(parts.index) for state in parts[event]
    }


def test_who_took_part_in_a_meeting_is_counted_by_the_rules(connection):
    seats = tables.read("participation")
    events = set(tables.read("meetings")["meeting"]) | set(tables.read("body_meetings")["meeting"])
    seats = seats[seats["event"].isin(events)]
    for column in ("took_part", "came"):
        query = (
            f"SELECT event, state FROM event_states WHERE kind != 'exercises' AND {column} = 'yes'"
        )
        expected = seats.loc[counted(seats, column), ["event", "state"]]
        assert set(rows(connection, query)) == set(expected.itertuples(index=False, name=None))


def test_windows_are_of_five_years_and_hold_all_deliveries(connection):
    found = rows(connection, "SELECT DISTINCT first_year, last_year FROM arms_by_window")
    last = tables.read("arms_transfers")["delivery_year"].max()
    assert (last - 4, last) in found and all(end - start == 4 for start, end in found)
    [(total,)] = rows(connection, "SELECT SUM(tiv_millions) FROM arms_by_window")
    assert total == pytest.approx(tables.read("arms_transfers")["tiv_millions"].sum())


def test_views_are_tables_with_types_and_a_meaning(path):
    views = {view.name: view for view in database.read_views(path, 10_000)}
    assert {"exercise_company", "treaty_status", "arms_by_window", "membership_by_year"} < {*views}
    assert "event_states" not in views  # which has a row an event and state
    company = views["exercise_company"]
    assert {field.name: field.type for field in company.fields if field.type != "string"} == {
        "date_start": "date",
        "of_five": "number",
    }
    assert len(company.rows) == len(tables.read("exercises"))
    assert company.meaning.startswith("One row an exercise:")


@pytest.mark.parametrize("query", QUERIES, ids=[query.split("\n")[0][:40] for query in QUERIES])
def test_each_query_of_the_readme_has_an_answer(connection, query):
    assert rows(connection, query)


def test_the_readme_has_ten_queries():
    assert len(QUERIES) == 10


def test_tables_come_after_those_they_refer_to():
    def made(name, **links):
        return Table(name, "", "", [Field("a", "string", "", False)], ["a"], links, [])

    found = database.in_order([made("one", a=("two", "a")), made("two", a=("two", "a"))])
    assert [table.name for table in found] == ["two", "one"]
    with pytest.raises(ValueError, match="circle: one, two"):
        database.in_order([made("one", a=("two", "a")), made("two", a=("one", "a"))])
