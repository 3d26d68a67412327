"""Class-conditional label noise, repeated by a rule that answers with the label of a training point."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def transition(noise: Sequence[Sequence[Any]], times: int = 1) -> list[list[Any]]:
    """The noise matrix to the power `times` >= 1: the law of a label to which the noise was applied so often."""
    power = [list(row) for row in noise]
    for _ in range(times - 1):
        power = [[sum((p * noise[k][j] for k, p in enumerate(row)), Fraction(0)) for j in range(len(noise))]
                 for row in power]
    return power


def _replicated() -> sympy.Expr:
    probability, c = positive("probability, c")
    # Whichever of the cluster's points is chosen, its label is j with this probability.
    return c * probability


def _with_misses() -> sympy.Expr:
    from sympy import integrate

    probability, elsewhere, mass, n, t = positive("probability, elsewhere, mass, n, t")
    # Each of n points misses the cluster with probability 1 - mass; the first hit is at a geometric time, here
    # P(hit) as the integral of its derivative in the mass.
    hit = integrate(n * (1 - t) ** (n - 1), (t, 0, mass))
    return hit * probability + (1 - hit) * elsewhere


def _distance() -> sympy.Expr:
    mass, n, c = positive("mass, n, c")
    return c * (1 - mass) ** n


def _sampler() -> sympy.Expr:
    from sympy import diff, simplify, solve

    mass, n, clusters, c = positive("mass, n, clusters, c")
    term = mass * (1 - mass) ** n
    best = max(solve(diff(term, mass), mass), key=lambda root: root.has(n))
    return c * clusters * simplify(term.subs(mass, best))


REPLICATED = Formula("law of a local rule's label where its cluster was hit", ("probability", "c"), _replicated,
                     "definition")
"""c T_ij, c = 1, whichever point of the cluster is chosen."""

REPLICATED_WITH_MISSES = Formula(
    "law of a local rule's label", ("probability", "elsewhere", "mass", "n"), _with_misses)
"""(1 - (1 - mass)^n) probability + (1 - mass)^n elsewhere."""

REPLICATION_DISTANCE = Formula("distance of a local rule from the noise in a cluster", ("mass", "n", "c"), _distance)
"""c (1 - mass)^n, c = 1."""

REPLICATION_SAMPLER = Formula("mean distance of a local rule from the noise", ("clusters", "n", "c"), _sampler)
"""c clusters n^n/(n + 1)^(n + 1), c = 1: at most clusters/(e n)."""

REPLICATED_PROOF = Proof(
    "noise_replication", "theory.derivations.replication:hit_goal", "theory.derivations.replication:hit")
REPLICATED_WITH_MISSES_PROOF = Proof(
    "noise_replication_unconditional", "theory.derivations.replication:misses_goal",
    "theory.derivations.replication:misses")
