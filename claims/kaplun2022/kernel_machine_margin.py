"""Where its training points crowd each other little, an interpolating kernel machine answers with a margin.

Theorem. Let k be a kernel with k(x, x) = 1 and k >= 0, let f = k(x, .) K^-1 y interpolate labels +-1 at distinct points
x_1, ..., x_n, and q = max_i sum_{j != i} k(x_i, x_j) < 1/2. At any x, with x_NN the training point of largest k(x, x_i)
and W the sum of k(x, x_i) over the others,

    y_NN f(x) >= ((1 - 2q) k(x, x_NN) - W) / (1 - q).                                     (1)

Hypotheses: q < 1/2 (q < 1 is enough, but then the right-hand side is negative). Checked for Laplace and Gaussian
kernels on a grid, where all values are rational.
Does not say: that f is near y_NN: far from all points f is near 0.
Tight: to first order as q -> 0, for two points with one label and x beyond the first of them.
Proof: proofs_notes/kaplun2022/kernel_machine_margin.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import kernel_strategies
from theory.kernels import KERNEL_MARGIN
from verify import Claim


def assume(machine, limit=Fraction(1, 2)):
    """The training points crowd each other little."""
    return machine.crowding() < limit


def exact(machine, query):
    """(1), left-hand side, by solving the linear system in rational arithmetic."""
    return machine.labels[machine.nearest(query)] * machine.value(query)


def bound(machine, query, c=2):
    """(1), right-hand side."""
    near = max(machine.kernels(query))
    return KERNEL_MARGIN(crowding=machine.crowding(), near=near, rest=machine.rest(query), c=c)


CLAIM = Claim(
    title="An interpolating kernel machine has y_NN f(x) >= ((1 - 2q) k(x, x_NN) - W)/(1 - q)",
    source="Kaplun et al. 2022 (kernel machines as samplers)",
    fidelity="reconstructed",
    given=st.one_of(kernel_strategies.pairs(), kernel_strategies.machines()), assume=assume,
    exact=exact, bound=bound, relation=">=",
    controls=[{"c": Fraction(19, 10)}, {"c": Fraction(3, 2)}],
    tight_at=kernel_strategies.beyond(3, 1, 3, Fraction(2)),
)
