"""The contact sheet shows every chart in every view, and says what to do before the first build."""

import pytest

from casi.book.pages import sheet


@pytest.fixture
def build(tmp_path):
    """A build with two charts: one wide and flat, one that is tall on a phone."""
    charts = tmp_path / "html" / "charts"
    charts.mkdir(parents=True)
    sizes = {"fig-b": ((690, 420), (400, 420)), "fig-a": ((690, 420), (400, 800))}
    for name, both in sizes.items():
        for ending, (width, height) in zip(("wide", "narrow"), both, strict=True):
            svg = f'<svg class="main-svg" width="{width}" height="{height}"></svg>'
            (charts / f"{name}-{ending}.svg").write_text(svg)
    return tmp_path


def test_every_chart_is_named_once_in_order(build):
    assert sheet.names(build / "html" / "charts") == ["fig-a", "fig-b"]


def test_without_a_build_it_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="run make book first"):
        sheet.names(tmp_path)


def test_each_chart_has_its_four_views():
    page = sheet.page(["fig-a", "fig-b"], "../html/charts")
    assert page.count("<img") == 8
    assert '<img src="../html/charts/fig-a-narrow.svg" width="328"' in page
    assert "color-scheme: dark; background: #121212" in page
    assert "filter: grayscale(1)" in page


def test_a_row_is_as_high_as_its_tallest_view(build):
    """On a phone 328 of 400 pixels are shown: 420 become 344, 800 become 656; wide ones 341."""
    charts = build / "html" / "charts"
    assert sheet.height("fig-b", charts) == 344 + sheet.PADDING
    assert sheet.height("fig-a", charts) == 656 + sheet.PADDING


def test_the_sheet_is_photographed_in_parts(build, monkeypatch):
    shot = []
    monkeypatch.setattr(sheet, "photograph", lambda source, picture, high: shot.append(high))
    monkeypatch.setattr(sheet, "CHARTS_ON_A_PICTURE", 1)
    pictures = sheet.make(build)
    assert [picture.name for picture in pictures] == ["sheet-1.png", "sheet-2.png"]
    assert shot == [60 + 656 + sheet.PADDING, 60 + 344 + sheet.PADDING]
    assert (build / "sheet" / "index.html").read_text().count("<tr>") == 3
    assert not list((build / "sheet").glob("sheet-*.html"))
