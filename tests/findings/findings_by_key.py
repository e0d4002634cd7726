"""What tests of findings share: the standing of one finding alone."""

import pandas as pd

from casi.findings import key_findings
from casi.findings.key_findings import FINDINGS

DAY = pd.Timestamp
FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]


def decide(key, record):
    """Return the standing of one finding alone."""
    return key_findings.decide(FINDINGS[key], record)[0]
