"""Exploring: evaluate a statement at many instances, cheaply, and rank them.

Nothing is concluded from the draws made here. Where `exact` gives a value there is nothing to sample; the
other instances pass through rounds of successive halving, each with fresh and more numerous draws, so that
the instances that reach confirmation are not merely the lucky ones.
"""

from __future__ import annotations

import heapq
import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from verify.budget import Budget
from verify.claim import Statement
from verify.draws import Drawer, Support, support_at
from verify.exact import Comparison, Number, as_number, compare, to_float
from verify.instance import Instance
from verify.search import call_user, explore
from verify.terms import ClaimError, Relation

# Sampled points whose apparent disagreement with `exact` decides where agreement is tested.
AGREEMENT_POINTS = 48
FINAL_BLOCKS = 4


@dataclass
class Point:
    """One instance and what is known of it; `mean` and `variance` come from the latest round of draws."""

    instance: Instance
    bound: Number
    comparison: Comparison | None
    support: Support | None
    draws: int = 0
    mean: float = math.nan
    variance: float = math.nan

    @property
    def bound_value(self) -> float:
        """The bound as a float."""
        return to_float(self.bound)

    @property
    def left(self) -> float:
        """The exact left-hand side as a float; NaN where there is none."""
        return to_float(self.comparison.left) if self.comparison else math.nan

    def vacuous(self, relation: Relation) -> bool:
        """Whether the bound holds for every law on the support."""
        if self.support is None or relation is Relation.EQUAL:
            return False
        if relation is Relation.AT_MOST:
            return self.bound_value >= self.support.high
        return self.bound_value <= self.support.low

    def excess(self, relation: Relation, floor: float) -> float:
        """How far the point looks violated: a relative gap if exact, standard errors if sampled."""
        if self.comparison is not None:
            return max(sign * self.comparison.relative_gap for sign in relation.signs)
        return max(sign * self.standardised(self.bound_value, floor) for sign in relation.signs)

    def standardised(self, value: float, floor: float) -> float:
        """(mean - value) in standard errors; the scale's share keeps rare events from looking certain."""
        if self.draws == 0 or self.support is None:
            return -math.inf
        if math.isinf(value):
            return -value
        spread = math.hypot(math.sqrt(self.variance), self.support.spread(value, floor) / math.sqrt(self.draws))
        error = max(spread / math.sqrt(self.draws), sys.float_info.min)
        ratio = self.mean / error - value / error
        return ratio if math.isfinite(ratio) else math.copysign(sys.float_info.max, self.mean - value)


@dataclass
class Explorer:
    """Evaluates one statement at instances and remembers the points.

    `lefts` holds exact left-hand sides by instance; a wrong twin that leaves `exact` alone shares its claim's. `fallen`
    says that some instance violates the statement without sampling, which is all that is asked of a wrong twin.
    """

    statement: Statement
    drawer: Drawer
    budget: Budget
    points: dict[str, Point] = field(default_factory=dict)
    lefts: dict[str, Number | None] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    fallen: bool = False

    @property
    def relation(self) -> Relation:
        """The statement's relation."""
        return self.statement.relation

    @property
    def seed(self) -> str:
        """What the search is seeded by; a wrong twin is searched at other instances than its claim."""
        return f"explore {self.drawer.seed} {self.statement.claim.id} {sorted(self.statement.override)}"

    def search(self, examples: int | None = None) -> None:
        """Draw instances, as many as the budget allows or `examples`, and climb `excess`; a twin's until it falls."""
        explore(self.statement, self.score, examples=examples or self.budget.instances, seed=self.seed,
                enough=lambda: self.is_twin and self.fallen)

    @property
    def is_twin(self) -> bool:
        """Whether this is a wrong twin, of which neither agreement nor a simplest counterexample is asked."""
        return bool(self.statement.override)

    def score(self, instance: Instance) -> float:
        """Evaluate an instance; what the search climbs.

        It stays what it was at the first visit, whatever later rounds of draws say: a search that is run again to
        shrink what it found must take the same path.
        """
        if instance.key not in self.scores:
            self.scores[instance.key] = self.visit(instance).excess(self.relation, self.budget.floor)
        return self.scores[instance.key]

    def visit(self, instance: Instance) -> Point:
        """Evaluate an instance once.

        Raises:
            ClaimError: a function of the claim fails there.
        """
        if instance.key not in self.points:
            if self.drawer.journal:
                self.drawer.journal.look()
            point = self.evaluate(instance)
            agrees = not self.is_twin and len(self.points) < AGREEMENT_POINTS
            if self.statement.claim.sample is not None and (point.comparison is None or agrees):
                self._draw(point, 0, min(self.budget.explore_draws, self.statement.claim.block), 1)
            self.points[instance.key] = point
            self.fallen |= point.comparison is not None and point.comparison.violates(self.relation)
        return self.points[instance.key]

    def evaluate(self, instance: Instance) -> Point:
        """Bound, exact value and support at an instance; nothing is drawn.

        Raises:
            ClaimError: a function of the claim fails there.
        """
        values, statement = instance.values, self.statement
        bound = call_user("bound", instance, lambda: as_number(statement.bound(values), "bound"))
        if instance.key not in self.lefts:
            raw = call_user("exact", instance, statement.exact, values)
            self.lefts[instance.key] = None if raw is None else call_user("exact", instance, as_number, raw, "exact")
        left = self.lefts[instance.key]
        comparison = None if left is None else call_user("exact", instance, compare, left, bound)
        support = None
        if statement.claim.sample is not None:
            support = call_user("support", instance, support_at, statement, instance)
        elif comparison is None:
            raise ClaimError(f"exact returned None and there is no sample, so this instance can't be judged. Add "
                             f"sample, or keep such instances out with given or assume. Instance: {instance}")
        return Point(instance, bound, comparison, support)

    def _draw(self, point: Point, first: int, size: int, blocks: int) -> None:
        draws = np.concatenate([
            call_user("sample", point.instance, self.drawer.block, point.instance, "explore", index, size)
            for index in range(first, first + blocks)])
        with np.errstate(over="ignore"):
            point.draws, point.mean, point.variance = draws.size, float(draws.mean()), float(draws.var())

    def worst_sampled(self) -> list[Point]:
        """Up to `candidates` sampled points that look worst after halving, worst first."""
        rounds = [(max(4 * self.budget.candidates, len(self.points) // 4), 1, 1),
                  (2 * self.budget.candidates, 2, FINAL_BLOCKS)]
        kept = [p for p in self.points.values() if p.comparison is None and not p.vacuous(self.relation)]
        for most, first, blocks in rounds:
            kept = self.worst(kept, most)
            for point in kept:
                self._draw(point, first, self.statement.claim.block, blocks)
        return self.worst(kept, self.budget.candidates)

    def worst(self, points: Iterable[Point], most: int) -> list[Point]:
        """Up to `most` of the points, worst first."""
        key = lambda point: (point.excess(self.relation, self.budget.floor), point.instance.key)  # noqa: E731
        return heapq.nlargest(most, points, key=key)

    def exact_points(self) -> list[Point]:
        """Points with an exact comparison, worst first."""
        return self.worst((p for p in self.points.values() if p.comparison is not None), len(self.points))
