"""Over random inputs the variance of k-NN regression is sigma^2/k and the variance of what the neighbours have in mean.

Theorem. Let x_1, ..., x_n be random inputs, the responses f(x_i) + noise, the noise of variance sigma^2 and independent
of the inputs and from input to input, and let the estimate at x be the mean response of the k nearest inputs. Then

    Var(estimate) = sigma^2/k + Var(mean of f at the k nearest inputs).                  (1)

Checked for inputs drawn independently from finitely many points, all equally likely.
Hypotheses: the noise is independent of the inputs; ties between distances go to the lower index.
Does not say: how large the second term is; it vanishes for constant f, and for k = n = 1 it is Var f(x_1).
Tight: an equality.   Proof: proofs_notes/classics/k_nearest_variance_total.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, nearest_average, strategies
from theory.neighbour_regression import VARIANCE, VARIANCE_TOTAL_PROOF
from verify import Claim

PLACES = strategies.fractions01(64).filter(lambda v: v < 1)
GIVEN = strategies.merged(
    st.fixed_dictionaries({"circle": strategies.circles(max_knots=6), "x": PLACES,
                           "inputs": st.lists(PLACES, min_size=1, max_size=3).map(tuple), "k": st.integers(1, 3)}),
    strategies.bounded_laws(max_atoms=2))


def assume(inputs, k):
    """There are k inputs."""
    return k <= len(inputs)


def sample(circle, inputs, x, k, mass, values, rng, size):
    """`size` i.i.d. squared deviations of the estimate from its mean, over inputs and noise."""
    drawn = nearest_average.estimates(circle, inputs, x, k, mass, values, rng, size, redrawn=True)
    law = nearest_average.estimates_law(circle, inputs, x, k, mass, values, redrawn=True)
    return (drawn - float(nearest_average.mean_of(*law))) ** 2


def exact(circle, inputs, x, k, mass, values):
    """(1), left-hand side, by enumeration of inputs and noise together."""
    return nearest_average.variance_of(
        *nearest_average.estimates_law(circle, inputs, x, k, mass, values, redrawn=True))


def bound(circle, inputs, x, k, mass, values, c=1, more=0):
    """(1), right-hand side: the second term by enumeration of the inputs alone."""
    spread = nearest_average.variance_of(
        *nearest_average.estimates_law(circle, inputs, x, k, (1,), (0,), redrawn=True))
    return VARIANCE(noise_variance=nearest_average.variance_of(mass, values), k=k + more) + c * spread


def reads(circle, inputs, x, k, mass, values):
    """The law of the noise, and the joint law of the neighbours' mean of f and their mean noise."""
    levels = nearest_average.estimates_law(circle, inputs, x, k, (1,), (0,), redrawn=True)
    noise = nearest_average.estimates_law(Circle((0,)), inputs, x, k, mass, values)
    rows = [(p * q, level, mean) for p, level in zip(*levels, strict=True) for q, mean in zip(*noise, strict=True)]
    weights, means, noises = zip(*rows, strict=True)
    return {"W": (mass, {"v": values}), "LA": (weights, {"level": means, "average": noises})}


CLAIM = Claim(
    title="Over random inputs the variance of k-NN regression is sigma^2/k plus that of the neighbours' mean",
    source="the law of total variance",
    fidelity="reconstructed",
    given=GIVEN, assume=assume, sample=sample, exact=exact, bound=bound, relation="==", support=(0, 4),
    controls=[{"c": 0}, {"c": Fraction(9, 10)}, {"more": 1}],
    tight_at={"circle": Circle((0, 1)), "x": Fraction(0), "inputs": (Fraction(0), Fraction(1, 4), Fraction(1, 2)),
              "k": 2, "mass": (Fraction(1, 2), Fraction(1, 2)), "values": (Fraction(0), Fraction(1))},
    proof=VARIANCE_TOTAL_PROOF.read_by(reads),
)
