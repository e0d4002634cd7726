"""One colour and one hatch for each state, supplier and partner, in every chart of the report.

Colours are told apart under the three common colour-vision deficiencies, keep a contrast of three
to one with the page, and differ in lightness or in hatch, so that grey print loses nothing
(`tests/charts/test_palette.py` checks this).
"""

from __future__ import annotations

from coloraide import Color

STATE_COLOURS = {
    "KAZ": "#1549AC",
    "KGZ": "#C0250C",
    "TJK": "#0B8C62",
    "TKM": "#621E54",
    "UZB": "#AC8F10",
    "AZE": "#5A8CF0",
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
    "NATO or US": SUPPLIER_COLOURS["Europe"],
    "China": SUPPLIER_COLOURS["China"],
    "Russia and China": "#C4233F",
    "Russia": SUPPLIER_COLOURS["Russia"],
}
BORDER_COLOURS = {  # how far a border is settled; no state, supplier or partner has these
    "Demarcated": "#2A2F38",
    "Delimited": "#354A5F",
    "Partly delimited": "#DB3A8C",
    "Not known": "#A08D70",
}
_FIVE, _OTHERS = PARTNER_COLOURS["Central Asians alone"], PARTNER_COLOURS["Other states"]
SERIES_COLOURS = {  # whatever is neither a state nor a supplier nor a partner
    "With each other": _FIVE,
    "With an outside power": _OTHERS,
    "Exercises": _FIVE,
    "Meetings": SUPPLIER_COLOURS["Europe"],
    "Treaties": PARTNER_COLOURS["China"],
    "Bodies": _OTHERS,
    "Counted once": _FIVE,
    "One by one": PARTNER_COLOURS["With Azerbaijan"],
    "Own record": _FIVE,
    "Data set": _OTHERS,
    "All deals": SUPPLIER_COLOURS["Europe"],
    "Without the largest": _OTHERS,
    "All pairs": _FIVE,
    "Without Russia": _FIVE,
    "Without Russia or China": _FIVE,
    "With Russia or China": PARTNER_COLOURS["Russia"],
    "With Russia": PARTNER_COLOURS["Russia"],
    "With Russia and China": PARTNER_COLOURS["Russia and China"],
    "Russia, all rows": PARTNER_COLOURS["Russia"],
    "With China": PARTNER_COLOURS["China"],
    "With Türkiye": PARTNER_COLOURS["Türkiye"],
    "With Azerbaijan": PARTNER_COLOURS["With Azerbaijan"],
    "NATO partnership": PARTNER_COLOURS["NATO or US"],
    "Central Asians alone": _FIVE,
    "Others": _OTHERS,
    "Members not all on record": _OTHERS,
    "High": _FIVE,
    "Dataset": _OTHERS,
    "Low": PARTNER_COLOURS["China"],
    "All exercises": _OTHERS,
    "Without Russia and China": _FIVE,
    "Of the whole line": _FIVE,
    "Of the disputed sections": PARTNER_COLOURS["China"],
    "Not said of what": _OTHERS,
    "Kyrgyz-Tajik": _FIVE,
    "Kyrgyz-Uzbek": PARTNER_COLOURS["China"],
    "Other borders": _OTHERS,
    "Claims": _FIVE,
    "Lowest": _OTHERS,
    "Highest": _OTHERS,
    "Middle": _FIVE,
    "Dialogue": SUPPLIER_COLOURS["Europe"],
    "Joint training": _FIVE,
    "Law": PARTNER_COLOURS["China"],
    "Settled borders": _OTHERS,
    "Arms": PARTNER_COLOURS["Russia"],
}
HATCHES = {  # Plotly's pattern shapes; a colour that is not named here is drawn plain
    STATE_COLOURS["AZE"]: "/",
    SUPPLIER_COLOURS["United States"]: "\\",
    SUPPLIER_COLOURS["Belarus and Ukraine"]: "/",
    SUPPLIER_COLOURS["Iran"]: "x",
    SUPPLIER_COLOURS["Other"]: ".",
    PARTNER_COLOURS["Russia and China"]: "\\",
}
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
