"""The stand-in where a support is unbounded: an asymptotic confidence sequence.

Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), "Time-uniform central limit theory and asymptotic
confidence sequences", Theorem 2.2 and Appendix B.2 (one-sided). It may clear a candidate, labelled
`asymptotic`; it never refutes one. It needs more than two finite moments, which no sample can prove, so
`trustworthy` withholds it where a single draw dominates the fourth moment, where the largest draws fall off like
those of a law with barely two moments, or where all draws are equal.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

# A light tail gives the largest of 10,000 fourth powers a few per cent of their sum.
LARGEST_SHARE = 0.25
FEWEST_DRAWS = 8192
# Least tail index by Hill's estimator (1975) over the sqrt(n) largest deviations; two moments need more than 2.
LEAST_TAIL_INDEX = 2.5


def radius(draws: int, deviation: float, level: float, tuned_for: int) -> float:
    """Half-width of the one-sided asymptotic confidence sequence after `draws` draws.

    Args:
        draws: number of draws t.
        deviation: their empirical standard deviation.
        level: error probability, in (0, 1/2).
        tuned_for: the number of draws at which the boundary is narrowest.
    """
    log_level = -2.0 * math.log(level)
    rho_squared = (log_level + math.log(log_level + 1.0)) / tuned_for
    scaled = draws * rho_squared + 1.0
    return deviation * math.sqrt(2.0 * scaled / (draws**2 * rho_squared)
                                 * math.log1p(math.sqrt(scaled) / (2.0 * level)))


def trustworthy(draws: NDArray[np.float64], counts: NDArray[np.float64] | None = None) -> bool:
    """Whether the empirical variance may stand in for the true one.

    Args:
        draws: shape (n,).
        counts: how often each draw occurred, shape (n,); once each when None.
    """
    if counts is not None:
        return _trustworthy_counts(draws, counts)
    if draws.size < FEWEST_DRAWS:
        return False
    centred = np.abs(draws - draws.mean())
    largest = float(centred.max())
    if largest <= 0.0:
        return False
    if 1.0 / float(np.sum((centred / largest) ** 4)) >= LARGEST_SHARE:
        return False
    count = math.isqrt(draws.size)
    tail = np.partition(centred, draws.size - count - 1)[draws.size - count - 1:]
    foot = float(tail.min())
    return foot > 0.0 and float(np.log(tail / foot).sum()) * LEAST_TAIL_INDEX < count


def _trustworthy_counts(draws: NDArray[np.float64], counts: NDArray[np.float64]) -> bool:
    size = float(counts.sum())
    centred = np.abs(draws - float(draws @ counts) / size)
    largest = float(centred.max())
    if size < FEWEST_DRAWS or largest <= 0.0:
        return False
    if 1.0 / float(counts @ (centred / largest) ** 4) >= LARGEST_SHARE:
        return False
    order = np.argsort(-centred)
    count = math.isqrt(int(size))
    # Of the smallest deviation among the `count` largest only as many as complete them.
    before = np.cumsum(counts[order]) - counts[order]
    tail, held = centred[order], np.clip(count - before, 0.0, counts[order])
    tail, held = tail[held > 0.0], held[held > 0.0]
    foot = float(tail[-1])
    return foot > 0.0 and float(held @ np.log(tail / foot)) * LEAST_TAIL_INDEX < count
