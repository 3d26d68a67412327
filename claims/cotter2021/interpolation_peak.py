"""At the interpolation threshold, p = n - 1, n or n + 1, the mean risk is infinite.

Theorem. Let G be a matrix of independent N(0, 1) entries with k rows and N columns, 1 <= k <= N <= k + 1. For every
cap K > 0

    E min(tr (G G')^-1, K) >= ln(1 + 2K)/2.                                              (1)

A model with p features and n points, {p, n} = {k, N}, has at least omega (1 + tr (G G')^-1) as its risk given its
design, where omega > 0 is the variance of what it can't explain. So its mean risk exceeds every bound.
Hypotheses: |n - p| <= 1; Gaussian features that are independent and standard.
Does not say: how the risk grows with the sizes; the trace has k such terms and (1) uses one.
Tight: k = 1, N = 2 and a large cap, ratio 1 - 0.21/ln(2K).   Proof: proofs_notes/cotter2021/interpolation_peak.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import linear_moments, ridgeless
from theory.double_descent import INTERPOLATION_PEAK
from verify import Claim

CAPS = st.one_of(st.integers(1, 20), st.integers(1, 100), st.sampled_from([Fraction(1, 10), Fraction(1, 2)]))


def sized(n, apart, cap):
    """n points and about as many features."""
    return {"n": n, "p": max(n + apart, 1), "cap": cap}


def assume(n, p):
    """The sizes differ by at most 1."""
    return abs(n - p) <= 1


def sample(n, p, cap, rng, size):
    """`size` i.i.d. capped traces."""
    return np.minimum(ridgeless.inverse_traces(min(n, p), max(n, p), rng, size), float(cap))


def exact(n, p, cap):
    """(1), left-hand side, by quadrature where the matrix is a row; None elsewhere."""
    return linear_moments.capped_inverse_trace(min(n, p), max(n, p), cap)


def bound(cap, c=1):
    """(1), right-hand side, c times."""
    return INTERPOLATION_PEAK(cap=cap, c=c)


def support(cap):
    """A capped trace lies between 0 and the cap."""
    return (0, float(cap))


def two_apart(n, p):
    """The sizes differ by two, and the mean is finite."""
    return abs(n - p) == 2


CLAIM = Claim(
    title="Within one feature of the threshold the mean risk is infinite: capped at K it exceeds ln(1 + 2K)/2",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=st.builds(sized, st.integers(1, 6), st.integers(-1, 1), CAPS), assume=assume,
    sample=sample, exact=exact, bound=bound, relation=">=", support=support,
    controls=[{"c": Fraction(11, 10)},
              {"given": st.builds(sized, st.integers(1, 6), st.just(2), CAPS), "assume": two_apart}],
    tight_at={"n": 1, "p": 2, "cap": 10000},
    block=2048,
)
