"""Texts and what they are about: a text that rows on different states cite is refused."""

import pandas as pd
from hand_made import faults_of_the_record, refused, table

from casi.contradictions import subjects

SOURCES = table("key kind", ("text", "press"), ("list", "dataset"))
STATES = table("iso3", ("KAZ",), ("KGZ",), ("TJK",), ("UZB",))
SEATS = table("event state source", ("m", "KAZ", "other"), ("m", "UZB", "other"))
MEMBERS = table("organisation state source", ("sco", "KAZ", "other"), ("sco", "TJK", "other"))


def found(**tables):
    """Return what is refused if all other tables are empty."""
    given = {
        name: pd.DataFrame(columns=[*columns, "source"], dtype="object")
        for name, columns in subjects.SUBJECTS.items()
    }
    given["meetings"] = table("meeting host source", ("m", None, "other"), ("n", None, "other"))
    given |= {"participation": SEATS, "memberships": MEMBERS, "sources": SOURCES, "states": STATES}
    return refused("source_speaks_of_the_subject", **(given | tables))


def borders(*rows):
    return {"clashes": table("border source", *rows)}


def test_two_rows_that_cite_a_text_share_a_state():
    assert found(**borders(("kaz-uzb", "text"), ("kaz-kgz", "text"))) == set()
    assert found(**borders(("kaz-uzb", "text"))) == set()
    both = {("clashes.source", 0), ("clashes.source", 1)}
    assert found(**borders(("kaz-uzb", "text"), ("kgz-tjk", "text"))) == both
    third = borders(("kaz-uzb", "text"), ("kaz-uzb", "text"), ("kgz-tjk", "text;other"))
    assert found(**third) == {("clashes.source", 2)}


def test_a_data_set_is_about_many_states():
    assert found(**borders(("kaz-uzb", "list"), ("kgz-tjk", "list"))) == set()


def test_a_key_is_about_the_states_that_took_part_and_a_body_about_its_members():
    figures = {"reported_figures": table("subject source", ("m", "text"))}
    assert found(**borders(("kaz-kgz", "text")), **figures) == set()
    assert len(found(**borders(("kgz-tjk", "text")), **figures)) == 2
    bodies = {"organisations": table("organisation source", ("sco", "text"))}
    assert found(**borders(("kgz-tjk", "text")), **bodies) == set()
    assert len(found(**borders(("kgz-uzb", "text")), **bodies)) == 2


def test_a_meeting_without_known_seats_is_about_the_five():
    figures = {"reported_figures": table("subject source", ("n", "text"))}
    assert found(**borders(("kgz-tjk", "text")), **figures) == set()


def test_a_row_about_no_known_state_leaves_its_texts_alone():
    figures = {"reported_figures": table("subject source", ("topic", "text"))}
    assert found(**borders(("kgz-tjk", "text")), **figures) == set()


def test_the_record_has_no_fault_of_subjects():
    assert faults_of_the_record(subjects) == []
