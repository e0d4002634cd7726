from casi.record.facts import shared

INCIDENT = {"incident": "i", "kind": "cross_border_attack", "state": "TJK", "place": "Pyanj"}
INCIDENT |= {"border": "afg-tjk", "actor": "A group", "note": "N"}
INCIDENT |= {"date_start": "2024-11-18", "date_end": "2024-11-19", "date_precision": "day"}
INCIDENT |= {"killed_low": 1, "killed_best": None, "killed_high": 3}
INCIDENT |= {"wounded_low": None, "wounded_best": None, "wounded_high": None}


def test_an_incident_says_who_attacked_and_how_many_were_killed(tables, table):
    plot = INCIDENT | {"kind": "foiled_plot", "border": None, "actor": None, "date_end": None}
    tables(incidents=table(INCIDENT, plot, dates=["date_start", "date_end"]))
    attack, foiled = shared.incidents().to_dict("records")
    assert attack["What"] == "Cross border attack in Tajikistan" and attack["Until"] == "2024-11-19"
    assert attack["Note"] == "Killed: 1–3. N" and attack["Who"] == "Attacker: A group"
    assert (attack["Place"], foiled["Place"]) == ("border-afg-tjk", "")
    assert (foiled["Who"], foiled["Until"], foiled["States"]) == ("", "", "TJK")


def test_a_milestone_names_its_states_and_its_topic(tables, table):
    step = {
        "milestone": "m",
        "topic": "afghan_border",
        "subject": "syr_darya",
        "action": "agreement",
    }
    step |= {"date": "1999-07-01", "date_precision": "month", "states": "KAZ;KGZ"}
    step |= {"what": "They agreed.", "note": None}
    tables(milestones=table(step, dates=["date"]))
    [fact] = shared.milestones().to_dict("records")
    assert fact["What"] == "They agreed" and fact["Who"] == "Kazakhstan, Kyrgyzstan"
    assert fact["Note"] == "Afghan border. Agreement" and fact["Date"] == "1999-07"
    assert fact["Where"] == "Syr darya" and fact["Key"] == "milestones/m"
