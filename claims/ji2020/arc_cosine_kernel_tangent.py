"""The neural tangent kernel of a wide two-layer ReLU network is k1 + (x.x') k0.

Theorem. Let f(x) = sqrt(2/M) sum_i a_i max(w_i.x, 0) with independent w_i ~ N(0, I), a_i ~ N(0, 1), and let x, x' not
be 0, at the angle t. The scalar product of the gradients of f at x and x', in all a_i and w_i, has the mean

    k1 + (x.x') k0,   k1 = |x||x'| ((pi - t) cos t + sin t)/pi,   k0 = (pi - t)/pi.       (1)

Hypotheses: no bias; both layers are trained; a_i independent of w_i.
Does not say: k1 + k0 cos t, which is the same for inputs of length 1 alone.
Tight: an equality.   Proof: proofs_notes/ji2020/arc_cosine_kernel_tangent.md
"""
from fractions import Fraction
from math import inf

from simulate import pairs, polar, wide
from theory.arc_cosine import TANGENT, TANGENT_PROOF
from verify import Claim


def sample(first, second, rng, size):
    """`size` i.i.d. scalar products of the gradients of one unit, times M."""
    return wide.gradient_products(first, second, rng, size)


def exact(first, second):
    """(1), left-hand side, by integration over the direction of w; E a^2 = 1."""
    dot, one, other = polar.products(first, second)
    with polar.precise():
        between, quarter = polar.angle(first, second), polar.ball(1).pi() / 2
        product = polar.arc_mean(lambda turn: turn.cos() * (turn - between).cos(), between - quarter, quarter)
        active = polar.arc_mean(lambda turn: turn * 0 + 1, between - quarter, quarter)
        return 4 * polar.ball(one * other).sqrt() * product + 2 * polar.ball(dot) * active


def bound(first, second, b=1, c=1, unit=False):
    """(1), right-hand side; `unit` takes the cosine of the angle for x.x'."""
    dot, one, other = polar.products(first, second)
    if unit:
        # x.x' is the cosine times the lengths; b takes them out again.
        b = 1 / float(one * other) ** 0.5
    return TANGENT(dot=dot, squares=one * other, b=b, c=c)


def reads(first, second):
    """The plane of the inputs; averaged node by node, which takes long, for inputs of at most two entries."""
    read = polar.line_with_events(first, second)
    return read if len(first) <= 2 else {**read, "U": None}


CLAIM = Claim(
    title="The neural tangent kernel of a wide two-layer ReLU network is k1 + (x.x') k0",
    source="Ji & Zhu 2020; Jacot, Gabriel & Hongler 2018",
    fidelity="reconstructed",
    given=pairs.two_vectors("first", "second"),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-inf, inf),
    controls=[{"unit": True}, {"b": Fraction(21, 20)}, {"c": Fraction(21, 20)}],
    proof=TANGENT_PROOF.read_by(reads),
)
