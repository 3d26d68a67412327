"""Confirming: fresh draws on one candidate until it is violated, cleared, or the budget is spent."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify import asymptotic
from verify.draws import Drawer, Support
from verify.eprocess import BETS, Evidence, OneSided
from verify.explore import Point
from verify.journal import Page
from verify.plan import Decision, Outcome, Plan
from verify.search import call_user
from verify.tally import Tally
from verify.terms import Label


def confirm(drawer: Drawer, point: Point, plan: Plan) -> Outcome:
    """Run both e-processes on fresh blocks, looking at the end of each block.

    What was found before, or up to which block it came, is taken from the drawer's journal, and written there.
    """
    page, precision = Page(drawer, point, plan), drawer.precision
    process, outcome = page.resume(lambda: Confirmation(point, plan, precision))
    if outcome is not None:
        return outcome
    with drawer.sharing(point.instance, plan.phase, plan.block, plan.blocks), page.writing(process):
        while process.goes_on:
            page.note(process)
            process.take(call_user("sample", point.instance, drawer.block, point.instance, plan.phase,
                                   process.tally.blocks, plan.block))
    outcome = process.outcome()
    page.close(process, outcome)
    return outcome


class Confirmation:
    """Both e-processes at one candidate and all its draws, block after block."""

    def __init__(self, point: Point, plan: Plan, precision: float):
        assert point.support is not None
        self.point, self.plan = point, plan
        support, bound = point.support, point.bound_value
        # Rounding of draws and bounds must not be taken for a violation.
        slack = support.slack(bound, precision) if math.isfinite(bound) else 0.0
        self.violated = Evidence([side for sign in plan.relation.signs if
                                  (side := OneSided(bound + sign * slack, sign, support.low, support.high)).testable])
        self.clearing = _Clearing.of(plan, bound, support)
        self.tally = Tally(support)
        self.decision, self.log_e = Decision.UNDECIDED, -math.inf

    @property
    def goes_on(self) -> bool:
        """Whether another block is wanted."""
        return self.decision is Decision.UNDECIDED and self.tally.blocks < self.plan.blocks

    def take(self, draws: NDArray[np.float64]) -> None:
        """Take in the next block."""
        self.tally.add(draws)
        values, counts = _counted(draws)
        self.violated.update(values, counts)
        log_e = self.violated.log_e
        self.log_e = max(self.log_e, log_e)
        if log_e >= -math.log(self.plan.violated_level):
            self.decision = Decision.VIOLATED
        elif self.clearing.update(values, counts, self.tally):
            self.decision = Decision.CLEARED

    @property
    def sides(self) -> list[OneSided]:
        """All one-sided e-processes, those against the statement first."""
        return [*self.violated.sides, *self.clearing.sides]

    def outcome(self) -> Outcome:
        """What has been found so far."""
        return _outcome(self.point, self.plan, self.decision, self.tally, self.log_e, self.clearing.label)


def _counted(draws: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
    """Two-valued draws as values with counts, which cost two logarithms a block."""
    low, high = float(draws.min()), float(draws.max())
    at_high = int(np.count_nonzero(draws == high))
    if at_high + int(np.count_nonzero(draws == low)) == draws.size and low < high:
        return np.array([low, high]), np.array([draws.size - at_high, at_high], np.float64)
    return draws, None


@dataclass
class _Clearing:
    """Intersection-union test that no side is violated by the resolution; each side pays the whole level."""

    sides: list[OneSided]
    unbounded: list[int]
    level: float
    bound: float
    resolution: float
    tuned_for: int

    @classmethod
    def of(cls, plan: Plan, bound: float, support: Support) -> _Clearing:
        sides, unbounded = [], []
        for sign in plan.relation.signs:
            side = OneSided(bound + sign * plan.resolution, -sign, support.low, support.high)
            if side.testable:
                sides.append(side)
            else:
                unbounded.append(sign)
        return cls(sides, unbounded, plan.cleared_level, bound, plan.resolution, _tuned_for(plan))

    @property
    def label(self) -> Label:
        return Label.ASYMPTOTIC if self.unbounded else Label.ANYTIME

    def update(self, values: NDArray[np.float64], counts: NDArray[np.float64] | None, tally: Tally) -> bool:
        """Take in a block; whether everything is cleared now."""
        for side in self.sides:
            side.update(values, counts)
        threshold = -math.log(self.level)
        if any(side.log_e < threshold for side in self.sides):
            return False
        # Looking at a sparser set of times costs no validity and keeps the work linear.
        looks = tally.blocks % max(1, tally.blocks // 8) == 0
        return not self.unbounded or (looks and self._asymptotic(tally))

    def _asymptotic(self, tally: Tally) -> bool:
        if not tally.trustworthy:
            return False
        radius = asymptotic.radius(tally.size, math.sqrt(tally.variance), self.level, self.tuned_for)
        gap = tally.mean - self.bound
        return all(sign * gap + radius <= self.resolution for sign in self.unbounded)


def _tuned_for(plan: Plan) -> int:
    """Draws at which the asymptotic boundary is narrowest, fixed before drawing."""
    return max(plan.blocks * plan.block // 4, asymptotic.FEWEST_DRAWS)


def _outcome(point: Point, plan: Plan, decision: Decision, tally: Tally, log_e: float, label: Label) -> Outcome:
    # Each end is a one-sided limit at the level that a violation on its side is called at.
    level = plan.violated_level / len(plan.relation.signs)
    mean, (low, high) = tally.mean, tally.limits(level)
    if label is Label.ASYMPTOTIC and decision is not Decision.VIOLATED and tally.trustworthy:
        radius = asymptotic.radius(tally.size, math.sqrt(tally.variance), level, _tuned_for(plan))
        low = low if math.isfinite(low) else mean - radius
        high = high if math.isfinite(high) else mean + radius
    if decision is Decision.VIOLATED:
        # It excludes the bound by more than rounded draws may show.
        above = mean > point.bound_value
        low, high = max(low, point.bound_value if above else low), min(high, high if above else point.bound_value)
    # A violation rests on the betting process alone, whatever clearing would have needed.
    label = Label.ANYTIME if decision is Decision.VIOLATED else label
    needed = _needed(point, plan, mean, tally.variance) if decision is Decision.UNDECIDED else None
    return Outcome(point, decision, tally.blocks, tally.size, mean, (low, high), log_e, label, needed)


def _needed(point: Point, plan: Plan, mean: float, variance: float) -> int | None:
    """Draws after which the better of the two e-processes should decide, at the effect seen so far."""
    gap = max(sign * (mean - point.bound_value) for sign in plan.relation.signs)
    assert point.support is not None
    mixing = math.log(BETS.size * len(plan.relation.signs))
    # Where an end is infinite the draws' own spread stands for the room that a bet has.
    room = point.support.width if math.isfinite(point.support.width) else math.sqrt(variance)
    with np.errstate(all="ignore"):
        guesses = [(2.0 * np.square(math.sqrt(variance) / np.float64(distance)) + room / np.float64(distance))
                   * (mixing - math.log(level))
                   for distance, level in ((gap, plan.violated_level), (plan.resolution - gap, plan.cleared_level))
                   if distance > 0.0]
    guesses = [float(guess) for guess in guesses if math.isfinite(guess)]
    return math.ceil(min(guesses)) if guesses else None
