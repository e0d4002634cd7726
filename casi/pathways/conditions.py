"""The conditions of four pathways to security integration, each read off the tables on any day.

A function takes the record and a day and returns a `Reading`; nothing after the day counts.
Meetings that an outside power holds with the five count for no pathway.
"""

from __future__ import annotations

import pandas as pd

from casi.measures import exercises
from casi.measures.institutions import UNIVERSAL
from casi.pathways.reading import (
    Reading,
    absent,
    all_of,
    enough,
    indicates,
    joint_exercises,
    own_meetings,
    put_to_all,
    widest,
)
from casi.record.lookup import Record, membership_rows, rows_of
from casi.record.on_day import (
    active_memberships,
    completed,
    known_by,
    members_on,
    whole_years,
    window_start,
)
from casi.states import FIVE, GREAT_POWERS
from casi.tables import split_keys
from casi.text import word

LOOK_BACK = 36  # months; yearly formats have three chances, and one missed year does not decide
YEARLY = 3  # summits in that time: the Consultative Meetings are yearly by their own rules
SERIES = 2  # one meeting or exercise is an event, two are the start of a series
MOST = (
    3  # of the five: a majority, and what EurAsEC held of the four of CACO when it took that over
)
NEARLY_ALL = 4  # of the five: a frame that leaves out two of them is not the region's
PEACE = 24  # months without shots: two seasons of pasture and water, over which clashes broke out
HALF = 0.5  # a share above it is a majority
ARMS_YEARS = 5  # as in SIPRI's own comparisons: deliveries are lumpy
CHARTERED = {  # kinds of body that have a founding treaty and a general purpose
    "regional economic union",
    "regional economic community",
    "regional organisation",
    "regional security organisation",
}
SECURITY = {"military alliance", "regional security organisation"}
TURKIC = ("turkic-council", "ots")
OWN = "consultative-heads"
FORCES = {"army", "guards"}
NEAR = {*FIVE, "AZE", "TUR"}


@indicates(
    "own-summits",
    "Own summits each year",
    f"At least {word(YEARLY)} Consultative Meetings in three years, each with the heads of "
    f"{word(NEARLY_ALL)} or more of the five",
)
def own_summits(record: Record, day: pd.Timestamp) -> Reading:
    """Count the Consultative Meetings of three years with at least `NEARLY_ALL` heads of state."""
    rows = own_meetings(record, "consultative_heads", day, LOOK_BACK)
    sat = _heads(record, rows["meeting"])
    full = rows[rows["meeting"].map(sat).fillna(0) >= NEARLY_ALL]
    return _series(record, full, YEARLY, day)


@indicates(
    "secretaries",
    "Secretaries meet again",
    f"At least {word(SERIES)} meetings of the secretaries of the five security councils in three "
    "years, with no outside power",
)
def secretaries(record: Record, day: pd.Timestamp) -> Reading:
    """Count the meetings of the secretaries of the five by themselves."""
    rows = own_meetings(record, "security_council_secretaries", day, LOOK_BACK)
    return _series(record, rows, SERIES, day)


@indicates(
    "own-exercises",
    "Own larger exercises",
    f"At least {word(SERIES)} exercises in three years that joined {word(MOST)} or more of the "
    "five and nobody else but Azerbaijan",
)
def own_exercises(record: Record, day: pd.Timestamp) -> Reading:
    """Count exercises of at least `MOST` of the five without outsiders, Azerbaijan apart."""
    return joint_exercises(record, day, LOOK_BACK, {*FIVE, "AZE"}, MOST, SERIES)


@indicates(
    "no-shots",
    "No shots at borders",
    "In two years no guards or soldiers of one of the five fired on those of another",
)
def no_shots(record: Record, day: pd.Timestamp) -> Reading:
    """Count clashes of guards or armies with shots; in a sample, none is unknown."""
    rows = record["clashes"]
    rows = rows[rows["kind"].isin(FORCES) & rows["shots"].fillna(False).astype(bool)]
    over = rows["date_start"].where(rows["date_precision"] == "day")
    rows = rows[(over <= day) & (over > window_start(day, PEACE))]
    if len(rows):
        return Reading(False, len(rows), rows_of("clashes", rows["clash"]))
    whole = absent(record, "border clashes", window_start(day, PEACE), day) is False
    return Reading(True if whole else None, 0 if whole else None)


@indicates(
    "common-treaty",
    "Treaty binds all five",
    "A treaty of friendship or alliance of all five and no one else is in force for all of them",
)
def common_treaty(record: Record, day: pd.Timestamp) -> Reading:
    """Count the signatories of the treaty put to all five that most signed; force decides.

    Put to all is a treaty on which each of the five acted, be it to decline. Who has not signed is
    not bound; where all have, an entry into force that no source tells leaves it unknown.
    """
    put = put_to_all(record, day)
    if not put:
        return Reading(absent(record, "treaties", day, day), 0)
    best = max(put, key=lambda treaty: (len(put[treaty]), treaty))
    signed = put[best]
    table = record["treaties"]
    forced = known_by(table[table["treaty"] == best], day, "in_force_date")
    met = False if len(signed) < len(FIVE) else True if len(forced) else None
    rows = rows_of("treaty_actions", [f"{best}/{state}/signed" for state in sorted(signed)])
    return Reading(met, len(signed), [f"treaties/{best}", *rows])


@indicates(
    "charter",
    "Own body, own charter",
    f"A body founded by the five alone, with a charter and a general purpose, has "
    f"{word(NEARLY_ALL)} or more of them as members",
)
def charter(record: Record, day: pd.Timestamp) -> Reading:
    """Return the most members of the five in a living body of a kind of `CHARTERED`."""
    bodies = record["organisations"]
    own = bodies[bodies["central_asian_only"] & bodies["kind"].isin(CHARTERED)]
    count, rows = widest(record, own["organisation"], day)
    return _members(record, count, NEARLY_ALL, rows, day)


@indicates(
    "full-table",
    "All presidents come",
    f"All five heads of state sat at each of the last {word(YEARLY)} Consultative Meetings of "
    "three years",
)
def full_table(record: Record, day: pd.Timestamp) -> Reading:
    """Return the lowest number of heads of the five at the last `YEARLY` Consultative Meetings."""
    rows = own_meetings(record, "consultative_heads", day, LOOK_BACK).tail(YEARLY)
    evidence = rows_of("meetings", rows["meeting"])
    if len(rows) < YEARLY:
        missing = absent(record, "five-state meetings", window_start(day, LOOK_BACK), day)
        return Reading(missing, None, evidence)
    seats = record["participation"]
    seats = seats[seats["event"].isin(rows["meeting"]) & seats["state"].isin(FIVE)]
    told = len(seats) == YEARLY * len(FIVE) and seats["level"].notna().all()
    lowest = int(rows["meeting"].map(_heads(record, rows["meeting"])).fillna(0).min())
    met = True if lowest == len(FIVE) else False if told else None
    return Reading(met, lowest, evidence)


@indicates(
    "borders-in-law",
    "All lines fixed in law",
    "Every border between two of the five is delimited from end to end by a treaty known to be in "
    "force",
)
def borders_in_law(record: Record, day: pd.Timestamp) -> Reading:
    """Count the borders whose last delimiting treaty is in force; a signature is not enough."""
    lines = record["border_segments"]
    lines = lines[lines["state_a"].isin(FIVE) & lines["state_b"].isin(FIVE)]
    forced = known_by(record["treaties"], day, "in_force_date").set_index("treaty")["date_opened"]
    parts = []
    for line in lines.itertuples():
        if line.delimited in ("partial", "none") or line.delimited_date > day:
            parts.append(False)
            continue
        own = forced[forced.index.isin(split_keys(line.treaties))]
        parts.append(True if (own == line.delimited_date).any() else None)
    return Reading(all_of(parts), parts.count(True), rows_of("border_segments", lines["border"]))


@indicates(
    "turkic-exercises",
    "Drills with neighbours",
    f"At least {word(SERIES)} exercises in three years that joined two or more of the five with "
    "Azerbaijan or Türkiye and nobody else",
)
def turkic_exercises(record: Record, day: pd.Timestamp) -> Reading:
    """Count exercises of two or more of the five with Azerbaijan or Türkiye alone."""
    return joint_exercises(record, day, LOOK_BACK, NEAR, 2, SERIES, {"AZE", "TUR"})


@indicates(
    "turkic-members",
    "Turkic body holds most",
    f"At least {word(NEARLY_ALL)} of the five belong fully to the Organization of Turkic States",
)
def turkic_members(record: Record, day: pd.Timestamp) -> Reading:
    """Count full members among the five of the Turkic organisation, under its name of the day."""
    count, rows = widest(record, TURKIC, day)
    return _members(record, count, NEARLY_ALL, rows, day)


@indicates(
    "turkic-charter",
    "Turkic charter renewed",
    "The protocol of 2022 that turns the Turkic Council into an organisation is in force",
)
def turkic_charter(record: Record, day: pd.Timestamp) -> Reading:
    """Count the signatories; only a recorded entry into force counts, none recorded is unknown."""
    table = record["treaties"]
    own = table[table["treaty"] == "nakhchivan-protocol-2022"]
    if known_by(own, day, "date_opened").empty:
        return Reading(False, 0)
    acts = record["treaty_actions"]
    acts = acts[acts["treaty"].isin(own["treaty"]) & (acts["action"] == "ratified")]
    acts = known_by(acts, day, "date")
    met = True if len(known_by(own, day, "in_force_date")) else None
    return Reading(met, len(acts), rows_of("treaties", own["treaty"]))


@indicates(
    "azerbaijan-in",
    "Azerbaijan a member",
    "Azerbaijan is a full member of the Consultative Meetings, not a guest",
)
def azerbaijan_in(record: Record, day: pd.Timestamp) -> Reading:
    """Count Azerbaijan's spell of full membership in the region's own format."""
    spells = members_on(known_by(record["memberships"], day, "start"), day)
    own = spells[(spells["organisation"] == OWN) & (spells["state"] == "AZE")]
    return _members(record, len(own), 1, membership_rows(own), day)


@indicates(
    "power-inside",
    "A great power inside",
    "Russia or China is a full member of a living body that the five founded by themselves",
)
def power_inside(record: Record, day: pd.Timestamp) -> Reading:
    """Count seats of `GREAT_POWERS` in living bodies founded by Central Asian states alone."""
    bodies = record["organisations"]
    own = bodies.loc[bodies["central_asian_only"], "organisation"]
    seats = active_memberships(record, own, day)
    seats = seats[seats["state"].isin(GREAT_POWERS)]
    return _members(record, len(seats), 1, membership_rows(seats), day)


@indicates(
    "absorber",
    "A body ready to absorb",
    f"A security body with Russia or China as a member has {word(MOST)} or more of the five",
)
def absorber(record: Record, day: pd.Timestamp) -> Reading:
    """Return the most members of the five in a living security body with a great power."""
    bodies = record["organisations"]
    keys = bodies[bodies["kind"].isin(SECURITY) & ~bodies["organisation"].isin(UNIVERSAL)]
    seats = active_memberships(record, keys["organisation"], day)
    led = seats.loc[seats["state"].isin(GREAT_POWERS), "organisation"].unique()
    count, rows = widest(record, led, day)
    return _members(record, count, MOST, rows, day)


@indicates(
    "armed-by-one",
    "One power arms most",
    f"Russia, or else China, delivered more than half of the major arms of {word(MOST)} or more of "
    "the five in five whole years",
)
def armed_by_one(record: Record, day: pd.Timestamp) -> Reading:
    """Count the states armed mainly by one great power; one without deliveries stays open."""
    rows = record["arms_transfers"]
    rows = rows[rows["delivery_year"].isin(whole_years(day, ARMS_YEARS))]
    volume = rows.pivot_table(
        index="recipient", columns="supplier", values="tiv_millions", aggfunc="sum", fill_value=0.0
    ).reindex(FIVE)
    shares = volume.div(volume.sum(axis=1), axis=0).reindex(columns=list(GREAT_POWERS))
    counts = (shares > HALF).sum()
    power, count = counts.idxmax(), int(counts.max())
    silent = int(volume.isna().all(axis=1).sum())
    met = True if count >= MOST else None if count + silent >= MOST else False
    armed = shares.index[shares[power] > HALF]
    own = rows[rows["recipient"].isin(armed) & (rows["supplier"] == power)]
    keys = own[["recipient", "supplier", "delivery_year", "category"]].astype(str)
    return Reading(met, count, rows_of("arms_transfers", keys.agg("/".join, axis=1)))


@indicates(
    "trained-with-power",
    "Power in most drills",
    "More than half of the exercises of two or more of the five in three whole years had Russia or "
    "China in them",
    "percent",
)
def trained_with_power(record: Record, day: pd.Timestamp) -> Reading:
    """Return the share of joint exercises with a great power; unknown where there was none."""
    rows = _classified(record, day)
    rows = rows[rows["year"].isin(whole_years(day, 3)) & (rows["of_five"] > 1)]
    if rows.empty:
        return Reading(None)
    led = rows[rows["russia"] | rows["china"]]
    share = len(led) / len(rows)
    return Reading(share > HALF, share, rows_of("exercises", led["exercise"]))


def _series(record: Record, rows: pd.DataFrame, least: int, day: pd.Timestamp) -> Reading:
    """Read whether meetings of `LOOK_BACK` are enough, or too few though none is missing."""
    missing = absent(record, "five-state meetings", window_start(day, LOOK_BACK), day)
    return Reading(
        enough(len(rows), least, missing), len(rows), rows_of("meetings", rows["meeting"])
    )


def _members(record: Record, count: int, least: int, rows: list[str], day: pd.Timestamp) -> Reading:
    return Reading(enough(count, least, absent(record, "memberships", day, day)), count, rows)


def _heads(record: Record, meetings: pd.Series) -> pd.Series:
    seats = record["participation"]
    seats = seats[seats["event"].isin(meetings) & seats["state"].isin(FIVE)]
    return seats[seats["level"] == "head_of_state"].groupby("event")["state"].nunique()


def _classified(record: Record, day: pd.Timestamp) -> pd.DataFrame:
    over = completed(record["exercises"], day)
    return exercises.classify(over, record["participation"], record["states"])
