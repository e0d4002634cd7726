"""Which findings differ between the tables of two editions."""

from __future__ import annotations

import re

import pandas as pd

from casi.findings import key_findings
from casi.record.lookup import Record

REFERENCES = re.compile(r" \(\{numref\}[^)]*\)")  # to figures and tables an edition may lack


def changes(old: Record, new: Record) -> pd.DataFrame:
    """Compare the findings by the tables of two editions, with the tests of today.

    Args:
        old: typed tables of the edition before, by name; empty if there is none.
        new: those of this edition.

    Returns:
        Columns `key`, `finding` (its name), `was` and `now` (standing and sentences): the findings
        of which the standing or a number differs. No row without an old edition.
    """
    rows = []
    for key, finding in key_findings.FINDINGS.items() if old else ():
        was, now = (_summary(finding, record) for record in (old, new))
        if was != now:
            rows.append((key, finding.name, was, now))
    return pd.DataFrame(rows, columns=["key", "finding", "was", "now"])


def _summary(finding: key_findings.Finding, record: Record) -> str:
    standing, lead, text, _ = key_findings.decide(finding, record)
    return f"{standing}: {lead} {REFERENCES.sub('', text)}" if lead else standing
