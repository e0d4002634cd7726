"""Templates: every kind has one, and it explains every field."""

from itertools import pairwise

import pytest
import yaml

from casi import tables
from casi.intake.__main__ import main, new
from casi.intake.draft import DraftError, read_draft
from casi.intake.kinds import KINDS, SOURCE_FIELDS, template


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_every_field_of_its_tables_under_a_comment(kind):
    text = template(kind, "intake/x.yaml")
    content = yaml.load(text, yaml.BaseLoader)
    main_, part, link = KINDS[kind]
    fields = {field["name"] for field in tables.describe(main_)["schema"]["fields"]}
    assert set(content[main_]) == fields - {"source"}
    assert list(content["sources"][0]) == list(SOURCE_FIELDS)
    if part:
        fields = {field["name"] for field in tables.describe(part)["schema"]["fields"]}
        assert set(content[part][0]) == fields - {link}
    lines = text.splitlines()
    for above, line in pairwise(lines):
        if line.startswith("  "):
            assert above.lstrip().startswith("#") or line.lstrip().startswith("#"), line


def test_sources_stand_before_the_fact():
    text = template("exercise", "intake/x.yaml")
    assert text.index("\nsources:") < text.index("\nexercises:") < text.index("\nparticipation:")


def test_a_field_that_is_needed_and_one_of_few_values_says_so():
    text = " ".join(template("exercise", "intake/x.yaml").replace("#", "").split())
    assert "Needed. planned: known only from announcements. One of: held, planned" in text


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_template_is_refused_as_it_has_no_source_and_no_row(kind):
    with pytest.raises(DraftError) as error:
        read_draft(template(kind, "intake/x.yaml"))
    assert [fault.split(":")[0] for fault in error.value.faults] == ["sources", KINDS[kind].table]


def test_a_new_draft_overwrites_no_other(tmp_path):
    paths = [new("incident", tmp_path / "intake") for _ in range(2)]
    assert [path.name for path in paths] == ["incident.yaml", "incident-2.yaml"]
    assert "checks intake/incident-2.yaml" in paths[1].read_text(encoding="utf-8")


def test_an_unknown_kind_is_refused_with_those_there_are(capsys):
    assert main(["party"]) == main([]) == 2
    assert "KIND={exercise,meeting," in capsys.readouterr().err
