"""Do all routes give the same answers? Statistically, or to the bit where that is the claim."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from benchmarks.workload import Answers

# A normal mean is that far from its expectation with probability 8e-11.
SIGMAS = 6.5


def same_means(answers: Mapping[str, Answers], exact: float | None = None) -> None:
    """Raise AssertionError unless all routes' means agree, and agree with `exact`, at 6.5 standard errors."""
    for one, other in combinations(answers, 2):
        spread = np.sqrt(_squared_error(answers[one]) + _squared_error(answers[other]))
        _hold(one, answers[one].mean(), other, answers[other].mean(), SIGMAS * spread)
    for name, values in answers.items():
        if exact is not None:
            _hold(name, values.mean(), "the exact value", exact, SIGMAS * np.sqrt(_squared_error(values)))


def same_values(answers: Mapping[str, Answers], one: str, other: str, tolerance: float = 0.0) -> None:
    """Raise AssertionError unless two routes agree replicate by replicate within `tolerance`, by default to the bit.

    Where one of them was left out there is nothing to compare; the shorter of the two counts.
    """
    if one not in answers or other not in answers:
        return
    size = min(answers[one].shape[0], answers[other].shape[0])
    first, second = answers[one][:size], answers[other][:size]
    differ = np.flatnonzero(~(np.abs(first - second) <= tolerance))
    if differ.size:
        at = differ[0]
        raise AssertionError(f"{one} and {other} differ by more than {tolerance:g} in {differ.size} of {size} "
                             f"replicates; the first is {at}: {first.flat[at]!r} and {second.flat[at]!r}.")


def _squared_error(values: Answers) -> float:
    return float(values.var() / values.size) + 1e-24


def _hold(one: str, mean: float, other: str, expected: float, radius: float) -> None:
    if not abs(mean - expected) <= radius:
        raise AssertionError(f"{one} has mean {mean:.6g} and {other} {expected:.6g}: more than {radius:.2g} apart.")
