import csv
import io

from casi.book.takeaway import extracts, pack


def test_captions_hold_what_stands_around_each_chart(printed):
    text = pack.captions(extracts.read(printed).charts.values())
    [row] = csv.DictReader(io.StringIO(text))
    assert row == {
        "file": "fig-map",
        "figure": "Figure 1",
        "title": "A map",
        "measure": "Borders",
        "notes": "Source: ours.",
        "description": "A map of two borders.",
    }
