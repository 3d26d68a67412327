"""After one step of gradient descent a ReLU network is (eta R)^2/(4 sqrt(2 pi M)) from its linearisation.

Theorem. Let f(x) = M^(-1/2) sum_r a_r max(0, w_r . x) start antisymmetrically: pairs of neurons with one w, standard
Gaussian and independent from pair to pair, and a_r = +1, -1. Take one step of gradient descent on the hidden
weights, of size eta, for half the mean squared error on inputs of length 1. With R the mean of |y_i|,

    E mean_i |f_1(x_i) - linearisation(x_i)| <= (eta R)^2 / (4 sqrt(2 pi M)).            (1)

Hypotheses: inputs of length 1; Gaussian, antisymmetric start, so that f = 0.
Does not say: that a smooth activation is as bad: tanh has M^(-1), see `linearisation_error_symmetric_step`.
Tight: one input, as eta R/sqrt(M) falls to 0; so for ReLU the exponent -1/2 is exact.
Proof: proofs_notes/ji2020/linearisation_error_relu_step.md
"""
from fractions import Fraction
from math import erf, exp, inf, pi, sqrt

from hypothesis import strategies as st

from simulate import networks, strategies
from theory.linearisation import RELU_STEP
from verify import Claim

GIVEN = st.fixed_dictionaries({
    "width": st.integers(1, 16).map(lambda pairs: 2 * pairs),
    "data": st.lists(st.tuples(strategies.fractions01(24), st.integers(-8, 8)), min_size=1, max_size=3).map(tuple),
    "step": st.integers(1, 8).map(lambda v: Fraction(v, 4))})


def residual(data):
    """R, labels being given in quarters."""
    return sum(abs(y) for _, y in data) / (4 * len(data))


def assume(data):
    """There is something to learn: without labels other than 0 nothing moves."""
    return any(y for _, y in data)


def sample(width, data, step, rng, size, paired=True):
    """`size` i.i.d. mean distances, each from a network of its own."""
    angles, labels = [t for t, _ in data], [y / 4 for _, y in data]
    return networks.mean_gaps("relu", width, angles, labels, step, 1, rng, size, paired=paired)


def support(data, step, paired=True):
    """A pair of neurons is off by no more than its move."""
    return (0, float(step) * residual(data) / 2 + 1e-12) if paired else (0, inf)


def exact(width, data, step, paired=True):
    """(1), left-hand side, for one input, maybe repeated: no two pairs err in opposite directions; None for more."""
    if len({t % 1 for t, _ in data}) > 1 or not paired:
        return None
    reach = float(step) * abs(sum(y for _, y in data)) / (4 * len(data)) / sqrt(width)
    # E max(0, reach - |u|) for a standard Gaussian u, of which those with u > 0 are moved.
    part = reach * erf(reach / sqrt(2)) - sqrt(2 / pi) * (1 - exp(-(reach**2) / 2))
    return sqrt(width) / 4 * part


def bound(width, data, step, power=0.5, c=1):
    """(1), right-hand side."""
    return RELU_STEP(residual=residual(data), step_size=float(step), width=width, power=power, c=c)


CLAIM = Claim(
    title="After one step of gradient descent a two-layer ReLU network is at most (eta R)^2/(4 sqrt(2 pi M)) from its "
          "linearisation in mean",
    source="Ji & Zhu 2020 (the linearised network); the constant is ours",
    given=GIVEN, assume=assume, sample=sample, exact=exact, bound=bound, relation="<=", support=support, block=2048,
    controls=[{"c": Fraction(9, 10)}, {"power": 0.55}, {"power": 1}, {"paired": False}],
    tight_at={"width": 32, "data": ((Fraction(0), 4),), "step": Fraction(1, 4)},
)
