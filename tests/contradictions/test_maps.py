import pytest
from hand_made import faults_of_the_record, refused, table

from casi.contradictions import maps

SEGMENTS = table("border state_a state_b", ("kaz-uzb", "KAZ", "UZB"))
STATES = table("iso3 name", ("KAZ", "Kazakhstan"), ("UZB", "Uzbekistan"), ("CHN", "China"))


def outlines(*borders):
    corners = [(60, 45), (65, 45), (65, 50), (60, 50)]
    rows = [("KAZ", 1, *point, border) for point, border in zip(corners, borders, strict=True)]
    return table("state ring lon lat border", *rows)


def along(*borders):
    tables = {"outlines": outlines(*borders), "border_segments": SEGMENTS}
    return refused("outline_follows_own_border", **tables)


def label(kind="state", name="Kazakhstan", state="KAZ", lat=47.0, lon=62.0):
    tables = {"states": STATES, "outlines": outlines("kaz-uzb", None, None, None)}
    rows = table("kind name state lat lon", (kind, name, state, lat, lon))
    return refused("map_label_fits", map_labels=rows, **tables)


def test_the_record_has_no_fault_of_maps():
    assert faults_of_the_record(maps) == []


def test_an_outline_follows_a_border_of_its_state_and_each_border_has_a_line():
    assert along("kaz-uzb", None, None, None) == set()
    assert along(None, None, None, None) == {("border_segments.border", 0)}
    assert along("kaz-uzb", "tkm-uzb", None, None) == {("outlines.border", 1)}


def test_a_name_on_a_map_is_that_of_its_state_and_stands_in_it():
    assert label() == label("capital", "Astana") == set()
    assert label(name="Kasachstan") == {("map_labels.name", 0)}
    assert label(lon=66.0) == label("capital", "Astana", lat=44.0) == {("map_labels.lat", 0)}


def test_a_neighbour_stands_outside_all_outlines_and_a_sea_has_no_state():
    assert label("neighbour", "China", "CHN", lon=70.0) == set()
    assert label("neighbour", "China", "CHN") == {("map_labels.lat", 0)}
    assert label("sea", "Aral Sea", None) == set()
    assert label("sea", "Aral Sea") == {("map_labels.state", 0)}


def test_no_point_of_an_outline_is_far_from_both_its_neighbours():
    def found(lat):
        points = [(60, 45), (61, 45), (62, lat), (63, 45), (64, 45), (68, 45)]
        rows = table("state ring lon lat", *[("KAZ", 1, *point) for point in points])
        return refused("outline_has_no_spike", outlines=rows)

    assert found(45.5) == set()
    assert found(49) == {("outlines.lat", 2)}


@pytest.mark.parametrize(
    ("kind", "lat", "side", "wrong"),
    [
        ("capital", 47.0, "top", set()),
        ("capital", 47.2, "top", {"lat"}),
        ("capital", 47.0, "centre", {"side"}),
        ("state", 47.2, "centre", set()),
        ("state", 47.2, "right", set()),
        ("neighbour", 47.0, "top", {"side"}),
        ("neighbour", 51.0, "centre", {"lat"}),
    ],
)
def test_a_capital_stands_at_its_place_and_every_name_in_the_frame(kind, lat, side, wrong):
    rows = table("kind name state lat lon side", (kind, "Astana", "KAZ", lat, 62.0, side))
    places = table("name state lat lon", ("Astana", "KAZ", 47.0, 62.0))
    tables = {"outlines": outlines(None, None, None, None), "places": places}
    found = refused("name_stands_where_it_belongs", map_labels=rows, **tables)
    assert found == {(f"map_labels.{column}", 0) for column in wrong}


def test_a_sea_is_not_on_land():
    def found(lat, kind="sea"):
        rows = table("kind name lat lon", (kind, "Aral Sea", lat, 62.0))
        land = outlines(None, None, None, None)
        return refused("sea_is_not_on_land", map_labels=rows, outlines=land)

    assert found(51.0) == found(47.0, "state") == set()
    assert found(47.0) == {("map_labels.lat", 0)}


def test_no_single_point_is_on_another_border_than_its_neighbours():
    def found(*borders):
        return refused("border_of_outline_is_in_one_piece", outlines=outlines(*borders))

    assert found("kaz-uzb", "kaz-uzb", "kaz-kgz", "kaz-kgz") == set()
    assert found("kaz-uzb", "kaz-kgz", "kaz-rus", None) == set()
    assert found("kaz-uzb", "kaz-kgz", "kaz-uzb", None) == {("outlines.border", 1)}
    assert found(None, None, "kaz-uzb", None) == {("outlines.border", 2)}
