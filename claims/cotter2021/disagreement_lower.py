"""No student learns its teacher faster than log2|H|/m: the size of the class matters, the teacher's does not.

Theorem. Let d <= m + 1 points have mass 1/(m + 1) each and a further one the rest, and let H be all labellings of the d
points. A teacher in H labels m independent points. A student that agrees with it on these may be as wrong elsewhere as

    E P(student != t) >= d / (e (m + 1)) = log2|H| / (e (m + 1)).                         (1)

Hypotheses: ties between hypotheses that agree with the teacher on all m points are broken in the worst way.
Does not say: that every tie rule does so badly at every teacher; but a teacher with random labels costs half of this.
Tight: as m grows, the ratio falls to 1.   Proof: proofs_notes/cotter2021/disagreement_lower.md
"""
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from simulate import disagreement
from theory.disagreement import DISAGREEMENT_LOWER, DISAGREEMENT_LOWER_PROOF
from verify import Claim


def problem(points, m):
    """Masses, class and teacher; those that differ from the teacher more are listed first, so ties go to them."""
    rows = sorted(product((0, 1), repeat=points), key=sum, reverse=True)
    mass = (*[Fraction(1, m + 1)] * points, 1 - Fraction(points, m + 1))
    return mass, tuple((*row, 0) for row in rows), ((0,) * (points + 1),)


def assume(points, m):
    """The masses of the points don't exceed 1."""
    return points <= m + 1


def sample(points, m, rng, size):
    """`size` i.i.d. disagreements of the student."""
    return disagreement.student_disagreements(*problem(points, m), m, rng, size)


def exact(points, m):
    """(1), left-hand side, by enumeration of the counts that the student sees; None where they are too many."""
    law = disagreement.student_law(*problem(points, m), m)
    return law and sum((p * value for p, value in zip(*law, strict=True)), Fraction(0))


def bound(points, m, c=1):
    """(1), right-hand side."""
    return DISAGREEMENT_LOWER(points=points, m=m, c=c)


def reads(m):
    """The law of whether one point is unseen."""
    chance = Fraction(m, m + 1) ** m
    return {"draws": ((chance, 1 - chance), {"unseen": (1, 0)})}


CLAIM = Claim(
    title="With all labellings of d points as the class, a student may disagree with its teacher on d/(e(m + 1))",
    source="Cotter et al. 2021 (converse); Shalev-Shwartz & Ben-David 2014, section 5.1",
    fidelity="reconstructed",
    given={"points": st.integers(1, 4), "m": st.integers(1, 40)}, assume=assume,
    sample=sample, exact=exact, bound=bound, relation=">=", support=(0, 1),
    controls=[{"c": Fraction(21, 20)}, {"c": Fraction(6, 5)}, {"relation": "<="}],
    tight_at={"points": 2, "m": 40},
    proof=DISAGREEMENT_LOWER_PROOF.read_by(reads),
)
