import pytest

from casi.record.facts import gatherings

EVENT = {"date_start": "2024-05-16", "date_end": "2024-05-18", "date_precision": "day"}
EVENT |= {"place": "Astana", "status": "held", "note": "A."}
DATES = ["date_start", "date_end"]


@pytest.fixture
def came(table):
    rows = table(
        {"event": "m", "state": "UZB", "level": "ambassador"},
        {"event": "m", "state": "TJK", "level": "head_of_state"},
        {"event": "m", "state": "KAZ", "level": "head_of_state"},
        {"event": "m", "state": "KGZ", "level": "absent"},
        {"event": "e", "state": "KAZ", "level": "contingent"},
        {"event": "e", "state": "TJK", "level": None},
        {"event": "e", "state": "RUS", "level": "observer"},
        {"event": "e", "state": "UZB", "level": "official"},
        {"event": "m", "state": "RUS", "level": "minister"},
    )
    watches = (rows["event"] == "m") & (rows["state"] == "RUS")
    return rows.assign(role=watches.map({True: "observer", False: None}))


def test_a_meeting_names_who_came_by_level(tables, table, came):
    meeting = {"meeting": "m", "name": "Summit", "series": "c5_russia", "documents": "Plan."}
    tables(participation=came, meetings=table(meeting | EVENT, dates=DATES))
    [fact] = gatherings.meetings().to_dict("records")
    assert fact["Who"] == (
        "Heads of state: Kazakhstan, Tajikistan; Minister: Russia; Ambassador: Uzbekistan; "
        "Absent: Kyrgyzstan"
    )
    assert (fact["Date"], fact["Until"], fact["Kind"]) == ("2024-05-16", "2024-05-18", "Meeting")
    assert fact["States"] == "KAZ;TJK;UZB" and fact["Frame"] == "C5+Russia"
    assert (
        fact["Level"] == "head of state;minister;ambassador;absent"
        and fact["Place"] == "astana-kaz"
    )
    assert fact["Note"] == "Plan. A" and fact["Key"] == "meetings/m"
    assert fact["Sources"] == "one;two" and fact["Grade"] == "high"


def test_of_a_meeting_of_a_body_only_the_six_are_on_record(tables, table, came):
    meeting = {"meeting": "m", "name": "Council", "body": "csto", "documents": None}
    meeting |= {"council": "defence_ministers"} | EVENT
    tables(participation=came, body_meetings=table(meeting, dates=DATES))
    [fact] = gatherings.body_meetings().to_dict("records")
    assert (fact["Frame"], fact["Complete"]) == ("CSTO", "no")
    assert fact["Key"] == "body_meetings/m" and fact["Names"] == "defence ministers"


@pytest.mark.parametrize(("known", "complete"), [(True, ""), (False, "no"), (None, "no")])
def test_only_forces_and_unknown_parts_take_part_in_an_exercise(
    tables, table, came, known, complete
):
    drill = {"exercise": "e", "name": "Drill", "other_names": "Учение", "frame": "csto"} | EVENT
    drill |= {"status": "planned", "date_precision": "month", "location": "nowhere"}
    drill |= {"participants_complete": known}
    tables(participation=came, exercises=table(drill, dates=DATES))
    [fact] = gatherings.exercises().to_dict("records")
    assert fact["States"] == "KAZ;TJK" and fact["Complete"] == complete
    assert fact["Who"] == (
        "Contingent: Kazakhstan; Part not known: Tajikistan; Official: Uzbekistan; Observer: Russia"
    )
    assert (fact["Date"], fact["Until"]) == ("2024-05", "")
    assert fact["Note"] == "Planned. Учение. A" and fact["Names"] == "Учение"
    assert fact["Place"] == "" and fact["Frame"] == "CSTO"


def test_every_frame_and_series_of_the_record_has_words():
    for read in (gatherings.meetings, gatherings.body_meetings, gatherings.exercises):
        assert (read()["Frame"] != "").all()


@pytest.mark.parametrize(
    ("word", "several"),
    [
        ("head of state", "Heads of state"),
        ("secretary", "Secretaries"),
        ("attaché", "Attachés"),
        ("head of service", "Heads of service"),
        ("absent", "Absent"),
        ("minister", "Ministers"),
        ("part not known", "Part not known"),
    ],
)
def test_levels_are_written_in_the_plural(tables, table, word, several):
    levels = {"head of state": "head_of_state", "secretary": "security_council_secretary"}
    levels |= {"head of service": "agency_head", "attaché": "attache", "part not known": None}
    both = [{"event": "e", "state": s, "level": levels.get(word, word)} for s in ("KAZ", "UZB")]
    drill = {"exercise": "e", "name": "D", "other_names": "", "frame": "five", "location": ""}
    drill |= {"participants_complete": True} | EVENT
    tables(participation=table(*both), exercises=table(drill, dates=DATES))
    assert gatherings.exercises()["Who"].tolist() == [f"{several}: Kazakhstan, Uzbekistan"]
