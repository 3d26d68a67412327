"""Where the nearest training point outweighs the others, a kernel machine's sign is that point's label.

Theorem. In the setting of kernel_machine_margin, q < 1/2, with W the kernel weight at x of all points but the nearest,

    W < (1 - 2q) k(x, x_NN)    implies    sign f(x) = y_NN.                                (1)

Hypotheses: k(x, x) = 1, k >= 0, q < 1/2. Checked for Laplace and Gaussian kernels on a grid, in rational arithmetic.
Does not say: that the sign differs elsewhere.
Tight: to first order as q -> 0: several points of the other label that together weigh a little more than the nearest
one turn the sign.
Proof: proofs_notes/kaplun2022/kernel_machine_label.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import kernel_strategies
from verify import Claim


def assume(machine, query, excess=1):
    """The points crowd each other little, and at the query the nearest one outweighs the others."""
    q, near = machine.crowding(), max(machine.kernels(query))
    return q < Fraction(1, 2) and machine.rest(query) < excess * (1 - 2 * q) * near


def exact(machine, query):
    """1 if the sign is not the label of the nearest point, else 0."""
    return int(machine.labels[machine.nearest(query)] * machine.value(query) <= 0)


def bound():
    """It never is."""
    return 0


CLAIM = Claim(
    title="Where W < (1 - 2q) k(x, x_NN) an interpolating kernel machine answers with the label of the nearest point",
    source="Kaplun et al. 2022 (kernel machines as samplers)",
    fidelity="reconstructed",
    given=st.one_of(kernel_strategies.stars(), kernel_strategies.machines()), assume=assume,
    exact=exact, bound=bound, relation="<=",
    controls=[{"excess": Fraction(6, 5)}, {"excess": 3}],
)
