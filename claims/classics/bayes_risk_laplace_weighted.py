"""Two Laplace classes of weights w and 1 - w, a distance d apart, have Bayes risk sqrt(w(1-w)) exp(-d/2).

Theorem. Let P(Y = 0) = w and X given Y have the density exp(-|x|)/2 (Y = 0) or exp(-|x - d|)/2 (Y = 1) on the line.
If exp(-d) <= w/(1 - w) <= exp(d), then

    min_h P(h(X) != Y) = sqrt(w (1 - w)) exp(-d/2).                                      (1)

Hypotheses: the weights differ by no more than the factor exp(d); else the likelier class wins everywhere and the
Bayes risk is min(w, 1 - w), which is smaller than (1).
Does not say: anything in higher dimension.
Tight: an equality.   Proof: proofs_notes/classics/bayes_risk_laplace_weighted.md
"""
import math
from fractions import Fraction

from hypothesis import strategies as st

from simulate import laplace, strategies
from theory import gaussian_classes
from verify import Claim

FAR = {"distance": strategies.fractions01(64).map(lambda share: 8 * share),
       "weight": strategies.fractions01(64).filter(lambda w: 0 < w < 1)}


def between(drawn):
    """A weight whose logarithmic odds are at most the distance."""
    distance, share, near = drawn
    odds = math.exp(float(distance) * (2 * float(share) - 1) * near)
    return {"distance": distance, "weight": Fraction(round(1024 * odds / (1 + odds)), 1024)}


GIVEN = st.tuples(FAR["distance"], strategies.fractions01(64), st.sampled_from((1, 0.5))).map(between)


def assume(distance, weight):
    """Neither class wins everywhere."""
    return 0 < weight < 1 and abs(math.log(weight / (1 - weight))) <= distance


def sample(distance, weight, rng, size):
    """`size` i.i.d. conditional risks, given X, of the Bayes classifier."""
    return laplace.bayes_risks(distance, weight, rng, size)


def exact(distance, weight):
    """(1), left-hand side: the smaller of the two weighted densities, integrated numerically."""
    return laplace.bayes_risk(distance, weight)


def bound(distance, weight, c=1):
    """(1), right-hand side; c multiplies the distance."""
    return gaussian_classes.BAYES_RISK_LAPLACE_WEIGHTED(distance=c * distance, weight=weight)


def reads(distance, weight):
    """The logarithmic odds of the weights, and the law of X on a table of nodes."""
    gap, share = float(distance), float(weight)
    return {**gaussian_classes.laplace_line(gap, share), "distance": gap, "odds": math.log(share / (1 - share))}


CLAIM = Claim(
    title="Two Laplace classes of weights w and 1 - w, a distance d apart, have Bayes risk sqrt(w(1-w)) exp(-d/2)",
    source="integration of the smaller weighted density",
    fidelity="reconstructed",
    given=GIVEN, assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": Fraction(51, 50)}, {"given": st.fixed_dictionaries(FAR), "assume": None}],
    tight_at={"distance": Fraction(2), "weight": Fraction(1, 3)},
    proof=gaussian_classes.BAYES_RISK_LAPLACE_WEIGHTED_PROOF.read_by(reads),
)
