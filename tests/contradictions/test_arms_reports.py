"""Reports on arms: a stage on reports whose kind allows it, and on others."""

from hand_made import refused, table


def stages(kind, *found, note=None):
    rows = table("report kind stage note", *[("r", kind, stage, note) for stage in found])
    faults = refused("report_stage_fits_kind", arms_reports=rows)
    assert {column for column, _ in faults} <= {"arms_reports.stage"}
    return [stage for row, stage in enumerate(found) if ("arms_reports.stage", row) in faults]


def test_a_stage_follows_from_the_kind_of_a_report():
    assert stages("display", "shown", "delivered", "in_service") == ["delivered", "in_service"]
    assert stages("order", "ordered", "delivered", "announced") == ["delivered", "announced"]
    assert stages("gift", "delivered", "in_service") == ["in_service"]
    assert stages("delivery", "delivered", "shown") == ["shown"]
    assert stages("joint_production", "announced", "produced", "ordered") == ["ordered"]
    assert stages("plan", "announced", "unknown") == ["unknown"]


def test_a_note_may_say_why_a_stage_is_another_but_not_for_claims_and_denials():
    reason = "Number not given. Stage: the service names it as its own."
    assert stages("display", "delivered", "in_service", note=reason) == []
    assert stages("display", "in_service", note="At that stage: in service.") == ["in_service"]
    assert stages("display", "denied", note=reason) == ["denied"]
    assert stages("claim", "unknown", "shown", "denied", note=reason) == ["shown", "denied"]
    assert stages("denial", "denied", "unknown", "ordered", note=reason) == ["unknown", "ordered"]
