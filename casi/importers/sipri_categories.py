"""The armament category of each kind of weapon in the register, by the words of its editions.

The export by deal describes weapons but leaves out their category. Descriptions of the edition of
2025 and, where it renamed them, of 2026.
"""

from __future__ import annotations

CATEGORIES = {
    "Air-defence systems": """
        SAM system; anti-aircraft gun; mobile SAM system; mobile surface-to-air missile system;
        surface-to-air missile system""",
    "Aircraft": """
        (armed) light helicopter; (armed) reconnaissance drone; (armed) trainer aircraft;
        FGA aircraft; UAV; airborne early-warning aircraft; armed UAV; armed drone;
        combat helicopter; fighter aircraft; fighter/ground-attack aircraft;
        ground-attack aircraft; heavy transport aircraft; helicopter; light helicopter;
        light transport aircraft; reconnaissance drone; tanker/transport aircraft;
        trainer/combat aircraft; transport aircraft; transport helicopter""",
    "Armoured vehicles": """
        armoured personnel carrier; armoured reconnaissance vehicle; armoured recovery vehicle;
        armoured supply vehicle; fire-support vehicle; infantry fighting vehicle; tank;
        tank destroyer""",
    "Artillery": """
        mortar; multiple rocket launcher; self-propelled gun; self-propelled mortar;
        surface-to-surface missile launcher; towed gun""",
    "Engines": "aircraft engine; ship engine; turbofan; turboprop; vehicle engine",
    "Missiles": """
        SAM; air-to-surface missile; air-to-surface/surface-to-surface missile; anti-ship missile;
        anti-ship torpedo; anti-submarine/ship torpedo; anti-tank missile; guided glide bomb;
        guided rocket; loitering munition; long-range air-to-air missile; portable SAM;
        portable surface-to-air missile; short-range air-to-air missile; surface-to-air missile;
        surface-to-surface missile""",
    "Naval weapons": "naval gun",
    "Other": "helicopter turret; infantry fighting vehicle turret",
    "Sensors": """
        air-search radar; air-search system; air/sea-search radar;
        aircraft electro-optical system; combat aircraft radar; fire-control radar;
        multi-function radar""",
    "Ships": "MCM ship; frigate; minehunter/minesweeper; missile boat; patrol boat",
}
_BY_DESCRIPTION = {
    " ".join(text.split()): kind for kind, texts in CATEGORIES.items() for text in texts.split(";")
}


def category(description: str) -> str | None:
    """Return the category of a description of a weapon; None if it is not known."""
    return _BY_DESCRIPTION.get(description)
