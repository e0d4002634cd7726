import io
import zipfile

import pytest
import shapefile
from publisher_files import table

from casi.importers import natural_earth
from casi.importers.base import ImportFault
from casi.importers.natural_earth import DRAWN, LAYER

CALLED = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan", "Azerbaijan")
NAMES = dict(zip(DRAWN, CALLED, strict=True)) | {"CHN": "China"}
SQUARES = {  # far from the others, for each state that a test says nothing of
    state: [[(x, 0), (x, 1), (x + 1, 1), (x + 1, 0), (x, 0)]]
    for x, state in zip(range(100, 200, 10), DRAWN, strict=False)
}
PRJ = 'GEOGCS["GCS_WGS_1984",PRIMEM["Greenwich",0.0],UNIT["Degree",0.017453292519943295]]'
WEST = [(0, 0), (0, 1), (0, 2), (2, 2), (2.01, 1), (2, 0), (0, 0)]  # its east is nearly straight
EAST = [(2, 0), (2.01, 1), (2, 2), (4, 2), (4, 0), (2, 0)]
OLD = {
    "outlines": table("state ring point lon lat border", key=3),
    "border_segments": table("border", ("chn-kaz",), ("kaz-uzb",)),
}


def written(folder, states=None, *, version="4.1.0", prj=PRJ, layer=LAYER, column="ADMIN"):
    """Write an archive as Natural Earth makes them, of rings in degrees by state."""
    parts = {end: io.BytesIO() for end in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON) as writer:
        writer.field(column, "C", 40)
        for state, rings in (SQUARES | (states or {})).items():
            writer.poly(rings)
            writer.record(NAMES[state])
    path = folder / f"{layer}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for end, part in parts.items():
            name = zipfile.ZipInfo(f"{layer}.{end}", (2025, 5, 1, 0, 0, 0))
            archive.writestr(name, part.getvalue())
        archive.writestr(f"{layer}.prj", prj)
        archive.writestr(f"{layer}.VERSION.txt", f"{version}\n")
    return path


def rows(path, outlines=OLD["outlines"]):
    found = natural_earth.make([path], OLD | {"outlines": outlines}).drafts[0].rows
    return found.set_index("state")


def points(found, state):
    return found.loc[state, ["lon", "lat"]].astype(float).to_numpy().tolist()


def refused(*paths):
    with pytest.raises(ImportFault) as fault:
        natural_earth.make(paths, OLD)
    return fault.value.faults[0]


def test_points_within_the_tolerance_of_a_straight_line_are_left_out(tmp_path):
    found = rows(written(tmp_path, {"KAZ": [WEST]}))
    assert points(found, "KAZ") == [[0, 0], [0, 2], [2, 2], [2, 0]]
    bent = [(3, 1) if point == (2.01, 1) else point for point in WEST]
    assert [3, 1] in points(rows(written(tmp_path, {"KAZ": [bent]})), "KAZ")


def test_a_step_that_two_states_share_follows_their_border_and_a_coast_none(tmp_path):
    found = rows(written(tmp_path, {"KAZ": [WEST], "CHN": [EAST]}))
    assert found.loc["KAZ", "border"].tolist() == ["", "", "chn-kaz", ""]
    assert "CHN" not in found.index


def test_an_enclave_follows_the_border_of_the_state_around_it(tmp_path):
    around = [(0, 0), (0, 9), (9, 9), (9, 0), (0, 0)]
    hole = [(4, 4), (5, 4), (5, 5), (4, 5), (4, 4)]
    found = rows(written(tmp_path, {"KAZ": [around, hole], "UZB": [hole[::-1]]}))
    assert set(found.loc["UZB", "border"]) == {"kaz-uzb"}


def test_azerbaijan_has_an_outline_without_borders(tmp_path):
    found = rows(written(tmp_path, {"AZE": [WEST], "CHN": [EAST]}))
    assert set(found.loc["AZE", "border"]) == {""}


def test_rings_keep_their_numbers_and_first_points(tmp_path):
    island = [(0, 5), (0, 6), (1, 6), (1, 5), (0, 5)]
    old = table(
        "state ring point lon lat border",
        ("KAZ", "1", "1", "1.0", "6.0", ""),
        ("KAZ", "2", "1", "2.0", "2.0", ""),
        key=3,
    )
    found = rows(written(tmp_path, {"KAZ": [WEST, island]}), old).loc["KAZ"]
    first = found[found["point"] == "1"]
    assert first[["ring", "lon", "lat"]].to_numpy().tolist() == [["1", "1", "6"], ["2", "2", "2"]]


def test_the_edition_is_the_version_and_the_day_the_archive_was_made(tmp_path):
    edition = natural_earth.make([written(tmp_path, version="5.1.1")], OLD).drafts[0].editions[0]
    assert (edition.name, edition.extracted.isoformat()) == ("version 5.1.1", "2025-05-01")


def test_two_versions_never_mix(tmp_path):
    assert "give one archive, not 2" in refused(written(tmp_path), written(tmp_path))
    older = written(tmp_path, version="3.1")
    assert "outlines: holds version 4.1.0, the file version 3.1" in refused(older)


def test_another_layer_unit_or_form_is_refused(tmp_path):
    assert f"take {LAYER}.zip" in refused(written(tmp_path, layer="ne_10m_admin_0_countries"))
    assert "unknown unit" in refused(written(tmp_path, prj='UNIT["Meter",1.0]'))
    assert "no column 'ADMIN'" in refused(written(tmp_path, column="SOVEREIGN"))
    (tmp_path / "a.zip").write_text("no")
    assert "no archive" in refused(tmp_path / "a.zip")


def test_a_missing_state_or_an_unknown_border_is_refused(tmp_path, monkeypatch):
    unknown = written(tmp_path, {"TKM": [WEST], "CHN": [EAST]})
    assert "chn-tkm: no row of border_segments" in refused(unknown)
    monkeypatch.delitem(SQUARES, "AZE")
    assert "no outline of AZE" in refused(written(tmp_path))
