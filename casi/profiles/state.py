"""Profile of a state: what the record holds on it, laid out for the tables of its page."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from casi.counting import counted
from casi.measures import borders, exercises, foreign_presence, participation, suppliers
from casi.profiles.rows import Rows
from casi.record.exercise_kinds import without_rescue
from casi.record.lookup import LEVELS, Record, rows_of, took_part
from casi.text import MISSING, dates, listing, number, percent, rows_link

FIRST_CONSULTATIVE = 2018  # year of the first Consultative Meeting
WITH_GREAT_POWER = "With Russia or China"
GREAT_POWERS = ("China", "Russia and China", "Russia")
OWN_RECORD, RECENT = 2011, 2020  # years from which exercises are counted
NO_ROW = "No row in this record"
ENDED = {"declined", "suspended", "not_renewed"}
SUPPLIER_LABELS = {
    "Years": "Years",
    "Supplier": "Supplier",
    "Volume": "Volume, million TIV",
    "Share": "Share of all",
    "Deliveries": "Deliveries",
}
SPENDING_LABELS = {
    "Year": "Year",
    "US dollars": "US dollars of 2023, millions",
    "Share of GDP": "Share of GDP, %",
    "Basis": "Basis",
}
CLASH_LABELS = {
    "Border": "Border",
    "Clashes": "Clashes",
    "First": "First",
    "Last": "Last",
    "Low": "Dead, low",
    "High": "Dead, high",
}
STATUSES = [
    "In force for the state",
    "In force, not known whether for the state",
    "No entry into force on record",
    "Declined, suspended or not renewed",
]


def memberships(record: Record, rows: Rows) -> pd.DataFrame:
    """Return each spell of a state in a body: `Organisation`, `From`, `To` and `Role`.

    The end is a dash for spells in effect, and "not known" if the body has ended on an unknown day.
    """
    spells = rows["memberships"].sort_values(["start", "organisation"])
    bodies = record["organisations"].set_index("organisation")
    lost = spells["end"].isna() & (spells["organisation"].map(bodies["end_kind"]) == "unknown")
    ends = pd.Series(dates(spells["end"], spells["end_precision"]), index=spells.index)
    table = pd.DataFrame(
        {
            "Organisation": spells["organisation"].map(bodies["name"]),
            "From": dates(spells["start"], spells["start_precision"]),
            "To": ends.mask(lost, "not known"),
            "Role": spells["status"].str.replace("_", " "),
        }
    )
    return no_row_if_empty(table)


def seats(record: Record, state: str, since: int = FIRST_CONSULTATIVE) -> pd.DataFrame:
    """Count the meetings held since a year by the level at which a state attended.

    Returns:
        `Level`, the highest first, then presence at an unknown level and meetings without a row on
        the state; `With each other` and `With an outside power` (number of meetings).
    """
    meetings = participation.held(record["meetings"])
    meetings = meetings[meetings["date_start"].dt.year >= since]
    grid = participation.attendance(meetings, record["participation"], [state])
    level = grid[state].replace("present", "present, level unknown").fillna(NO_ROW.lower())
    outside = counted(meetings, "with_outside_power")
    kind = outside.map({True: "With an outside power", False: "With each other"})
    kinds = ["With each other", "With an outside power"]
    table = pd.crosstab(level, kind).reindex(columns=kinds, fill_value=0)
    order = [*LEVELS.values(), "present, level unknown", NO_ROW.lower()]
    table = table.reindex([each for each in order if each in table.index])
    table.index = table.index.str.capitalize().rename("Level")
    return table.reset_index().rename_axis(columns=None)


def joint_exercises(record: Record, rows: Rows) -> pd.DataFrame:
    """Return the exercises in which a state took part, the oldest first, counted one by one.

    Those of emergency services alone are left out, as in `exercises.classify`.

    Returns:
        The rows of `exercises` with `year` and `company` (see `exercises.classify`), missing where
        not all participants are known.
    """
    came = record["participation"]
    came = came[came["event"].isin(rows["exercises"]["exercise"])]
    drills, states = rows["exercises"], record["states"]
    classified = exercises.classify(drills, came, states, merge=False, of_five=0)
    joint = without_rescue(rows["exercises"]).sort_values(["date_start", "exercise"])
    company = joint["exercise"].map(classified.set_index("exercise")["company"])
    return joint.assign(year=joint["date_start"].dt.year, company=company)


def exercises_by_company(joint: pd.DataFrame) -> pd.DataFrame:
    """Count a state's exercises by company, since both years.

    Args:
        joint: what `joint_exercises` returns.

    Returns:
        `Company`, `Since 2011` and `Since 2020`; the last row counts exercises whose participants
        are not all known.
    """
    company = joint["company"].fillna("Not all participants known")
    since = {
        f"Since {year}": company[joint["year"] >= year].value_counts()
        for year in (OWN_RECORD, RECENT)
    }
    order = [*exercises.COMPANY, "Not all participants known"]
    table = pd.DataFrame(since).reindex(order).dropna(how="all").fillna(0).astype(int)
    return no_row_if_empty(table.rename_axis("Company").reset_index())


def exercises_drawn(joint: pd.DataFrame) -> pd.DataFrame:
    """Return the exercises since `OWN_RECORD` with known participants, as a chart counts them.

    Args:
        joint: what `joint_exercises` returns.

    Returns:
        Its rows, in `company` those with Russia or China as `WITH_GREAT_POWER`.
    """
    recent = joint[joint["year"] >= OWN_RECORD].dropna(subset="company")
    company = recent["company"].replace(dict.fromkeys(GREAT_POWERS, WITH_GREAT_POWER))
    return recent.assign(company=company)


def exercises_by_year(joint: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Count a state's exercises with known participants by year and company, for a chart.

    Args:
        joint: what `joint_exercises` returns.
        last_year: the last year to show.

    Returns:
        Index `Year`, from `OWN_RECORD` on; one column a company that occurs, those with Russia or
        China as `WITH_GREAT_POWER`.
    """
    drawn = exercises_drawn(joint)
    table = pd.crosstab(drawn["year"], drawn["company"])
    kinds = [each for each in (*exercises.COMPANY, WITH_GREAT_POWER) if each in table]
    years = range(OWN_RECORD, last_year + 1)
    return table.reindex(index=years, columns=kinds, fill_value=0).rename_axis("Year")


def last_exercises(
    record: Record, states: Collection[str], joint: pd.DataFrame, most: int = 3
) -> pd.DataFrame:
    """Return the exercises that come last: `Exercise` (Markdown), `When` and `With`.

    Args:
        record: the tables.
        states: codes of the states whose page it is, which `With` leaves out.
        joint: what `joint_exercises` returns.
        most: how many to return.
    """
    rows = joint.tail(most).iloc[::-1]
    names = record["states"].set_index("iso3")["name"]
    came = record["participation"]
    trained = took_part(came[came["event"].isin(rows["exercise"])])
    parts = [trained.get(exercise, frozenset()) for exercise in rows["exercise"]]
    table = pd.DataFrame(
        {
            "Exercise": [
                rows_link(name, rows_of("exercises", [key]))
                for name, key in zip(rows["name"], rows["exercise"], strict=True)
            ],
            "When": dates(rows["date_start"], rows["date_precision"]),
            "With": [
                _partners(sorted(names[[*group - set(states)]]), complete)
                for group, complete in zip(parts, rows["participants_complete"], strict=True)
            ],
        }
    )
    return no_row_if_empty(table)


def largest_suppliers(record: Record, state: str, most: int = 3) -> pd.DataFrame:
    """Return the largest suppliers of a state in each window of years, by volume delivered.

    Returns:
        `Years`, `Supplier`, `Volume` (million TIV), `Share` (of all volume of the window, in
        words) and `Deliveries` (a deal counts once for each year in which it was delivered).
    """
    transfers = suppliers.with_groups(record["arms_transfers"], record["states"])
    mine = transfers[transfers["recipient"] == state]
    sums = mine.groupby(["window", "supplier"])[["tiv_millions", "deals"]].sum().reset_index()
    sums["share"] = sums["tiv_millions"] / sums.groupby("window")["tiv_millions"].transform("sum")
    sums = sums.sort_values(["window", "tiv_millions"], ascending=[True, False], kind="stable")
    top = sums.groupby("window").head(most)
    names = record["states"].set_index("iso3")["name"]
    table = pd.DataFrame(
        {
            "Years": top["window"],
            "Supplier": top["supplier"].map(names).fillna("Unknown"),
            "Volume": top["tiv_millions"].round(1),
            "Share": [percent(share) for share in top["share"]],
            "Deliveries": top["deals"].astype(int),
        }
    )
    return no_row_if_empty(table)


def spending(rows: Rows, most: int = 5) -> pd.DataFrame:
    """Return what a state spent on its armed forces in the last years of the table.

    Returns:
        `Year`, `US dollars` (millions, prices of 2023), `Share of GDP` (per cent) and `Basis`,
        "not published" where there is no figure at all.
    """
    years = rows["military_spending"].sort_values("year").tail(most)
    dollars, gdp = years["spending_usd_2023_millions"], years["spending_gdp_percent"]
    known = dollars.notna() | gdp.notna()
    table = pd.DataFrame(
        {
            "Year": years["year"].astype(str),
            "US dollars": [number(value, 1) for value in dollars],
            "Share of GDP": [number(value, 1) for value in gdp],
            "Basis": years["basis"].str.replace("_", " ").where(known, "not published"),
        }
    )
    return no_row_if_empty(table)


def treaty_statuses(rows: Rows) -> pd.DataFrame:
    """Return the treaties that a state signed, joined or declined, the oldest first.

    A general date of entry into force does not show that a treaty binds this state. Declarations
    are left out, as they do not enter into force.

    Returns:
        `Treaty` (Markdown), `Kind`, `opened` (date), `Opened` (in words) and `Status` (one of
        `STATUSES`).
    """
    steps = rows["treaty_actions"]
    own = (steps["treaty"] + "/" + steps["state"]).groupby(steps["treaty"]).agg(set)
    treaties = rows["treaties"].sort_values(["date_opened", "treaty"])
    treaties = treaties[treaties["kind"] != "declaration"]
    return pd.DataFrame(
        {
            "Treaty": [
                rows_link(name, rows_of("treaty_actions", sorted(own[key])))
                for key, name in treaties[["treaty", "name"]].itertuples(index=False)
            ],
            "Kind": treaties["kind"].str.replace("_", " ").str.capitalize(),
            "opened": treaties["date_opened"],
            "Opened": dates(treaties["date_opened"], treaties["date_precision"]),
            "Status": statuses_of(steps, treaties),
        }
    ).reset_index(drop=True)


def treaties_by_kind(statuses: pd.DataFrame) -> pd.DataFrame:
    """Count what `treaty_statuses` returns: one row a kind, a column each of `STATUSES`."""
    table = pd.crosstab(statuses["Kind"], statuses["Status"])
    table = table.reindex(columns=STATUSES, fill_value=0).rename_axis(columns=None)
    return no_row_if_empty(table.reset_index())


def treaties_without_entry(statuses: pd.DataFrame, since: int = FIRST_CONSULTATIVE) -> pd.DataFrame:
    """Return the treaties opened since a year without entry into force: `Treaty`, `Opened`.

    `Treaty` is Markdown.
    """
    pending = statuses["Status"] == "No entry into force on record"
    rows = statuses[pending & (statuses["opened"].dt.year >= since)]
    return no_row_if_empty(rows[["Treaty", "Opened"]])


def settlement(record: Record, rows: Rows) -> pd.DataFrame:
    """Return the land borders of a state and how far each is settled; see `borders.settlement`."""
    names = record["states"].set_index("iso3")["name"].to_dict()
    return no_row_if_empty(
        borders.settlement(rows["border_segments"], record["border_progress"], names)
    )


def clashes_by_border(record: Record, rows: Rows) -> pd.DataFrame:
    """Count the clashes on each border of a state and the dead of both sides, mines left out.

    Returns:
        `Border`, `Clashes`, `First`, `Last` (years) and the dead `Low` and `High`, missing where
        no source gives a figure.
    """
    clashes = rows["clashes"].query("kind != 'mines'")
    years = clashes["date_start"].dt.year.groupby(clashes["border"]).agg(["size", "min", "max"])
    dead = borders.deaths_by_year(record["clashes"], record["clash_figures"])[["low", "high"]]
    table = years.join(dead.groupby("border").sum(min_count=1)).reset_index()
    names = record["states"].set_index("iso3")["name"]
    sides = clashes.drop_duplicates("border").set_index("border")
    table["border"] = [
        f"{names[sides.at[border, 'state_a']]}–{names[sides.at[border, 'state_b']]}"
        for border in table["border"]
    ]
    table[["min", "max"]] = table[["min", "max"]].astype(str)
    columns = ["Border", "Clashes", "First", "Last", "Low", "High"]
    return no_row_if_empty(table.set_axis(columns, axis="columns"))


def foreign_sites(record: Record, rows: Rows) -> pd.DataFrame:
    """Return the foreign forces on a state's soil: `Whose`, `What`, `Place` and `When`."""
    sites = foreign_presence.in_words(rows["foreign_presence"])
    names = record["states"].set_index("iso3")["name"]
    table = pd.DataFrame(
        {
            "Whose": sites["foreign_state"].map(names),
            "What": sites["kind"],
            "Place": sites["place"],
            "When": sites["when"],
        }
    )
    return no_row_if_empty(table)


def statuses_of(steps: pd.DataFrame, treaties: pd.DataFrame) -> list[str]:
    """Return where each treaty stands for a state, one of `STATUSES`.

    A refusal or suspension counts unless the state signed, ratified or joined on a later day.

    Args:
        steps: rows of `treaty_actions` on the state.
        treaties: rows of `treaties`, each with a step of the state.
    """
    last = steps.sort_values("date", kind="stable").groupby("treaty")["action"].last()
    bound = set(steps.loc[steps["action"] == "in_force", "treaty"])
    return [
        STATUSES[3]
        if last[treaty] in ENDED
        else STATUSES[0]
        if treaty in bound
        else STATUSES[2 if pd.isna(day) else 1]
        for treaty, day in treaties[["treaty", "in_force_date"]].itertuples(index=False)
    ]


def no_row_if_empty(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table, or one row that says that there is none."""
    if len(table):
        return table.reset_index(drop=True)
    empty = {name: [MISSING] for name in table.columns}
    return pd.DataFrame(empty | {table.columns[0]: [NO_ROW]})


def _partners(names: list[str], complete: bool) -> str:
    return listing(names if complete else [*names, "others not known"], "no other state")
