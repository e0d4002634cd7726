"""Facts that a rule would refuse and that are true: rule, table and row, with the reason."""

from __future__ import annotations

EXCEPTIONS: dict[tuple[str, str, str], str] = {}
