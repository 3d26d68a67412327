"""What the engine's tests share: a small budget and a way to judge a claim with it."""
from collections.abc import Callable
from typing import Any

import pytest

from verify import Budget, Claim, Verdict, run

# Unless a test says otherwise alpha is 1e-9: over seeds, a sound, true claim fails its test at most that often.
ALPHA = 1e-9
TINY = Budget("tiny", instances=30, explore_draws=64, candidates=4, blocks=64, shrink_calls=80, fraction=0.1,
              floor=0.05)

Judged = Callable[..., Verdict]


@pytest.fixture
def tiny() -> Budget:
    return TINY


@pytest.fixture
def judged() -> Judged:
    """Judge the claim made of these fields, with the control c = 0.5 and blocks of 256 draws unless given."""
    def judge(*, alpha: float = ALPHA, seed: int = 0, budget: Budget = TINY, **fields: Any) -> Verdict:
        basics: dict[str, Any] = {"title": "A statement", "source": "test", "controls": [{"c": 0.5}], "block": 256}
        return run(Claim(**{**basics, **fields}), alpha=alpha, seed=seed, budget=budget)

    return judge
