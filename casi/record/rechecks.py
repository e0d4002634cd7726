"""How often a second reader found a row wrong, with the interval that the sample allows."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import pandas as pd


def wilson_interval(wrong: int, drawn: int, level: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a share, which holds for small samples and for none wrong.

    Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
    Inference", Journal of the American Statistical Association 22 (1927).

    Args:
        wrong: rows of the sample that were wrong.
        drawn: rows of the sample, at least one.
        level: how often such intervals hold the true share.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = wrong / drawn
    middle = share + z**2 / (2 * drawn)
    reach = z * sqrt(share * (1 - share) / drawn + z**2 / (4 * drawn**2))
    below, above = (middle - reach, middle + reach)
    return max(0.0, below / (1 + z**2 / drawn)), min(1.0, above / (1 + z**2 / drawn))


def error_rates(rechecks: pd.DataFrame) -> pd.DataFrame:
    """Add to each reading the `share` of rows found wrong and its 95 % interval, `low` to `high`.

    Args:
        rechecks: the table `rechecks`, with the columns `drawn` and `wrong`.
    """
    bounds = [
        wilson_interval(wrong, drawn)
        for wrong, drawn in zip(rechecks["wrong"], rechecks["drawn"], strict=True)
    ]
    return rechecks.assign(
        share=rechecks["wrong"] / rechecks["drawn"],
        low=[low for low, _ in bounds],
        high=[high for _, high in bounds],
    )
