"""The whole engine, search included, on claims that are true with equality at every instance.

100 runs at alpha = 0.05 each may call 0.05 of them REFUTED or ERROR; THRESHOLD or more have probability below 1e-9
if the engine keeps its promise. `benchmarks/calibration.py` is the larger version.
"""
import math
from typing import Any

import pytest
from hypothesis import strategies as st
from scipy.stats import binom

from benchmarks.calibration import coin, exponential, mean, uniform
from verify import Budget, Claim, Status, run

RUNS, ALPHA, THRESHOLD = 100, 0.05, 24
SMALL = Budget("small", instances=5, explore_draws=32, candidates=3, blocks=12, shrink_calls=8,
               fraction=0.2, floor=0.05)


CLAIMS: dict[str, dict[str, Any]] = {
    "coin, at least": {"sample": coin, "support": (0, 1), "relation": ">=", "controls": [{"factor": 1.4}]},
    "uniform, equal": {"sample": uniform, "support": lambda p: (0, 2 * p), "relation": "=="},
    "exponential": {"sample": exponential, "support": (0, math.inf)},
    "coin, with its exact mean": {"sample": coin, "exact": lambda p: p, "support": (0, 1)},
    "single rare event": {"sample": coin, "support": (0, 1), "given": {"p": st.just(1 / 64)}},
}


@pytest.mark.parametrize("name", CLAIMS)
def test_true_claim_is_called_false_or_broken_in_at_most_alpha_of_the_runs(name):
    assert binom.sf(THRESHOLD - 1, RUNS, ALPHA) < 1e-9
    fields = {"given": {"p": st.floats(0.1, 0.7)}, "controls": [{"factor": 0.5}], **CLAIMS[name]}
    claim = Claim(title="A mean is itself", source="definition", bound=mean, block=64, **fields)
    found = [run(claim, alpha=ALPHA, seed=seed, budget=SMALL).status for seed in range(RUNS)]
    assert sum(status in (Status.REFUTED, Status.ERROR) for status in found) < THRESHOLD


def test_largest_e_value_of_many_runs_stays_within_its_law():
    """P(e >= 1/alpha) <= alpha holds for every alpha at once; each bound below fails with probability under 1e-9."""
    claim = Claim(title="A coin has its mean", source="definition", given={"p": st.just(0.5)}, sample=coin, bound=mean,
                  support=(0, 1), controls=[{"factor": 0.5}], block=64)
    logs = [run(claim, alpha=1e-3, seed=seed, budget=SMALL).log_e_value for seed in range(RUNS)]
    for alpha in (0.5, 0.2, 0.05):
        allowed = int(binom.isf(1e-9, RUNS, alpha))
        assert sum(log is not None and log >= -math.log(alpha) for log in logs) <= allowed
    # A dull test would never come near: some of 100 runs reach an e-value of 2 by chance (seeded).
    assert max(log for log in logs if log is not None) > math.log(2)
