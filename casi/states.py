"""Constants that many modules share: states, great powers, the day of the article."""

from __future__ import annotations

import pandas as pd

FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]  # the five states of Central Asia
GREAT_POWERS = ("RUS", "CHN")
ARTICLE_DAY = pd.Timestamp(2024, 8, 8)  # on which the article was published
