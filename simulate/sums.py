"""Means of m i.i.d. draws from a finite law: simulated on a lattice of integers, and exactly by convolution."""
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, repeat
from math import ceil, comb, lcm
from operator import mul

import numpy as np
import numpy.typing as npt

from simulate.tasks import Number, as_floats, number, probability_vector

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

LARGEST = 20_000
"""Count vectors that are enumerated at most."""


def mean_exceeds(mass: Sequence[Number], values: Sequence[Number], m: int, threshold: Number,
                 rng: np.random.Generator, size: int, *, compiled: bool = True) -> Bools:
    """`size` draws of 1{mean of m draws >= their expectation + threshold}; value i has probability mass[i].

    Sums are compared as integer multiples of the values' common denominator, so that a tie at a lattice point
    counts, as it must. ValueError for m < 1, for values and masses of different lengths, and where the
    integers would pass 2^62. `compiled=False` draws from the NumPy twin.
    """
    law, numbers = _law(mass, values, m)
    steps, needed = _lattice(law, numbers, m, number(threshold, "mean_exceeds: threshold"))
    weights = as_floats(law)
    if compiled:
        from simulate.totals import totals

        return totals(weights, steps[:, None], m, rng, size)[0] >= needed
    counts = rng.multinomial(m, weights / weights.sum(), size=size)
    return counts @ steps >= needed


def weighted(mass: Sequence[Number], values: Sequence[Number]) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """(mass, values), checked: probabilities of sum 1 and as many numbers; else ValueError or TypeError."""
    law = probability_vector(mass, "sums: mass")
    numbers = tuple(number(value, f"sums: values[{i}]") for i, value in enumerate(values))
    if len(numbers) != len(law):
        raise ValueError(f"sums: {len(numbers)} values for {len(law)} masses; give one mass per value.")
    return law, numbers


def _law(mass: Sequence[Number], values: Sequence[Number], m: int) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    if m < 1:
        raise ValueError(f"sums: m = {m} draws have no mean; give at least 1.")
    return weighted(mass, values)


def _lattice(mass: Sequence[Number], values: Sequence[Number], m: int, t: Number) -> tuple[Integers, int]:
    """Integers in proportion to the values, and the least sum of m of them whose mean is >= mu + t."""
    exact = [Fraction(value) for value in values]
    low = min(exact)
    unit = lcm(*(value.denominator for value in exact))
    steps = [int((value - low) * unit) for value in exact]
    weights = [Fraction(p) for p in mass]
    # Masses in floating point may miss the sum 1 by rounding; the expectation divides that out.
    shifted = sum((p * step for p, step in zip(weights, steps, strict=True)), Fraction(0)) / sum(weights)
    needed = ceil(m * (shifted + Fraction(t) * unit))
    if max(max(steps) * m, abs(needed)) >= 2**62:
        raise ValueError(f"sums: m = {m} draws of values with common denominator {unit} leave the 64-bit "
                         "integers; use values with a smaller common denominator.")
    return np.array(steps, np.int64), needed


def tail(mass: Sequence[Number], values: Sequence[Number], m: int, t: Number) -> Fraction | None:
    """P(mean of m i.i.d. draws >= expectation + t), exactly, by summing over how often each value is drawn.

    None if an entry is a float or there are more than `LARGEST` count vectors. ValueError as `mean_exceeds`.
    """
    law, numbers = _law(mass, values, m)
    if not all(isinstance(v, Fraction) for v in (*law, *numbers, number(t, "tail: t"))):
        return None
    merged: dict[Fraction, Fraction] = {}
    for p, value in zip(law, numbers, strict=True):
        if p:
            merged[Fraction(value)] = merged.get(Fraction(value), Fraction(0)) + Fraction(p)
    steps, needed = _lattice(tuple(merged.values()), tuple(merged), m, t)
    return chance_of_counts(tuple(merged.values()), m, lambda counts: counts @ steps >= needed)


def deviation_law(mass: Sequence[Number], values: Sequence[Number], m: int,
                  most: int = 400) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]] | None:
    """(weights, deviations): the law of a mean of m i.i.d. draws less its expectation, by repeated convolution.

    None if an entry is a float or the law grows beyond `most` values. ValueError as `mean_exceeds`.
    """
    law, numbers = _law(mass, values, m)
    if not all(isinstance(v, Fraction) for v in (*law, *numbers)):
        return None
    # In integers: multiples of the values' and of the masses' common denominators.
    unit, whole = (lcm(*(Fraction(v).denominator for v in each)) for each in (numbers, law))
    steps = [(int(value * unit), int(p * whole)) for p, value in zip(law, numbers, strict=True) if p]
    sums = {0: 1}
    for _ in range(m):
        grown: dict[int, int] = {}
        for total, weight in sums.items():
            for step, p in steps:
                grown[total + step] = grown.get(total + step, 0) + weight * p
        if len(grown) > most:
            return None
        sums = grown
    expectation = Fraction(sum(step * p for step, p in steps), unit * whole)
    every = whole**m
    return (tuple(Fraction(weight, every) for weight in sums.values()),
            tuple(Fraction(total, m * unit) - expectation for total in sums))


def count_vectors(mass: Sequence[Fraction], m: int, largest: int = LARGEST
                  ) -> tuple[Integers, npt.NDArray[np.object_], int] | None:
    """All (counts, weight) of m multinomial draws with cell probabilities `mass`, and the sum of the weights.

    Counts have shape (vectors, cells); weights are Python integers, probability = weight / total. None if
    there are more than `largest` vectors.
    """
    if _too_many(len(mass), m, largest):
        return None
    counts = all_counts(len(mass), m)
    return counts, *_weights(counts, mass, m)


def chance_of_counts(mass: Sequence[Fraction], m: int, event: Callable[[Integers], Bools],
                     largest: int = LARGEST) -> Fraction | None:
    """P(event) for the counts of m multinomial draws with cell probabilities `mass`.

    `event` tells of each row of counts, shape (vectors, cells), whether it is in the event. Only the weights of the
    event or of its complement are computed, whichever is smaller. None as for `count_vectors`.
    """
    if _too_many(len(mass), m, largest):
        return None
    counts = all_counts(len(mass), m)
    inside = event(counts)
    mostly = 2 * np.count_nonzero(inside) > inside.size
    weights, total = _weights(counts[inside != mostly], mass, m)
    chance = Fraction(int(weights.sum()), total)
    return 1 - chance if mostly else chance


def _too_many(cells: int, m: int, largest: int) -> bool:
    """Whether m draws can be spread over the cells in more than `largest` ways."""
    return comb(m + cells - 1, cells - 1) > largest


@lru_cache(maxsize=64)
def all_counts(cells: int, m: int) -> Integers:
    """All vectors of `cells` numbers with sum m, in lexicographic order, shape (vectors, cells); read-only."""
    left, columns = np.array([m]), list[Integers]()
    # The last cell takes all that is left, any other one each number up to that.
    for _ in range(cells - 1):
        parent = np.repeat(np.arange(left.size), left + 1)
        first = np.cumsum(left + 1) - left - 1
        count = np.arange(parent.size) - first[parent]
        columns = [*(column[parent] for column in columns), count]
        left = left[parent] - count
    counts = np.stack([*columns, left], axis=1)
    counts.setflags(write=False)
    return counts


def _weights(counts: Integers, mass: Sequence[Fraction], m: int) -> tuple[npt.NDArray[np.object_], int]:
    """Each vector's probability times the total, and the total."""
    unit = lcm(*(p.denominator for p in mass))
    left, weights = np.full(len(counts), m), _objects([1] * len(counts))
    for cell, p in enumerate(mass):
        powers = _objects([*accumulate(repeat(int(p * unit), m), mul, initial=1)])
        count = counts[:, cell]
        weights = weights * powers[count]
        if cell < len(mass) - 1:
            weights = weights * (_row(m)[count] if cell == 0 else _ways(m)[left, count])
            left = left - count
    return weights, unit**m


@lru_cache(maxsize=64)
def _row(m: int) -> npt.NDArray[np.object_]:
    """m choose k for all 0 <= k <= m."""
    return _objects([*accumulate(range(1, m + 1), lambda ways, k: ways * (m + 1 - k) // k, initial=1)])


@lru_cache(maxsize=16)
def _ways(m: int) -> npt.NDArray[np.object_]:
    """n choose k for all 0 <= k <= n <= m, shape (m + 1, m + 1); 0 beyond the diagonal."""
    table = np.zeros((m + 1, m + 1), dtype=object)
    table[:, 0] = 1
    for n in range(1, m + 1):
        table[n, 1:n + 1] = table[n - 1, :n] + table[n - 1, 1:n + 1]
    return table


def _objects(values: list[int]) -> npt.NDArray[np.object_]:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out
