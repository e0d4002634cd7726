import pytest
from publisher_files import ARMS_DEALS, deals, table

from casi.importers import sipri_deals, sipri_transfers
from casi.importers.base import ImportFault

DRONE = "Kazakhstan,Turkiye,2021,,3,,Anka-S,armed drone,3,?,2022; 2023,New,{},3,9,9"
SYSTEM = "Uzbekistan,China,2017,,1,,HQ-9,surface-to-air missile system,1,,2018,New,,47,47,47"
MISSILE = "Uzbekistan,China,2017,,70,,HQ-9,surface-to-air missile,70,,2018,New,,1,70,70"


def chosen(folder, *rows, old=ARMS_DEALS):
    return sipri_transfers.make([deals(folder, *rows)], {"arms_deals": old}).drafts[1].rows


def test_all_deals_of_two_states_and_the_drones_of_the_others_are_chosen(tmp_path):
    rows = chosen(tmp_path, DRONE.format(""))
    assert rows["deal"].tolist() == [
        "kaz-tur-2021-anka-s",
        "kgz-rus-2024-mi-17",
        "tjk-rus-2024-mi-17",
    ]
    first = rows.iloc[0]
    assert first["delivered_from":"tiv_millions"].tolist() == ["2022", "2023", "new", "9.0"]
    assert first["number_delivered_estimated"] == "true"


@pytest.mark.parametrize(
    ("comment", "note"),
    [
        ("Second-hand; aid", "a gift or aid"),
        ("Possibly aid", "possibly a gift"),
        ("Produced under licence in Tajikistan", "made under licence in the recipient state"),
        ("Possibly Kyrgyz S-125 rebuilt", "may be a rebuild of systems the recipient already had"),
        ("Second-hand BTR-70 but rebuilt", ""),
        ("Said to be for raids", ""),
    ],
)
def test_notes_say_in_our_words_what_a_comment_says(comment, note):
    assert sipri_deals.note(comment) == note


def test_deals_named_alike_are_numbered_and_keep_their_numbers(tmp_path):
    keys = {"uzb-chn-2017-hq-9", "uzb-chn-2017-hq-9-2"}

    def system(rows):
        return rows.set_index("deal")["tiv_millions"].reindex(sorted(keys)).tolist()

    assert system(chosen(tmp_path, SYSTEM, MISSILE)) == ["47.0", "70.0"]
    assert system(chosen(tmp_path, MISSILE, SYSTEM)) == ["70.0", "47.0"]
    row = ("uzb-chn-2017-hq-9", "surface-to-air missile system", "new")
    old = table("deal description condition", row)
    assert system(chosen(tmp_path, MISSILE, SYSTEM, old=old)) == ["47.0", "70.0"]


def test_an_unknown_condition_is_refused(tmp_path):
    with pytest.raises(ImportFault, match="unknown status 'Leased'"):
        chosen(tmp_path, DRONE.format("").replace("New", "Leased"))
