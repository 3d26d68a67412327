"""1-NN on any finite law in the unit cube: its risk exactly, against 2 L* and a term that falls with n.

Theorem (Shalev-Shwartz & Ben-David 2014, Theorem 19.3). Let X have a finite law on [0, 1]^d and eta be lambda-Lipschitz
on its points, in the Euclidean distance. Over n independent training points and a fresh one, 1-NN has

    P(label of the nearest != Y) <= 2 L* + 4 lambda sqrt(d) n^(-1/(d+1)).                 (1)

Hypotheses: n >= 1; the Euclidean distance. A training point may coincide with the fresh one; ties in distance are
broken by a fixed order.
Does not say: that the power of n is the best; on k points the second term falls like k/n.
Tight: the factor 2 of L*, for a constant eta near 0.
Proof: proofs_notes/kaplun2022/nearest_neighbour_risk_finite.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Binary, clouds, space_strategies, strategies
from theory.torus import NEIGHBOUR_RISK_CUBE
from verify import Claim


def sample(task, places, n, rng, size):
    """`size` i.i.d. errors, each 0 or 1, of 1-NN on fresh points; a new training set per draw."""
    return clouds.neighbour_errors(task, places, n, rng, size)


def exact(task, places, n):
    """(1), left-hand side, by ranking the points as each of them sees them."""
    return clouds.neighbour_risk(task, places, n)


def bound(task, places, n, b=2, c=4):
    """(1), right-hand side."""
    return NEIGHBOUR_RISK_CUBE(
        bayes_risk=task.bayes_risk(), lipschitz=clouds.lipschitz(task, places), n=n, dim=len(places[0]), b=b, c=c)


CLAIM = Claim(
    title="1-NN on a finite law in the unit cube has risk at most 2 L* + 4 lambda sqrt(d) n^(-1/(d+1))",
    source="Shalev-Shwartz & Ben-David 2014, Theorem 19.3",
    fidelity="verbatim",
    given=strategies.merged(space_strategies.clouds(), st.fixed_dictionaries({"n": st.integers(1, 60)})),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"b": Fraction(19, 10)}, {"b": 1}, {"c": 0}],
    tight_at={"task": Binary((1,), (Fraction(1, 40),)), "places": ((Fraction(0),),), "n": 5},
)
