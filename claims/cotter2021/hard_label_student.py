"""A student of m hard labels disagrees with a linear teacher on at most sqrt((pi p/2 - 1)/(pi p/2 - 1 + m))/2.

Theorem. Let x_1, ..., x_m ~ N(0, I_p) be independent, w not 0 (the teacher), and let the student be the mean of
sign(x_i.w) x_i. On a fresh Gaussian point

    E P(sign(x.student) != sign(x.w)) <= (1/2) sqrt((pi p/2 - 1) / (pi p/2 - 1 + m)).     (1)

Hypotheses: isotropic Gaussian features, labelled by the teacher without noise; m >= 1.
Does not say: anything of the points that the teacher was trained on: only the student's m and p count.
Tight: nearly, where p is much larger than m; 0.64 of it where m is much larger than p.
Proof: proofs_notes/cotter2021/hard_label_student.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import hard_labels, pairs
from theory.hard_labels import STUDENT_DISAGREEMENT
from verify import Claim


def sample(weight, m, rng, size):
    """`size` i.i.d. disagreements of a student, each angle/pi."""
    return hard_labels.student_angles(len(weight), m, rng, size)


def bound(weight, m, c=1):
    """(1), right-hand side."""
    return STUDENT_DISAGREEMENT(dim=len(weight), m=m, c=c)


CLAIM = Claim(
    title="A student of m hard labels of a linear teacher disagrees with it on at most "
          "sqrt((pi p/2 - 1)/(pi p/2 - 1 + m))/2",
    source="Cotter et al. 2021 (hard labels of a linear teacher)",
    fidelity="reconstructed",
    given={"weight": pairs.vectors(1, 12), "m": st.integers(1, 30)},
    sample=sample, bound=bound, relation="<=", support=(0, Fraction(1, 2)),
    controls=[{"c": Fraction(17, 20)}, {"c": Fraction(3, 5)}],
    tight_at={"weight": (1,) * 20, "m": 1},
    block=1024,
)
