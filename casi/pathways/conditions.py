"""The conditions of four pathways to security integration, each read off the tables on a day.

A function takes the record and a day and returns a `Reading`; nothing after the day counts.
Meetings of the five with an outside power count for no pathway.
"""

from __future__ import annotations

import pandas as pd

from casi.counting import values
from casi.measures import exercises, suppliers
from casi.measures.borders import among_five
from casi.pathways.reading import (
    Reading,
    absence,
    all_of,
    indicates,
    joint_exercises,
    most_members,
    reaches,
    recent_meetings,
    treaties_before_all_five,
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
from casi.states import FIVE, GREAT_POWERS, WITH_AZERBAIJAN
from casi.tables import split_keys
from casi.text import word

LOOK_BACK = 36  # months; yearly formats have three chances, and one missed year does not decide
SUMMITS = 3  # in that time: the Consultative Meetings are yearly by their own rules
RECURRING = 2  # one meeting or exercise is an event, two are the start of a series
# of the five: a majority, and what EurAsEC held of the four of CACO when it took that over
MAJORITY = 3
NEARLY_ALL = 4  # of the five: a frame that leaves out two of them is not the region's
PEACE = 24  # months without shots: two seasons of pasture and water, over which clashes broke out
HALF = 0.5  # a share above it is a majority
TRAINING_YEARS = 3  # whole years, as long as `LOOK_BACK`
ARMS_YEARS = 5  # as in SIPRI's own comparisons: deliveries are lumpy
CHARTERED = {  # kinds of body that have a founding treaty and a general purpose
    "regional economic union",
    "regional economic community",
    "regional organisation",
    "regional security organisation",
}
SECURITY = {"military alliance", "regional security organisation"}
TURKIC = ("turkic-council", "ots")
CONSULTATIVE_MEETINGS = "consultative-heads"
FORCES = {"army", "guards"}
NEIGHBOURS = {"AZE", "TUR"}  # with which a Turkic or Caspian frame would be built


@indicates(
    "own-summits",
    "Summits each year",
    f"At least {word(SUMMITS)} Consultative Meetings in three years, each with the heads of "
    f"{word(NEARLY_ALL)} or more of the five states",
)
def own_summits(record: Record, day: pd.Timestamp) -> Reading:
    """Count the Consultative Meetings of three years with `NEARLY_ALL` or more heads of state."""
    rows = recent_meetings(record, "consultative_heads", day, LOOK_BACK)
    heads = _heads(record, rows["meeting"])
    attended = rows[rows["meeting"].map(heads).fillna(0) >= NEARLY_ALL]
    return _count_meetings(record, attended, SUMMITS, day)


@indicates(
    "secretaries",
    "Secretaries meet regularly",
    f"At least {word(RECURRING)} meetings of the secretaries of the five security councils in "
    "three years, with no outside power",
)
def secretaries(record: Record, day: pd.Timestamp) -> Reading:
    """Count the meetings of the secretaries without an outside power."""
    rows = recent_meetings(record, "security_council_secretaries", day, LOOK_BACK)
    return _count_meetings(record, rows, RECURRING, day)


@indicates(
    "own-exercises",
    "Larger joint exercises",
    f"At least {word(RECURRING)} exercises in three years that joined {word(MAJORITY)} or more of "
    "the five states and nobody else but Azerbaijan",
)
def own_exercises(record: Record, day: pd.Timestamp) -> Reading:
    """Count exercises of `MAJORITY` or more of the five with no other state but Azerbaijan."""
    return joint_exercises(record, day, LOOK_BACK, WITH_AZERBAIJAN, MAJORITY, RECURRING)


@indicates(
    "no-shots",
    "No shots at borders",
    "In two years no guards or soldiers of one of the five states fired on those of another",
)
def no_shots(record: Record, day: pd.Timestamp) -> Reading:
    """Count clashes of guards or armies with shots.

    Met if there was none; unknown if there is none on record and the record is a sample.
    """
    clashes = record["clashes"]
    with_shots = clashes["shots"].fillna(False).astype(bool)
    dates = clashes["date_start"].where(clashes["date_precision"] == "day")
    in_time = (dates <= day) & (dates >= window_start(day, PEACE))
    rows = clashes[clashes["kind"].isin(FORCES) & with_shots & in_time]
    if len(rows):
        return Reading(False, len(rows), rows_of("clashes", rows["clash"]))
    if absence(record, "border clashes", window_start(day, PEACE), day) is None:
        return Reading(None)
    return Reading(True, 0)


@indicates(
    "common-treaty",
    "Common treaty in force",
    "A treaty of friendship or alliance of all five and no one else is in force for all of them",
)
def common_treaty(record: Record, day: pd.Timestamp) -> Reading:
    """Count the signatories of that treaty before all five which most of them signed.

    Not met if one of the five has not signed; met if all have and it is in force; unknown if all
    have and no source shows that it is in force.
    """
    signatories = treaties_before_all_five(record, day)
    if not signatories:
        return Reading(absence(record, "treaties", day, day), 0)
    treaty = max(signatories, key=lambda key: (len(signatories[key]), key))
    signed = signatories[treaty]
    table = record["treaties"]
    in_force = known_by(table[table["treaty"] == treaty], day, "in_force_date")
    met = False if len(signed) < len(FIVE) else True if len(in_force) else None
    rows = rows_of("treaty_actions", [f"{treaty}/{state}/signed" for state in sorted(signed)])
    return Reading(met, len(signed), [f"treaties/{treaty}", *rows])


@indicates(
    "charter",
    "Body with its own charter",
    f"A body founded by the five states alone, with a charter and a general purpose, has "
    f"{word(NEARLY_ALL)} or more of them as members",
)
def charter(record: Record, day: pd.Timestamp) -> Reading:
    """Return how many of the five are in the active body of a `CHARTERED` kind most joined."""
    bodies = record["organisations"]
    chartered = bodies[bodies["central_asian_only"] & bodies["kind"].isin(CHARTERED)]
    count, rows = most_members(record, chartered["organisation"], day)
    return _count_members(record, count, NEARLY_ALL, rows, day)


@indicates(
    "full-table",
    "All presidents attend",
    f"All five heads of state sat at each of the last {word(SUMMITS)} Consultative Meetings of "
    "three years",
)
def full_table(record: Record, day: pd.Timestamp) -> Reading:
    """Return the lowest number of heads of the five at the last `SUMMITS` Consultative Meetings."""
    rows = recent_meetings(record, "consultative_heads", day, LOOK_BACK).tail(SUMMITS)
    names = rows_of("meetings", rows["meeting"])
    if len(rows) < SUMMITS:
        if_absent = absence(record, "five-state meetings", window_start(day, LOOK_BACK), day)
        return Reading(if_absent, None, names)
    seats = _seats(record, rows["meeting"])
    all_known = len(seats) == SUMMITS * len(FIVE) and seats["level"].notna().all()
    lowest = int(rows["meeting"].map(_heads(record, rows["meeting"])).fillna(0).min())
    met = True if lowest == len(FIVE) else False if all_known else None
    return Reading(met, lowest, names)


@indicates(
    "borders-in-law",
    "Borders fixed by treaty",
    "Every border between two of the five states is delimited from end to end by a treaty known to "
    "be in force",
)
def borders_in_law(record: Record, day: pd.Timestamp) -> Reading:
    """Count the borders whose last delimiting treaty is in force; a signature is not enough."""
    borders = among_five(record["border_segments"])
    in_force = known_by(record["treaties"], day, "in_force_date").set_index("treaty")
    answers: list[bool | None] = []
    for border in borders.itertuples():
        if border.delimited in ("partial", "none") or border.delimited_date > day:
            answers.append(False)
            continue
        signed = in_force.loc[in_force.index.isin(split_keys(border.treaties)), "date_opened"]
        answers.append(True if (signed == border.delimited_date).any() else None)
    rows = rows_of("border_segments", borders["border"])
    return Reading(all_of(answers), answers.count(True), rows)


@indicates(
    "turkic-exercises",
    "Exercises with neighbours",
    f"At least {word(RECURRING)} exercises in three years that joined two or more of the five "
    "states with Azerbaijan or Türkiye and nobody else",
)
def turkic_exercises(record: Record, day: pd.Timestamp) -> Reading:
    """Count exercises of two or more of the five with Azerbaijan or Türkiye alone."""
    allowed = {*FIVE, *NEIGHBOURS}
    return joint_exercises(record, day, LOOK_BACK, allowed, 2, RECURRING, NEIGHBOURS)


@indicates(
    "turkic-members",
    "Most belong to the OTS",
    f"At least {word(NEARLY_ALL)} of the five states belong fully to the Organization of Turkic "
    "States",
)
def turkic_members(record: Record, day: pd.Timestamp) -> Reading:
    """Count the five among the full members of the Turkic organisation, under either name."""
    count, rows = most_members(record, TURKIC, day)
    return _count_members(record, count, NEARLY_ALL, rows, day)


@indicates(
    "turkic-charter",
    "New OTS charter in force",
    "The protocol of 2022 that turns the Turkic Council into an organisation is in force",
)
def turkic_charter(record: Record, day: pd.Timestamp) -> Reading:
    """Count the ratifications; unknown while no source shows that the protocol is in force."""
    table = record["treaties"]
    protocol = table[table["treaty"] == "nakhchivan-protocol-2022"]
    if known_by(protocol, day, "date_opened").empty:
        return Reading(False, 0)
    actions = known_by(record["treaty_actions"], day, "date")
    of_protocol = actions["treaty"].isin(protocol["treaty"])
    ratified = actions[of_protocol & (actions["action"] == "ratified")]
    met = True if len(known_by(protocol, day, "in_force_date")) else None
    return Reading(met, len(ratified), rows_of("treaties", protocol["treaty"]))


@indicates(
    "azerbaijan-in",
    "Azerbaijan is a member",
    "Azerbaijan is a full member of the Consultative Meetings, not a guest",
)
def azerbaijan_in(record: Record, day: pd.Timestamp) -> Reading:
    """Count Azerbaijan's full membership of the Consultative Meetings."""
    members = members_on(known_by(record["memberships"], day, "start"), day)
    in_format = members["organisation"] == CONSULTATIVE_MEETINGS
    rows = members[in_format & (members["state"] == "AZE")]
    return _count_members(record, len(rows), 1, membership_rows(rows), day)


@indicates(
    "power-inside",
    "A great power has joined",
    "Russia or China is a full member of an active body that the five states founded alone",
)
def power_inside(record: Record, day: pd.Timestamp) -> Reading:
    """Count memberships of `GREAT_POWERS` in active bodies that the five founded alone."""
    bodies = record["organisations"]
    founded_alone = bodies.loc[bodies["central_asian_only"], "organisation"]
    members = active_memberships(record, founded_alone, day)
    powers = members[members["state"].isin(GREAT_POWERS)]
    return _count_members(record, len(powers), 1, membership_rows(powers), day)


@indicates(
    "absorber",
    "Security body with a power",
    f"A security body with Russia or China as a member has {word(MAJORITY)} or more of the five "
    "states",
)
def absorber(record: Record, day: pd.Timestamp) -> Reading:
    """Return how many of the five are in the active security body with a power most joined."""
    bodies = record["organisations"]
    universal = bodies["organisation"].isin(values("universal"))
    security = bodies[bodies["kind"].isin(SECURITY) & ~universal]
    members = active_memberships(record, security["organisation"], day)
    with_power = members.loc[members["state"].isin(GREAT_POWERS), "organisation"].unique()
    count, rows = most_members(record, with_power, day)
    return _count_members(record, count, MAJORITY, rows, day)


@indicates(
    "armed-by-one",
    "One power supplies most arms",
    "Russia, or else China, delivered more than half of the major arms of "
    f"{word(MAJORITY)} or more of the five states in five whole years",
)
def armed_by_one(record: Record, day: pd.Timestamp) -> Reading:
    """Count the states that one great power armed for the most part.

    Unknown if states without deliveries on record could make up the majority.
    """
    rows = record["arms_transfers"]
    rows = rows[rows["delivery_year"].isin(whole_years(day, ARMS_YEARS))]
    volumes = suppliers.volumes(rows, "recipient", "supplier").reindex(FIVE)
    shares = volumes.div(volumes.sum(axis=1), axis=0).reindex(columns=list(GREAT_POWERS))
    counts = (shares > HALF).sum()
    power, count = counts.idxmax(), int(counts.max())
    without_deliveries = int(volumes.isna().all(axis=1).sum())
    possible = count + without_deliveries >= MAJORITY
    met = True if count >= MAJORITY else None if possible else False
    armed = shares.index[shares[power] > HALF]
    delivered = rows[rows["recipient"].isin(armed) & (rows["supplier"] == power)]
    keys = delivered[["recipient", "supplier", "delivery_year", "category"]].astype(str)
    return Reading(met, count, rows_of("arms_transfers", keys.agg("/".join, axis=1)))


@indicates(
    "trained-with-power",
    "Power in most exercises",
    "More than half of the exercises of two or more of the five states in three whole years had "
    "Russia or China in them",
    "percent",
)
def trained_with_power(record: Record, day: pd.Timestamp) -> Reading:
    """Return the share of joint exercises with a great power; unknown if there was none."""
    held = completed(record["exercises"], day)
    rows = exercises.classify(held, record["participation"], record["states"])
    rows = rows[rows["year"].isin(whole_years(day, TRAINING_YEARS)) & (rows["of_five"] > 1)]
    if rows.empty:
        return Reading(None)
    with_power = rows[rows["russia"] | rows["china"]]
    share = len(with_power) / len(rows)
    return Reading(share > HALF, share, rows_of("exercises", with_power["exercise"]))


def _count_meetings(
    record: Record, meetings: pd.DataFrame, threshold: int, day: pd.Timestamp
) -> Reading:
    """Read whether the meetings of `LOOK_BACK` months reach a threshold."""
    if_absent = absence(record, "five-state meetings", window_start(day, LOOK_BACK), day)
    count, rows = len(meetings), rows_of("meetings", meetings["meeting"])
    return Reading(reaches(count, threshold, if_absent), count, rows)


def _count_members(
    record: Record, count: int, threshold: int, rows: list[str], day: pd.Timestamp
) -> Reading:
    """Read whether a number of members reaches a threshold."""
    if_absent = absence(record, "memberships", day, day)
    return Reading(reaches(count, threshold, if_absent), count, rows)


def _seats(record: Record, meetings: pd.Series) -> pd.DataFrame:
    """Return the rows of `participation` of the five at some meetings."""
    seats = record["participation"]
    return seats[seats["event"].isin(meetings) & seats["state"].isin(FIVE)]


def _heads(record: Record, meetings: pd.Series) -> pd.Series:
    """Return how many heads of state of the five were at each meeting that had any."""
    seats = _seats(record, meetings)
    return seats[seats["level"] == "head_of_state"].groupby("event")["state"].nunique()
