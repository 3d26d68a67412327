"""Soft labels help: the data inefficiency in mean square falls as the student's labels become softer.

Theorem. Features are standard Gaussian in R^p, the teacher's logit t = w* . x, and the student interpolates at n
points its effective logits z_rho, the minimisers of rho c H(s(t/T), s(z/T)) + (1 - rho) H(1{t > 0}, s(z)), by the
weights w_n of least norm. For T >= 1, c in {1, T^2} and 0 < rho <= rho' <= 1

    E|w_(n+1)(rho')|^2 / E|w_n(rho')|^2 <= E|w_(n+1)(rho)|^2 / E|w_n(rho)|^2,            (1)

that is, I_2(n) = (n/2) ln(E|w_(n+1)|^2/E|w_n|^2), the data inefficiency in mean square, does not rise with rho.
Hypotheses: a perfect teacher, isotropic Gaussian features, n <= p - 6. Checked for p = 20 and 26, |w*| <= 4.
Does not say: the same of n (ln E|w_(n+1)| - ln E|w_n|), for which the order is reversed at n <= 3; nor that it is
proved.
Tight: rho = rho'.   Proof: proofs_notes/ji2020/soft_labels_help.md
"""
from fractions import Fraction
from math import inf

from hypothesis import strategies as st

from simulate import interpolation, logit_moments
from theory.soft_ratio import GROWTH
from verify import Claim

RATIO = st.integers(1, 10).map(lambda v: Fraction(v, 10))
SIZES = ((1, 20), (2, 20), (6, 20), (12, 20), (13, 20), (14, 20), (16, 26), (20, 26))
GIVEN = st.fixed_dictionaries({
    "size_and_dim": st.sampled_from(SIZES), "norm": st.integers(1, 16).map(lambda v: Fraction(v, 4)),
    "soft_ratio": RATIO, "softer": RATIO, "temperature": st.integers(2, 16).map(lambda v: Fraction(v, 2)),
    "scaled": st.booleans()})


def assume(soft_ratio, softer):
    """rho <= rho'."""
    return soft_ratio <= softer


def labelling(norm, soft_ratio, temperature, scaled, shrink):
    """z_rho as a function of g = t/|w*|; c is T^2 where the loss is scaled."""
    temperature = shrink * float(temperature)
    return logit_moments.labelling(norm, soft_ratio, temperature**2 if scaled else 1.0, temperature)


def mean_squares(size_and_dim, h):
    """E|w_n|^2 and E|w_(n+1)|^2 by quadrature over what they depend on."""
    (n, p), (nodes, _) = size_and_dim, interpolation.directions()
    return tuple(interpolation.mean_square_norm(h(nodes), points, p) for points in (n, n + 1))


def sample(size_and_dim, norm, softer, temperature, scaled, rng, size, shrink=1):
    """`size` i.i.d. draws of |w_(n+1)|^2, by interpolation, over E|w_n|^2."""
    h = labelling(norm, softer, temperature, scaled, shrink)
    n, p = size_and_dim
    drawn = interpolation.square_norms(n + 1, p, h, rng, size)
    return drawn / mean_squares(size_and_dim, h)[0]


def exact(size_and_dim, norm, softer, temperature, scaled, shrink=1):
    """(1), left-hand side, in floats to about 8 digits."""
    before, after = mean_squares(size_and_dim, labelling(norm, softer, temperature, scaled, shrink))
    return GROWTH(after=after, before=before)


def bound(size_and_dim, norm, soft_ratio, temperature, scaled, shrink=1, c=1):
    """(1), right-hand side."""
    before, after = mean_squares(size_and_dim, labelling(norm, soft_ratio, temperature, scaled, shrink))
    return c * GROWTH(after=after, before=before)


CLAIM = Claim(
    title="Interpolating softer labels of a perfect teacher lowers the data inefficiency in mean square",
    source="Ji & Zhu 2020 (soft labels reduce data inefficiency); in mean square it is ours",
    given=GIVEN, assume=assume, sample=sample, exact=exact, bound=bound, relation="<=", support=(0, inf), block=128,
    controls=[{"c": 0.995}, {"relation": ">="}, {"shrink": 0.25}],
    tight_at={"size_and_dim": (14, 20), "norm": Fraction(4), "soft_ratio": Fraction(1, 5), "softer": Fraction(3, 5),
              "temperature": Fraction(1), "scaled": False},
)
