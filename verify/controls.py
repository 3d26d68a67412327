"""Wrong twins: each is searched as the claim was, and must be refuted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from verify.claim import Statement
from verify.confirm import confirm
from verify.explore import Explorer, Point
from verify.plan import CONFIRM_PHASE, Decision, Outcome, level_each, plan_for
from verify.terms import ClaimError, Status
from verify.verdict import Control, show_override

# Instances of the first, small search for a twin's counterexample.
FEW_INSTANCES = 30


@dataclass(frozen=True)
class Tried:
    """What came of searching one wrong twin.

    Fields:
        control: as it is reported.
        explorer: of the twin.
        known: the claim's points whose instances are the twin's as well.
        violated: keys of the instances that violate the twin.
        outcomes: of the candidates confirmed.
    """

    control: Control
    explorer: Explorer
    known: Sequence[Point]
    violated: Set[str]
    outcomes: Sequence[Outcome]

    @property
    def twin(self) -> Statement:
        """The claim under the override."""
        return self.explorer.statement

    def points(self) -> Iterator[Point]:
        """The instances tried, those that violate the twin first; then those known, evaluated when asked for.

        Raises:
            ClaimError: a function of the claim fails under the override.
        """
        tried = self.explorer.points
        yield from sorted(tried.values(), key=lambda point: point.instance.key not in self.violated)
        for point in self.known:
            if point.instance.key not in tried:
                yield self.explorer.evaluate(point.instance)


def try_control(override: Mapping[str, Any], claim: Explorer, level: float) -> Tried:
    """Search a wrong twin of the claim that this explorer has searched, whose share of alpha is `level`.

    Raises:
        ClaimError: a function of the claim fails under the override.
    """
    twin = claim.statement.claim.statement(override)
    drawer = claim.drawer.for_twin(twin)
    explorer = Explorer(twin, drawer, claim.budget, lefts=claim.lefts if twin.exact_like_claim else {})
    search = _Search(explorer, level)
    text = show_override(override)
    known = [point for point in claim.points.values() if twin.same_instances]
    try:
        status = search.run(known)
    except ClaimError as problem:
        raise ClaimError(f"under the control {text}: {problem}") from problem
    return Tried(Control(text, status, drawer.drawn), explorer, known, search.violated, search.outcomes)


@dataclass
class _Search:
    explorer: Explorer
    level: float
    outcomes: list[Outcome] = field(default_factory=list)
    violated: set[str] = field(default_factory=set)

    def run(self, known: Sequence[Point]) -> Status:
        """Look at the claim's instances, where they are the twin's as well, and then afresh.

        Most twins fall at once, so a small search of each kind comes before the whole one.
        """
        explorer, budget = self.explorer, self.explorer.budget
        few = min(FEW_INSTANCES, budget.instances)
        # The first one known is tight_at, where there is one.
        worst = [*known[:1], *explorer.worst(known, few)]
        attempts: list[tuple[Callable[[], None], int]] = []
        if known:
            attempts = [(lambda: self._visit(worst), budget.shrink_blocks), (lambda: self._visit(known), budget.blocks)]
        attempts += [(lambda: explorer.search(few), budget.shrink_blocks), (explorer.search, budget.blocks)]
        status = Status.SUPPORTED
        for look, blocks in attempts:
            look()
            status = self._refute(blocks)
            if status is Status.REFUTED:
                break
        return status

    def _visit(self, points: Iterable[Point]) -> None:
        for point in points:
            if not self.explorer.fallen:
                self.explorer.visit(point.instance)

    def _refute(self, blocks: int) -> Status:
        statement, budget = self.explorer.statement, self.explorer.budget
        self.violated = {point.instance.key for point in self.explorer.exact_points()
                         if point.comparison and point.comparison.violates(statement.relation)}
        if self.violated:
            return Status.REFUTED
        worst = self.explorer.worst_sampled()
        decisions, outcomes = set(), self.outcomes
        outcomes.clear()
        for point in worst:
            plan = plan_for(point, statement.relation, point.bound_value, budget=budget, block=statement.claim.block,
                            level=self.level, violated_level=level_each(self.level, len(worst)),
                            blocks=blocks, phase=CONFIRM_PHASE)
            outcome = confirm(self.explorer.drawer, point, plan)
            outcomes.append(outcome)
            if outcome.decision is Decision.VIOLATED:
                self.violated = {point.instance.key}
                return Status.REFUTED
            decisions.add(outcome.decision)
        return Status.INCONCLUSIVE if Decision.UNDECIDED in decisions else Status.SUPPORTED
