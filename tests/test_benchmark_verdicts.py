"""The scripts that verdicts are timed against do what their theorems speak of; the table counts right."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.scripts import SCRIPTS, Script
from benchmarks.verdicts import replicates

LEARNERS = {"kaplun2022.nearest_neighbour_sampler", "kaplun2022.student_single_teacher"}
NEEDED = {script.claim: script for script in SCRIPTS if script.claim not in LEARNERS}


def test_five_claims_have_a_script() -> None:
    assert len({script.claim for script in SCRIPTS}) == 5
    assert all(len(list(script.grid())) >= 50 for script in SCRIPTS)


@pytest.mark.parametrize("script", NEEDED.values(), ids=NEEDED)
def test_a_script_draws_values_in_the_unit_interval(script: Script) -> None:
    rng = np.random.default_rng(1)
    for parameters in list(script.grid())[::7]:
        values = script.draw(rng, 20, **parameters)
        assert values.shape == (20,)
        assert np.all((values >= 0) & (values <= 1))


def test_a_scripts_mean_is_what_the_theorem_speaks_of() -> None:
    """E of the excess of a majority of 3 at eta = 0.6, by the binomial law; false alarm below 1e-9."""
    script = NEEDED["kaplun2022.majority_excess_risk"]
    values = script.draw(np.random.default_rng(2), 100_000, eta=0.6, k=3)
    exact = 0.2 * (0.4**3 + 3 * 0.4**2 * 0.6)
    assert abs(values.mean() - exact) < 6.2 * values.std() / math.sqrt(100_000)


def test_replicates_are_the_least_that_hoeffding_allows() -> None:
    count = replicates(0.01, 100, 0.01)
    chance = [2 * 100 * math.exp(-2 * n * 0.01**2) for n in (count - 1, count)]
    assert chance[0] > 0.01 >= chance[1]
