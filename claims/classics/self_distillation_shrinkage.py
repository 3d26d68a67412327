"""Self-distilled ridge regression shrinks every eigen-direction of the kernel once per round.

Theorem (Mobahi, Farajtabar & Bartlett 2020, for one penalty). Let K be a kernel matrix, q a unit
eigenvector of it with eigenvalue d > 0, and let u_0 be the labels and u_t = K (K + c)^(-1) u_(t-1) the predictions of
kernel ridge regression with penalty c > 0 fitted to the predictions of the round before. Then

    <q, u_t> = (d/(c + d))^t <q, u_0>.                                                   (1)

Hypotheses: q is an eigenvector; the same inputs and the same penalty in every round.
Does not say: that few rounds help; what a student on other inputs learns.
Tight: an equality.   Proof: proofs_notes/classics/self_distillation_shrinkage.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import distilled_ridge, strategies
from theory.ridge import SHRINKAGE
from verify import Claim

GIVEN = strategies.merged(distilled_ridge.kernels(), st.fixed_dictionaries({
    "penalty": distilled_ridge.rationals(), "rounds": st.integers(0, 12), "direction": st.integers(0, 3)}))


def unit_vector(spectrum, vector, direction, eigen):
    """The unit vector in (1) and its d: an eigenvector, or a coordinate vector with its entry of K."""
    index = direction % len(spectrum)
    if eigen:
        return distilled_ridge.directions(vector)[index], spectrum[index]
    diagonal = sum(d * q[index] ** 2 for d, q in zip(spectrum, distilled_ridge.directions(vector), strict=True))
    return tuple(Fraction(int(i == index)) for i in range(len(spectrum))), diagonal


def exact(spectrum, vector, labels, penalty, rounds, direction, eigen=True):
    """(1), left-hand side: rational linear systems with the whole kernel matrix, one per round."""
    kernel = distilled_ridge.gram(spectrum, vector)
    last = distilled_ridge.rounds_of_ridge(kernel, labels, (penalty,) * rounds)
    unit, _ = unit_vector(spectrum, vector, direction, eigen)
    return sum(a * b for a, b in zip(unit, last, strict=True))


def bound(spectrum, vector, labels, penalty, rounds, direction, eigen=True, c=1, more=0):
    """(1), right-hand side; c multiplies the penalty."""
    unit, d = unit_vector(spectrum, vector, direction, eigen)
    start = sum(a * b for a, b in zip(unit, labels, strict=True))
    return SHRINKAGE(spectrum=d, penalty=c * penalty, rounds=rounds + more) * start


CLAIM = Claim(
    title="After t rounds of self-distilled ridge regression an eigen-direction of the kernel is scaled by (d/(c+d))^t",
    source="Mobahi et al. 2020",
    fidelity="reconstructed",
    given=GIVEN, exact=exact, bound=bound, relation="==",
    controls=[{"c": Fraction(21, 20)}, {"more": 1}, {"eigen": False}],
    tight_at={"spectrum": (Fraction(3), Fraction(1)), "vector": (1, 2), "labels": (Fraction(1), Fraction(0)),
              "penalty": Fraction(1), "rounds": 3, "direction": 0},
)
