"""Twice the mean squared distance between two coins is at most their mean divergence.

Theorem (Pinsker, for two classes). Let eta(x) and q(x) be probabilities in (0, 1) and KL the divergence of the law of
a label with probability eta from that with probability q. Then

    2 E (q(X) - eta(X))^2 <= E KL(eta(X) || q(X)).                                       (1)

Hypotheses: 0 < eta, q < 1 (for eta = 0 and 1 by continuity).
Does not say that the divergence is bounded by the distance: as q goes to 0 it is not.
Tight: to the second order, near eta = q = 1/2.   Proof: proofs_notes/classics/pinsker.md
"""
from fractions import Fraction

from simulate import Binary, divergences, soft
from theory import plug_in
from theory.bias_variance import DIVERGENCE
from theory.formula import expectation
from verify import Claim


def exact(task, teacher):
    """(1), left-hand side: twice the expected product of the differences."""
    return sum(p * 2 * (q - eta) ** 2 for p, q, eta in zip(task.mass, teacher, task.eta, strict=True))


def bound(task, teacher, c=1):
    """(1), right-hand side, divided by c."""
    total = expectation(DIVERGENCE, task.mass, p=task.eta, q=teacher)
    return divergences.mean((1 / Fraction(c),), (total,))


CLAIM = Claim(
    title="Twice the mean squared distance between two coins is at most their mean divergence",
    source="Pinsker 1964; Csiszar 1967",
    fidelity="secondary",
    given=soft.binary_with_soft_teacher(),
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(11, 10)}, {"c": 2}],
    tight_at={"task": Binary((1,), (Fraction(1, 2),)), "teacher": (Fraction(51, 100),)},
    proof=plug_in.PINSKER_PROOF,
)
