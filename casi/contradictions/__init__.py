"""Facts that contradict each other or cannot be: one small rule for each kind.

A rule takes the tables of the record and yields its faults. A fault that is true all the same is
an exception: `exceptions.py` names the rule and the row, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from casi.contradictions import dates
from casi.contradictions.base import RULES, Fault, Tables
from casi.contradictions.exceptions import EXCEPTIONS

__all__ = ["EXCEPTIONS", "RULES", "Fault", "find"]

MODULES = (dates,)  # importing them registers their rules
