"""What holds for every chart that the notebooks store: colours, marks, scales and names."""

import re
from collections import defaultdict
from importlib import import_module

import pytest
from stored_charts import charts_in

from casi import tables
from casi.charts import palette
from casi.record import turning_points

CHARTS = [
    figure
    for path in sorted((tables.ROOT / "chapters").glob("*.ipynb"))
    for figure in charts_in(path)
]
NAMES = [figure["layout"]["meta"]["label"] for figure in CHARTS]
MEANINGS = {  # the meaning of a colour, by the series that it draws
    series: f"as {names[0]}" for names in palette.SERIES.values() for series in names
}
FREE = {palette.INK, palette.PAPER}  # words, crosses and rings


def meaning(name, colour, states):
    """Return what a colour stands for where a series has this name."""
    if name in states | palette.BORDER_COLOURS:
        return states.get(name, name)
    borrowed = {*palette.SUPPLIER_COLOURS.items(), *palette.PARTNER_COLOURS.items()}
    if (name, colour) in borrowed:
        same = [series for series, own in palette.SERIES_COLOURS.items() if own == colour]
        return MEANINGS[same[0]] if same else name
    return MEANINGS[name]


def test_a_colour_stands_for_one_meaning_in_the_whole_book():
    states = tables.load("states").set_index("iso3")["name"]
    names = {states[code]: code for code in palette.STATE_COLOURS}
    pairs = {
        series: "as With each other" for series in (f"{a} – {b}" for a in names for b in names)
    }
    found = defaultdict(set)
    for figure in CHARTS:
        for trace in figure["data"]:
            look = trace.get("line", {}) | trace.get("marker", {})
            colour = trace.get("fillcolor") or look.get("color")
            if not isinstance(colour, str) or colour in FREE or trace.get("showlegend") is False:
                continue
            name = trace["name"].partition(":")[0]  # a map counts behind the name
            if name.startswith("Each with "):  # an outside power
                name = "With an outside power"
            found[colour].add(meaning(name, colour, names | pairs))
    assert {colour: means for colour, means in found.items() if len(means) > 1} == {}


def years(figure):
    """Return the first and last year of the horizontal axis; None if it is no axis of time."""
    values = [str(value) for trace in figure["data"] for value in trace.get("x") or ()]
    starts = [int(found[1]) for value in values if (found := re.match(r"(\d{4})\b", value))]
    lying = figure["data"][0].get("orientation") == "h"
    return (min(starts), max(starts)) if len(starts) == len(values) and not lying else None


def names_marked(figure):
    return {note["text"] for note in figure["layout"].get("annotations", ())}


@pytest.mark.parametrize("figure", CHARTS, ids=NAMES)
def test_the_change_of_source_is_marked_wherever_exercises_are_drawn_over_time(figure):
    change = turning_points.points(turning_points.CHANGE_OF_SOURCE).iloc[0]
    span = years(figure)
    touched = (
        "exercises" in figure["layout"]["meta"]["tables"]
        and span
        and span[0] < change["date"].year <= span[1]
    )
    assert (change["label"] in names_marked(figure)) == bool(touched)


@pytest.mark.parametrize("figure", CHARTS, ids=NAMES)
def test_names_of_marks_come_from_the_turning_points(figure):
    keys = (*turning_points.ROWS, turning_points.CHANGE_OF_SOURCE)
    known = set(turning_points.points(*keys)["label"])
    lines = [each for each in figure["layout"].get("shapes", ()) if each["type"] == "line"]
    if lines:
        assert names_marked(figure) <= known
        assert len(lines) == len(figure["layout"]["annotations"])


def test_every_turning_point_is_marked_in_some_chart():
    marked = set().union(*map(names_marked, CHARTS))
    unmarked = {
        key
        for key in turning_points.ROWS
        if turning_points.points(key)["label"].iloc[0] not in marked
    }
    assert unmarked == set()


@pytest.mark.parametrize("figure", CHARTS, ids=NAMES)
def test_a_scale_of_bars_does_not_end_below_them(figure):
    axis = figure["layout"].get("yaxis", {})
    if figure["layout"].get("barmode") == "stack" and "range" in axis:
        heights = defaultdict(float)
        for trace in figure["data"]:
            for place, height in zip(trace["x"], trace["y"], strict=True):
                heights[place] += height or 0
        assert max(heights.values()) <= axis["range"][1] + 1e-9


@pytest.mark.parametrize("figure", CHARTS, ids=NAMES)
def test_no_name_in_a_chart_is_that_of_a_file(figure):
    words = [trace["name"] for trace in figure["data"]]
    words += [
        str(value)
        for trace in figure["data"]
        for axis in ("x", "y")
        for value in trace.get(axis) or ()
    ]
    assert [word for word in words if re.search(r"[a-z]_[a-z]", word)] == []


@pytest.mark.parametrize("figure", CHARTS, ids=NAMES)
def test_each_chart_says_its_method_in_a_sentence_and_names_its_function(figure):
    meta = figure["layout"]["meta"]
    assert len(meta["method"].split()) <= 30 and meta["method"].endswith(".")
    module, _, name = meta["function"].rpartition(".")
    assert callable(getattr(import_module(module), name))


@pytest.mark.parametrize("figure", CHARTS, ids=NAMES)
def test_a_reader_has_at_most_seven_series_to_tell_apart(figure):
    keyed = figure["layout"].get("showlegend", True)
    drawn = {
        trace["name"]
        for trace in figure["data"]
        if trace.get("showlegend", True) and (keyed or "lines" in trace.get("mode", ""))
    }
    assert len(drawn) <= 7
