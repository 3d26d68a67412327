"""Shares of open neurons. False alarms: fixed seeds; at most 1e-9 each over fresh ones, by Hoeffding's inequality."""
from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from simulate import networks


@pytest.mark.parametrize("paired", [False, True])
@pytest.mark.parametrize("turn", [Fraction(0), Fraction(1, 8), Fraction(1, 2)])
def test_shares_average_to_the_arc(turn: Fraction, paired: bool) -> None:
    size = 50_000
    drawn = networks.open_shares(turn, 6, np.random.default_rng(0), size, paired=paired)
    assert set(np.round(drawn * 6).astype(int)) <= set(range(0, 7, 2 if paired else 1))
    assert abs(drawn.mean() - float(Fraction(1, 2) - turn)) < math.sqrt(math.log(2e9) / (2 * size))


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match="3/4 turns apart"):
        networks.open_shares(Fraction(3, 4), 4, np.random.default_rng(0), 8)
    with pytest.raises(ValueError, match="a width of 3"):
        networks.open_shares(Fraction(1, 4), 3, np.random.default_rng(0), 8, paired=True)
