import pytest
from PIL import Image

from casi.book.pages import share_pictures


@pytest.mark.parametrize(
    ("size", "box"),
    [((1800, 1000), (60, 15, 1140, 615)), ((1200, 300), (15, 169, 1185, 461))],
)
def test_a_picture_is_set_as_large_as_it_fits_on_a_canvas_for_links(tmp_path, size, box):
    Image.new("RGB", size, "#5E0A33").save(tmp_path / "fig-x.png")
    share_pictures.write(tmp_path / "fig-x.png", tmp_path / "shared.jpg")
    with Image.open(tmp_path / "shared.jpg") as shared:
        assert (shared.format, shared.size) == ("JPEG", (1200, 630))
        drawn = shared.convert("L").point(lambda value: 255 * (value < 128)).getbbox()
    assert drawn == pytest.approx(box, abs=2)
