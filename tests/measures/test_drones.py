"""Drones of each army: hand-made reports, the table worked out by eye."""

import pandas as pd

from casi.measures import drones

NAMES = {"KAZ": "Kazakhstan", "TJK": "Tajikistan", "TUR": "Türkiye", "CHN": "China"}


def found(*rows):
    columns = ["recipient", "supplier", "item", "stage", "confidence", "category"]
    rows = [(*row, "drone")[:6] if len(row) == 5 else row for row in rows]
    table = drones.by_stage(pd.DataFrame(rows, columns=columns), NAMES).set_index("State")
    return {(state, column): text for (state, column), text in table.stack().dropna().items()}


def test_a_type_stands_once_at_its_furthest_stage_and_other_arms_not_at_all():
    assert found(
        ("TJK", None, "Drone assembly", "announced", "high"),
        ("KAZ", "TUR", "ANKA (assembly line)", "announced", "high"),
        ("KAZ", "TUR", "Anka", "delivered", "high"),
        ("KAZ", "TUR", "Anka", "shown", "high"),
        ("KAZ", "CHN", "Anka", "ordered", "high"),
        ("KAZ", "TUR", "Arma", "in_service", "high", "armoured vehicle"),
        ("KAZ", "TUR", "Hurkus, Aksungur", "shown", "high", "drone; trainer aircraft"),
    ) == {
        ("Kazakhstan", "Delivered"): "Anka (Türkiye)",
        ("Kazakhstan", "Ordered"): "Anka (China)",
        ("Kazakhstan", "Shown or produced"): "Aksungur (Türkiye)",
        ("Tajikistan", "Planned or discussed"): "type not named",
    }


def test_a_shown_drone_is_not_delivered_and_a_claim_or_denial_gives_no_stage():
    assert found(
        ("KAZ", "TUR", "Bayraktar TB2", "shown", "high"),
        ("KAZ", None, "Lochin drones", "produced", "high"),
        ("TJK", "TUR", "Bayraktar TB2", "unknown", "high"),
        ("TJK", "TUR", "Anka", "denied", "high"),
    ) == {("Kazakhstan", "Shown or produced"): "Bayraktar TB2 (Türkiye), Lochin"}


def test_an_asterisk_marks_what_no_report_of_high_confidence_says():
    assert found(
        ("KAZ", "TUR", "Anka", "in_service", "low"),
        ("KAZ", "TUR", "Anka", "delivered", "high"),
        ("TJK", "CHN", "Wing Loong", "ordered", "low"),
        ("TJK", "CHN", "Wing Loong I", "ordered", "high"),
    ) == {
        ("Kazakhstan", "In service"): "Anka (Türkiye)*",
        ("Tajikistan", "Ordered"): "Wing Loong (China)",
    }


def test_an_unnamed_type_without_a_supplier_stands_only_alone():
    assert found(
        ("KAZ", None, "Tactical drone", "shown", "low"),
        ("KAZ", "CHN", "Baykar drones", "shown", "high"),
        ("KAZ", "TUR", "Bayraktar drones and Akinci", "shown", "high"),
        ("TJK", None, "Tactical drone", "shown", "low"),
    ) == {
        ("Kazakhstan", "Shown or produced"): "Akinci (Türkiye), type not named (China)",
        ("Tajikistan", "Shown or produced"): "type not named*",
    }


def test_an_item_may_name_several_types():
    assert drones.types_in("Akinci and Aksungur") == ["Akinci", "Aksungur"]
    assert drones.types_in("Bayraktar Akinci") == ["Akinci"]
    assert drones.types_in("Bayraktar drones, border unit") == ["Bayraktar"]
    assert drones.types_in("Bayraktar TB2") == ["Bayraktar TB2"]
    assert drones.types_in("Strike drone") == [drones.UNNAMED]
