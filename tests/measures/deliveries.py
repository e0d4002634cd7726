"""What tests of suppliers share: states with their groups, and the columns of the register."""

import pandas as pd

GROUPS = {
    "RUS": "Russia",
    "CHN": "China",
    "TUR": "Türkiye",
    "FRA": "Europe",
    "UKR": "Belarus and Ukraine",
    "BLR": "Belarus and Ukraine",
    "USA": "United States",
    "IRN": "Iran",
}
STATES = pd.DataFrame(GROUPS.items(), columns=["iso3", "supplier_group"])
COLUMNS = ["recipient", "supplier", "delivery_year", "tiv_millions"]
