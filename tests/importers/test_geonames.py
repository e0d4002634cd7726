import zipfile

import pytest
from publisher_files import table

from casi.importers import geonames
from casi.importers.base import ImportFault
from casi.importers.geonames import COLUMNS, KEY

POINTS = {"587084": ("AZ", "40.3777", "49.8920"), "524901": ("RU", "55.7520", "37.6178")}
OLD = {
    "places": table(
        "place name state lat lon note source",
        ("baku-aze", "Baku", "AZE", "40.3777", "49.892", "GeoNames 587084", KEY),
        ("moscow-rus", "Moscow", "RUS", "55.752", "37.6178", "GeoNames 524901; near", KEY),
        ("otar-kaz", "Otar", "KAZ", "43.5", "75.2", "mme3134", "mme"),
    ),
    "map_labels": table(
        "label name state lat lon note source",
        ("baku", "Baku", "AZE", "40.3777", "49.892", "GeoNames 587084", KEY),
    ),
    "sources": table("key published", (KEY, "2026-11-01")),
}


def lines(points, edited="2026-11-29"):
    """Return lines of a table of GeoNames."""
    for number, (state, lat, lon) in points.items():
        known = {"geonameid": number, "latitude": lat, "longitude": lon, "country code": state}
        cells = dict.fromkeys(COLUMNS, "") | known | {"modification date": edited, "name": '"x'}
        yield "\t".join(cells.values())


def written(folder, points=POINTS, **more):
    path = folder / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("allCountries.txt", "\n".join(lines(points, **more)))
    return path


def rows(path):
    return {draft.table: draft.rows for draft in geonames.make([path], OLD).drafts}


def refused(path):
    with pytest.raises(ImportFault) as fault:
        geonames.make([path], OLD)
    return fault.value.faults


def test_unchanged_points_leave_the_tables_as_they_are(tmp_path):
    found = rows(written(tmp_path))
    for name in geonames.TABLES:
        assert found[name].to_numpy().tolist() == OLD[name].to_numpy().tolist()


def test_a_point_that_moved_moves_in_each_table_and_no_other_does(tmp_path):
    found = rows(written(tmp_path, POINTS | {"587084": ("AZ", "40.38001", "50")}))
    assert found["places"][["lat", "lon"]].to_numpy().tolist() == [
        ["40.38", "50.0"],
        ["55.752", "37.6178"],
        ["43.5", "75.2"],
    ]
    assert found["map_labels"]["lat"].tolist() == ["40.38"]


def test_the_day_of_extraction_is_that_of_the_last_edit_and_the_key_stays(tmp_path):
    draft = geonames.make([written(tmp_path)], OLD).drafts[0]
    assert (draft.editions[0].key, draft.partial) == (KEY, True)
    assert draft.edition == "extraction of 29 November 2026"


def test_the_text_file_is_read_as_its_archive(tmp_path):
    path = tmp_path / "cities500.txt"
    path.write_text("\n".join(lines(POINTS)))
    assert rows(path)["places"]["lat"].tolist() == ["40.3777", "55.752", "43.5"]


def test_two_extractions_never_mix(tmp_path):
    path = written(tmp_path)
    with pytest.raises(ImportFault, match="give one file, not 2: two editions never mix"):
        geonames.make([path, path], OLD)
    twice = tmp_path / "twice.txt"
    twice.write_text("\n".join([*lines(POINTS), *lines(POINTS, edited="2025-01-01")]))
    assert "524901, 587084 twice: two editions never mix" in refused(twice)[0]
    assert "holds the points of 2026-11-01" in refused(written(tmp_path, edited="2026-10-31"))[0]


def test_each_place_that_is_missing_or_in_another_state_is_named(tmp_path):
    assert refused(written(tmp_path, {"524901": ("UA", "55.7", "37.6")})) == [
        "allCountries.zip: no place 587084 (baku-aze); take allCountries.zip or another place",
        "allCountries.zip: 524901 (moscow-rus) is in UKR, not in RUS",
        "allCountries.zip: no place 587084 (baku); take allCountries.zip or another place",
    ]


def test_another_form_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\n".join(f"{line}\tnew" for line in lines(POINTS)))
    assert "20 columns, not 19" in refused(path)[0]
    north = written(tmp_path, POINTS | {"587084": ("AZ", "95", "5")})
    assert "587084: no degrees" in refused(north)[0]
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("readme.txt", "")
    assert "no b.txt in it" in refused(tmp_path / "b.zip")[0]
