import pandas as pd

from casi.record.facts import arms

NOTHING = {"note": None}


def test_a_report_of_a_plan_is_a_plan(tables, table):
    report = {"report": "r", "kind": "plan", "item": "drones", "recipient": "KAZ", "note": "D."}
    report |= {"supplier": "RUS", "status": "confirmed", "category": "drone"}
    report |= {"date": "2022-05-10", "date_precision": "day"}
    gift = report | {"report": "g", "kind": "joint_production", "supplier": None}
    tables(arms_reports=table(report, gift, dates=["date"]))
    plan, other = arms.reports().to_dict("records")
    assert (plan["Status"], other["Status"]) == ("planned", "")
    assert plan["What"] == "Plan: drones" and other["What"] == "Joint production: drones"
    assert (plan["Who"], other["Who"]) == ("Kazakhstan from Russia", "Kazakhstan")
    assert (plan["States"], other["States"]) == ("KAZ;RUS", "KAZ")
    assert plan["Note"] == "Confirmed. D" and plan["Names"] == "drone"


def test_a_deal_says_what_was_delivered_and_from_when(tables, table):
    deal = {"deal": "d", "recipient": "KAZ", "supplier": "RUS", "item": "Su-30MK"}
    deal |= {"description": "fighter", "category": "Aircraft", "condition": "new"}
    deal |= {"order_year": 2014, "order_year_estimated": True, "tiv_millions": 220.0}
    deal |= {"number_delivered": 4, "number_delivered_estimated": False}
    deal |= {"delivered_from": 2014, "delivered_to": 2015} | NOTHING
    tables(arms_deals=table(deal).drop(columns="confidence"))
    [fact] = arms.deals().to_dict("records")
    assert fact["What"] == "Su-30MK: fighter, 4" and fact["Date"] == "2015"
    expected = "Ordered in 2014 (estimate). delivered from 2014. new. 220 million TIV"
    assert fact["Note"] == expected and fact["Grade"] == "dataset"


def test_deliveries_and_spending_are_facts_of_a_year(tables, table):
    volume = {"recipient": "KAZ", "supplier": "RUS", "delivery_year": 1995, "deals": 1}
    volume |= {"category": "Aircraft", "tiv_millions": 99.12}
    spent = {"state": "KAZ", "year": 2024, "basis": "sipri_estimate", "note": "N"}
    spent |= {"spending_usd_2023_millions": 1144.6, "spending_usd_current_millions": 1.0}
    spent |= {"spending_gdp_percent": 0.41}
    current = spent | {"year": 2025, "spending_usd_2023_millions": None}
    none = current | {"year": 1992, "spending_usd_current_millions": None}
    none |= {"spending_gdp_percent": None}
    tables(
        arms_transfers=table(volume, volume | {"deals": 2}),
        military_spending=table(spent, current, none),
    )
    one, two = arms.deliveries().to_dict("records")
    assert (
        one["What"] == "Arms delivered to Kazakhstan: aircraft, 99.12 million TIV"
        and one["Date"] == "1995"
    )
    assert (one["Note"], two["Note"]) == ("1 deal", "2 deals")
    assert one["Key"] == "arms_transfers/KAZ/RUS/1995/Aircraft"
    facts = arms.spending()
    assert facts["What"].tolist() == [
        "Military spending of Kazakhstan: 1,145 million dollars of 2023, 0.4% of GDP",
        "Military spending of Kazakhstan: 1 million dollars, 0.4% of GDP",
        "Military spending of Kazakhstan: no figure in dollars",
    ]
    assert facts["Note"].iloc[0] == "SIPRI estimate. N"


def test_a_foreign_site_stands_in_its_host_state(tables, table):
    base = {"presence": "p", "host": "KAZ", "foreign_state": "RUS", "place": "Astana; Osh"}
    base |= {"kind": "air base", "start": "2003-10-23", "start_precision": "day"}
    base |= {"end": "2014-06-03", "end_precision": "month", "note": "P"}
    tables(foreign_presence=table(base, dates=["start", "end"]))
    [fact] = arms.presence().to_dict("records")
    assert fact["What"] == "Air base: Russia" and fact["Who"] == "In Kazakhstan"
    assert fact["Note"] == "until 2014-06. P" and fact["Until"] == "2014-06"
    assert fact["Place"] == "astana-kaz" and fact["States"] == "KAZ;RUS"


def test_a_figure_is_that_of_its_event_or_of_its_subject(tables, table):
    drill = {"exercise": "e", "name": "Drill", "other_names": None, "frame": "csto"} | NOTHING
    drill |= {"date_start": "2024-05-16", "date_end": None, "date_precision": "day"}
    drill |= {"place": "Astana", "location": "astana-kaz", "status": "held"}
    drill |= {"participants_complete": True}
    meeting = {"meeting": "m", "name": "M", "series": "c5_eu", "documents": None} | drill
    came = table({"event": "e", "state": "KAZ", "level": "contingent", "role": None})
    figure = {"figure": 1, "subject": "e", "measure": "personnel_RUS", "unit": "persons"}
    figure |= {"low": 300, "best": None, "high": None, "preferred": False} | NOTHING
    figure |= {"as_of": "2025-01-01", "as_of_precision": "year"}
    topic = figure | {"figure": 2, "subject": "mil-budget", "measure": "growth"}
    days = ["date_start", "date_end"]
    tables(
        exercises=table(drill, dates=days),
        meetings=table(meeting, dates=days),
        participation=came,
        reported_figures=table(figure, topic, dates=["as_of"]),
    )
    of_event, of_topic = arms.figures().to_dict("records")
    assert of_event["What"] == "Drill: personnel of Russia at least 300 persons"
    assert of_event["States"] == "KAZ" and of_event["Date"] == "2024-05-16"
    assert of_event["Note"] == "Other figure" and of_event["Frame"] == "CSTO"
    assert of_topic["What"] == "Mil budget: growth at least 300 persons"
    assert of_topic["Date"] == "2025" and of_topic["States"] == ""
    assert pd.Series(of_topic).map(type).eq(str).all()
