import pytest
from publisher_files import ARMS_DEALS, EVERY, deals, deliveries

from casi.importers import sipri_transfers
from casi.importers.base import ImportFault

OLD = {"arms_deals": ARMS_DEALS}
LONG = "Uzbekistan,Turkiye,2018,,4,,Cobra,armoured personnel carrier,4,,{},New,,1,4,4"
SPLIT = "7,Turkiye,Uzbekistan,Cobra APV,armoured personnel carrier,Armoured vehicles,2018,No,{},No"


def made(*paths):
    return sipri_transfers.make(paths, OLD)


def transfers(*paths):
    return made(*paths).drafts[0].rows


def of(rows, supplier):
    return rows[rows["supplier"] == supplier].drop(columns=["recipient", "source"])


def test_deals_of_a_recipient_supplier_year_and_category_are_one_row(tmp_path):
    rows = transfers(deals(tmp_path, EVERY[0], EVERY[1].replace(",New,,5,10,10", ",New,,5,10,2.5")))
    assert rows["recipient"].tolist() == ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
    assert rows["tiv_millions"].tolist() == ["20.0", "12.5", "10.0", "10.0", "10.0"]
    assert rows["deals"].tolist() == ["2", "2", "1", "1", "1"]
    assert set(rows["source"]) == {"sipri2026transfers"}
    assert rows[["order_year_estimated", "number_estimated"]].eq("true").all(axis=None)


def test_a_deal_that_delivered_nothing_is_in_no_row(tmp_path):
    nothing = EVERY[0].replace(",2,?,2025,", ",0,,,").replace("10,10", "10,0")
    assert len(transfers(deals(tmp_path, nothing))) == 5


def test_a_deal_of_several_years_follows_the_export_by_delivery(tmp_path):
    by_delivery = deliveries(
        tmp_path,
        SPLIT.format(1) + ",2019,No,New,1,1,1,No",
        SPLIT.format(3) + ",2020,No,New,1,1,3,No",
    )
    rows = of(transfers(by_delivery, deals(tmp_path, LONG.format("2019; 2020"))), "TUR")
    assert (
        rows["tiv_millions"].tolist() == rows["multi_year_tiv_millions"].tolist() == ["1.0", "3.0"]
    )
    assert rows["early_tiv_millions"].tolist() == ["", ""]


def test_a_year_later_is_kept_where_it_moves_to_another_window(tmp_path):
    years = {2019: 1, 2020: 1, 2021: 2}
    rows = [SPLIT.format(n) + f",{year},No,New,1,1,{n},No" for year, n in years.items()]
    by_delivery = deliveries(tmp_path, *rows)
    found = of(transfers(by_delivery, deals(tmp_path, LONG.format("2019; 2020"))), "TUR")
    assert found["tiv_millions"].tolist() == ["1.0", "3.0"]
    assert found["year_later_tiv_millions"].tolist() == ["", "2.0"]


def test_what_no_edition_splits_keeps_its_bounds(tmp_path):
    imported = made(deals(tmp_path, LONG.format("2019; 2020")))
    rows = of(imported.drafts[0].rows, "TUR")
    assert rows["tiv_millions"].tolist() == ["2.0", "2.0"]
    assert rows["early_tiv_millions"].tolist() == ["4.0", "0.0"]
    assert rows["late_tiv_millions"].tolist() == ["0.0", "4.0"]
    assert imported.remarks == ("no source splits UZB TUR Cobra 2018 by year: a range is kept",)


def test_the_totals_of_the_register_go_with_the_table(tmp_path):
    draft = made(deals(tmp_path, LONG.format("2019; 2020"))).drafts[0]
    assert draft.totals == {"KAZ": 10.0, "KGZ": 10.0, "TJK": 10.0, "TKM": 10.0, "UZB": 14.0}


def test_two_editions_never_mix(tmp_path):
    now = deals(tmp_path)
    with pytest.raises(ImportFault, match="two editions never mix"):
        made(now, deals(tmp_path, generated="1 April 2026"))
    newer = deliveries(tmp_path, generated="2 April 2027", last=2026)
    with pytest.raises(ImportFault, match="is newer than that by deal"):
        made(now, newer)
    with pytest.raises(ImportFault, match="0 exports by deal"):
        made(newer)


def test_faults_of_rows_name_the_deal(tmp_path):
    early = LONG.format("1989; 1990")
    wrong = LONG.format("2019").replace(",1,4,4", ",1,4,many")
    with pytest.raises(ImportFault) as fault:
        made(deals(tmp_path, early, wrong))
    assert fault.value.faults == [
        "Uzbekistan, Turkiye, Cobra: no number: 'many'",
        "Uzbekistan, Turkiye, Cobra: delivered before 1992",
    ]


def test_a_supplier_without_code_stops_the_import(tmp_path):
    with pytest.raises(ImportFault, match="no code for 'Atlantis'"):
        made(deals(tmp_path, EVERY[0].replace("Russia", "Atlantis")))
