"""Soft labels help: the data inefficiency falls as the student's labels become softer, with enough points.

Theorem (seen, not proved). Features are standard Gaussian in R^p, the teacher's logit t = w* . x, and the student
interpolates at n points its effective logits, the minimisers z_rho of rho c H(s(t/T), s(z/T)) + (1 - rho) H(1{t >
0}, s(z)), by the weights w_n of least norm. With I(n) = n (ln E|w_(n+1)| - ln E|w_n|), T >= 1, c in {1, T^2}, 0.6 p
<= n <= p - 6 and rho < rho', I(n) is smaller at rho': multiplied out,

    E|w_(n+1)(rho')| E|w_n(rho)| - E|w_(n+1)(rho)| E|w_n(rho')| <= 0.                    (1)

Checked for p = 20 and 26, 2 <= |w*| <= 3, T <= 2, rho <= 0.2 and rho' >= 0.8: differences large enough to see.
Hypotheses: a perfect teacher; isotropic Gaussian features; n >= 0.6 p. For n <= 3 the order is REVERSED: a control.
Does not say: the same in mean square, which holds from n = 1 on: see `soft_labels_help`.
Tight: no; the difference of the two I(n) is between 0.02 and 0.3 here.
Proof: proofs_notes/ji2020/soft_labels_help_norm.md
"""
from fractions import Fraction
from math import inf, sqrt

import numpy as np
from hypothesis import strategies as st

from simulate import interpolation, logit_moments
from verify import Claim

LARGE, SMALL = ((12, 20), (13, 20), (14, 20), (16, 26), (20, 26)), ((1, 20), (2, 20), (3, 20))
CAP = 8


def given(sizes):
    """Instances with these pairs (n, p)."""
    return st.fixed_dictionaries({
        "size_and_dim": st.sampled_from(sizes), "norm": st.integers(8, 12).map(lambda v: Fraction(v, 4)),
        "soft_ratio": st.integers(1, 2).map(lambda v: Fraction(v, 10)),
        "softer": st.integers(8, 10).map(lambda v: Fraction(v, 10)),
        "temperature": st.integers(2, 4).map(lambda v: Fraction(v, 2)), "scaled": st.booleans()})


def labelling(norm, soft_ratio, temperature, scaled):
    """z_rho as a function of g = t/|w*|; c is T^2 where the loss is scaled."""
    temperature = float(temperature)
    return logit_moments.labelling(norm, soft_ratio, temperature**2 if scaled else 1.0, temperature)


def sample(size_and_dim, norm, soft_ratio, softer, temperature, scaled, rng, size):
    """`size` i.i.d. draws of n times (1), from two data sets, over the product of the root mean squares.

    The first product is cut off at CAP, so that draws are bounded below: their mean is at least that of (1).
    """
    n, p = size_and_dim
    hard, soft = (labelling(norm, rho, temperature, scaled) for rho in (soft_ratio, softer))
    nodes, _ = interpolation.directions()
    scale = sqrt(interpolation.mean_square_norm(hard(nodes), n + 1, p)
                 * interpolation.mean_square_norm(soft(nodes), n, p))
    more, fewer = (interpolation.norms(points, p, (hard, soft), rng, size) for points in (n + 1, n))
    return n * (more[1] * fewer[0] / scale - np.minimum(more[0] * fewer[1] / scale, CAP))


def support(size_and_dim):
    """The second product is cut off, the first is not negative."""
    return -CAP * size_and_dim[0], inf


def bound(slack=0):
    """(1), right-hand side; slack asks for a fall of I(n) by so much."""
    return -slack


CLAIM = Claim(
    title="Interpolating softer labels of a perfect teacher lowers the data inefficiency, for n >= 0.6 p",
    source="Ji & Zhu 2020 (soft labels reduce data inefficiency)",
    given=given(LARGE), sample=sample, bound=bound, relation="<=", support=support, block=512,
    controls=[{"given": given(SMALL)}, {"slack": Fraction(1, 2)}],
    tight_at={"size_and_dim": (12, 20), "norm": Fraction(2), "soft_ratio": Fraction(1, 5), "softer": Fraction(4, 5),
              "temperature": Fraction(1), "scaled": False},
)
