import pytest
from publisher_files import event, events, table

from casi.importers import ucdp_events
from casi.importers.base import ImportFault

CLASHES = table(
    "clash border date_start date_end date_precision",
    ("known", "kgz-tjk", "2025-03-01", "2025-03-03", "day"),
    ("month", "kgz-tjk", "2024-05-01", "", "month"),
    ("other", "kgz-uzb", "2025-07-01", "2025-07-01", "day"),
)


def leads(folder, *rows):
    found, _ = ucdp_events.read(events(folder, *rows))
    return ucdp_events.unknown_clashes(found, CLASHES)


def test_a_clash_that_the_record_lacks_is_named_with_border_days_place_and_dead(tmp_path):
    start, end = "2025-07-01 00:00:00.000", "2025-07-02 00:00:00.000"
    assert leads(tmp_path, event(date_start=start, date_end=end)) == [
        "clashes has no row of kgz-tjk, 1 July 2025 to 2 July 2025, Village: 2 dead"
    ]


@pytest.mark.parametrize(
    "known",
    [
        {"date_start": "2025-03-02 00:00:00.000"},
        {"date_start": "2024-05-31 00:00:00.000"},
        {"date_start": "2025-07-01 00:00:00.000", "date_prec": "4"},
        {"date_start": "2025-07-01 00:00:00.000", "type_of_violence": "2"},
        {"date_start": "2025-07-01 00:00:00.000", "side_b": "IMU"},
        {"date_start": "2025-07-01 00:00:00.000", "side_b": "Government of China"},
    ],
)
def test_nothing_is_said_of_a_known_clash_a_vague_day_or_other_parties(tmp_path, known):
    assert leads(tmp_path, event(**known)) == []


def refused(path):
    with pytest.raises(ImportFault) as fault:
        ucdp_events.read(path)
    return fault.value.faults[0]


def test_two_versions_in_one_file_are_refused(tmp_path):
    twice = events(tmp_path, event(), event())
    assert "event 1 twice: two editions never mix" in refused(twice)
    later = events(tmp_path, last=2026)
    assert "events of 1989 to 2026, not of 1989 to 2025" in refused(later)
    part = events(tmp_path, first=2020)
    assert "take the whole data set" in refused(part)


def test_candidate_events_and_a_file_without_version_are_refused(tmp_path):
    assert "candidate events" in refused(events(tmp_path, name="GEDEvent_v26_0_9.csv"))
    assert "names no version" in refused(events(tmp_path, name="events.csv"))


def test_an_unknown_column_is_refused(tmp_path):
    path = events(tmp_path)
    path.write_text(path.read_text().replace("geom_wkt", "geometry"))
    assert "columns unknown: 'geometry'; missing: 'geom_wkt'" in refused(path)
