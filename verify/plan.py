"""What is asked of one confirmation, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verify.budget import Budget
from verify.explore import Point
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
