"""One colour and one hatch for each state, supplier and partner, in every chart of the report.

Colours are told apart under the three common colour-vision deficiencies, keep a contrast of three
to one with the page, and differ in lightness or in hatch, so that grey print loses nothing
(`tests/charts/test_palette.py` checks this).
"""

from __future__ import annotations

from coloraide import Color

STATE_COLOURS = {
    "KAZ": "#12505F",
    "KGZ": "#B71D06",
    "TJK": "#578751",
    "TKM": "#351D7F",
    "UZB": "#A28F2E",
    "AZE": "#8B46BF",
}
SUPPLIER_COLOURS = {
    "Russia": "#5E0A33",
    "China": "#D57C06",
    "Türkiye": "#008266",
    "Europe": "#0F4ABA",
    "Belarus and Ukraine": "#A0558F",
    "United States": "#1E96F0",
    "Iran": "#4C6705",
    "Other": "#8C8C8C",
}
PARTNER_COLOURS = {
    "Central Asians alone": "#134A0A",
    "With Azerbaijan": STATE_COLOURS["AZE"],
    "Other states": SUPPLIER_COLOURS["Other"],
    "Türkiye": SUPPLIER_COLOURS["Türkiye"],
    "NATO or US": "#8480D5",
    "China": SUPPLIER_COLOURS["China"],
    "Russia and China": "#C4233F",
    "Russia": SUPPLIER_COLOURS["Russia"],
    "Former Soviet states": "#3130A2",
}
BORDER_COLOURS = {  # how far a border is settled; no state, supplier or partner has these
    "Demarcated": "#2A2F38",
    "Delimited": "#354A5F",
    "Partly delimited": "#DB3A8C",
    "Not known": "#A08D70",
}
COUNT_COLOURS = {  # of a chart of one subject: its measure, and what it is compared with
    "Measure": "#3D3D3E",
    "Comparison": "#A37CCD",
    "Weak": "#87552D",
}
DIMENSION_COLOURS = {
    "Dialogue": "#4B7CD8",
    "Joint training": "#788719",
    "Law": "#6C270E",
    "Bodies": "#2E6343",
    "Settled borders": "#B87274",
    "Arms": "#322E60",
}
SERIES = {  # the series of the charts, by the colour whose meaning they share
    PARTNER_COLOURS["Central Asians alone"]: (
        *("With each other", "Central Asians alone", "Without Russia"),
        *("Without Russia or China", "Without Russia and China"),
    ),
    PARTNER_COLOURS["Other states"]: (
        *("With an outside power", "Others", "Other borders", "All exercises"),
        "Members not all on record",
    ),
    PARTNER_COLOURS["With Azerbaijan"]: ("With Azerbaijan",),
    PARTNER_COLOURS["Türkiye"]: ("With Türkiye", "OTS"),
    PARTNER_COLOURS["NATO or US"]: ("NATO partnership",),
    PARTNER_COLOURS["China"]: ("With China",),
    PARTNER_COLOURS["Russia and China"]: ("With Russia and China", "With Russia or China", "SCO"),
    PARTNER_COLOURS["Russia"]: ("With Russia", "With Russia, low", "With Russia, high", "CSTO"),
    PARTNER_COLOURS["Former Soviet states"]: ("CIS",),
    COUNT_COLOURS["Measure"]: (
        *("Claims", "Average pair", "Parallel as one", "Own record", "All deals", "High", "Met"),
        *("Of the whole line", "Kyrgyz-Tajik", "Middle", "On the Afghan border", "All five"),
    ),
    COUNT_COLOURS["Comparison"]: (
        *("All counted", "Data set", "Without the largest", "Kyrgyz-Uzbek"),
        *("Of the disputed sections", "Lowest", "Highest"),
        *("Attacks and incursions", "Two to four of the five"),
    ),
    COUNT_COLOURS["Weak"]: ("Low", "Not said of what", "Foiled plots, as claimed"),
    DIMENSION_COLOURS["Dialogue"]: ("Dialogue", "Meetings"),
    DIMENSION_COLOURS["Joint training"]: ("Joint training", "Exercises"),
    DIMENSION_COLOURS["Law"]: ("Law", "Treaties"),
    DIMENSION_COLOURS["Bodies"]: ("Bodies",),
    DIMENSION_COLOURS["Settled borders"]: ("Settled borders",),
    DIMENSION_COLOURS["Arms"]: ("Arms",),
}
SERIES_COLOURS = {name: colour for colour, names in SERIES.items() for name in names}
HATCHES = {  # Plotly's pattern shapes; a colour that is not named here is drawn plain
    STATE_COLOURS["AZE"]: "/",
    SUPPLIER_COLOURS["United States"]: "\\",
    SUPPLIER_COLOURS["Belarus and Ukraine"]: "/",
    SUPPLIER_COLOURS["Iran"]: "x",
    SUPPLIER_COLOURS["Other"]: ".",
    PARTNER_COLOURS["Russia and China"]: "\\",
    PARTNER_COLOURS["NATO or US"]: "x",
    PARTNER_COLOURS["Former Soviet states"]: "-",
}
TYPEFACE = "Source Sans 3"  # of all words in charts
INK = "#4D4D4D"
OUTLINE = "#8C8C8C"  # of states on a map
PAPER = "#FFFFFF"
DARK_PAPER = "#121212"
DARK_INK = "#CED6DD"


def on_dark(colour: str) -> str:
    """Return the colour that stands for `colour` on a dark page: the same hue, lighter.

    Lightness in OKLCH is moved from the range 0.27 to 0.68 to the range 0.54 to 0.88, so that the
    order of the colours from dark to light is kept.

    Args:
        colour: a colour as `#RRGGBB`.

    Returns:
        A colour as `#RRGGBB`.
    """
    fixed = {INK: DARK_INK, PAPER: DARK_PAPER, DARK_PAPER: DARK_PAPER}
    if colour.upper() in fixed:
        return fixed[colour.upper()]
    shifted = Color(colour).convert("oklch")
    shifted["lightness"] = 0.54 + (shifted["lightness"] - 0.27) * (0.88 - 0.54) / (0.68 - 0.27)
    return shifted.convert("srgb").fit(method="oklch-chroma").to_string(hex=True).upper()


def text_on(colour: str) -> str:
    """Return the colour of words on a bar of this colour, light or dark, that reads better."""
    return max(PAPER, DARK_PAPER, key=Color(colour).contrast)


def by_name(colours: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    """Turn colours by state code into colours by state name."""
    return {names[code]: colour for code, colour in colours.items()}
