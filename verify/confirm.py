"""Confirming: fresh draws on one candidate until it is violated, cleared, or the budget is spent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from verify import asymptotic
from verify.budget import Budget
from verify.draws import Drawer, Support
from verify.eprocess import BETS, Evidence, OneSided
from verify.explore import Point
from verify.search import call_user
from verify.tally import Tally
from verify.terms import Label, Relation

# Of a claim's share of alpha; the rest pays for the tests of its soundness.
REFUTATION_SHARE = 0.9
CONFIRM_PHASE = "confirm"


class Decision(StrEnum):
    """How a confirmation ended."""

    VIOLATED = "violated"
    CLEARED = "cleared"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Plan:
    """Thresholds and effort of one confirmation.

    Fields:
        relation: of the statement.
        resolution: violations up to this size may be cleared.
        violated_level: error probability of calling a true statement violated, at this candidate.
        cleared_level: error probability of clearing a statement violated by the resolution or more.
        phase: names the stream of blocks.
        blocks, block: most blocks, and draws in each.
    """

    relation: Relation
    resolution: float
    violated_level: float
    cleared_level: float
    phase: str
    blocks: int
    block: int


def level_each(level: float, candidates: int) -> float:
    """What each of K candidates may spend on being called violated, at a claim whose share of alpha is `level`."""
    return REFUTATION_SHARE * level / max(candidates, 1)


def plan_for(point: Point, relation: Relation, bound: float, *, budget: Budget, block: int, level: float,
             violated_level: float, blocks: int, phase: str) -> Plan:
    """The plan of one confirmation against `bound`, at a claim whose share of alpha is `level`."""
    assert point.support is not None
    resolution = budget.fraction * point.support.spread(bound, budget.floor)
    return Plan(relation, resolution, violated_level, REFUTATION_SHARE * level, phase, blocks, block)


@dataclass(frozen=True)
class Outcome:
    """What confirmation found at one candidate.

    `log_e` is the largest log e-value seen against the statement; each end of `interval` is a one-sided confidence
    limit at the level of a violation (half of it for ==).
    """

    point: Point
    decision: Decision
    blocks: int
    draws: int
    estimate: float
    interval: tuple[float, float]
    log_e: float
    label: Label
    needed: int | None


def confirm(drawer: Drawer, point: Point, plan: Plan) -> Outcome:
    """Run both e-processes on fresh blocks, looking at the end of each block."""
    assert point.support is not None
    support, bound = point.support, point.bound_value
    # Rounding of draws and bounds must not be taken for a violation.
    slack = support.slack(bound, drawer.precision) if math.isfinite(bound) else 0.0
    violated = Evidence([side for sign in plan.relation.signs
                         if (side := OneSided(bound + sign * slack, sign, support.low, support.high)).testable])
    clearing = _Clearing.of(plan, bound, support)
    tally = Tally(support)
    decision, log_e = Decision.UNDECIDED, -math.inf
    with drawer.sharing(point.instance, plan.phase, plan.block, plan.blocks):
        while decision is Decision.UNDECIDED and tally.blocks < plan.blocks:
            draws = call_user("sample", point.instance, drawer.block, point.instance, plan.phase, tally.blocks,
                              plan.block)
            tally.add(draws)
            values, counts = _counted(draws)
            violated.update(values, counts)
            log_e_now = violated.log_e
            log_e = max(log_e, log_e_now)
            if log_e_now >= -math.log(plan.violated_level):
                decision = Decision.VIOLATED
            elif clearing.update(values, counts, tally):
                decision = Decision.CLEARED
    return _outcome(point, plan, decision, tally, log_e, clearing.label)


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
