"""Seeded blocks of draws, checked on arrival.

Block b of an instance in a phase is a function of (run seed, claim, instance, phase, b) alone, so any block
can be drawn again by itself, on any worker, and a wrong twin whose `sample` is unchanged meets the very
draws the claim met.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from verify.claim import Statement
from verify.exact import as_number
from verify.instance import Instance
from verify.terms import ClaimError

if TYPE_CHECKING:
    from verify.journal import Journal

SUPPORT_TOLERANCE = 1e-9
DOUBLE = float(np.finfo(np.float64).eps)
CACHED_DRAWS = 1 << 22


@dataclass(frozen=True)
class Support:
    """Interval that holds every draw at one instance; either end may be infinite."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """Length of the interval."""
        return self.high - self.low

    def slack(self, value: float = 0.0, precision: float = DOUBLE) -> float:
        """How much of a difference rounding may explain, for numbers of this support and `value`.

        1e-9 of their size, and no less than a few units in the last place of draws of this `precision`.
        """
        ends = [abs(end) for end in (self.low, self.high, value) if math.isfinite(end)]
        size = max(abs(value) if math.isfinite(value) else 0.0, self.width if math.isfinite(self.width) else 1.0)
        return max(SUPPORT_TOLERANCE * size, 8.0 * precision * max(ends, default=0.0))

    def spread(self, bound: float, floor: float) -> float:
        """Largest standard deviation that draws with mean `bound` can have, but at least `floor` * width.

        Resolutions are fractions of it: the draws needed to clear a candidate then depend on the fraction
        alone, for a bound of 1/1000 as for one of 1/2. Where an end is infinite it is |bound|, or 1 at 0.
        """
        if not math.isfinite(self.width) or not math.isfinite(bound):
            return abs(bound) if 0.0 < abs(bound) < math.inf else 1.0
        inside = math.sqrt(max(bound - self.low, 0.0)) * math.sqrt(max(self.high - bound, 0.0))
        # A support that is a single point leaves no spread at all.
        return max(inside, floor * self.width) or abs(bound) or 1.0


def seed_sequence(seed: int, claim_id: str, instance: str, phase: str, block: int) -> np.random.SeedSequence:
    """The seed of one block."""
    text = "\x1f".join((str(seed), claim_id, instance, phase, str(block)))
    return np.random.SeedSequence(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big"))


def raw_block(statement: Statement, instance: Instance, seed: int, phase: str, index: int, size: int) -> Any:
    """What the claim's `sample` returns for one block, unchecked."""
    rng = np.random.default_rng(seed_sequence(seed, statement.claim.id, instance.key, phase, index))
    return statement.sample(instance.values, rng, size)


def support_at(statement: Statement, instance: Instance) -> Support:
    """The claim's support at an instance.

    Raises:
        ClaimError: it is no pair of numbers low <= high.
    """
    pair = statement.support(instance.values)
    try:
        low, high = (float(as_number(end, "support")) for end in pair)
    except (TypeError, ValueError) as error:
        raise ClaimError(f"support returned {pair!r:.120} ({error}). It is a pair (low, high); "
                         "either may be infinite.") from error
    if not low <= high:
        raise ClaimError(f"support returned ({low:g}, {high:g}), whose ends are in the wrong order.")
    return Support(low, high)


class Helped(Protocol):
    """Has the blocks of a stream drawn ahead; see `verify.ahead`."""

    def sharing(self, statement: Statement, instance: Instance, phase: str, size: int, most: int
                ) -> AbstractContextManager[None]:
        """Inside, blocks of this stream are taken in order."""
        ...

    def take(self, draw: Callable[[], Any], instance: Instance, phase: str, index: int, size: int) -> Any:
        """One raw block."""
        ...


@dataclass
class Drawer:
    """Draws blocks for one statement; remembers what it drew, up to a limit, and may keep a journal."""

    statement: Statement
    seed: int
    ahead: Helped | None = None
    journal: Journal | None = None
    drawn: int = 0
    precision: float = DOUBLE
    _cache: dict[tuple[str, str, int, int], NDArray[np.float64]] = field(default_factory=dict)
    _cached: int = 0

    def for_twin(self, twin: Statement) -> Drawer:
        """Drawer for a wrong twin, sharing what was drawn where that is the same."""
        if twin.draws_like_claim:
            return Drawer(twin, self.seed, self.ahead, self.journal, precision=self.precision, _cache=self._cache,
                          _cached=self._cached)
        return Drawer(twin, self.seed, self.ahead, self.journal, precision=self.precision)

    def sharing(self, instance: Instance, phase: str, size: int, most: int) -> AbstractContextManager[None]:
        """Inside, up to `most` blocks of a phase are asked for in order, and helpers may draw them ahead."""
        if self.ahead is None:
            return nullcontext()
        return self.ahead.sharing(self.statement, instance, phase, size, most)

    def block(self, instance: Instance, phase: str, index: int, size: int) -> NDArray[np.float64]:
        """Block `index` of a phase: shape (size,), finite, within the support.

        Raises:
            ClaimError: what `sample` returned breaks the contract.
            Stopped: the journal says that no more blocks are wanted.
        """
        self._look()
        key = (instance.key, phase, index, size)
        self.drawn += size
        if key not in self._cache:
            def raw() -> Any:
                return raw_block(self.statement, instance, self.seed, phase, index, size)

            taken = self.ahead.take(raw, instance, phase, index, size) if self.ahead else raw()
            draws = self._checked(taken, instance, size)
            if self._cached + size > CACHED_DRAWS:
                return draws
            self._cached += size
            self._cache[key] = draws
        return self._cache[key]

    def remembered(self, instance: Instance, phase: str, index: int) -> NDArray[np.float64] | None:
        """A block as it was first drawn, whatever its size; None if it wasn't kept."""
        return next((draws for (key, name, at, _), draws in self._cache.items()
                     if (key, name, at) == (instance.key, phase, index)), None)

    def fresh(self, instance: Instance, phase: str, index: int, size: int) -> NDArray[np.float64]:
        """The same block, drawn again."""
        self._look()
        return self._checked(raw_block(self.statement, instance, self.seed, phase, index, size), instance, size)

    def _look(self) -> None:
        if self.journal:
            self.journal.look()

    def _checked(self, raw: Any, instance: Instance, size: int) -> NDArray[np.float64]:
        kind = getattr(raw, "dtype", None)
        if isinstance(kind, np.dtype) and kind.kind == "f":
            # Single precision leaves its mark on the draws for good.
            self.precision = max(self.precision, float(np.finfo(kind).eps))
        return checked(raw, size, support_at(self.statement, instance), self.precision)


def checked(raw: Any, size: int, support: Support, precision: float = DOUBLE) -> NDArray[np.float64]:
    """What `sample` returned, as floats within the support.

    Raises:
        ClaimError: wrong shape or kind, NaN, or a draw outside the support by more than 1e-9.
    """
    try:
        array = np.asarray(raw)
    except ValueError:
        array = np.empty(0, object)
    if array.dtype.kind not in "biuf":
        raise ClaimError(f"sample returned {type(raw).__name__} of kind {array.dtype}. It returns an array of "
                         f"{size} real numbers or booleans.")
    if array.shape != (size,):
        raise ClaimError(f"sample returned an array of shape {array.shape}, but size is {size}. It returns one draw "
                         f"for each of `size` replicates, shape ({size},).")
    draws = array.astype(np.float64)
    # Ends that are NaN or infinite fail one of these.
    if size and support.low <= draws.min() > -math.inf and math.inf > draws.max() <= support.high:
        return draws
    if np.isnan(draws).any() or np.isinf(draws).any():
        where = int(np.flatnonzero(~np.isfinite(draws))[0])
        raise ClaimError(f"sample returned {draws[where]} at draw {where}. Every draw is a finite number: mend sample, "
                         "or keep such instances out with given or assume.")
    tolerance = support.slack(precision=precision)
    outside = (draws < support.low - tolerance) | (draws > support.high + tolerance)
    if outside.any():
        where = int(np.flatnonzero(outside)[0])
        raise ClaimError(f"sample returned {draws[where]:.6g} at draw {where}, outside support ({support.low:g}, "
                         f"{support.high:g}). The test is valid only for draws within support; widen support or "
                         "mend sample.")
    return np.clip(draws, support.low, support.high)
