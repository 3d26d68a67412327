"""With m hard labels the error orthogonal to a linear teacher has mean square (p - 1)/m.

Theorem. Let x_1, ..., x_m ~ N(0, I_p) be independent, w not 0, and z = (1/m) sum_i sign(x_i.w) x_i. What is
orthogonal to w in z has the mean square

    E |z - (z.w) w/|w|^2|^2 = (p - 1)/m.                                                 (1)

Hypotheses: isotropic Gaussian features, labelled without noise; m >= 1.
Does not say: anything about the number of points that the teacher was trained on, or its size: m is the student's.
Tight: an equality.   Proof: proofs_notes/cotter2021/hard_label_direction_error.md
"""
from fractions import Fraction
from math import inf

from hypothesis import strategies as st

from simulate import hard_labels, pairs
from theory.hard_labels import ORTHOGONAL_ERROR
from verify import Claim


def sample(weight, m, rng, size):
    """`size` i.i.d. squared lengths of what is orthogonal to w in the mean of m signed vectors."""
    return hard_labels.mean_signed_vectors(weight, m, rng, size)[1]


def exact(weight, m):
    """(1), left-hand side: the trace of the projection orthogonal to w, of the covariance I/m of that part."""
    square = sum(Fraction(v) ** 2 for v in weight)
    return sum((1 - Fraction(v) ** 2 / square for v in weight), Fraction(0)) / m


def bound(weight, m, lost=0, fewer=0):
    """(1), right-hand side."""
    return ORTHOGONAL_ERROR(dim=len(weight) + lost, m=m - fewer)


CLAIM = Claim(
    title="With m hard labels the error orthogonal to a linear teacher has mean square (p - 1)/m",
    source="Cotter et al. 2021 (hard labels of a linear teacher)",
    fidelity="reconstructed",
    given={"weight": pairs.vectors(1, 6), "m": st.integers(2, 12)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"lost": 1}, {"fewer": 1}],
    block=1024,
)
