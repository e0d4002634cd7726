import pytest
from publisher_files import NAMES, table, workbook

from casi.importers import sipri_spending
from casi.importers.base import ImportFault

COLUMNS = (
    "state year spending_usd_2023_millions spending_usd_current_millions spending_gdp_percent "
    "basis note source"
)
KEYS = "sipri2025spending;sipri2024spending"
OLD = table(
    COLUMNS,
    ("KAZ", "2024", "7.0", "8.0", "0.5", "actual", "by hand", KEYS),
    ("TKM", "2024", "", "", "", "actual", "no figure published in either edition", KEYS),
    ("TKM", "2025", "", "", "", "actual", "no figure published in either edition", KEYS),
    key=2,
)


def made(path):
    return sipri_spending.make([path], {"military_spending": OLD})


def rows(path):
    frame = made(path).drafts[0].rows
    return frame.set_index(["state", "year"])


def test_each_column_comes_from_its_sheet_with_its_unit(tmp_path):
    row = rows(workbook(tmp_path)).loc[("UZB", "2025")]
    assert row[:3].tolist() == ["10.46", "10.46", "1.234"]
    edition = made(workbook(tmp_path)).drafts[0].editions[0]
    assert (edition.key, edition.name) == ("sipri2026spending", "edition of 2026, version 1.2")


def test_constant_dollars_of_another_base_year_never_mix_with_those_of_the_table(tmp_path):
    imported = made(workbook(tmp_path, base=2024))
    found = imported.drafts[0].rows.set_index(["state", "year"])
    assert found["spending_usd_2023_millions"].replace("", None).dropna().to_dict() == {
        ("KAZ", "2024"): "7.0"
    }
    assert set(found["source"]) == {"sipri2026spending;sipri2024spending"}
    assert "Constant (2024) US$: another base year" in imported.remarks[0]


def test_missing_figures_stay_empty_and_notes_follow(tmp_path):
    found = rows(workbook(tmp_path))
    assert found.loc[("TKM", "2024")][:3].tolist() == ["", "", ""]
    assert found.loc[("TKM", "2024"), "note"] == "no figure published in either edition"
    assert found.loc[("TKM", "2025"), "note"] == ""
    assert found.loc[("KAZ", "2024"), "note"] == "by hand"
    assert len(found) == len(NAMES) * 34


def test_marks_and_footnotes_say_what_the_figures_are(tmp_path):
    basis = rows(workbook(tmp_path))["basis"].xs("2025", level="year")
    assert basis[["KAZ", "KGZ", "TJK"]].tolist() == ["actual", "sipri_estimate", "adopted_budget"]


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({("Current US$", 2, 1): "Figures are in euros"}, "'Current US$': unknown unit"),
        ({("Share of GDP", 5, 4): "n/a"}, "KAZ 2025: neither figure nor '...': 'n/a'"),
        ({("Current US$", 5, 1): "Somewhere"}, "no row of KAZ"),
        ({("Current US$", 1, 1): "Expenditure"}, "names no edition"),
        ({("Current US$", 3, 1): "Nation"}, "no line that begins with 'Country'"),
    ],
)
def test_a_workbook_in_another_form_is_refused_with_one_line(tmp_path, sheets, said):
    with pytest.raises(ImportFault) as fault:
        made(workbook(tmp_path, sheets))
    assert len(fault.value.faults) == 1
    assert said in fault.value.faults[0]


def test_what_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_text("no")
    with pytest.raises(ImportFault, match="no workbook"):
        made(tmp_path / "a.xlsx")
    with pytest.raises(ImportFault, match="two editions never mix"):
        sipri_spending.make([tmp_path, tmp_path], {"military_spending": OLD})
