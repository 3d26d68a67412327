"""From a claim to a verdict: search, exact evidence, confirmation, soundness, controls."""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.ahead import Ahead
from verify.budget import Budget
from verify.claim import Claim
from verify.confirm import confirm
from verify.controls import try_control
from verify.draws import Drawer
from verify.explore import Explorer, Point
from verify.instance import Instance, make_instance
from verify.journal import Journal
from verify.orders import Crew
from verify.plan import CONFIRM_PHASE, REFUTATION_SHARE, Decision, Outcome, Plan, level_each, plan_for
from verify.report import Findings, exact_evidence, ratio, sampled_evidence
from verify.search import call_user, shrink
from verify.soundness import check_agreement, check_independence, check_memory, check_replay
from verify.terms import ClaimError, Label, OutOfMemory, Relation, Status
from verify.tie import examine, examine_counterexample
from verify.verdict import Verdict

AGREEMENT_INSTANCES = 5
INDEPENDENCE_INSTANCES = 3
# Of the predicate with half of a confirmation's blocks, which is expensive.
LATE_SHRINK_CALLS = 60

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
        reload: gives the claim of its file run afresh, where there is a file.
        crew: who may draw blocks ahead.
        journal: what was found before, and where to write down what is found.
    """

    claim: Claim
    level: float
    seed: int
    budget: Budget
    progress: Progress = lambda stage, done: None
    reload: Callable[[], Claim] | None = None
    crew: Crew | None = None
    journal: Journal | None = None

    def __post_init__(self) -> None:
        self.findings = Findings(self.claim)
        self.shrunk: set[str] = set()
        self.statement = self.claim.statement()
        self.drawer = Drawer(self.statement, self.seed, Ahead(self.crew) if self.crew else None, self.journal)
        self.explorer = Explorer(self.statement, self.drawer, self.budget)
        self.relation = self.statement.relation

    def verdict(self) -> Verdict:
        """Judge the claim; a broken claim gives a verdict of ERROR, never an exception."""
        started = time.perf_counter()
        try:
            status, reason = self._judge()
        except ClaimError as problem:
            self.findings.error = f"{self.claim.id}: {problem}"
            status, reason = Status.ERROR, Status.ERROR.meaning
        except (OutOfMemory, MemoryError) as problem:
            self.findings.final, status, reason = False, Status.INCONCLUSIVE, str(problem) or "there is no memory left"
        except Exception as problem:
            where = traceback.extract_tb(problem.__traceback__)[-1]
            self.findings.error = (
                f"{self.claim.id}: distillcheck itself failed with {type(problem).__name__}: {problem} "
                f"({Path(where.filename).name}, line {where.lineno}). This is a bug; please report it with the claim.")
            status, reason = Status.ERROR, Status.ERROR.meaning
        exact = self.explorer.exact_points()
        sampled = [point for point in self.explorer.points.values() if point.comparison is None]
        self.findings.points = exact + sampled
        self.findings.draws += self.drawer.drawn
        return self.findings.verdict(status, reason, level=self.level, seed=self.seed, budget=self.budget.name,
                                     seconds=time.perf_counter() - started)

    def _judge(self) -> tuple[Status, str]:
        self.progress("exploring", 0.0)
        tight = self._tight_instance()
        if tight:
            self.explorer.visit(tight)
        self.explorer.search()
        self.progress("checking the claim", 0.3)
        self._check_exact_side(tight)
        exact = self.explorer.exact_points()
        self.findings.labels |= {point.comparison.label for point in exact if point.comparison}
        wrong = [p for p in exact if p.comparison and p.comparison.violates(self.relation)]
        if wrong:
            point = self._exact_counterexample(wrong)
            self.findings.counterexample = exact_evidence(point)
            return self._refuted("an instance violates it, evaluated without sampling", point, ())
        candidates = self._candidates(tight)
        self._check_draws(candidates)
        self.progress("confirming", 0.4)
        violated = self._confirm_all(candidates)
        if violated:
            simplest = self._simplify(violated)
            self.findings.counterexample = sampled_evidence(simplest, self.findings.candidates)
            return self._refuted("an e-process passed its threshold on fresh draws", simplest.point, [simplest])
        return self._conclude()

    def _conclude(self) -> tuple[Status, str]:
        twins = []
        for index, override in enumerate(self.claim.controls):
            self.progress("controls", 0.7 + 0.25 * index / len(self.claim.controls))
            twins.append(try_control(override, self.explorer, self.level))
            self.findings.controls.append(twins[-1].control)
            self.findings.draws += twins[-1].control.replicates
        if self.claim.proof is not None:
            self.progress("checking the proof", 0.95)
            points = list(self.explorer.points.values())
            self.findings.proof = examine(self.claim.proof, self.statement, points, self.findings.outcomes, twins)
        return self._weigh()

    def _weigh(self) -> tuple[Status, str]:
        """The status of a claim that wasn't refuted, strongest first."""
        proof = self.findings.proof
        survivors = [c for c in self.findings.controls if c.status is not Status.REFUTED]
        if survivors:
            return Status.UNDERPOWERED, (f"no violation found, but the wrong twin {survivors[0].override} survived the "
                                         "same search: make it easier to find, or search harder (--budget)")
        if proof and proof.covered:
            return Status.UNDERPOWERED, (f"{proof.reason}: its conclusion leaves out what makes the twin wrong, so it "
                                         "can't be a proof of this statement alone")
        doubtful = [p for p in self.explorer.exact_points() if p.comparison and p.comparison.doubtful(self.relation)]
        if doubtful:
            return Status.INCONCLUSIVE, ("floating point can't tell the left-hand side from the bound, nor call them "
                                         f"equal, at {doubtful[0].instance}: return Fractions or Arb balls")
        undecided = [o for o in self.findings.outcomes if o.decision is Decision.UNDECIDED]
        if undecided:
            worst = max(undecided, key=lambda o: o.needed or math.inf)
            needed = f"about {worst.needed:,} draws would decide" if worst.needed else "no number of draws would decide"
            share = f"{len(undecided)} of {len(self.findings.outcomes)} candidates"
            return Status.INCONCLUSIVE, (f"{share} neither violated nor cleared after {worst.draws:,} draws; {needed} "
                                         f"at {worst.point.instance}")
        if proof and proof.counts:
            self.findings.labels.add(Label.PROOF)
            return Status.PROVED, Status.PROVED.meaning
        return Status.SUPPORTED, Status.SUPPORTED.meaning + (f"; {proof.reason}" if proof else "")

    def _refuted(self, reason: str, point: Point, outcomes: Sequence[Outcome]) -> tuple[Status, str]:
        """The verdict stands whatever the proof says; if it counts even at the counterexample, something is unsound."""
        if self.claim.proof is None:
            return Status.REFUTED, reason
        try:
            self.findings.proof = examine_counterexample(self.claim.proof, self.statement, point, outcomes)
        except ClaimError as problem:
            return Status.REFUTED, f"{reason}; its proof could not be asked ({problem})"
        if self.findings.proof and self.findings.proof.counts:
            reason += (f"; yet the proof {self.claim.proof.name} checks and is of this statement there, so a rule that "
                       "it trusts or a function of the claim is unsound: please report it with the claim")
        return Status.REFUTED, reason

    # Exact evidence

    def _tight_instance(self) -> Instance | None:
        if self.claim.tight_at is None:
            return None
        instance = make_instance(self.claim.tight_at, self.claim.namespace)
        if not call_user("assume", instance, self.statement.holds_hypotheses, instance.values):
            raise ClaimError(f"tight_at doesn't satisfy assume; give an instance of the theorem. Instance: {instance}")
        return instance

    def _exact_counterexample(self, wrong: list[Point]) -> Point:
        def violates(instance: Instance) -> bool:
            comparison = self.explorer.visit(instance).comparison
            return comparison is not None and comparison.violates(self.relation)

        self.progress("shrinking", 0.6)
        smallest = self._shrink(violates, {point.instance.key for point in wrong})
        return self.explorer.visit(smallest) if smallest else min(wrong, key=lambda p: p.instance.simplicity)

    def _shrink(self, predicate: Callable[[Instance], bool], suspects: set[str],
                calls: int | None = None) -> Instance | None:
        return shrink(self.statement, self.explorer.score, predicate, suspects, examples=self.budget.instances,
                      seed=self.explorer.seed, calls=calls or self.budget.shrink_calls)

    def _check_exact_side(self, tight: Instance | None) -> None:
        """`sample` against `exact`, before anything is concluded from either."""
        points = [p for p in self.explorer.points.values() if p.comparison is not None and p.draws]
        if not points:
            return
        apparent = sorted(points, key=lambda p: -abs(p.standardised(p.left, self.budget.floor)))
        spread = sorted(points, key=lambda p: -p.variance)
        chosen = [p for p in points if tight and p.instance.key == tight.key] + apparent[:3] + spread[:2]
        chosen = list({p.instance.key: p for p in chosen}.values())[:AGREEMENT_INSTANCES]
        self._check_draws(chosen)
        level = 0.5 * self._soundness_level / len(chosen)
        for point in chosen:
            plan = self._plan(point, Relation.EQUAL, point.left, self.budget.agreement_blocks, level)
            check_agreement(self.drawer, point, plan)
        self.findings.labels.add(Label.ANYTIME)

    # Monte Carlo evidence

    @property
    def _soundness_level(self) -> float:
        return (1.0 - REFUTATION_SHARE) * self.level

    def _plan(self, point: Point, relation: Relation, bound: float, blocks: int, level: float,
              phase: str = CONFIRM_PHASE) -> Plan:
        return plan_for(point, relation, bound, budget=self.budget, block=self.claim.block, level=self.level,
                        violated_level=level, blocks=blocks, phase=phase)

    def _candidates(self, tight: Instance | None) -> list[Point]:
        """The K candidates, simplest suspicion first: shrunk, `tight_at`, the worst, the tightest."""
        worst = self.explorer.worst_sampled()
        looks_violated = self._looks_violated(self.budget.shrink_blocks)
        suspects = [p for p in worst[:4] if p.excess(self.relation, self.budget.floor) > 2.0
                    and looks_violated(p.instance)]
        chosen: list[Point] = []
        if suspects:
            self.progress("shrinking", 0.35)
            smallest = self._shrink(looks_violated, {p.instance.key for p in suspects})
            chosen += [self.explorer.visit(smallest)] if smallest else []
        self.shrunk = {p.instance.key for p in chosen}
        if tight:
            chosen.append(self.explorer.visit(tight))
        tightest = sorted(worst, key=lambda p: -ratio(p.mean, p.bound_value, self.relation))[:2]
        sampled = [p for p in chosen + suspects + tightest + worst if p.comparison is None]
        return list({p.instance.key: p for p in sampled}.values())[: self.budget.candidates]

    def _looks_violated(self, blocks: int) -> Callable[[Instance], bool]:
        """Predicate for shrinking, on a stream of its own."""
        level = level_each(self.level, self.budget.candidates)

        def looks_violated(instance: Instance) -> bool:
            point = self.explorer.visit(instance)
            if point.comparison is not None or point.vacuous(self.relation):
                return False
            plan = self._plan(point, self.relation, point.bound_value, blocks, level, "shrink")
            return confirm(self.drawer, point, plan).decision is Decision.VIOLATED

        return looks_violated

    def _simplify(self, violated: Outcome) -> Outcome:
        """A simpler counterexample for a violation too small for shrinking to have seen before it was confirmed.

        The verdict stands already; the simpler instance is shown only if it passes the same threshold on fresh draws.
        """
        if violated.point.instance.key in self.shrunk:
            return violated
        self.progress("shrinking", 0.6)
        predicate = self._looks_violated(self.budget.blocks // 2)
        smallest = self._shrink(predicate, {violated.point.instance.key}, LATE_SHRINK_CALLS)
        if smallest is None:
            return violated
        point = self.explorer.visit(smallest)
        level = level_each(self.level, self.findings.candidates)
        plan = self._plan(point, self.relation, point.bound_value, self.budget.blocks, level)
        outcome = confirm(self.drawer, point, plan)
        return outcome if outcome.decision is Decision.VIOLATED else violated

    def _check_draws(self, points: list[Point]) -> None:
        """Replay and independence, where the spread is largest and at the foremost candidates."""
        sampled = [p for p in points if p.support is not None and p.draws]
        chosen = {p.instance.key: p for p in [*sorted(sampled, key=lambda p: -p.variance)[:2], *sampled]}
        tested = list(chosen.values())[:INDEPENDENCE_INSTANCES]
        for point in tested:
            check_replay(self.drawer, point, CONFIRM_PHASE, self.claim.block)
        if tested and self.reload:
            check_memory(self.drawer, tested[0], CONFIRM_PHASE, self.claim.block, self.reload)
        for point in tested:
            # Exact and sampled points are each checked once, on two sides, within half of the soundness tests' share.
            check_independence(self.drawer, point, CONFIRM_PHASE, self.claim.block,
                               0.125 * self._soundness_level / INDEPENDENCE_INSTANCES)

    def _confirm_all(self, candidates: list[Point]) -> Outcome | None:
        self.findings.candidates = max(len(candidates), 1)
        for index, point in enumerate(candidates):
            self.progress("confirming", 0.4 + 0.3 * index / len(candidates))
            level = level_each(self.level, len(candidates))
            plan = self._plan(point, self.relation, point.bound_value, self.budget.blocks, level)
            self.findings.resolution = max(self.findings.resolution or 0.0, plan.resolution)
            outcome = confirm(self.drawer, point, plan)
            self.findings.outcomes.append(outcome)
            self.findings.labels.add(outcome.label)
            if outcome.decision is Decision.VIOLATED:
                return outcome
        return None
