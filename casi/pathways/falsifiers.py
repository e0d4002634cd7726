"""What would falsify each of the four pathways, read off the tables on any day.

Met means that the sign is there. Before a format begins the sign is there too: the
way was not open.
"""

from __future__ import annotations

import pandas as pd

from casi.measures.power_entry import lives
from casi.pathways.conditions import NEAR, OWN
from casi.pathways.reading import (
    Reading,
    absent,
    indicates,
    joint_exercises,
    own_meetings,
    put_to_all,
)
from casi.record.lookup import Record, rows_of
from casi.record.on_day import known_by, members_on, window_start
from casi.states import FIVE, GREAT_POWERS

LAPSE = 24  # months without an event after which a yearly format has stopped
PATIENCE = 60  # months to sign; the nuclear-weapon-free zone was in force in half that time


@indicates(
    "summits-stop",
    "Own summits stop",
    "In two years no Consultative Meeting was held",
)
def summits_stop(record: Record, day: pd.Timestamp) -> Reading:
    """Tell whether the region's own format has stopped, or not begun."""
    rows = own_meetings(record, "consultative_heads", day, LAPSE)
    missing = absent(record, "five-state meetings", window_start(day, LAPSE), day)
    met = False if len(rows) else None if missing is None else True
    return Reading(met, len(rows), rows_of("meetings", rows["meeting"]))


@indicates(
    "treaty-stalls",
    "The treaty stalls",
    "Five years after it was opened, a treaty put to all five lacks a signature, or one of them "
    "has withdrawn",
)
def treaty_stalls(record: Record, day: pd.Timestamp) -> Reading:
    """Return the months since the oldest unsigned treaty put to all five was opened."""
    put = [key for key, signed in put_to_all(record, day).items() if len(signed) < len(FIVE)]
    rows = record["treaties"]
    rows = rows[rows["treaty"].isin(put)]
    acts = known_by(record["treaty_actions"], day, "date")
    left = acts[acts["treaty"].isin(put) & (acts["action"] == "withdrew")]
    if rows.empty:
        return Reading(absent(record, "treaties", day, day), 0)
    first = rows["date_opened"].min()
    age = (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day)
    return Reading(age >= PATIENCE or len(left) > 0, age, rows_of("treaties", put))


@indicates(
    "frame-empties",
    "Drills with neighbours stop",
    "In two years no exercise joined two or more of the five with Azerbaijan or Türkiye alone",
)
def frame_empties(record: Record, day: pd.Timestamp) -> Reading:
    """Tell whether training in the wider frame has stopped, or not begun."""
    found = joint_exercises(record, day, LAPSE, NEAR, 2, 1, {"AZE", "TUR"})
    met = None if found.met is None else not found.met
    return Reading(met, found.value, found.rows)


@indicates(
    "own-outlives",
    "Own format outlives CACO",
    "The Consultative Meetings, with no great power inside, have lasted longer than the line of "
    "bodies that ended with CACO",
)
def own_outlives(record: Record, day: pd.Timestamp) -> Reading:
    """Return the age in months of the own format; met when above that of the absorbed line."""
    bodies, spells = record["organisations"], known_by(record["memberships"], day, "start")
    lines = lives(bodies, record["memberships"], day, renamed_end=False)
    line = lines[[("caco" in keys) for keys in lines["bodies"]]]
    own = lines[lines["organisation"] == OWN]
    if line.empty or own.empty or line["ended"].isna().all():
        return Reading(False, 0)
    lasted = (line["ended"] - line["founded"]).iloc[0]
    age = own["ended"].fillna(day).iloc[0] - own["founded"].iloc[0]
    inside = members_on(spells, day).query("organisation == @OWN")["state"].isin(GREAT_POWERS).any()
    rows = rows_of("organisations", [OWN, *line["bodies"].iloc[0]])
    return Reading(bool(age > lasted and not inside), round(age.days / 30.44), rows)
