"""Events of one draw, and of the mean and variance of a sample, from a finite law: simulated and enumerated.

`simulate.sums` has the tails of means; `counts @ values` below is such a sum as well, here with its squares.
"""
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import comb

import numpy as np
import numpy.typing as npt

from simulate.sums import chance_of_counts, deviation_law, weighted
from simulate.tasks import Number, as_floats, cumulate, probability_vector

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Event = Callable[[Floats, Floats], Bools]


def moments(mass: Sequence[Number], values: Sequence[Number]) -> tuple[Number, Number]:
    """(E Z, Var Z) of the value i with probability mass[i]; exact where both are rational.

    ValueError for masses and values of different lengths, and for masses that are no probabilities.
    """
    law, numbers = weighted(mass, values)
    mean = sum((p * v for p, v in zip(law, numbers, strict=True)), Fraction(0))
    return mean, sum((p * (v - mean) ** 2 for p, v in zip(law, numbers, strict=True)), Fraction(0))


def few_deviations(mass: Sequence[Number], values: Sequence[Number], m: int, most: int = 120
                   ) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]] | None:
    """`simulate.sums.deviation_law` where there are at most `most` ways to draw the values, else None at once."""
    law, _ = weighted(mass, values)
    atoms = sum(1 for p in law if p)
    return deviation_law(mass, values, m, most) if comb(m + atoms - 1, atoms - 1) <= most else None


def happens(mass: Sequence[Number], event: Sequence[bool], rng: np.random.Generator, size: int) -> Bools:
    """`size` draws of whether the event happens: event[i], with probability mass[i]; ValueError for other lengths."""
    law = probability_vector(mass, "tails: mass")
    if len(event) != len(law):
        raise ValueError(f"tails: the event is known for {len(event)} values, mass has {len(law)}; give one per value.")
    chosen = np.searchsorted(cumulate(as_floats(law)), rng.random(size), side="right")
    return np.array(event, np.bool_)[chosen]


def sample_event(mass: Sequence[Number], values: Sequence[Number], m: int, event: Event, rng: np.random.Generator,
                 size: int) -> Bools:
    """`size` draws of event(mean, variance) of m i.i.d. draws each, the variance with divisor m - 1; m >= 2."""
    from simulate.totals import totals

    law, numbers = weighted(mass, values)
    weights, points = as_floats(law), as_floats(numbers)
    # About the expectation, so that little cancels.
    middle = weights @ points / weights.sum()
    rows = np.stack((points - middle, (points - middle) ** 2), axis=1)
    sums, squares = totals(weights, rows, _checked(m), rng, size)
    return event(middle + sums / m, np.maximum(squares - sums**2 / m, 0) / (m - 1))


def event_probability(mass: Sequence[Number], values: Sequence[Number], m: int, event: Event) -> Fraction | None:
    """P(event(mean, variance)) as in `sample_event`, by summing over how often each value is drawn.

    None where an entry is a float or the counts are too many. The event is decided in floating point.
    """
    law, numbers = weighted(mass, values)
    if not all(isinstance(v, Fraction) for v in (*law, *numbers)):
        return None
    return chance_of_counts([Fraction(p) for p in law], _checked(m),
                            lambda counts: event(*_sample_moments(counts, as_floats(numbers), m)))


def _sample_moments(counts: npt.NDArray[np.int64], values: Floats, m: int) -> tuple[Floats, Floats]:
    mean = counts @ values / m
    # Around a value near the mean, so that little cancels.
    squares = (counts * (values[None, :] - mean[:, None]) ** 2).sum(axis=1)
    return mean, squares / (m - 1)


def _checked(m: int) -> int:
    if m < 2:
        raise ValueError(f"tails: m = {m} draws have no sample variance; give at least 2.")
    return m
