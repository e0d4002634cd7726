"""What tests of claims on events share."""

import pandas as pd

DAY = pd.Timestamp
FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]


STATES = pd.DataFrame({"iso3": [*FIVE, "AZE", "TUR", "USA"]}).assign(
    name=lambda table: "name of " + table["iso3"], nato_since=[None] * 6 + [1952.0, 1949.0]
)
