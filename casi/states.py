"""Constants that several modules share: groups of states, and days that divide the record."""

from __future__ import annotations

import pandas as pd

FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]  # the five states of Central Asia
WITH_AZERBAIJAN = frozenset({*FIVE, "AZE"})  # Azerbaijan joined the Consultative Meetings in 2025
GREAT_POWERS = ("RUS", "CHN")

INDEPENDENCE = pd.Timestamp(1991, 1, 1)  # start of the year in which the five became independent
ARTICLE_DAY = pd.Timestamp(2024, 8, 8)  # day on which the article was published
