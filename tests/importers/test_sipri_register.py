import json
from base64 import b64encode
from datetime import date

import pytest
from publisher_files import DEALS, EVERY, deals, deliveries

from casi.importers import sipri_register
from casi.importers.base import ImportFault


def test_an_export_by_deal_tells_its_edition_and_day(tmp_path):
    register = sipri_register.read(deals(tmp_path, generated="5 November 2026"))
    assert register.deals
    assert register.edition.key == "sipri2026transfers"
    assert register.edition.extracted == date(2026, 11, 5)
    assert register.edition.name == "edition of March 2026, generated 5 November 2026"
    assert register.last_year == 2025


def test_before_march_the_edition_is_still_that_of_the_year_before(tmp_path):
    register = sipri_register.read(deliveries(tmp_path, generated="12 Feb 2026"))
    assert (register.deals, register.edition.key) == (False, "sipri2025transfers")


def test_flags_without_a_name_go_with_the_column_before_them(tmp_path):
    row = sipri_register.read(deals(tmp_path)).rows.iloc[0]
    flags = ["order_year_flag", "number_ordered_flag", "number_delivered_flag"]
    assert row[flags].tolist() == ["?", "", "?"]


def test_only_the_five_states_are_kept(tmp_path):
    other = EVERY[0].replace("Kazakhstan", "India")
    assert len(sipri_register.read(deals(tmp_path, other)).rows) == len(EVERY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"head": DEALS.replace("status", "state of arms")}, "unknown: 'state of arms'; missing"),
        ({"head": DEALS.replace("Comments", "")}, "missing: 'Comments'"),
        ({"unit": "Dollars"}, "unknown unit"),
        ({"generated": "some day"}, "no line 'Data generated"),
        ({"generated": "18 May 2029"}, "does not fit the day it was generated"),
        ({"first": "2010"}, "from 2010 only; export all years"),
    ],
)
def test_a_file_in_another_form_is_refused_with_one_line(tmp_path, changes, said):
    with pytest.raises(ImportFault) as fault:
        sipri_register.read(deals(tmp_path, **changes))
    assert len(fault.value.faults) == 1
    assert said in fault.value.faults[0]


def test_a_register_without_one_of_the_five_is_refused(tmp_path):
    path = deals(tmp_path)
    path.write_text("\n".join(path.read_text().splitlines()[:-1]))
    with pytest.raises(ImportFault, match="no deal of UZB; export all recipients"):
        sipri_register.read(path)


def test_the_json_of_the_site_holds_the_same_register(tmp_path):
    path = deals(tmp_path)
    same = tmp_path / "register.json"
    same.write_text(json.dumps({"bytes": b64encode(path.read_bytes()).decode()}))
    assert sipri_register.read(same).rows.equals(sipri_register.read(path).rows)
    same.write_text(json.dumps({"error": "busy"}))
    with pytest.raises(ImportFault, match="JSON without a register under 'bytes'"):
        sipri_register.read(same)


def test_the_export_in_rtf_is_refused_since_it_has_no_volumes(tmp_path):
    path = tmp_path / "Trade-Register.rtf"
    path.write_text(r"{\rtf1 Information generated:}")
    with pytest.raises(ImportFault, match="RTF holds no TIV; export it as CSV"):
        sipri_register.read(path)


def test_another_file_is_no_register(tmp_path):
    (tmp_path / "a.csv").write_text("country,year\n")
    with pytest.raises(ImportFault, match="no trade register"):
        sipri_register.read(tmp_path / "a.csv")
