"""On a line, the sign of a Laplace kernel machine is 1-NN, whatever the bandwidth.

Theorem. Let k(x, x') = exp(-|x - x'|/h) on the line, h > 0, and let f = k(x, .) K^-1 y interpolate labels +-1 at
distinct points. Then at every x that has one nearest training point x_NN

    sign f(x) = y_NN.                                                                     (1)

Hypotheses: one dimension; the Laplace kernel. Checked on a grid, where all values are rational.
Does not say: the same of a Gaussian kernel, nor of a plane; there the bandwidth must be small.
Tight: at a midpoint of two points with different labels f = 0.
Proof: proofs_notes/kaplun2022/kernel_machine_laplace.md
"""
from simulate import kernel_strategies
from verify import Claim


def assume(machine, query, power=1, dim=1):
    """A Laplace kernel on the line; one training point is nearest."""
    values = machine.kernels(query)
    return machine.power == power and len(query) == dim and values.count(max(values)) == 1


def exact(machine, query):
    """1 if the sign is not the label of the nearest point, else 0."""
    return int(machine.labels[machine.nearest(query)] * machine.value(query) <= 0)


def bound():
    """It never is."""
    return 0


CLAIM = Claim(
    title="On a line the sign of a Laplace kernel machine is 1-NN, whatever the bandwidth",
    source="Companion of kernel_machine_label",
    fidelity="reconstructed",
    given=kernel_strategies.machines((1,), 1), assume=assume,
    exact=exact, bound=bound, relation="<=",
    controls=[{"given": kernel_strategies.crowds(2, 1), "power": 2},
              {"given": kernel_strategies.crowds(1, 2), "dim": 2}],
)
