"""Which tables a finding reads, so that only those are varied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from casi.findings import key_findings
from casi.record.lookup import Record


class _Watched(Mapping[str, pd.DataFrame]):
    """The record, noting the names of the tables that are taken from it."""

    def __init__(self, record: Record):
        self._record, self.taken = record, set[str]()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.taken.add(name)
        return self._record[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._record)

    def __len__(self) -> int:
        return len(self._record)


def tables_read(finding: key_findings.Finding, record: Record) -> set[str]:
    """Return the names of the tables that a finding reads to be decided.

    Args:
        finding: one of `key_findings.FINDINGS`.
        record: the tables of `data/` by name. A table that is not read cannot change the finding.
    """
    watched = _Watched(record)
    key_findings.decide(finding, watched)
    return watched.taken
