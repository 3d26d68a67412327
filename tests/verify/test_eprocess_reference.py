"""The wealth processes against an independent implementation.

The values were computed with `betting_mart` of the package confseq 0.0.11 (positive capital process, constant bets
c / m, no truncation), on the draws (37 i mod 101) / 100 for i = 0 .. 59.
"""

import math

import numpy as np
import pytest

from verify import eprocess
from verify.eprocess import log_mixture, log_wealth

DRAWS = np.array([(i * 37 % 101) / 100 for i in range(60)])

BETS = np.array([0.99, 0.9, 0.75, *(2.0**-j for j in range(1, 14))])
# mean: log-wealth of the bets c = 0.99, 0.9 and 1/8, and the average wealth over these bets.
CONFSEQ = {
    0.3: ((9.972333496224861, 13.291838373367034, 4.308171329272971), 138084.31705656394),
    0.45: ((-13.561200577006968, -7.611366236982427, 0.5551804105999477), 0.9638280850317429),
    0.6: ((-30.154144072048336, -21.8351687981291, -1.4409527245672522), 0.5741001090470745),
}


@pytest.mark.parametrize("mean", CONFSEQ)
def test_wealth_equals_that_of_confseq(mean, monkeypatch):
    monkeypatch.setattr(eprocess, "BETS", BETS)
    logs, mixture = CONFSEQ[mean]
    wealth = log_wealth(DRAWS, 0.0, mean)
    chosen = [wealth[list(BETS).index(c)] for c in (0.99, 0.9, 0.125)]
    assert chosen == pytest.approx(logs, rel=1e-12)
    assert math.exp(log_mixture(wealth)) == pytest.approx(mixture, rel=1e-12)
