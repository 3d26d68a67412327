"""From a claim to a verdict: search, exact evidence, confirmation, soundness, controls."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from verify.budget import Budget
from verify.claim import Claim, Statement
from verify.confirm import Decision, Outcome, Plan, confirm
from verify.draws import Drawer
from verify.exact import show_number
from verify.explore import Explorer, Point
from verify.instance import Instance, make_instance, show
from verify.search import call_user, shrink
from verify.searched import describe_search
from verify.soundness import check_agreement, check_independence, check_replay
from verify.terms import ClaimError, Label, Relation, Status
from verify.verdict import Control, Evidence, Verdict

REFUTATION_SHARE = 0.9
AGREEMENT_INSTANCES = 5
INDEPENDENCE_INSTANCES = 3
PHASE = "confirm"

Progress = Callable[[str, float], None]


@dataclass
class Judge:
    """Judges one claim.

    Fields:
        claim: what is judged.
        level: this claim's share of the run's alpha; 0.9 of it is for refutation over the candidates, 0.1 for
            the soundness tests.
        seed, budget: as given by the user.
        progress: called with a stage and the fraction done.
    """

    claim: Claim
    level: float
    seed: int
    budget: Budget
    progress: Progress = lambda stage, done: None
    labels: set[Label] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    resolution: float | None = None
    candidates: int = 1
    twin_draws: int = 0

    def __post_init__(self) -> None:
        self.statement = self.claim.statement()
        self.drawer = Drawer(self.statement, self.seed)
        self.explorer = Explorer(self.statement, self.drawer, self.budget)
        self.relation = self.statement.relation

    def verdict(self) -> Verdict:
        """Judge the claim; a broken claim gives a verdict of ERROR, never an exception."""
        started = time.perf_counter()
        error, counterexample, status, reason = None, None, Status.ERROR, ""
        try:
            status, reason, counterexample = self._judge()
        except ClaimError as problem:
            error, reason = f"{self.claim.id}: {problem}", Status.ERROR.meaning
        return self._report(status, reason, counterexample, error, time.perf_counter() - started)

    def _judge(self) -> tuple[Status, str, Evidence | None]:
        self.progress("exploring", 0.0)
        tight = self._tight_instance()
        if tight:
            self.explorer.visit(tight)
        self.explorer.search()
        self.progress("checking the claim", 0.3)
        self._check_exact_side(tight)
        exact = self.explorer.exact_points()
        self.labels |= {point.comparison.label for point in exact if point.comparison}
        wrong = [p for p in exact if p.comparison and p.comparison.violates(self.relation)]
        if wrong:
            return Status.REFUTED, "an instance violates it in exact evaluation", self._exact_counterexample(wrong)
        candidates = self._candidates(tight)
        self._check_draws(candidates)
        self.progress("confirming", 0.4)
        violated = self._confirm_all(candidates)
        if violated:
            return (Status.REFUTED, "an e-process passed its threshold on fresh draws", self._evidence(violated))
        self.progress("controls", 0.7)
        return (*self._conclude(), None)

    def _conclude(self) -> tuple[Status, str]:
        for index, override in enumerate(self.claim.controls):
            self.progress("controls", 0.7 + 0.3 * index / len(self.claim.controls))
            self.controls.append(self._try_control(override))
        survivors = [c for c in self.controls if c.status is not Status.REFUTED]
        if survivors:
            return Status.UNDERPOWERED, (f"no violation found, but the wrong twin {survivors[0].override} survived the "
                                         "same search: make it easier to find, or search harder (--budget)")
        undecided = [o for o in self.outcomes if o.decision is Decision.UNDECIDED]
        if undecided:
            worst = max(undecided, key=lambda o: o.needed or math.inf)
            needed = f"about {worst.needed:,} draws would decide" if worst.needed else "no number of draws would decide"
            return Status.INCONCLUSIVE, (f"{len(undecided)} of {len(self.outcomes)} candidates neither violated nor "
                                         f"cleared after {worst.draws:,} draws; {needed} at {worst.point.instance}")
        return Status.SUPPORTED, Status.SUPPORTED.meaning

    # Exact evidence

    def _tight_instance(self) -> Instance | None:
        if self.claim.tight_at is None:
            return None
        instance = make_instance(self.claim.tight_at, self.claim.namespace)
        if not call_user("assume", instance, self.statement.holds_hypotheses, instance.values):
            raise ClaimError(f"tight_at doesn't satisfy assume; give an instance of the theorem. Instance: {instance}")
        return instance

    def _exact_counterexample(self, wrong: list[Point]) -> Evidence:
        def violates(instance: Instance) -> bool:
            comparison = self.explorer.visit(instance).comparison
            return comparison is not None and comparison.violates(self.relation)

        self.progress("shrinking", 0.6)
        smallest = self._shrink(violates, {point.instance.key for point in wrong})
        point = self.explorer.visit(smallest) if smallest else min(wrong, key=lambda p: p.instance.simplicity)
        return self._exact_evidence(point)

    def _shrink(self, predicate: Callable[[Instance], bool], suspects: set[str]) -> Instance | None:
        return shrink(self.statement, self.explorer.score, predicate, suspects, examples=self.budget.instances,
                      seed=self.explorer.seed, calls=self.budget.shrink_calls)

    def _check_exact_side(self, tight: Instance | None) -> None:
        """`sample` against `exact`, before anything is concluded from either."""
        points = [p for p in self.explorer.points.values() if p.comparison is not None and p.draws]
        if not points:
            return
        apparent = sorted(points, key=lambda p: -abs(p.standardised(_left(p), self.budget.floor)))
        spread = sorted(points, key=lambda p: -p.variance)
        chosen = [p for p in points if tight and p.instance.key == tight.key] + apparent[:3] + spread[:2]
        chosen = list({p.instance.key: p for p in chosen}.values())[:AGREEMENT_INSTANCES]
        self._check_draws(chosen)
        level = 0.5 * self._soundness_level / len(chosen)
        for point in chosen:
            plan = self._plan(point, Relation.EQUAL, _left(point), self.budget.agreement_blocks, level)
            check_agreement(self.drawer, point, plan)
        self.labels.add(Label.ANYTIME)

    # Monte Carlo evidence

    @property
    def _soundness_level(self) -> float:
        return (1.0 - REFUTATION_SHARE) * self.level

    def _plan(self, point: Point, relation: Relation, bound: float, blocks: int, level: float,
              phase: str = PHASE) -> Plan:
        assert point.support is not None
        resolution = self.budget.fraction * point.support.spread(bound, self.budget.floor)
        return Plan(relation, resolution, level, REFUTATION_SHARE * self.level, phase, blocks, self.claim.block)

    def _level_each(self, candidates: int) -> float:
        return REFUTATION_SHARE * self.level / max(candidates, 1)

    def _candidates(self, tight: Instance | None) -> list[Point]:
        """The K candidates, simplest suspicion first: shrunk, `tight_at`, the worst, the tightest."""
        worst = self.explorer.worst_sampled()
        level = self._level_each(self.budget.candidates)

        def looks_violated(instance: Instance) -> bool:
            point = self.explorer.visit(instance)
            if point.comparison is not None or point.vacuous(self.relation):
                return False
            plan = self._plan(point, self.relation, point.bound_value, self.budget.shrink_blocks, level, "shrink")
            return confirm(self.drawer, point, plan).decision is Decision.VIOLATED

        suspects = [p for p in worst[:4] if p.excess(self.relation, self.budget.floor) > 2.0
                    and looks_violated(p.instance)]
        chosen: list[Point] = []
        if suspects:
            self.progress("shrinking", 0.35)
            smallest = self._shrink(looks_violated, {p.instance.key for p in suspects})
            chosen += [self.explorer.visit(smallest)] if smallest else []
        if tight:
            chosen.append(self.explorer.visit(tight))
        tightest = sorted(worst, key=lambda p: -_ratio(p.mean, p.bound_value, self.relation))[:2]
        sampled = [p for p in chosen + suspects + tightest + worst if p.comparison is None]
        return list({p.instance.key: p for p in sampled}.values())[: self.budget.candidates]

    def _check_draws(self, points: list[Point]) -> None:
        """Replay and independence, where the spread is largest and at the foremost candidates."""
        sampled = [p for p in points if p.support is not None and p.draws]
        chosen = {p.instance.key: p for p in [*sorted(sampled, key=lambda p: -p.variance)[:2], *sampled]}
        for point in list(chosen.values())[:INDEPENDENCE_INSTANCES]:
            check_replay(self.drawer, point, PHASE, self.claim.block)
            # Exact and sampled points are each checked once, hence the quarter.
            check_independence(self.drawer, point, PHASE, self.claim.block,
                               0.25 * self._soundness_level / INDEPENDENCE_INSTANCES)

    def _confirm_all(self, candidates: list[Point]) -> Outcome | None:
        self.candidates = max(len(candidates), 1)
        for index, point in enumerate(candidates):
            self.progress("confirming", 0.4 + 0.3 * index / len(candidates))
            level = self._level_each(len(candidates))
            plan = self._plan(point, self.relation, point.bound_value, self.budget.blocks, level)
            self.resolution = max(self.resolution or 0.0, plan.resolution)
            outcome = confirm(self.drawer, point, plan)
            self.outcomes.append(outcome)
            self.labels.add(outcome.label)
            if outcome.decision is Decision.VIOLATED:
                return outcome
        return None

    # Controls

    def _try_control(self, override: Mapping[str, Any]) -> Control:
        text = show_override(override)
        twin = self.claim.statement(override)
        drawer = self.drawer.for_twin(twin)
        explorer = Explorer(twin, drawer, self.budget)
        known = self.explorer.points if twin.same_instances else {}
        try:
            status = Status.SUPPORTED
            if known:
                for point in known.values():
                    explorer.visit(point.instance)
                status = self._refute(twin, explorer, drawer)
            if status is not Status.REFUTED:
                explorer.search()
                status = self._refute(twin, explorer, drawer)
        except ClaimError as problem:
            raise ClaimError(f"under the control {text}: {problem}") from problem
        self.twin_draws += drawer.drawn
        return Control(text, status, drawer.drawn)

    def _refute(self, twin: Statement, explorer: Explorer, drawer: Drawer) -> Status:
        if any(p.comparison and p.comparison.violates(twin.relation) for p in explorer.exact_points()):
            return Status.REFUTED
        worst = explorer.worst_sampled()
        decisions = set()
        for point in worst:
            plan = self._plan(point, twin.relation, point.bound_value, self.budget.blocks, self._level_each(len(worst)))
            decision = confirm(drawer, point, plan).decision
            if decision is Decision.VIOLATED:
                return Status.REFUTED
            decisions.add(decision)
        return Status.INCONCLUSIVE if Decision.UNDECIDED in decisions else Status.SUPPORTED

    # The report

    def _report(self, status: Status, reason: str, counterexample: Evidence | None, error: str | None,
                seconds: float) -> Verdict:
        points = list(self.explorer.points.values())
        sampled = [p for p in points if p.support is not None]
        vacuous = [p for p in sampled if p.vacuous(self.relation)]
        witness = next((p.instance.encoded for p in sampled if not p.vacuous(self.relation)), None)
        measurable = bool(sampled) and self.relation is not Relation.EQUAL
        logs = [o.log_e - math.log(self.candidates) for o in self.outcomes]
        untried = [Control(show_override(c), None, 0) for c in self.claim.controls[len(self.controls):]]
        order = list(Label)
        return Verdict(
            claim=self.claim.id, title=self.claim.title, status=status, level=self.level, seed=self.seed,
            budget=self.budget.name, labels=tuple(str(label) for label in sorted(self.labels, key=order.index)),
            resolution=self.resolution, tightness=self._tightness(),
            vacuous=len(vacuous) / len(sampled) if measurable else None, witness=witness if measurable else None,
            instances=len(points), searched=describe_search(p.instance for p in points),
            replicates=self.drawer.drawn + self.twin_draws, seconds=seconds, worst=self._worst(),
            counterexample=counterexample, controls=(*self.controls, *untried), error=error, reason=reason,
            log_e_value=max(logs) if logs else None)

    def _tightness(self) -> float | None:
        if self.relation is Relation.EQUAL:
            return None
        ratios = [_ratio(_left(p), p.bound_value, self.relation) for p in self.explorer.exact_points()]
        for outcome in self.outcomes:
            # The end of the interval that the bound is sure to be no further from.
            end = outcome.interval[0 if self.relation is Relation.AT_MOST else 1]
            ratios.append(_ratio(end, outcome.point.bound_value, self.relation))
        ratios = [ratio for ratio in ratios if math.isfinite(ratio)]
        return max(ratios) if ratios else None

    def _worst(self) -> Evidence | None:
        exact = self.explorer.exact_points()
        if self.outcomes:
            def excess(outcome: Outcome) -> float:
                gap = outcome.estimate - outcome.point.bound_value
                return max(sign * gap for sign in self.relation.signs) / max(abs(outcome.point.bound_value), 1e-300)
            return self._evidence(max(self.outcomes, key=excess))
        return self._exact_evidence(exact[0]) if exact else None

    def _exact_evidence(self, point: Point) -> Evidence:
        assert point.comparison is not None
        left, right = point.comparison.left, point.comparison.right
        return Evidence(point.instance.encoded, str(point.instance), float(left), None, float(right),
                        str(point.comparison.label), exact=show_number(left), bound_exact=show_number(right))

    def _evidence(self, outcome: Outcome) -> Evidence:
        point = outcome.point
        return Evidence(point.instance.encoded, str(point.instance), outcome.estimate, outcome.interval,
                        point.bound_value, str(outcome.label), draws=outcome.draws, blocks=outcome.blocks, phase=PHASE,
                        log_e_value=outcome.log_e, bound_exact=show_number(point.bound))


def _left(point: Point) -> float:
    assert point.comparison is not None
    return float(point.comparison.left)


def _ratio(left: float, right: float, relation: Relation) -> float:
    """Left-hand side over bound, inverted for >=; -inf where that says nothing."""
    if relation is Relation.AT_LEAST:
        left, right = right, left
    return left / right if right > 0 and math.isfinite(left) else -math.inf


def show_override(override: Mapping[str, Any]) -> str:
    """Text of a control: `c = 1.9`, `without assume`."""
    parts = []
    for name, value in override.items():
        if name == "assume":
            parts.append("another assume" if callable(value) else "without assume")
        elif name == "given":
            parts.append("given " + (", ".join(value) if isinstance(value, Mapping) else "another strategy"))
        else:
            parts.append(f"{name} = {show(value) if not isinstance(value, str) else value}")
    return ", ".join(parts)
