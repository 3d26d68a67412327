"""All draws of a confirmation in bounded memory: whole while they are few, then as counts on a grid.

The grid is geometric from an end of the support: the distance of a draw from that end is kept to 14 binary digits,
rounded towards the end. A confidence limit from draws that were moved towards its end is valid and no tighter than from
the draws themselves (`verify.eprocess`, Proposition 6). Everything is added up in the order of the blocks.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from verify import asymptotic
from verify.draws import Support
from verify.eprocess import lower_limit, upper_limit

FloatArray = NDArray[np.float64]

# More than a quick run draws at one candidate, and few enough to be saved every second.
KEPT = 1 << 19
# Draws that are folded into the grids at once.
BATCH = 1 << 18
DIGITS = 14
_DROPPED = 52 - DIGITS
# Distances below this share of the largest are rounded to 0.
OCTAVES = 40


class Tally:
    """The draws at one candidate, block after block; all lie within `support`."""

    def __init__(self, support: Support):
        self.support = support
        self.blocks, self.size = 0, 0
        # Draws not yet in the grids, which are empty while all are kept; mean and sum of squares of the rest.
        self.pending: list[FloatArray] = []
        self.grids: list[_Grid] = []
        self.moments = (0.0, 0.0)

    def add(self, draws: FloatArray) -> None:
        """Take in a block."""
        self.blocks += 1
        self.size += draws.size
        self.pending.append(draws)
        kept = sum(block.size for block in self.pending) if self.grids else self.size
        if kept > (BATCH if self.grids else KEPT):
            self._fold()

    @property
    def whole(self) -> FloatArray | None:
        """All draws, shape (size,), or None when they have become too many."""
        if self.grids:
            return None
        self.pending = [np.concatenate(self.pending)]
        return self.pending[0]

    @property
    def mean(self) -> float:
        """Mean of all draws."""
        if (whole := self.whole) is not None:
            return float(whole.mean())
        self._fold()
        return self.moments[0]

    @property
    def variance(self) -> float:
        """Variance of all draws, with divisor `size`."""
        if (whole := self.whole) is not None:
            return float(whole.var())
        self._fold()
        return self.moments[1] / self.size

    def limits(self, level: float) -> tuple[float, float]:
        """One-sided confidence limits of the mean, each of error probability `level`; infinite ends stay infinite."""
        low, high = self.support.low, self.support.high
        if (whole := self.whole) is not None:
            # Sorted once for both.
            ordered = np.sort(whole)
            return lower_limit(ordered, low, level), upper_limit(ordered, high, level)
        self._fold()
        ends = {grid.sign: grid.limit(level) for grid in self.grids if grid.anchored}
        return ends.get(1, low), ends.get(-1, high)

    @property
    def trustworthy(self) -> bool:
        """Whether the empirical variance may stand in for the true one; see `verify.asymptotic`."""
        if (whole := self.whole) is not None:
            return asymptotic.trustworthy(whole)
        self._fold()
        # Either grid of an end holds every draw; without an end each holds those on its side of 0.
        grids = self.grids[:1] if self.grids[0].anchored else self.grids
        values, counts = (np.concatenate(parts) for parts in zip(*(grid.draws() for grid in grids), strict=True))
        return asymptotic.trustworthy(values, counts)

    def new_grids(self) -> list[_Grid]:
        """Empty ones, from each finite end of the support; where there is none, from 0 to both sides."""
        ends = [(self.support.low, 1), (self.support.high, -1)]
        grids = [_Grid(end, sign, anchored=True) for end, sign in ends if math.isfinite(end)]
        return grids or [_Grid(0.0, 1, anchored=False), _Grid(0.0, -1, anchored=False)]

    def _fold(self) -> None:
        if not self.pending:
            return
        self.grids = self.grids or self.new_grids()
        before = self.size - sum(block.size for block in self.pending)
        for block in self.pending:
            # Chan, Golub & LeVeque (1979): the moments of both parts give those of the union.
            mean, after = float(block.mean()), before + block.size
            step = mean - self.moments[0]
            squares = float(block.var()) * block.size + step * step * (before / after) * block.size
            self.moments = self.moments[0] + step * (block.size / after), self.moments[1] + squares
            before = after
        draws = np.concatenate(self.pending)
        self.pending = []
        for piece in np.split(draws, range(BATCH, draws.size, BATCH)):
            for grid in self.grids:
                grid.add(piece)


class _Grid:
    """Counts of sign * (draw - end), rounded down to a few binary digits; where not anchored, of the draws beyond 0."""

    def __init__(self, end: float, sign: int, *, anchored: bool):
        self.end, self.sign, self.anchored = end, sign, anchored
        self.zeros, self.first = 0, 0
        self.counts = np.zeros(0, np.int64)

    def add(self, draws: FloatArray) -> None:
        distances = self.sign * (draws - self.end)
        if not self.anchored:
            distances = distances[distances > 0.0 if self.sign > 0 else distances >= 0.0]
        if distances.size == 0:
            return
        # The leading bits of a non-negative double, read as an integer, grow with it. Adding 0 makes -0 positive.
        keys = (np.maximum(distances, 0.0) + 0.0).view(np.int64) >> _DROPPED
        top = int(keys.max())
        if self.counts.size == 0:
            self.first = max(int(keys.min()), top - (OCTAVES << DIGITS), 1)
        if top >= self.first + self.counts.size:
            self.counts = np.append(self.counts, np.zeros(top + 1 - self.first - self.counts.size, np.int64))
        inside = keys[keys >= self.first] - self.first
        self.zeros += keys.size - inside.size
        found = np.bincount(inside)
        self.counts[:found.size] += found

    def draws(self) -> tuple[FloatArray, FloatArray]:
        """Draws as rounded, with counts."""
        distances, counts = self._distances()
        return self.end + self.sign * distances, counts

    def limit(self, level: float) -> float:
        """Confidence limit of the mean on the side of the end."""
        distances, counts = self._distances()
        return self.end + self.sign * lower_limit(distances, 0.0, level, counts)

    def _distances(self) -> tuple[FloatArray, FloatArray]:
        held = np.flatnonzero(self.counts)
        distances, counts = ((held + self.first) << _DROPPED).view(np.float64), self.counts[held]
        if self.zeros:
            distances, counts = np.append(0.0, distances), np.append(self.zeros, counts)
        return distances, counts.astype(np.float64)
