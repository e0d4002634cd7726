"""Incidents and milestones: each rule on a table that breaks it and one that does not."""

import pytest
from hand_made import faults_of_the_record, refused, table, together

from casi.contradictions import incidents


def incident(**changes):
    columns = (
        "incident kind date_start date_precision state border killed_low killed_best killed_high "
        "wounded_low wounded_best wounded_high source confidence"
    )
    row = (
        *("tjk-2025-11-26", "cross_border_attack", "2025-11-26", "day", "TJK", "afg-tjk"),
        *(3, 3, 3, None, None, None, "a;b", "high"),
    )
    frame = table(columns, row).assign(**changes)
    return frame.astype({"date_start": "datetime64[ns]"})


def milestone(**changes):
    columns = "milestone topic subject action date date_precision states"
    row = ("m", "water", "syr_darya", "agreement", "1998-03-17", "day", "KAZ;KGZ;UZB")
    return table(columns, row).assign(**changes).astype({"date": "datetime64[ns]"})


STATES = table("iso3 name", *[(code, code) for code in ("XXX", "AFG", "KAZ", "KGZ", "TJK", "UZB")])


def test_counts_of_killed_and_wounded_rise():
    def found(**changes):
        return refused("casualties_rise", incidents=incident(**changes))

    assert found() == found(killed_low=2, killed_high=None) == found(killed_best=None) == set()
    assert found(killed_low=4) == found(killed_high=2) == {("incidents.killed_best", 0)}
    assert found(killed_best=None, killed_high=2) == {("incidents.killed_best", 0)}
    assert found(wounded_low=5, wounded_best=4) == {("incidents.wounded_best", 0)}


def test_an_incident_harms_no_more_than_its_kind_can():
    def found(**changes):
        return refused("harm_is_plausible", incidents=incident(**changes))

    assert found() == found(killed_high=500) == found(kind="foiled_plot", wounded_low=20) == set()
    assert found(killed_high=501) == {("incidents.killed_best", 0)}
    assert found(kind="foiled_plot", wounded_low=21) == {("incidents.wounded_best", 0)}


def test_the_kinds_of_the_afghan_border_are_there_and_its_states_touch_it():
    def found(**changes):
        return refused("incident_is_of_border", incidents=incident(**changes))

    assert found() == found(kind="border_shooting") == set()
    assert found(kind="terrorist_attack", border=None) == set()
    assert found(state="KGZ") == {("incidents.border", 0)}
    assert found(border="tjk-uzb") == found(border=None) == {("incidents.border", 0)}
    assert found(kind="terrorist_attack") == {("incidents.kind", 0)}
    assert found(kind="armed_incursion", border="kgz-tjk", state="KGZ") == set()
    assert found(kind="armed_incursion", border=None) == {("incidents.border", 0)}


def test_the_place_lies_in_the_state_or_across_its_border():
    places = table("name state", ("Osh", "KGZ"), ("Kunduz", "AFG"), ("Sary-Su", "KGZ"))

    def found(place, **changes):
        rows = incident(place=place, **changes)
        return refused("incident_is_in_its_state", incidents=rows, places=places)

    assert found("near Kunduz") == found("Oshoba") == found(None) == set()
    assert found("Osh", state="KGZ", border=None) == set()
    assert found("Osh region") == {("incidents.place", 0)}
    assert found("Kunduz", state="KGZ", border=None) == {("incidents.place", 0)}


def test_the_key_holds_state_and_day_no_more_exactly_than_known():
    def found(*rows):
        return refused("incident_key_fits", incidents=together(*rows))

    month = {"date_start": "2025-11-01", "date_precision": "month"}
    assert found(incident()) == found(incident(incident="tjk-2025-11-plot", **month)) == set()
    wrong = {("incidents.incident", 0)}
    assert found(incident(date_start="2025-11-27")) == found(incident(state="UZB")) == wrong
    assert found(incident(incident="tjk-2025", **month)) == wrong
    again = incident(incident="tjk-2025-11-26-b")
    assert found(incident(), again) == {("incidents.incident", 1)}
    assert found(incident(), again.assign(kind="border_shooting")) == set()


def test_a_plot_that_one_body_alone_reports_is_low():
    sources = table("key independence_group", ("a", "gknb"), ("b", "gknb"), ("c", "wire"))

    def found(**changes):
        rows = incident(kind="foiled_plot", border=None, **changes)
        return refused("plot_is_more_than_a_claim", incidents=rows, sources=sources)

    assert found() == {("incidents.confidence", 0)}
    assert found(source="a;c") == found(confidence="low") == set()
    rows = incident()  # an attack is seen, and not only claimed
    assert refused("plot_is_more_than_a_claim", incidents=rows, sources=sources) == set()


def test_a_milestone_names_known_states_in_order():
    def found(**changes):
        return refused("milestone_is_well_formed", milestones=milestone(**changes), states=STATES)

    assert found() == set()
    wrong = {("milestones.states", 0)}
    assert found(states="KGZ;KAZ") == found(states="KAZ;KAZ") == found(states="KAZ;XYZ") == wrong
    assert found(states="KAZ;XXX") == wrong  # the code of an unknown supplier of arms
    assert found(action="chair") == found(action="withdrawal") == {("milestones.action", 0)}
    assert found(action="chair", topic="zone") == set()


def test_a_subject_has_one_topic():
    rows = together(*[milestone(milestone=key) for key in "abc"])
    assert refused("milestone_is_well_formed", milestones=rows, states=STATES) == set()
    rows.loc[2, "topic"] = "corridor"
    found = refused("milestone_is_well_formed", milestones=rows, states=STATES)
    assert found == {("milestones.topic", 2)}


def test_a_step_is_there_once():
    def found(**changes):
        first = milestone(what="They sign.")
        other = milestone(**{"what": "They sign it."} | changes)
        return refused("milestone_is_there_once", milestones=together(first, other))

    assert found(date="1998-03-18") == found(states="KAZ;KGZ") == found(action="opened") == set()
    again = {("milestones.milestone", 1)}
    assert found() == found(milestone="m2") == found(date="1998-03-18", what="They sign.") == again


def test_an_agreement_has_two_states():
    def found(**changes):
        return refused("milestone_is_there_once", milestones=milestone(what="w", **changes))

    assert found() == found(states="UZB", action="law") == set()
    assert found(states="UZB") == {("milestones.states", 0)}


@pytest.mark.parametrize("action", ["agreement", "talks"])
def test_what_is_a_treaty_or_a_meeting_is_no_milestone(action):
    signed = [("t", state, "signed", "1998-03-17") for state in ("KAZ", "KGZ", "UZB")]
    seats = [("m", state, "minister", None) for state in ("KAZ", "KGZ", "UZB")]

    def found(**changes):
        return refused(
            "milestone_is_no_other_row",
            milestones=milestone(**{"action": action} | changes),
            treaty_actions=table("treaty state action date", *signed),
            meetings=table("meeting date_start", ("m", "1998-03-17")),
            participation=table("event state level role", *seats),
        )

    assert found() == {("milestones.milestone", 0)}
    assert found(states="KAZ;KGZ") == found(date="1998-03-18") == set()
    assert found(action="statement") == found(date_precision="month") == set()


def test_the_record_keeps_these_rules():
    assert faults_of_the_record(incidents) == []


def test_the_states_that_a_text_names_are_those_of_the_step():
    names = table("iso3 name", ("KAZ", "Kazakhstan"), ("UZB", "Uzbekistan"))

    def found(what):
        rows = table("milestone states what", ("m", "KAZ", what))
        return refused("states_of_the_text_are_listed", milestones=rows, states=names)

    assert found("Kazakhstan takes the chair.") == found("A law.") == set()
    assert found("Kazakhstan and Uzbekistan sign.") == {("milestones.states", 0)}
