from casi.record.facts import law

BODY = {"organisation": "o", "name": "Body", "abbreviation": "B", "kind": "forum", "note": None}
BODY |= {"founded": "2001-01-01", "founded_precision": "year", "end_kind": "merged"}
BODY |= {"ended": "2005-10-06", "ended_precision": "day"}
SPELLS = [
    {"organisation": "o", "state": "KAZ", "status": "member", "end": "2005-10-06"},
    {"organisation": "o", "state": "TJK", "status": "dialogue_partner", "end": None},
]
SPELL = {"start": "2002-02-28", "start_precision": "day", "end_precision": "day", "note": "N"}
TREATY = {"treaty": "t", "name": "Treaty", "kind": "arms_control", "place": "Astana"}
TREATY |= {"date_opened": "2000-05-01", "date_precision": "month", "note": None}
TREATY |= {"in_force_date": "2001-01-01", "in_force_precision": "year", "in_force_rule": None}
STEPS = [
    {"treaty": "t", "state": "KAZ", "action": "signed", "note": None},
    {"treaty": "t", "state": "TJK", "action": "declined", "note": None},
]
STEP = {"date": "2000-05-01", "date_precision": "month"}


DUTY = {"treaty": "t", "obligation": "non_aggression", "article": "2", "note": "O"}
DUTY |= {"text_status": "text_read"}


def put(tables, table):
    tables(
        organisations=table(BODY, dates=["founded", "ended"]),
        memberships=table(*(SPELL | spell for spell in SPELLS), dates=["start", "end"]),
        treaties=table(TREATY, dates=["date_opened", "in_force_date"]),
        obligations=table(DUTY, DUTY | {"article": None}),
        treaty_actions=table(*(STEP | step for step in STEPS), dates=["date"]),
    )


def test_an_organisation_is_founded_with_its_full_members(tables, table):
    put(tables, table)
    [fact] = law.organisations().to_dict("records")
    assert (fact["Date"], fact["Until"], fact["What"]) == ("2001", "2005-10-06", "Body: founded")
    assert fact["Who"] == "Members on record: Kazakhstan" and fact["States"] == "KAZ"
    assert fact["Note"] == "Forum. ended 2005-10-06 (merged)" and fact["Frame"] == "B"


def test_a_spell_of_membership_begins_and_ends(tables, table):
    put(tables, table)
    member, partner = law.memberships().to_dict("records")
    assert member["Note"] == "until 2005-10-06. N" and partner["Note"] == "N"
    assert partner["What"] == "Body: dialogue partner" and partner["Who"] == "Tajikistan"
    assert partner["Key"] == "memberships/o/TJK" and partner["States"] == "TJK"
    assert (member["Until"], partner["Until"], partner["Names"]) == ("2005-10-06", "", "B")


def test_a_treaty_names_who_is_bound_and_when_it_came_into_force(tables, table):
    put(tables, table)
    [fact] = law.treaties().to_dict("records")
    assert fact["Who"] == "Steps on record: Kazakhstan" and fact["States"] == "KAZ"
    assert fact["Note"] == "Arms control. in force 2001" and fact["Place"] == "astana-kaz"


def test_a_step_is_that_of_one_state_and_knows_all_parties(tables, table):
    put(tables, table)
    signed, declined = law.treaty_steps().to_dict("records")
    assert declined["What"] == "Treaty: declined" and declined["States"] == "TJK"
    assert signed["Parties"] == declined["Parties"] == "KAZ"
    assert signed["Key"] == "treaty_actions/t/KAZ/signed" and signed["Date"] == "2000-05"


def test_an_obligation_is_that_of_the_parties_of_its_treaty(tables, table):
    put(tables, table)
    known, unknown = law.obligations().to_dict("records")
    assert known["What"] == "Treaty: non aggression" and known["Date"] == "2000-05"
    assert known["Note"] == "Article 2. Text read. O" and unknown["Note"] == "Text read. O"
    assert known["Who"] == "Parties on record: Kazakhstan" and known["States"] == "KAZ"
    assert known["Key"] == "obligations/t/non_aggression"
