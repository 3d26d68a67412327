"""The 1-NN label's law is eta smoothed: a cosine keeps its shape and shrinks by a known factor.

Theorem. On a circle of length 1 let eta(x) = 1/2 + a cos(2 pi x), |a| <= 1/2, and let the teacher be 1-NN on n
independent uniform points. Then P(label = 1 | x) = 1/2 + a c_1(n) cos(2 pi x) and

    P(teacher(X) != Y) = 1/2 - a^2 c_1(n),   c_1(n) = n int_0^1 u^(n-1) cos(pi (1-u)) du.   (1)

In general the k-th Fourier coefficient of eta is multiplied by c_k(n), with k pi in place of pi.
Hypotheses: X uniform; n >= 1.
Does not say: anything when X is not uniform: the law of the displacement then depends on x.
Tight: an identity.   Proof: proofs_notes/kaplun2022/nearest_neighbour_law.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import neighbours, quadrature, strategies
from theory.neighbours import COSINE_RISK, NEIGHBOUR_LAW_PROOF
from verify import Claim

NODES, WEIGHTS = np.polynomial.legendre.leggauss(120)
POINTS = np.arange(8) / 8


def sample(a, n, rng, size):
    """`size` i.i.d. draws of P(error | X, X_NN), labels integrated out."""
    return neighbours.cosine_risks(a, n, rng, size)


def exact(a, n):
    """(1), left-hand side, by quadrature over the displacement (Gauss) and x (trapezoid), in floats."""
    displacement = (NODES + 1) / 4
    density = n * (1 - 2 * displacement) ** (n - 1) * WEIGHTS / 4
    x = POINTS[:, None, None]
    eta = 0.5 + float(a) * np.cos(2 * np.pi * x)
    sides = np.array([[-1.0], [1.0]])
    other = 0.5 + float(a) * np.cos(2 * np.pi * (x + sides * displacement))
    errors = eta * (1 - other) + (1 - eta) * other
    return float((errors * density).sum() / POINTS.size)


def bound(a, n, shift=0):
    """(1), right-hand side."""
    return COSINE_RISK(a=a, n=n + shift)


CLAIM = Claim(
    title="For eta = 1/2 + a cos(2 pi x) the risk of 1-NN is 1/2 - a^2 c_1(n)",
    source="Kaplun et al. 2022 (the law of the 1-NN label)",
    fidelity="reconstructed",
    given={"a": strategies.fractions01().map(lambda v: v / 2), "n": st.integers(1, 100)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"shift": 1}, {"shift": -1}],
    tight_at={"a": Fraction(1, 2), "n": 2},
    proof=NEIGHBOUR_LAW_PROOF.read_by(quadrature.cosine),
)
