import json

import pandas as pd
import pytest

from casi.record import explorer, timeline
from casi.states import FIVE


def test_options_name_every_state_in_english_and_russian():
    found = explorer.options()
    assert [*found["states"]][:6] == [*FIVE, "AZE"]
    assert ["UZB", "Uzbekistan", "Узбекистан"] in found["names"]
    without = {code for code, _, *russian in found["names"] if not russian}
    assert without == {"XKX", "XXX"}  # Kosovo and unknown suppliers, not in the Unicode CLDR
    json.dumps(found)  # it goes into a script


@pytest.fixture(scope="module")
def facts():
    return timeline.events()


def test_options_rank_every_level_that_a_row_has(facts):
    levels = {level for cell in facts["Level"] for level in cell.split(";") if level}
    assert levels <= set(explorer.options()["levels"]) and {"observer", "absent"} <= levels


def test_kinds_that_the_search_leaves_out_are_kinds_of_the_record(facts):
    assert set(explorer.UNLISTED) < set(facts["Kind"])


def test_the_map_holds_places_inside_its_frame_and_a_point_on_each_border():
    square = pd.DataFrame({"lon": [60, 70, 70, 60], "lat": [40, 40, 45, 45]}).assign(
        state="KAZ", ring=1, border=["kaz-uzb", "kaz-uzb", None, None]
    )
    places = pd.DataFrame({"place": ["in", "out", "none"], "name": ["In", "Out", "None"]}).assign(
        lat=[42.0, 80.0, None], lon=[65.0, 65.0, None]
    )
    labels = pd.DataFrame({"kind": ["state", "sea"], "name": ["K", "S"], "lat": 42.0, "lon": 65.0})
    drawn = explorer.map_of(square, places, labels)
    assert drawn["width"] == 600 and drawn["height"] == 487
    assert drawn["land"] == ["M50 417L550 417L550 69.5L50 69.5Z"]
    assert drawn["places"]["in"] == [300.0, 278.0, "In"]
    assert drawn["places"]["border-kaz-uzb"] == [50.0, 417.0, "Kazakhstan–Uzbekistan border"]
    assert set(drawn["places"]) == {"in", "border-kaz-uzb"}
    assert [name for *_, name in drawn["labels"]] == ["K"]
