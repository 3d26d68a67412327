"""From an antisymmetric start a smooth network's first step is O(1/width) from its linearisation.

Theorem. Let f(x) = M^(-1/2) sum_r a_r tanh(w_r . x), its neurons in pairs of one w and signs a_r = +1, -1, so that
f = 0. Take one step of gradient descent on the hidden weights, of size eta, for half the mean squared error on inputs
of length 1. With R the mean of |y_i|, for EVERY w,

    max_i |f_1(x_i) - linearisation(x_i)| <= (eta R)^3 / (3 M).                          (1)

Hypotheses: a third derivative, here of modulus at most 2; every pair starts at one w.
Does not say: anything of ReLU, where the exponent is -1/2, nor of further steps.
Tight: w_r . x = 0, one input, as eta R/sqrt(M) falls to 0.
Proof: proofs_notes/ji2020/linearisation_error_symmetric_step.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import networks, strategies
from theory.linearisation import SYMMETRIC
from verify import Claim

WEIGHTS = st.lists(st.tuples(st.integers(-8, 8), st.integers(-8, 8)), min_size=1, max_size=3).map(tuple)
GIVEN = st.fixed_dictionaries({
    "weights": WEIGHTS, "copies": st.integers(1, 24),
    "data": st.lists(st.tuples(strategies.fractions01(24), st.integers(-8, 8)), min_size=1, max_size=3).map(tuple),
    "step": st.integers(1, 16).map(lambda v: Fraction(v, 8))})


def residual(data):
    """R, labels being given in quarters."""
    return sum(abs(y) for _, y in data) / (4 * len(data))


def exact(weights, copies, data, step, paired=True, activation="tanh"):
    """(1), left-hand side, by taking both steps, in floats."""
    start = np.repeat(np.array(weights * copies, dtype=float) / 4, 2, axis=0)
    if not paired:
        start[1::2] += 0.5
    angles, labels = [t for t, _ in data], [y / 4 for _, y in data]
    return float(np.abs(networks.gaps(activation, start, angles, labels, step, 1)).max())


def bound(weights, copies, data, step, power=1, c=1):
    """(1), right-hand side."""
    width = 2 * len(weights) * copies
    return SYMMETRIC(third=2, residual=residual(data), step_size=float(step), width=width, power=power, c=c)


CLAIM = Claim(
    title="The first step of a two-layer tanh network from an antisymmetric start is O(1/width) from its linearisation",
    source="ours, on Ji & Zhu 2020 (the linearised network)",
    given=GIVEN, exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(9, 10)}, {"power": 1.1}, {"paired": False}, {"activation": "bent"}],
    tight_at={"weights": ((0, 0),), "copies": 24, "data": ((Fraction(0), 4),), "step": Fraction(1, 4)},
)
