-- Views of the database: answers that people ask for often. Dates are ISO 8601 text.
-- What counts is told by the table counting_rules. took_part: with forces in an exercise (the rule
-- trained), with a seat in a meeting (took_part: not as an observer). came: in whatever standing.
-- Both are no, too, for a state that a complete list of participants lacks; unknown without a row.

-- Exercises, meetings and meetings of bodies in one list.
CREATE VIEW events_all AS
SELECT exercise AS event, 'exercises' AS kind, name, date_start, date_end, date_precision, place,
  host, status, frame AS format, confidence FROM exercises
UNION ALL
SELECT meeting, 'meetings', name, date_start, date_end, date_precision, place,
  host, status, series, confidence FROM meetings
UNION ALL
SELECT meeting, 'body_meetings', name, date_start, date_end, date_precision, place,
  host, status, body, confidence FROM body_meetings;

-- One row an event and state: level, role, and if it took part and came (yes, no, unknown).
CREATE VIEW event_states AS
WITH does(rule, "column", value) AS (
  SELECT rule, "column", COALESCE(value, '') FROM counting_rules WHERE counts
)
SELECT event.event, event.kind, event.name, event.date_start, event.status,
  states.iso3 AS state, states.name AS state_name, seat.level, seat.role,
  CASE
    WHEN seat.event IS NULL AND exercises.participants_complete = 1 THEN 'no'
    WHEN seat.event IS NULL THEN 'unknown'
    WHEN event.kind = 'exercises' AND ('trained', 'level', COALESCE(seat.level, '')) IN does THEN 'yes'
    WHEN event.kind != 'exercises' AND ('took_part', 'level', COALESCE(seat.level, '')) IN does
      AND ('took_part', 'role', COALESCE(seat.role, '')) IN does THEN 'yes'
    ELSE 'no'
  END AS took_part,
  CASE
    WHEN seat.event IS NULL AND exercises.participants_complete = 1 THEN 'no'
    WHEN seat.event IS NULL THEN 'unknown'
    WHEN ('came', 'level', COALESCE(seat.level, '')) IN does THEN 'yes'
    ELSE 'no'
  END AS came
FROM events_all AS event
CROSS JOIN states
LEFT JOIN participation AS seat ON seat.event = event.event AND seat.state = states.iso3
LEFT JOIN exercises ON exercises.exercise = event.event;

-- One row an exercise: who took part, how many of the five states, and if Russia and China did.
CREATE VIEW exercise_company AS
SELECT event, name, date_start, status,
  SUM(took_part = 'yes' AND state IN ('KAZ', 'KGZ', 'TJK', 'TKM', 'UZB')) AS of_five,
  GROUP_CONCAT(CASE WHEN took_part = 'yes' THEN state_name END, ', ') AS participants,
  MAX(CASE WHEN state = 'RUS' THEN took_part END) AS with_russia,
  MAX(CASE WHEN state = 'CHN' THEN took_part END) AS with_china
FROM (SELECT * FROM event_states WHERE kind = 'exercises' ORDER BY state_name)
GROUP BY event, name, date_start, status;

-- One row a treaty and state: the days of its steps.
CREATE VIEW treaty_status AS
SELECT treaties.treaty, treaties.name, treaties.kind, treaties.date_opened, treaties.in_force_date,
  action.state,
  MAX(CASE WHEN action.action = 'signed' THEN COALESCE(action.date, 'day unknown') END) AS signed,
  MAX(CASE WHEN action.action IN ('ratified', 'acceded') THEN COALESCE(action.date, 'day unknown') END)
    AS ratified,
  MAX(CASE WHEN action.action = 'in_force' THEN COALESCE(action.date, 'day unknown') END) AS in_force,
  MAX(CASE WHEN action.action IN ('withdrew', 'not_renewed', 'suspended')
    THEN COALESCE(action.date, 'day unknown') END) AS ended
FROM treaties LEFT JOIN treaty_actions AS action USING (treaty)
GROUP BY treaties.treaty, action.state;

-- Deliveries in spans of five years, by recipient and supplier, in million TIV.
CREATE VIEW arms_by_window AS
WITH last AS (SELECT MAX(delivery_year) AS year FROM arms_transfers)
SELECT recipient, supplier,
  last.year - 4 - 5 * ((last.year - delivery_year) / 5) AS first_year,
  last.year - 5 * ((last.year - delivery_year) / 5) AS last_year,
  ROUND(SUM(tiv_millions), 2) AS tiv_millions, SUM(deals) AS deliveries
FROM arms_transfers, last
GROUP BY recipient, supplier, first_year;

-- One row an organisation, state and year in some part of which it belonged.
CREATE VIEW membership_by_year AS
WITH RECURSIVE years(year) AS (
  SELECT 1991 UNION ALL SELECT year + 1 FROM years WHERE year < 2026
)
SELECT organisation, state, year, status
FROM memberships JOIN years
  ON year >= CAST(SUBSTR(start, 1, 4) AS INTEGER)
  AND year <= CAST(SUBSTR(COALESCE("end", '2026'), 1, 4) AS INTEGER);

CREATE VIRTUAL TABLE events_search USING fts5(event UNINDEXED, name, other_names, place, note);
INSERT INTO events_search SELECT exercise, name, other_names, place, note FROM exercises;
INSERT INTO events_search SELECT meeting, name, NULL, place, note FROM meetings;
INSERT INTO events_search SELECT meeting, name, NULL, place, note FROM body_meetings;
