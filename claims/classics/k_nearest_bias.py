"""On a circle the bias of k-NN regression is at most lambda (k+1)/(4(n+1)).

Theorem. Let x_1, ..., x_n be independent and uniform on a circle of length 1, f lambda-Lipschitz, and let the estimate
at x be the mean response of the k nearest inputs, responses having mean f(x_i) given the inputs. Then for both signs

    +-(E estimate - f(x)) <= lambda (k+1) / (4(n+1)).                                    (1)

Hypotheses: 1 <= k <= n; X uniform on a circle, where no point has an end of the range nearby.
Does not say: that this is the size of the bias of a smooth f, which is of second order in k/n.
Tight: f the distance from x, for every k and n.   Proof: proofs_notes/classics/k_nearest_bias.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, nearest_average, strategies
from theory.neighbour_regression import BIAS
from verify import Claim

PLACES = strategies.fractions01(64).filter(lambda v: v < 1)


def assume(n, k):
    """There are k inputs."""
    return k <= n


def sample(circle, x, n, k, sign, rng, size):
    """`size` i.i.d. deviations of the neighbours' mean of f from f(x), noise integrated out."""
    return sign * (nearest_average.averages(circle, x, n, k, rng, size) - float(circle.eta(x)))


def exact(circle, x, n, k, sign):
    """(1), left-hand side: the slopes of f integrated against the tails of the k distances, in fractions."""
    return sign * nearest_average.mean_change(circle, x, n, k)


def bound(circle, n, k, c=1, shift=0, power=1):
    """(1), right-hand side."""
    return BIAS(lipschitz=circle.lipschitz() ** power, n=n + shift, k=k, c=c)


CLAIM = Claim(
    title="On a circle the bias of k-NN regression is at most lambda (k+1)/(4(n+1))",
    source="the catalogue; Biau & Devroye 2015, chapter 14, for the order",
    fidelity="reconstructed",
    given={"circle": strategies.circles(max_knots=6), "x": PLACES, "n": st.integers(1, 40), "k": st.integers(1, 12),
           "sign": st.sampled_from((1, -1))},
    assume=assume, sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(19, 20)}, {"shift": 1}, {"power": 0}],
    tight_at={"circle": Circle((0, 1)), "x": Fraction(0), "n": 6, "k": 3, "sign": 1},
)
