"""The engine from Python: `run` returns a verdict, `check` raises unless the claim passes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from verify.budget import BUDGETS, Budget, budget_of
from verify.verdict import Verdict

if TYPE_CHECKING:
    from verify.claim import Claim
    from verify.judge import Progress


def run(claim: Claim, *, alpha: float = 0.01, seed: int = 0, budget: str | Budget = "standard",
        progress: Progress | None = None) -> Verdict:
    """Judge one claim.

    Args:
        claim: what to judge.
        alpha: probability that a sound, true claim is called REFUTED or ERROR, in (0, 0.5]. It is for this
            call: calling again with other seeds until pleased voids it.
        seed: of everything random, at least 0.
        budget: "quick", "standard" or "deep", or a `Budget`.
        progress: called with a stage and the fraction done.

    Raises:
        TypeError: claim is no Claim.
        ValueError: alpha, seed or budget is out of range.
    """
    from verify.claim import Claim
    from verify.judge import Judge

    if not isinstance(claim, Claim):
        raise TypeError(f"run takes a Claim, not {claim!r:.80}; a claim file's claim is its CLAIM.")
    return Judge(claim, valid_alpha(alpha), valid_seed(seed), valid_budget(budget),
                 progress or (lambda stage, done: None)).verdict()


def check(claim: Claim, *, alpha: float = 0.01, seed: int = 0, budget: str | Budget = "quick") -> None:
    """Assert that a claim is PROVED or SUPPORTED: `def test_my_theorem(): check(CLAIM)`.

    Raises:
        AssertionError: any other verdict, with its text and the counterexample.
    """
    verdict = run(claim, alpha=alpha, seed=seed, budget=budget)
    if not verdict.status.passes:
        raise AssertionError(str(verdict))


def valid_alpha(alpha: float) -> float:
    """`alpha` itself, in (0, 0.5].

    Raises:
        ValueError: it is out of range.
    """
    if not 0.0 < alpha <= 0.5:
        raise ValueError(f"alpha is {alpha}; it is an error probability in (0, 0.5], such as 0.01.")
    return float(alpha)


def valid_seed(seed: int) -> int:
    """`seed` itself, at least 0.

    Raises:
        ValueError: it is negative.
    """
    if seed < 0:
        raise ValueError(f"seed is {seed}; it is a whole number, at least 0.")
    return seed


def valid_budget(budget: str | Budget) -> Budget:
    """The budget of this name.

    Raises:
        ValueError: there is none.
    """
    if isinstance(budget, Budget):
        return budget
    found = budget_of(budget)
    if found is None:
        raise ValueError(f"budget is {budget!r}; it is one of {', '.join(BUDGETS)}.")
    return found


def valid_seconds(name: str, seconds: float | None) -> float | None:
    """A time limit itself, above 0; None for none.

    Raises:
        ValueError: it is no time.
    """
    if seconds is not None and not 0.0 < seconds < math.inf:
        raise ValueError(f"{name} is {seconds:g} s; it is a time above 0.")
    return seconds
