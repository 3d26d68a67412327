"""Writing up: from what the engine found to a verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from verify.claim import Claim
from verify.exact import show_number, to_float
from verify.explore import Point
from verify.plan import CONFIRM_PHASE, Outcome
from verify.proofs import Examined
from verify.searched import describe_search
from verify.terms import Label, Relation, Status
from verify.verdict import Control, Evidence, Verdict, show_override


@dataclass
class Findings:
    """What was found about one claim.

    Fields:
        points: instances evaluated, the worst exact ones first.
        outcomes: of the candidates confirmed.
        candidates: K, over which the claim's level was divided.
        draws: draws used, those of the controls included.
        proof: what was made of the claim's proof, where it was asked.
        final: whether nothing but the claim, the settings and the libraries had to do with the verdict.
    """

    claim: Claim
    points: list[Point] = field(default_factory=list)
    labels: set[Label] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    resolution: float | None = None
    candidates: int = 1
    draws: int = 0
    error: str | None = None
    counterexample: Evidence | None = None
    proof: Examined | None = None
    final: bool = True

    @property
    def relation(self) -> Relation:
        """The claim's relation."""
        return Relation(self.claim.relation)

    def verdict(self, status: Status, reason: str, *, level: float, seed: int, budget: str, seconds: float) -> Verdict:
        """The verdict with these findings as its grounds."""
        sampled = [point for point in self.points if point.support is not None]
        telling = [point for point in sampled if not point.vacuous(self.relation)]
        measurable = bool(sampled) and self.relation is not Relation.EQUAL
        untried = [Control(show_override(c), None, 0) for c in self.claim.controls[len(self.controls):]]
        order = list(Label)
        return Verdict(
            claim=self.claim.id, title=self.claim.title, status=status, level=level, seed=seed, budget=budget,
            labels=tuple(str(label) for label in sorted(self.labels, key=order.index)),
            resolution=self.resolution, tightness=self._tightness(),
            vacuous=1.0 - len(telling) / len(sampled) if measurable else None,
            witness=telling[0].instance.encoded if measurable and telling else None,
            instances=len(self.points), searched=describe_search(point.instance for point in self.points),
            replicates=self.draws, seconds=seconds, worst=self._worst(), counterexample=self.counterexample,
            controls=(*self.controls, *untried), error=self.error, reason=reason,
            proof=self.proof.to_json() if self.proof else None, log_e_value=self._log_e_value(), final=self.final)

    def _log_e_value(self) -> float | None:
        logs = [outcome.log_e - math.log(self.candidates) for outcome in self.outcomes]
        return max(logs) if logs else None

    def _tightness(self) -> float | None:
        if self.relation is Relation.EQUAL:
            return None
        ratios = [ratio(point.left, point.bound_value, self.relation) for point in self.points if point.comparison]
        for outcome in self.outcomes:
            # The end of the interval that the bound is sure to be no further from.
            end = outcome.interval[0 if self.relation is Relation.AT_MOST else 1]
            ratios.append(ratio(end, outcome.point.bound_value, self.relation))
        ratios = [each for each in ratios if math.isfinite(each)]
        return max(ratios) if ratios else None

    def _worst(self) -> Evidence | None:
        def excess(outcome: Outcome) -> float:
            gap = outcome.estimate - outcome.point.bound_value
            return max(sign * gap for sign in self.relation.signs) / max(abs(outcome.point.bound_value), 1e-300)

        if self.outcomes:
            return sampled_evidence(max(self.outcomes, key=excess), self.candidates)
        exact = [point for point in self.points if point.comparison]
        return exact_evidence(exact[0]) if exact else None


def exact_evidence(point: Point) -> Evidence:
    """An exact comparison as it is reported."""
    assert point.comparison is not None
    left, right = point.comparison.left, point.comparison.right
    return Evidence(point.instance.encoded, str(point.instance), to_float(left), None, to_float(right),
                    str(point.comparison.label), exact=show_number(left), bound_exact=show_number(right))


def sampled_evidence(outcome: Outcome, candidates: int) -> Evidence:
    """A confirmation, one of `candidates`, as it is reported."""
    point = outcome.point
    return Evidence(point.instance.encoded, str(point.instance), outcome.estimate, outcome.interval, point.bound_value,
                    str(outcome.label), draws=outcome.draws, blocks=outcome.blocks, phase=CONFIRM_PHASE,
                    candidates=candidates, log_e_value=outcome.log_e, bound_exact=show_number(point.bound))


def ratio(left: float, right: float, relation: Relation) -> float:
    """Left-hand side over bound, inverted for >=; -inf where that says nothing."""
    if right <= 0 or not math.isfinite(left):
        return -math.inf
    if relation is Relation.AT_LEAST:
        left, right = right, left
    return left / right if right > 0 else -math.inf
