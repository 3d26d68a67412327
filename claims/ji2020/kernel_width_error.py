"""The tangent kernel of M neurons has the mean square error q(1 - q)/M at the start.

Theorem. Let w_1, ..., w_M be independent standard Gaussian vectors, x and x' non-zero inputs at an angle of theta,
and K_M = (1/M) sum_r 1{w_r . x > 0} 1{w_r . x' > 0} the kernel of a ReLU network's hidden weights, over x . x'. With
its limit K = q = (pi - theta)/(2 pi),

    E (K_M - K)^2 = q (1 - q) / M.                                                       (1)

Hypotheses: independent w_r of one rotation-invariant law; outer weights of modulus 1.
Does not say: how far the kernel moves in training; see `linearisation_error`. An antisymmetric start has M/2 for M.
Tight: an equality.   Proof: proofs_notes/ji2020/kernel_width_error.md
"""
from fractions import Fraction
from math import comb

from hypothesis import strategies as st

from simulate import networks, strategies
from theory.linearisation import GATE_VARIANCE, KERNEL_ERROR, KERNEL_ERROR_PROOF
from verify import Claim


def sample(turn, width, rng, size, paired=False):
    """`size` i.i.d. squared errors, each of a network of its own."""
    return (networks.open_shares(turn, width, rng, size, paired=paired) - float(Fraction(1, 2) - turn)) ** 2


def exact(turn, width, paired=False):
    """(1), left-hand side, in fractions: the number of open neurons is binomial."""
    weights, shares = share_law(turn, width // 2 if paired else width)
    return sum(p * (share - Fraction(1, 2) + turn) ** 2 for p, share in zip(weights, shares, strict=True))


def share_law(turn, neurons):
    """(weights, shares): the law of the share of open neurons."""
    q = Fraction(1, 2) - turn
    return ([comb(neurons, j) * q**j * (1 - q) ** (neurons - j) for j in range(neurons + 1)],
            [Fraction(j, neurons) for j in range(neurons + 1)])


def bound(turn, width, c=1, square=1):
    """(1), right-hand side; c multiplies the angle."""
    return KERNEL_ERROR(variance=GATE_VARIANCE(turn=c * turn), width=width**square)


def reads(turn, width):
    """The laws of one neuron's product of gates, and of the share of open neurons."""
    q = Fraction(1, 2) - turn
    weights, shares = share_law(turn, width)
    return {"W": ((1 - q, q), {"v": (0, 1)}), "KM": (weights, {"average": shares})}


CLAIM = Claim(
    title="At the start the tangent kernel of M ReLU neurons has the mean square error q(1 - q)/M",
    source="Monte Carlo; Ji & Zhu 2020 (the linearised network is its limit)",
    given={"turn": strategies.fractions01(100).map(lambda v: v / 2), "width": st.integers(1, 30).map(lambda v: 2 * v)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"square": 2}, {"paired": True}],
    tight_at={"turn": Fraction(1, 4), "width": 8},
    proof=KERNEL_ERROR_PROOF.read_by(reads),
)
