"""A wide two-layer network with a smooth activation stays within O(1/sqrt(width)) of its linearisation.

Theorem. Let f(x) = M^(-1/2) sum_r a_r phi(w_r . x), a_r = +-1, |phi'| <= 1, phi' B-Lipschitz, start with f = 0, and
let T steps of gradient descent on the hidden weights, of size eta <= 2 for half the mean squared error on inputs of
length 1, lead to f_T; let the linearisation of f at the start be trained likewise. With R the root mean square of
the labels,

    rms_i |f_T(x_i) - linearisation(x_i)| <= R (C(s) - 1),   s = B R eta^2 T (T - 1/2) / sqrt(M) <= 1/4,        (1)

C(s) = 2/(1 + sqrt(1 - 4s)) = 1 + s + 2s^2 + ...: for EVERY start with f = 0, of any labels and any number of them.
Hypotheses: |phi'| <= 1; phi' is B-Lipschitz; s <= 1/4, that is a width above (4 B R)^2 (eta T)^4.
Does not say: anything of ReLU; that M^(-1/2) is the rate for random starts, which is M^(-1) where signs cancel.
Tight: as s falls to 0, T = 1, w_r . x = 0 and phi' = max(0, 1 - |u|).
Proof: proofs_notes/ji2020/linearisation_error_smooth.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import networks, strategies
from theory.linearisation import SMOOTH
from verify import Claim

# Often with neurons of tiny weights: ReLU has its kink just beside them.
COORDINATES = st.one_of(st.integers(-8, 8), st.just(Fraction(1, 1000)))
WEIGHTS = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=3).map(tuple)
GIVEN = st.fixed_dictionaries({
    "activation": st.sampled_from(("bent", "tanh")), "weights": WEIGHTS, "copies": st.integers(1, 24),
    "data": st.lists(st.tuples(strategies.fractions01(24), st.integers(-8, 8)), min_size=1, max_size=3).map(tuple),
    "step": st.integers(1, 16).map(lambda v: Fraction(v, 8)), "steps": st.integers(1, 5)})


def width(weights, copies):
    """Every weight vector occurs in `copies` pairs of neurons."""
    return 2 * len(weights) * copies


def residual(data):
    """R, labels being given in quarters."""
    return (sum((y / 4) ** 2 for _, y in data) / len(data)) ** 0.5


def assume(activation, weights, copies, data, step, steps):
    """s <= 1/4."""
    size = networks.CURVATURE[activation] * residual(data) * float(step) ** 2 * steps * (steps - 0.5)
    return size <= 0.2499 * width(weights, copies) ** 0.5


def exact(activation, weights, copies, data, step, steps, paired=True, relu=False):
    """(1), left-hand side, by running both descents, in floats."""
    start = np.repeat(np.array(weights * copies, dtype=float) / 4, 2, axis=0)
    if not paired:
        start[1::2] += 0.5
    angles, labels = [t for t, _ in data], [y / 4 for _, y in data]
    gaps = networks.gaps("relu" if relu else activation, start, angles, labels, step, steps)
    return float(np.sqrt((gaps**2).mean()))


def bound(activation, weights, copies, data, step, steps, power=0.5, c=1):
    """(1), right-hand side."""
    return SMOOTH(curvature=networks.CURVATURE[activation], residual=residual(data), step_size=float(step), steps=steps,
                  width=width(weights, copies), power=power, c=c)


CLAIM = Claim(
    title="A two-layer network with a smooth activation trained by gradient descent stays within O(1/sqrt(width)) of "
          "its linearisation",
    source="Ji & Zhu 2020 (the linearised network); the constants are ours",
    given=GIVEN, assume=assume, exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(9, 10)}, {"power": 0.6}, {"power": 1}, {"paired": False}, {"relu": True}],
    tight_at={"activation": "bent", "weights": ((0, 0),), "copies": 24, "data": ((Fraction(0), 4),),
              "step": Fraction(1, 8), "steps": 1},
)
