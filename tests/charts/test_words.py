from casi import language
from casi.charts import words

TABLE = {"columns": ["", "Russia"], "rows": [["2021", 3]], "format": ""}
FIGURE = {
    "data": [{"name": "Russia", "y": ["1,234.5%"], "hovertemplate": "Russia: %{y}<extra></extra>"}],
    "layout": {"meta": {"alt": "Bars.", "table": TABLE}},
}


def test_an_english_chart_stays_as_it_is():
    assert words.in_language(FIGURE, "en") is FIGURE


def test_labels_numbers_and_description_are_in_the_language(monkeypatch):
    monkeypatch.setattr(language, "LANGUAGE", "ru")
    monkeypatch.setattr(language, "catalogue", lambda name: {"Russia": "Россия"})
    made = words.in_language(FIGURE, "ru")
    assert made["data"][0] == {
        "name": "Россия",
        "y": ["1\u00a0234,5\u00a0%"],
        "hovertemplate": "Россия: %{y}<extra></extra>",
    }
    assert made["layout"]["meta"]["table"]["columns"] == ["", "Россия"]
    assert made["layout"]["meta"]["alt"].startswith("Chart: Россия; from 2021 to 2021")
    assert made["layout"]["separators"] == ",\u00a0"
