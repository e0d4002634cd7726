from itertools import combinations

import pytest
from coloraide import Color

from casi.charts import palette

PALETTES = {
    "states": palette.STATE_COLOURS,
    "suppliers": palette.SUPPLIER_COLOURS,
    "partners": palette.PARTNER_COLOURS,
    "borders": palette.BORDER_COLOURS,
    "counts": palette.COUNT_COLOURS | {"Other borders": palette.SUPPLIER_COLOURS["Other"]},
    "dimensions": palette.DIMENSION_COLOURS,
}
LINES = {"dimensions"}  # drawn as lines alone, which differ in dash and marker
SIGHTS = [(kind, way) for kind in ("protan", "deutan", "tritan") for way in ("machado", "brettel")]
PAGES = {"light": (palette.PAPER, str), "dark": (palette.DARK_PAPER, palette.on_dark)}


def seen(colour, kind, way):
    return Color(colour).filter(kind, method=way)


def lightness(colour):
    return Color(colour).convert("lab-d65")["lightness"]


def hatch(colour):
    return palette.HATCHES.get(colour, "")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", PALETTES)
def test_colours_differ_for_every_kind_of_sight(name, page):
    """CIEDE2000 of 1 can just be seen, of 8 is plain; where hatches differ too, 5 will do."""
    shown = PAGES[page][1]
    for first, second in combinations(PALETTES[name].values(), 2):
        enough = 8 if hatch(first) == hatch(second) else 5
        assert Color(shown(first)).delta_e(shown(second), method="2000") >= 10, (first, second)
        for kind, way in SIGHTS:
            views = seen(shown(first), kind, way), seen(shown(second), kind, way)
            assert views[0].delta_e(views[1], method="2000") >= enough, (first, second, kind, way)


@pytest.mark.parametrize("name", PALETTES)
def test_colours_differ_in_grey_print_by_lightness_or_hatch(name):
    for first, second in combinations(PALETTES[name].values(), 2):
        if name in LINES:
            continue
        apart = abs(lightness(first) - lightness(second))
        assert apart >= 7 or hatch(first) != hatch(second), (first, second, apart)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", PALETTES)
def test_colours_stand_out_from_the_page(name, page):
    paper, shown = PAGES[page]
    for colour in PALETTES[name].values():
        assert Color(shown(colour)).contrast(paper) >= 3, colour


@pytest.mark.parametrize("page", PAGES)
def test_words_in_charts_can_be_read(page):
    paper, shown = PAGES[page]
    assert Color(shown(palette.INK)).contrast(paper) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_words_on_bars_can_be_read(name):
    for colour in PALETTES[name].values():
        words = palette.text_on(colour)
        assert Color(words).contrast(colour) >= 4.2, colour
        assert Color(palette.on_dark(words)).contrast(palette.on_dark(colour)) >= 3.9, colour


@pytest.mark.parametrize("page", PAGES)
def test_no_two_colours_of_the_book_look_alike(page):
    """Across the palettes, whose colours do not meet in a chart, a difference of 5 is enough."""
    shown = PAGES[page][1]
    every = {colour for colours in PALETTES.values() for colour in colours.values()}
    for first, second in combinations(sorted(every), 2):
        apart = Color(shown(first)).delta_e(shown(second), method="2000")
        assert apart >= 5, (first, second, round(apart, 1))


def test_only_partners_borrow_colours():
    own = [
        *palette.STATE_COLOURS.values(),
        *palette.SUPPLIER_COLOURS.values(),
        *palette.BORDER_COLOURS.values(),
        *palette.COUNT_COLOURS.values(),
        *palette.DIMENSION_COLOURS.values(),
    ]
    assert len(own) == len(set(own))


def test_every_series_has_a_colour_of_a_palette_and_one_alone():
    named = {colour for colours in PALETTES.values() for colour in colours.values()}
    assert set(palette.SERIES) <= named
    assert set(palette.HATCHES) <= named
    assert len(palette.SERIES_COLOURS) == sum(map(len, palette.SERIES.values()))


def test_borders_have_colours_of_their_own():
    others = {
        *palette.STATE_COLOURS.values(),
        *palette.SUPPLIER_COLOURS.values(),
        *palette.PARTNER_COLOURS.values(),
    }
    for colour in palette.BORDER_COLOURS.values():
        assert min(Color(colour).delta_e(other, method="2000") for other in others) >= 8, colour


def test_by_name():
    assert palette.by_name({"KAZ": "#1549AC"}, {"KAZ": "Kazakhstan"}) == {"Kazakhstan": "#1549AC"}


def test_the_darkest_and_the_lightest_colour_keep_their_distance_on_a_dark_page():
    """Lightness 0.27 becomes 0.54 and 0.68 becomes 0.88; ink and paper have their own colours."""
    for before, after in ((0.27, 0.54), (0.68, 0.88)):
        grey = Color("oklch", [before, 0, 0]).convert("srgb").to_string(hex=True)
        lighter = Color(palette.on_dark(grey)).convert("oklch")["lightness"]
        assert lighter == pytest.approx(after, abs=0.005)
    assert palette.on_dark(palette.INK.lower()) == palette.DARK_INK
