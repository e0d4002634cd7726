"""Arms, military spending, foreign forces, and figures on which sources differ, as facts."""

from __future__ import annotations

import pandas as pd

from casi.record.facts.base import (
    days,
    facts,
    in_words,
    names_of_states,
    noted,
    ranges,
    sentence,
    tail,
    together,
    words,
)
from casi.record.facts.gatherings import events_of
from casi.tables import load


def reports() -> pd.DataFrame:
    """Return the reports on arms as facts; a report of a plan is a plan."""
    rows = load("arms_reports")
    return facts(
        rows,
        Date=days(rows, "date", "date_precision"),
        Kind="Arms report",
        Status=rows["kind"].map({"plan": "planned"}),
        What=sentence(rows["kind"]) + ": " + rows["item"],
        Who=_route(rows),
        Note=noted(sentence(rows["status"]), rows["note"]),
        Key="arms_reports/" + rows["report"],
        States=together(rows["recipient"], rows["supplier"]),
        Names=rows["category"],
    )


def deals() -> pd.DataFrame:
    """Return the deals of the arms register as facts, each in the year of its last delivery."""
    rows = load("arms_deals")
    number = _count(rows, "number_delivered")
    first = rows["delivered_from"].astype(str).str.replace("<NA>", "", regex=False)
    last = rows["delivered_to"].astype(str).str.replace("<NA>", "", regex=False)
    span = ("delivered from " + first).where((first != "") & (first != last), "")
    ordered = "ordered in " + rows["order_year"].astype(str)
    ordered += rows["order_year_estimated"].map({True: " (estimate)"}).fillna("")
    volume = rows["tiv_millions"].map("{:g} million TIV".format, na_action="ignore")
    return facts(
        rows,
        Date=last,
        Kind="Arms deal",
        What=rows["item"] + ": " + rows["description"] + tail(number),
        Who=_route(rows),
        Note=noted(sentence(ordered), span, words(rows["condition"]), volume, rows["note"]),
        Key="arms_deals/" + rows["deal"],
        States=together(rows["recipient"], rows["supplier"]),
        Names=rows["category"],
    )


def deliveries() -> pd.DataFrame:
    """Return the deliveries of the arms register by year, supplier and category as facts."""
    rows = load("arms_transfers")
    year, number = rows["delivery_year"].astype(str), rows["deals"]
    deals_of = number.map(lambda deals: f"{deals} deal{'s' * (deals != 1)}")
    key = rows["recipient"] + "/" + rows["supplier"] + "/" + year + "/" + rows["category"]
    return facts(
        rows,
        Date=year,
        Kind="Arms deliveries",
        What="Arms delivered to "
        + in_words(rows["recipient"])
        + ": "
        + rows["category"].str.lower()
        + rows["tiv_millions"].map(", {:g} million TIV".format),
        Who=_route(rows),
        Note=deals_of,
        Key="arms_transfers/" + key,
        States=together(rows["recipient"], rows["supplier"]),
    )


def spending() -> pd.DataFrame:
    """Return the military spending of each state and year as facts."""
    rows = load("military_spending")
    money = rows["spending_usd_2023_millions"].map(
        "{:,.0f} million dollars of 2023".format, na_action="ignore"
    )
    current = rows["spending_usd_current_millions"].map(
        "{:,.0f} million dollars".format, na_action="ignore"
    )
    money = money.fillna(current).fillna("no figure in dollars")
    share = rows["spending_gdp_percent"].map("{:.1f}% of GDP".format, na_action="ignore")
    year = rows["year"].astype(str)
    return facts(
        rows,
        Date=year,
        Kind="Military spending",
        What="Military spending of " + in_words(rows["state"]) + ": " + money + tail(share),
        Who=in_words(rows["state"]),
        Note=noted(sentence(rows["basis"]).str.replace("Sipri", "SIPRI"), rows["note"]),
        Key="military_spending/" + rows["state"] + "/" + year,
        States=rows["state"],
    )


def presence() -> pd.DataFrame:
    """Return the foreign forces and sites as facts, each at its start."""
    rows = load("foreign_presence")
    until = pd.Series(days(rows, "end", "end_precision"), rows.index)
    names = load("places").dropna(subset="lat").drop_duplicates("name").set_index("name")["place"]
    return facts(
        rows,
        Date=days(rows, "start", "start_precision"),
        Until=until,
        Kind="Foreign presence",
        What=sentence(rows["kind"]) + ": " + in_words(rows["foreign_state"]),
        Where=rows["place"],
        Who="In " + in_words(rows["host"]),
        Note=noted(("until " + until).where(until != "", ""), rows["note"]),
        Key="foreign_presence/" + rows["presence"],
        States=together(rows["host"], rows["foreign_state"]),
        Place=rows["place"].str.split("[,; ]").str[0].map(names),
    )


def figures() -> pd.DataFrame:
    """Return the figures on which sources differ as facts, on the day of what they measure."""
    rows = load("reported_figures")
    about = events_of(rows["subject"])
    own_day = pd.Series(days(rows, "as_of", "as_of_precision"), rows.index)
    title = about["What"].where(
        about["What"] != "", sentence(words(rows["subject"]).str.replace("-", " "))
    )
    return facts(
        rows,
        Date=about["Date"].where(about["Date"] != "", own_day),
        Kind="Reported figure",
        What=title
        + ": "
        + _measure(rows["measure"])
        + " "
        + ranges(rows)
        + " "
        + words(rows["unit"]),
        Where=about["Where"],
        Note=noted(
            rows["preferred"].map({True: "Preferred figure", False: "Other figure"}), rows["note"]
        ),
        Key="reported_figures/" + rows["figure"].astype(str),
        Frame=about["Frame"],
        States=about["States"],
        Place=about["Place"],
    )


def _route(rows: pd.DataFrame) -> pd.Series:
    """Say to whom arms go and from whom."""
    to = in_words(rows["recipient"])
    return to + (" from " + in_words(rows["supplier"])).fillna("")


def _measure(measures: pd.Series) -> pd.Series:
    """Write what was counted, with the name of the state whose part it is."""
    names = names_of_states()
    of = measures.str.extract(r"_([A-Z]{3})$")[0].map(names).radd(" of ").fillna("")
    return words(measures.str.replace(r"_[A-Z]{3}$", "", regex=True)) + of


def _count(rows: pd.DataFrame, column: str) -> pd.Series:
    written = rows[column].map("{:,}".format, na_action="ignore")
    return written + rows[f"{column}_estimated"].map({True: " (estimate)"}).fillna("")
