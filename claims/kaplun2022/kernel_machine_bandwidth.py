"""As its bandwidth shrinks, a Gaussian kernel machine on a line becomes 1-NN.

Theorem. Let f interpolate labels +-1 at points of [0, 1] that are at least s apart, with the kernel
exp(-(x - x')^2 / h), p = exp(-s^2/h) and 5p + p^3 < 1. Let B neighbouring pairs have different labels. For X uniform
on [0, 1]

    P(sign f(X) != y_NN(X)) <= B (h/s) ln((1 + p - p^3) / (1 - 5p - p^3)),                  (1)

about 6 B h p/s, which falls faster than any power of h as h -> 0.
Hypotheses: as stated; the labels are arbitrary.
Does not say: anything for random points, whose separation is of order 1/n^2.
Tight: the order; the ratio tends to 1/6 as h -> 0 for equally spaced points with labels +, +, -, +, +.
Proof: proofs_notes/kaplun2022/kernel_machine_bandwidth.md
"""
from fractions import Fraction
from itertools import pairwise
from math import exp

from simulate import kernel_strategies, kernels
from theory.kernels import KERNEL_MISMATCH
from verify import Claim


def assume(points, separation, bandwidth, apart=True):
    """The points are that far apart, and the kernel decays so fast."""
    p = exp(-float(separation) ** 2 / float(bandwidth))
    return 5 * p + p**3 < 1 and (not apart or all(b - a >= separation for a, b in pairwise(points)))


def sample(points, labels, bandwidth, rng, size):
    """`size` i.i.d. indicators that the sign is not the label of the nearest point."""
    return kernels.line_mismatches(points, labels, float(bandwidth), rng, size)


def exact(points, labels, bandwidth):
    """(1), left-hand side, in floating point, from the zeros of the machine."""
    return kernels.line_mismatch(points, labels, float(bandwidth))


def bound(labels, separation, bandwidth, c=1):
    """(1), right-hand side."""
    changes = sum(a != b for a, b in pairwise(labels))
    return float(KERNEL_MISMATCH(changes=changes, separation=separation, bandwidth=bandwidth, c=c))


CLAIM = Claim(
    title="On a line a Gaussian kernel machine of small bandwidth is 1-NN but for a share that vanishes with it",
    source="Kaplun et al. 2022 (kernel machines as samplers)",
    fidelity="reconstructed",
    given=kernel_strategies.lines(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(1, 7)}, {"c": Fraction(1, 50)},
              {"given": kernel_strategies.lines(4), "apart": False}],
    tight_at={"points": tuple(Fraction(i, 10) for i in (1, 3, 5, 7, 9)), "labels": (1, 1, -1, 1, 1),
              "separation": Fraction(1, 5), "bandwidth": Fraction(1, 175)},
)
