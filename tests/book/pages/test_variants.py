import pandas as pd
import plotly.graph_objects as go

from casi.book.pages import variants
from casi.charts import basic, chart, grid, palette

WORDS = {
    "label": "fig-x",
    "title": "Russia leads",
    "measure": "Volume",
    "unit": "million TIV",
    "tables": ["arms_transfers"],
    "source": ["sipri2026transfers"],
    "coverage": "All.",
}


def stored(figure):
    made = chart.chart(WORDS["label"], figure)._repr_mimebundle_()[chart.PLOTLY_MIME]
    made["layout"]["meta"] |= WORDS
    return made


def bars(index=("1991–1995", "1996–2000"), **settings):
    table = pd.DataFrame({"Russia": [1, 2], "Other": [3, 4]}, index=list(index)).rename_axis("bar")
    return stored(basic.bars(table, palette.SUPPLIER_COLOURS, **settings))


def lines(*names):
    table = pd.DataFrame({name: [1, 2] for name in names}, index=[2000, 2001]).rename_axis("year")
    return stored(basic.lines(table, dict.fromkeys(names, "#1549AC")))


def test_bare_leaves_the_words_to_the_page():
    layout = variants.bare(bars())["layout"]
    assert not {"meta", "modebar"} & set(layout)
    assert layout["barmode"] == "stack"


def test_merge_goes_into_layout_and_traces_and_changes_neither_side():
    base = {"data": [{"x": [1, 2], "line": {"width": 2, "color": "#111111"}}], "layout": {"a": 1}}
    patch = {"data": [{"line": {"width": 1}}], "layout": {"b": {"c": 2}}}
    assert variants.merge(base, patch) == {
        "data": [{"x": [1, 2], "line": {"width": 1, "color": "#111111"}}],
        "layout": {"a": 1, "b": {"c": 2}},
    }
    assert base["data"][0]["line"]["width"] == 2


def test_narrow_breaks_long_labels_of_categories():
    ticks = variants.narrow(bars())["layout"]["xaxis"]
    assert ticks["tickvals"] == ["1991–1995", "1996–2000"]
    assert ticks["ticktext"] == ["1991–<br>1995", "1996–<br>2000"]
    lying = bars(["Collective Security Treaty Organization", "SCO"], horizontal=True)
    text = variants.narrow(lying)["layout"]["yaxis"]["ticktext"]
    assert text == ["Collective Security<br>Treaty Organization", "SCO"]


def test_narrow_breaks_the_names_of_lines_that_take_too_much_room():
    long = variants.narrow(lines("With Russia and China"))
    assert long["data"] == [{"text": ["", " With Russia and<br> China: 2"]}]
    assert (
        long["layout"]["margin"] == {"r": 16 + 7 * len("With Russia and")}
        and "showlegend" not in long["layout"]
    )
    short = variants.narrow(lines("Kazakhstan"))
    assert "data" not in short and "showlegend" not in short["layout"]


def test_narrow_makes_a_map_lower_its_bubbles_smaller_and_leaves_out_names_beside_points():
    table = {"columns": ["Place", "Exercises"], "format": "", "rows": [["Baku", 1]]}
    figure = go.Figure(layout={"height": 500, "yaxis": {"scaleanchor": "x"}})
    figure.add_scatter(x=[49.9], y=[40.4], mode="markers", marker={"size": [30]})
    figure.add_scatter(x=[49.9], y=[40.4], mode="markers+text", text=["Baku"], marker={"size": 5})
    figure.add_scatter(x=[49.9], y=[40.4], mode="text", text=["Azerbaijan"])
    patch = variants.narrow(stored(chart.carry(figure, "A map.", table)))
    small = {"textfont": {"size": 12}}
    assert patch["data"] == [{"marker": {"size": [18.0]}}, {"mode": "markers"}, small]
    assert patch["layout"]["height"] == 360
    assert "height" not in variants.narrow(bars())["layout"]


def test_dark_gives_every_colour_of_the_figure_its_own():
    swapped = variants.dark(bars())
    assert swapped[palette.INK] == palette.DARK_INK
    russia = palette.SUPPLIER_COLOURS["Russia"]
    assert swapped[russia] == palette.on_dark(russia)


def test_poster_carries_title_and_credit_and_room_for_them():
    figure = bars()
    poster = variants.poster(figure, "Source: SIPRI. " * 20)["layout"]
    assert "Russia leads" in poster["title"]["text"]
    note = poster["annotations"][0]["text"]
    assert note.startswith("Source: SIPRI.") and "<br>" in note
    assert poster["height"] > figure["layout"]["height"]
    assert poster["paper_bgcolor"] == palette.PAPER
    assert "meta" not in poster


def test_the_title_of_a_picture_holds_title_measure_and_unit():
    title = variants.poster(bars(), "")["layout"]["title"]["text"]
    assert "<b>Russia leads</b>" in title and "Volume (million TIV)" in title


def test_a_long_title_takes_lines_and_the_room_for_them():
    """92 letters a line: two lines of title and one of measure rise by 24 pixels each but one."""
    figure = bars()
    figure["layout"]["meta"]["title"] = "Russia leads " * 12
    title = variants.poster(figure, "")["layout"]["title"]
    assert title["text"].count("<br>") == 2
    assert (title["pad"]["t"], title["pad"]["b"]) == (72, -48)
    assert (title["x"], title["y"], title["yanchor"]) == (0, 1, "top")


def test_a_poster_of_a_map_has_room_for_title_and_legend():
    """Two lines of 24 pixels and one to spare, and one line of 28 pixels of the legend.

    Plotly would move the axes of a map for an automatic margin and leave its shapes behind.
    """
    figure = bars()
    figure["layout"]["yaxis"] = {"scaleanchor": "x"}
    layout = variants.poster(figure, "")["layout"]
    assert layout["title"]["automargin"] is False
    assert layout["margin"]["t"] == 3 * 24 + 28
    assert layout["title"]["pad"]["t"] == 24


def test_a_legend_of_many_names_takes_more_lines():
    figure = bars()
    figure["layout"]["yaxis"] = {"scaleanchor": "x"}
    one = variants.poster(figure, "")["layout"]["margin"]["t"]
    figure["data"] = [trace | {"name": "Name" * 20} for trace in figure["data"]]
    assert variants.poster(figure, "")["layout"]["margin"]["t"] - one == 28
    figure["data"] = [trace | {"showlegend": False} for trace in figure["data"]]
    assert variants.poster(figure, "")["layout"]["margin"]["t"] - one == -28


def test_a_poster_puts_its_title_above_the_names_of_events():
    figure, marked = bars(), bars()
    marked["layout"]["margin"]["t"] = 59  # two lines of names
    titles = [variants.poster(each, "")["layout"]["title"]["text"] for each in (figure, marked)]
    assert titles[1] == titles[0] + "<br> " * 2


def test_a_poster_puts_its_credit_below_names_of_two_lines():
    """Of 640 pixels ten periods have too few for their names; each further line takes 15."""
    long = [f"{year}–{year + 1}" for year in range(2000, 2020, 2)]
    table = pd.DataFrame({"Russia": range(10)}, index=long).rename_axis("bar")
    one, two = bars(), stored(basic.bars(table, palette.SUPPLIER_COLOURS))
    shifts, heights = [], []
    for figure in (one, two):
        layout = variants.poster(figure, "Source: us.")["layout"]
        shifts.append(layout["annotations"][-1]["yshift"])
        heights.append(layout["height"])
    assert shifts == [-32, -47]
    assert heights[1] - heights[0] == 15


def test_names_beside_a_grid_break_on_a_phone():
    table = pd.DataFrame(
        {"2001–2005": [1]}, index=pd.Index(["Kazakhstan – Uzbekistan"], name="Pair")
    )
    figure = stored(grid.grid(table, {table.index[0]: "#134A0A"}))
    assert variants.narrow(figure)["layout"]["yaxis"]["ticktext"] == ["Kazakhstan –<br>Uzbekistan"]


def test_narrow_writes_the_names_of_events_smaller():
    figure = bars()
    note = {"text": "Event, 2020", "font": {"size": 12, "color": "#111111"}}
    figure["layout"]["annotations"] = [note]
    [narrow] = variants.narrow(figure)["layout"]["annotations"]
    assert narrow == note | {"font": {"size": 12, "color": "#111111"}}


def test_narrow_keeps_the_headings_of_an_axis_that_have_no_points():
    figure = lines("Kazakhstan")
    figure["layout"]["yaxis"] = {"categoryarray": ["A pathway:", "A long name of a condition"]}
    ticks = variants.narrow(figure)["layout"]["yaxis"]
    assert ticks["tickvals"] == ["A pathway:", "A long name of a condition"]
    assert ticks["ticktext"][1] == "A long name of a<br>condition"


def test_narrow_leaves_out_names_in_a_colour_on_a_map_which_repeat_the_key():
    table = {"columns": ["Place", "Exercises"], "format": "", "rows": [["Baku", 1]]}
    figure = go.Figure(layout={"height": 500, "yaxis": {"scaleanchor": "x"}})
    figure.add_scatter(x=[1], y=[1], mode="text", text=["in part"], textfont={"color": "#DB3A8C"})
    figure.add_scatter(x=[1], y=[1], mode="text", text=["Aral"], textfont={"color": palette.INK})
    coloured, plain = variants.narrow(stored(chart.carry(figure, "A map.", table)))["data"]
    assert coloured["visible"] is False and "visible" not in plain
