"""Betting e-processes for bounded means, and confidence sequences by inverting them.

Draws X_1, X_2, ... are i.i.d. (or only have conditional mean E[X_i | past] within the null). Known
instances: a Bernoulli draw with c = 2^-j is a Wald likelihood ratio; the mixture over c is a discrete
version of Robbins' mixtures; fixed c is the constant-bet capital process of Waudby-Smith & Ramdas.

Proposition 1 (Waudby-Smith & Ramdas 2024, Proposition 2; Ville 1939). Let X_i >= low and E[X_i | past] <= m
with m > low. For a fixed c in [0, 1), W_t = prod_i (1 - c + c (X_i - low) / (m - low)) is a non-negative
supermartingale with W_0 = 1, hence P(exists t: W_t >= 1/alpha) <= alpha. A bet of c stakes the fraction
c / (m - low) of the wealth on each unit by which a draw exceeds m. No upper end of the support is needed.

Proposition 2 (mixtures). The average of finitely many such processes is one, for any fixed weights.
`BETS` is the mixture used everywhere: where the best bet is between 2^-9 and 1 it contains one within a factor
sqrt(2) of it, and down to 2^-25 one within a factor 2. For m close to low the best bet is about the effect as a
share of the support's width, of which a deep run resolves 3e-7.

Proposition 3 (mirror). Proposition 1 for -X tests E[X] >= m when the support is bounded above.

Proposition 4 (two sides). The average of a process for E[X] <= m and one for E[X] >= m tests E[X] = m.
Where only one end of the support is finite, the one process that exists takes the whole weight.

Proposition 5 (inversion; Waudby-Smith & Ramdas 2024, Theorem 1). {m: e-value of m never reached 1/alpha} is
a (1 - alpha) confidence sequence. Each W_t above falls as m rises, so the set at time t is a half-line, whose
end is found by bisection.

Proposition 6 (rounding). Replacing draws by smaller ones lowers every W_t of Proposition 1, pathwise: a
lower confidence limit computed from draws rounded down is valid and no higher than the true one.

Bets never depend on the draws: they are module constants, which makes "fixed before the block is seen"
true by construction. A block's evidence is the vector of its log-wealths, one per bet, and is additive.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from verify.products import CHUNK, LARGEST_FACTOR, FloatArray, products

BETS: FloatArray = np.array([0.99, 0.9, 0.75, *(2.0**-j for j in (*range(1, 9), *range(9, 26, 2)))])
LOG_TWO = math.log(2.0)
BINS = 8192
# Up to so many distinct values are counted one by one.
FEW = 256
BISECTIONS = 60


def log_wealth(draws: FloatArray, low: float, mean: float, counts: FloatArray | None = None,
               sign: int = 1, far: float = math.inf) -> FloatArray:
    """Log-wealth of each bet against E[X] <= mean after these draws (Proposition 1).

    Args:
        draws: shape (n,), each at least `low`.
        low: lower end of the support, finite.
        mean: the null's mean.
        counts: how often each draw occurred, shape (n,); once each when None.
        sign: -1 turns the line round: the null is E[X] >= mean, and `low` is the upper end (Proposition 3).
        far: the other end of the support, or of the draws; where it is infinite the draws are looked through.

    Returns:
        Array of the shape of `BETS`. Infinite if `mean <= low` and there is a draw: nothing within the
        support has such a mean, except a point mass at `low` itself when `mean == low`.
    """
    if draws.size == 0:
        return np.zeros(BETS.size)
    room = mean - low
    if sign * room <= 0.0:
        impossible = room != 0.0 or bool(np.any(draws != low))
        return np.full(BETS.size, math.inf if impossible else 0.0)
    if counts is not None:
        return _counted(draws, low, mean, counts, sign)
    scale = 1.0 / room
    if not math.isfinite(far):
        far = float(draws.max() if sign > 0 else draws.min())
    if not (far - low) * scale <= LARGEST_FACTOR:
        return np.log1p(np.multiply.outer(BETS, (draws - low) / room - 1.0)).sum(axis=1)
    # 1 - c + c r = c (r - 1 + 1/c): one sum and one product for each bet.
    offsets, log_shares, powers = _reciprocals(BETS.tobytes(), -(-draws.size // CHUNK) * CHUNK)
    mantissas, exponents = products(draws, low, scale, offsets)
    # Exponents are taken off as integers: wealth near 1 is the quotient of two huge numbers.
    exponent = np.add.reduce(exponents) - powers
    return np.add.reduce(np.log(mantissas)) - log_shares + exponent * LOG_TWO


@lru_cache(maxsize=16)
def _reciprocals(bets: bytes, places: int) -> tuple[FloatArray, FloatArray, NDArray[np.int64]]:
    """1/c for each bet c, and its power of `places`: the logarithm of a number, 0 for c = 2^-j, and a power of two."""
    offsets = 1.0 / np.frombuffer(bets)
    halves, powers = np.frexp(offsets)
    return offsets, places * np.log(2.0 * halves), places * (powers.astype(np.int64) - 1)


def _counted(values: FloatArray, low: float, mean: float, counts: FloatArray, sign: int) -> FloatArray:
    """`log_wealth` of values that occurred more than once, low < mean."""
    alike = counts[-1]
    if counts.size > CHUNK and (counts[1:] == alike).all():
        first = _counted(values[:1], low, mean, counts[:1], sign)
        return first + alike * log_wealth(values[1:], low, mean, sign=sign)
    return np.log1p(np.multiply.outer(BETS, (values - low) / (mean - low) - 1.0)) @ counts


def log_mixture(log_wealths: FloatArray) -> float:
    """Logarithm of the average wealth over the bets (Proposition 2)."""
    largest = float(np.maximum.reduce(log_wealths))
    if math.isinf(largest):
        return largest
    return largest + math.log(float(np.add.reduce(np.exp(log_wealths - largest))) / log_wealths.size)


@dataclass
class OneSided:
    """E-process against E[X] <= mean (sign 1) or E[X] >= mean (sign -1), for X in [low, high].

    Needs `low` finite for sign 1 and `high` finite for sign -1; `testable` says so.
    """

    mean: float
    sign: int
    low: float
    high: float
    log_wealths: FloatArray = field(default_factory=lambda: np.zeros(BETS.size))

    @property
    def testable(self) -> bool:
        """Whether the end that this side bets against is finite."""
        return math.isfinite(self.low if self.sign > 0 else self.high)

    def update(self, draws: FloatArray, counts: FloatArray | None = None) -> None:
        """Take in a block of draws."""
        end, far = (self.low, self.high) if self.sign > 0 else (self.high, self.low)
        self.log_wealths = self.log_wealths + log_wealth(draws, end, self.mean, counts, self.sign, far)

    @property
    def log_e(self) -> float:
        """Logarithm of the e-value now."""
        return log_mixture(self.log_wealths)


@dataclass
class Evidence:
    """E-process against a null with one or two sides: the average over its testable sides (Proposition 4)."""

    sides: list[OneSided]

    @classmethod
    def against(cls, mean: float, signs: tuple[int, ...], low: float, high: float) -> Evidence:
        """Null: no sign s of `signs` has s * (E[X] - mean) > 0."""
        sides = [OneSided(mean, sign, low, high) for sign in signs]
        return cls([side for side in sides if side.testable])

    def update(self, draws: FloatArray, counts: FloatArray | None = None) -> None:
        """Take in a block of draws."""
        for side in self.sides:
            side.update(draws, counts)

    @property
    def log_e(self) -> float:
        """Logarithm of the e-value now; 0 when no side can be tested."""
        if not self.sides:
            return 0.0
        return log_mixture(np.array([side.log_e for side in self.sides]))


def summarise(draws: FloatArray, bins: int = BINS) -> tuple[FloatArray, FloatArray]:
    """At most `bins` values with counts, each draw rounded down to one of them (Proposition 6).

    Where there are more than FEW distinct values, all counts but the first are equal, so that no value needs a
    logarithm of its own.
    """
    rising = bool((draws[1:] >= draws[:-1]).all())
    ordered = draws if rising else np.sort(draws)
    changes = ordered[1:] != ordered[:-1]
    if np.count_nonzero(changes) < min(FEW, bins):
        starts = np.flatnonzero(changes) + 1
    else:
        each = -(-ordered.size // bins)
        starts = np.arange((ordered.size - 1) % each + 1, ordered.size, each)
    starts = np.concatenate(([0], starts))
    return ordered[starts], np.diff(starts, append=ordered.size).astype(np.float64)


def _summarise_counted(draws: FloatArray, counts: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The same for draws that occurred `counts` times each, at most about twice as many values."""
    order = np.argsort(draws)
    draws, counts = draws[order], counts[order]
    each = counts.sum() / BINS
    bins = np.floor((np.cumsum(counts) - counts) / each)
    # A value that fills a bin by itself isn't rounded down to a rare one before it.
    starts = np.flatnonzero((np.diff(bins, prepend=-1.0) > 0.0) | (counts >= each))
    return draws[starts], np.add.reduceat(counts, starts)


def lower_limit(draws: FloatArray, low: float, level: float, counts: FloatArray | None = None) -> float:
    """Lower confidence limit of the mean of draws at least `low` (Propositions 5 and 6).

    Args:
        draws: shape (n,), all draws up to the stopping time.
        low: lower end of the support; -inf gives -inf.
        level: error probability, in (0, 1).
        counts: how often each draw occurred, shape (n,); once each when None.
    """
    if not math.isfinite(low) or draws.size == 0:
        return low
    threshold = -math.log(level)
    values, counts = summarise(draws) if counts is None else _summarise_counted(draws, counts)
    excluded, allowed = low, float(values @ counts) / float(counts.sum())
    for _ in range(BISECTIONS):
        middle = 0.5 * (excluded + allowed)
        if not excluded < middle < allowed:
            break
        if log_mixture(log_wealth(values, low, middle, counts)) >= threshold:
            excluded = middle
        else:
            allowed = middle
        if allowed - excluded <= 1e-7 * abs(allowed - low):
            break
    return excluded


def upper_limit(draws: FloatArray, high: float, level: float) -> float:
    """Upper confidence limit of the mean of draws at most `high` (Proposition 3)."""
    # Draws that were sorted for the other limit stay so.
    return -lower_limit(-draws[::-1], -high, level)
