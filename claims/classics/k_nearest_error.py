"""The mean squared error of k-NN regression on a circle, noise against distance.

Theorem. Let x_1, ..., x_n be independent and uniform on a circle of length 1, f lambda-Lipschitz, the responses
f(x_i) + noise, the noise independent of variance sigma^2, and the estimate at x the mean response of the k
nearest. Then

    E (estimate - f(x))^2 <= sigma^2/k + lambda^2 (k+1)(k+2)(3k+1) / (48 k (n+1)(n+2)).      (1)

Hypotheses: 1 <= k <= n; the noise is independent of the inputs and from input to input.
Does not say: that sigma^2/k is the variance: the second term holds squared bias and the variance over the inputs.
Tight: f the distance from x, for every k, n and noise.   Proof: proofs_notes/classics/k_nearest_error.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, nearest_average, strategies
from theory.neighbour_regression import ERROR
from verify import Claim

PLACES = strategies.fractions01(64).filter(lambda v: v < 1)
GIVEN = strategies.merged(
    st.fixed_dictionaries({"circle": strategies.circles(max_knots=6), "x": PLACES, "n": st.integers(1, 30),
                           "k": st.integers(1, 10)}),
    strategies.bounded_laws(max_atoms=3))


def assume(n, k):
    """There are k inputs."""
    return k <= n


def sample(circle, x, n, k, mass, values, rng, size):
    """`size` i.i.d. squared errors of the estimate."""
    near = nearest_average.averages(circle, x, n, k, rng, size) - float(circle.eta(x))
    return (near + nearest_average.noise_means(mass, values, k, rng, size)) ** 2


def exact(circle, x, n, k, mass, values):
    """(1), left-hand side: quadrature over the radius that holds the k nearest, and the noise's variance."""
    pairs = [(p * q, u * v) for p, u in zip(mass, values, strict=True) for q, v in zip(mass, values, strict=True)]
    square = sum(p * u * u for p, u in zip(mass, values, strict=True)) - sum(p * u for p, u in pairs)
    return nearest_average.mean_error(circle, x, n, k) + float(square) / k


def bound(circle, n, k, mass, values, c=1):
    """(1), right-hand side."""
    noise = nearest_average.variance_of(mass, values)
    return ERROR(noise_variance=noise, lipschitz=circle.lipschitz(), n=n, k=k, c=c)


CLAIM = Claim(
    title="The mean squared error of k-NN regression on a circle is at most sigma^2/k plus a squared distance",
    source="ours, after Biau & Devroye 2015, chapter 14",
    fidelity="reconstructed",
    given=GIVEN, assume=assume, sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 4),
    controls=[{"c": Fraction(19, 20)}, {"c": 0}],
    tight_at={"circle": Circle((0, 1)), "x": Fraction(0), "n": 6, "k": 3, "mass": (Fraction(1),),
              "values": (Fraction(0),)},
)
