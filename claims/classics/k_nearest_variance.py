"""Given the inputs, k-NN regression has variance sigma^2/k at every point.

Theorem. Let the responses be f(x_i) + noise, the noise independent from input to input, of one variance sigma^2, and
let the estimate at x be the mean response of the k nearest inputs. Then

    Var(estimate | x_1, ..., x_n) = sigma^2/k.                                           (1)

Hypotheses: the noise is independent given the inputs, 1 <= k <= n; ties between distances go to the lower index.
Does not say: anything of the variance over inputs that are drawn as well, which is larger: see
`k_nearest_variance_total`.
Tight: an equality.   Proof: proofs_notes/classics/k_nearest_variance.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, nearest_average, strategies
from theory.neighbour_regression import VARIANCE, VARIANCE_PROOF
from verify import Claim

PLACES = strategies.fractions01(64).filter(lambda v: v < 1)
GIVEN = strategies.merged(
    st.fixed_dictionaries({"circle": strategies.circles(max_knots=6), "x": PLACES,
                           "inputs": st.lists(PLACES, min_size=1, max_size=3).map(tuple), "k": st.integers(1, 3)}),
    strategies.bounded_laws(max_atoms=3))


def assume(inputs, k):
    """There are k inputs."""
    return k <= len(inputs)


def sample(circle, inputs, x, k, mass, values, rng, size, redrawn=False, shared=False):
    """`size` i.i.d. squared deviations of the estimate from its mean."""
    drawn = nearest_average.estimates(circle, inputs, x, k, mass, values, rng, size, redrawn=redrawn, shared=shared)
    law = nearest_average.estimates_law(circle, inputs, x, k, mass, values, redrawn=redrawn, shared=shared)
    return (drawn - float(nearest_average.mean_of(*law))) ** 2


def exact(circle, inputs, x, k, mass, values, redrawn=False, shared=False):
    """(1), left-hand side, by enumeration of the neighbours' noise (and of designs, where they are redrawn)."""
    law = nearest_average.estimates_law(circle, inputs, x, k, mass, values, redrawn=redrawn, shared=shared)
    return nearest_average.variance_of(*law)


def bound(mass, values, k, more=0):
    """(1), right-hand side."""
    return VARIANCE(noise_variance=nearest_average.variance_of(mass, values), k=k + more)


def reads(circle, inputs, x, k, mass, values):
    """The laws of the noise and of the neighbours' mean noise, and the neighbours' mean of f."""
    _, (level,) = nearest_average.estimates_law(circle, inputs, x, k, (1,), (0,))
    weights, noises = nearest_average.estimates_law(Circle((0,)), inputs, x, k, mass, values)
    return {"level": level, "W": (mass, {"v": values}), "A": (weights, {"average": noises})}


CLAIM = Claim(
    title="Given the inputs, k-NN regression has variance sigma^2/k",
    source="Hastie, Tibshirani & Friedman 2009, (7.10)",
    fidelity="secondary",
    given=GIVEN, assume=assume, sample=sample, exact=exact, bound=bound, relation="==", support=(0, 4),
    controls=[{"more": 1}, {"redrawn": True}, {"shared": True}],
    tight_at={"circle": Circle((0, 1)), "x": Fraction(0), "inputs": (Fraction(0), Fraction(1, 4), Fraction(1, 2)),
              "k": 2, "mass": (Fraction(1, 2), Fraction(1, 2)), "values": (Fraction(0), Fraction(1))},
    proof=VARIANCE_PROOF.read_by(reads),
)
