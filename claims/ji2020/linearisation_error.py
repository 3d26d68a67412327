"""A two-layer ReLU network trained by gradient descent leaves its linearisation at rate 1/sqrt(width), at most.

Theorem. Let f(x) = M^(-1/2) sum_r a_r max(0, w_r . x) start antisymmetrically: pairs of neurons with one w, standard
Gaussian and independent from pair to pair, and a_r = +1, -1. Take T steps of gradient descent on the hidden weights,
of size eta, for half the mean squared error on inputs of length 1; train the linearisation of f at the start
likewise. With R the largest |y_i|, g = 1 + eta,

    E mean_i |f_T(x_i) - linearisation(x_i)| <= 2 R^2 g^(T-1) ((2 + g)(g^T - 1) - 3 eta T) / sqrt(2 pi M).      (1)

Hypotheses: inputs of length 1; Gaussian, antisymmetric start.
Does not say: that the factor of 1/sqrt(M) is sharp; it grows exponentially in eta T. Smooth activations have another
one: `linearisation_error_smooth`. The exponent is sharp: `linearisation_error_relu_step`.
Tight: no, the largest ratio is 1/8, at T = 1.   Proof: proofs_notes/ji2020/linearisation_error.md
"""
from fractions import Fraction
from math import inf

from hypothesis import strategies as st

from simulate import networks, strategies
from theory.linearisation import RELU
from verify import Claim

GIVEN = st.fixed_dictionaries({
    "width": st.integers(1, 4).map(lambda v: 2 * v * v),
    "data": st.lists(st.tuples(strategies.fractions01(24), st.integers(-8, 8)), min_size=1, max_size=3).map(tuple),
    "step": st.integers(1, 8).map(lambda v: Fraction(v, 8)), "steps": st.integers(1, 3)})


def residual(data):
    """R, labels being given in eighths."""
    return max(abs(y) for _, y in data) / 8


def assume(data):
    """There is something to learn: without labels other than 0 nothing moves."""
    return any(y for _, y in data)


def sample(width, data, step, steps, rng, size, paired=True):
    """`size` i.i.d. mean distances, each from a network of its own."""
    angles, labels = [t for t, _ in data], [y / 8 for _, y in data]
    return networks.mean_gaps("relu", width, angles, labels, step, steps, rng, size, paired=paired)


def support(data, step, steps, paired=True):
    """Each step's kernel and remainder are off by at most 1 and by the largest move, even if every neuron flips."""
    if not paired:
        return (0, inf)
    eta = float(step)
    return (0, eta * residual(data) * (1 + eta) ** (steps - 1) * (2 * steps - 1) + 1e-12)


def bound(width, data, step, steps, power=0.5, c=1):
    """(1), right-hand side."""
    return RELU(residual=residual(data), step_size=float(step), steps=steps, width=width, power=power, c=c)


CLAIM = Claim(
    title="The distance of a two-layer ReLU network trained by gradient descent to its linearisation falls at least as "
          "fast as 1/sqrt(width)",
    source="Ji & Zhu 2020 (the linearised network); the constants are ours",
    given=GIVEN, assume=assume, sample=sample, bound=bound, relation="<=", support=support, block=512,
    controls=[{"power": 1}, {"paired": False}, {"c": Fraction(1, 10)}],
    tight_at={"width": 256, "data": ((Fraction(0), 8),), "step": Fraction(1, 8), "steps": 1},
)
