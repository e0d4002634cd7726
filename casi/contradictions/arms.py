"""Contradictions of arms deals, deliveries, spending and foreign troops."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, report, rule
from casi.states import FIVE

WHOLE = ["KGZ", "TJK"]  # recipients all of whose deals are in arms_deals
CATEGORIES = {
    *("Air-defence systems", "Aircraft", "Armoured vehicles", "Artillery", "Engines"),
    *("Missiles", "Naval weapons", "Other", "Sensors", "Ships"),
}
MOST_ITEMS = 1000  # of one kind, in one deal or report
STAGES = {  # of `arms_reports`: the stages that a kind has without a reason in the note
    "order": ["ordered"],
    "delivery": ["delivered"],
    "gift": ["delivered"],
    "joint_production": ["announced", "produced"],
    "plan": ["announced"],
    "display": ["shown"],
    "claim": ["unknown"],
}
REASON = "Stage: "  # begins the sentence of a note that says why a stage is another


@rule
def arms_go_to_the_five(tables: Tables) -> Iterator[Fault]:
    """Arms go to one of the five, from another state; troops are foreign and stand in the five."""
    for table, own, other in [
        ("arms_deals", "recipient", "supplier"),
        ("arms_transfers", "recipient", "supplier"),
        ("arms_reports", "recipient", "supplier"),
        ("foreign_presence", "host", "foreign_state"),
    ]:
        if table in tables:
            rows = tables[table]
            outside = ~rows[own].isin(FIVE)
            yield from report(table, rows[outside], own, "the table holds the five states only")
            same = rows[own] == rows[other]
            yield from report(table, rows[same], other, f"{own} and {other} are the same state")
    rows = tables["military_spending"]
    yield from report(
        "military_spending", rows[~rows["state"].isin(FIVE)], "state", "not of the five"
    )


@rule
def keys_hold_the_states(tables: Tables) -> Iterator[Fault]:
    """The keys of deals, reports and sites hold the states of the row."""
    for table, key, columns in [
        ("arms_deals", "deal", ["recipient", "supplier"]),
        ("arms_reports", "report", ["recipient"]),
        ("foreign_presence", "presence", ["foreign_state", "host"]),
    ]:
        rows = tables[table]
        words = rows[key].str.split("-")
        for column in columns:
            pairs = zip(words, rows[column].str.lower(), strict=True)
            other = [state not in parts for parts, state in pairs]
            text = f"not a state of the key {{{key}}}: correct the state or the key"
            yield from report(table, rows[other], column, text)
    rows = tables["arms_reports"]
    codes = set(tables["states"]["iso3"].str.lower())
    named = rows["report"].str.split("-").str[1].where(lambda word: word.isin(codes))
    other = named.notna() & (named != rows["supplier"].str.lower())
    text = "not the supplier of the key {report}: correct the state or the key"
    yield from report("arms_reports", rows[other], "supplier", text)


@rule
def deal_runs_forward(tables: Tables) -> Iterator[Fault]:
    """A deal is ordered, then delivered, up to the number ordered; none is older than the five."""
    rows = tables["arms_deals"]
    text = "delivered before the order of {order_year}: correct a year"
    early = rows["delivered_from"] < rows["order_year"]
    yield from report("arms_deals", rows[early.fillna(False)], "delivered_from", text)
    text = "delivery ends before it begins in {delivered_from}: correct a year"
    early = rows["delivered_to"] < rows["delivered_from"]
    yield from report("arms_deals", rows[early.fillna(False)], "delivered_to", text)
    text = "more delivered than the {number_ordered} ordered: correct a number"
    more = rows["number_delivered"] > rows["number_ordered"]
    yield from report("arms_deals", rows[more.fillna(False)], "number_delivered", text)
    last = tables["arms_transfers"]["delivery_year"].max()
    text = f"outside 1992 to {last}, the years of the register"
    for column in ("order_year", "delivered_from", "delivered_to"):
        outside = (rows[column] < 1992) | (rows[column] > last)
        yield from report("arms_deals", rows[outside.fillna(False)], column, text)
    slow = (rows["delivered_from"] - rows["order_year"]).fillna(0) > 8
    slow |= (rows["delivered_to"] - rows["delivered_from"]).fillna(0) > 8
    yield from report("arms_deals", rows[slow], "delivered_to", "more than eight years apart")
    some = rows["number_delivered"].fillna(0) > 0
    for column in ("delivered_from", "delivered_to"):
        text = f"delivered: {{number_delivered}}, so {column} must be given"
        yield from report("arms_deals", rows[some & rows[column].isna()], column, text)
        text = "nothing was delivered: empty the year or correct the number"
        yield from report("arms_deals", rows[~some & rows[column].notna()], column, text)
    text = "nothing was delivered, so there is no volume: correct one of the two"
    yield from report("arms_deals", rows[~some & (rows["tiv_millions"] > 0)], "tiv_millions", text)


@rule
def deal_is_plausible(tables: Tables) -> Iterator[Fault]:
    """One kind of item has about one volume a piece and one category; numbers are not absurd."""
    rows = tables["arms_deals"]
    each = rows["tiv_millions"] / rows["number_delivered"].astype(float).where(
        lambda number: number > 0
    )
    rows = rows.assign(each=each.round(3))
    group = rows.groupby(["item", "description"])["each"]
    usual = group.transform("median").where(group.transform("count") > 2, group.transform("min"))
    far = (each > usual * 4) | (each < usual / 4)
    text = "{each} million TIV a piece, unlike other deals of {item}: correct volume or number"
    yield from report("arms_deals", rows[far], "tiv_millions", text)
    heavy = each > 60
    yield from report("arms_deals", rows[heavy], "tiv_millions", "{each} million TIV for one piece")
    category = rows.groupby("description")["category"].transform(lambda column: column.mode()[0])
    text = "a {description} is of another category in other rows: correct one of the two"
    yield from report("arms_deals", rows[category != rows["category"]], "category", text)
    for table, column in [("arms_deals", "number_ordered"), ("arms_reports", "number")]:
        own = tables[table]
        many = (own[column] > MOST_ITEMS).fillna(False)
        yield from report(table, own[many], column, "more items than any of the five received")
    for table in ("arms_deals", "arms_transfers"):
        own = tables[table]
        unknown = ~own["category"].isin(CATEGORIES)
        yield from report(table, own[unknown], "category", "no category of the register")
    what = ["recipient", "supplier", "item", "description", "order_year", "condition"]
    again = rows.duplicated(what)
    yield from report("arms_deals", rows[again], "deal", "the same deal as another row")


@rule
def deals_add_up(tables: Tables) -> Iterator[Fault]:
    """Deals fit the volumes delivered: all of two recipients, and none above a whole."""
    deals, volumes = tables["arms_deals"], tables["arms_transfers"]
    group = ["recipient", "supplier", "category"]
    parts = deals.groupby(group)["tiv_millions"].sum()
    whole = volumes.groupby(group)["tiv_millions"].sum()
    sums = pd.DataFrame({"parts": parts, "whole": whole}).fillna(0).round(2)
    complete = sums.index.get_level_values("recipient").isin(WHOLE)
    wrong = sums[
        (sums["parts"] > sums["whole"] + 0.1) | (complete & (sums["whole"] > sums["parts"] + 0.1))
    ]
    for key, row in wrong.iterrows():
        names = " ".join(key)
        text = (
            f"{names}: {row['parts']:g} in arms_deals.csv, {row['whole']:g} in arms_transfers.csv"
        )
        for table in ("arms_deals", "arms_transfers"):
            own = tables[table]
            own = own[(own[group] == list(key)).all(axis=1)]
            yield from report(table, own.iloc[:1], "tiv_millions", text)
    years = volumes.groupby(group)["delivery_year"].agg(set)
    for column in ("delivered_from", "delivered_to"):
        dated = deals[deals[column].notna()]
        keys = pd.MultiIndex.from_frame(dated[group])
        pairs = zip(dated[column], years.reindex(keys), strict=True)
        missing = [isinstance(found, set) and year not in found for year, found in pairs]
        text = "arms_transfers.csv has no delivery of {supplier} {category} in that year"
        yield from report("arms_deals", dated[missing], column, text)


@rule
def deliveries_are_those_of_deals(tables: Tables) -> Iterator[Fault]:
    """Of recipients all of whose deals are known, a year has as many deliveries as deals run."""
    deals, volumes = tables["arms_deals"], tables["arms_transfers"]
    rows = volumes[volumes["recipient"].isin(WHOLE)]
    own = ["recipient", "supplier", "category"]
    pairs = rows[[*own, "delivery_year"]].reset_index().merge(deals, on=own)
    running = pairs["delivery_year"].between(pairs["delivered_from"], pairs["delivered_to"])
    rows = rows.assign(known=pairs[running]["index"].value_counts().reindex(rows.index).fillna(0))
    text = "arms_deals.csv has {known:.0f} deals of {supplier} {category} that ran in that year"
    wrong = rows[rows["deals"] != rows["known"]]
    yield from report("arms_transfers", wrong, "delivery_year", text)


@rule
def volumes_are_those_of_the_register(tables: Tables) -> Iterator[Fault]:
    """Volumes of a recipient add up to its total in the register, which the import recorded."""
    rows = tables["arms_transfers"]
    sums = rows.groupby("recipient")["tiv_millions"].sum()
    totals = tables.get("totals", pd.DataFrame(columns=["recipient", "tiv_millions"]))
    for state, total in totals.itertuples(index=False):
        if state in sums.index and abs(sums[state] - total) > 0.1:
            text = f"the rows of {state} add up to {sums[state]:.2f}, the register to {total}"
            largest = rows[rows["recipient"] == state].nlargest(1, "tiv_millions")
            yield from report("arms_transfers", largest, "tiv_millions", text)
    many = rows["deals"] > 25
    yield from report(
        "arms_transfers", rows[many], "deals", "too many deals for one category and year"
    )


@rule
def one_edition_a_table(tables: Tables) -> Iterator[Fault]:
    """All rows of a table made of a publisher's file come from one edition of it."""
    for table in ("arms_transfers", "arms_deals", "military_spending", "conflict_deaths"):
        rows = tables.get(table, pd.DataFrame({"source": []}))
        if rows["source"].nunique() > 1:
            usual = rows["source"].mode()[0]
            text = f"other rows are of {usual}; two editions never mix: import one for all rows"
            yield from report(table, rows[rows["source"] != usual], "source", text)


@rule
def report_status_fits_kind(tables: Tables) -> Iterator[Fault]:
    """What is denied is a denial; the same report stands once."""
    rows = tables["arms_reports"]
    denied = (rows["status"] == "denied") != (rows["kind"] == "denial")
    yield from report("arms_reports", rows[denied], "status", "does not fit the kind {kind}")
    again = rows.duplicated(["recipient", "supplier", "item", "kind", "date"])
    yield from report("arms_reports", rows[again], "report", "the same report as another row")


@rule
def report_stage_fits_kind(tables: Tables) -> Iterator[Fault]:
    """A stage follows from the kind, or the note says why not; a claim or denial is never more."""
    rows = tables["arms_reports"]
    kinds, stages = rows["kind"], rows["stage"]
    denied = (stages == "denied") != (kinds == "denial")
    yield from report("arms_reports", rows[denied], "stage", "does not fit the kind {kind}")
    usual = [stage in STAGES.get(kind, []) for kind, stage in zip(kinds, stages, strict=True)]
    other = ~pd.Series(usual, rows.index, dtype=bool) & ~denied & (kinds != "denial")
    claimed = other & (kinds == "claim")
    text = "a claim proves no stage: write unknown, or correct the kind"
    yield from report("arms_reports", rows[claimed], "stage", text)
    silent = ~rows["note"].fillna("").str.contains(REASON, regex=False)
    text = (
        f"not the usual stage of {{kind}}: correct it, or begin a sentence of the note {REASON!r}"
    )
    yield from report("arms_reports", rows[other & ~claimed & silent], "stage", text)


@rule
def presence_is_in_one_place(tables: Tables) -> Iterator[Fault]:
    """A foreign site stands once in the table, and not before the host was independent."""
    rows = tables["foreign_presence"]
    again = rows.duplicated(["host", "foreign_state", "place", "kind"])
    yield from report("foreign_presence", rows[again], "presence", "the same site as another row")
    spells = tables["memberships"]
    for word, bodies in (("CSTO", ["csto"]), ("CIS", ["cis"])):
        sent = rows[rows["kind"].str.contains(word)]
        inside = set(spells.loc[spells["organisation"].isin(bodies), "state"])
        outside = ~sent["foreign_state"].isin(inside) | ~sent["host"].isin(inside)
        text = f"not both states were members of the {word}: correct kind or state"
        yield from report("foreign_presence", sent[outside], "kind", text)
    short = rows["kind"].str.contains("CSTO") & ((rows["end"] - rows["start"]).dt.days > 60)
    yield from report("foreign_presence", rows[short], "end", "deployments of the CSTO last weeks")


@rule
def spending_is_smooth(tables: Tables) -> Iterator[Fault]:
    """Spending does not jump tenfold: each series, its GDP and its prices fit the years beside."""
    rows = tables["military_spending"].sort_values(["state", "year"])
    share, current = rows["spending_gdp_percent"], rows["spending_usd_current_millions"]
    constant = rows["spending_usd_2023_millions"]
    series = {
        "spending_gdp_percent": (share, 3.5),
        "spending_usd_current_millions": (current, 3.5),
        "spending_usd_2023_millions": (constant, 3.5),
        "spending_gdp_percent ": (current / share, 3.0),
        "spending_usd_2023_millions ": (constant / current, 3.0),
    }
    for column, (values, most) in series.items():
        known = values.dropna()
        state, year = rows["state"].loc[known.index], rows["year"].loc[known.index]
        far = pd.Series(True, known.index)
        alone = far.copy()
        for step in (1, -1):
            beside = known.groupby(state).shift(step)
            beside = beside.where((year - year.groupby(state).shift(step)).abs() <= 3)
            ratio = beside / known
            far &= beside.isna() | (ratio > most) | (ratio < 1 / most)
            alone &= beside.isna()
        far &= ~alone
        text = "jumps against the years beside it: correct one of the three amounts"
        yield from report("military_spending", rows.loc[known.index[far]], column.strip(), text)
    empty = rows["note"].fillna("").str.startswith("no figure") & (share.notna() | constant.notna())
    yield from report("military_spending", rows[empty], "note", "but there is a figure")
    many = share > 15
    yield from report(
        "military_spending", rows[many], "spending_gdp_percent", "no state spent so much"
    )
