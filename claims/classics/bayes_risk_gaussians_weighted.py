"""Two Gaussian classes of weights w and 1 - w have Bayes risk w Phi(-t) + (1 - w) Phi(t - d), t = d/2 + ln(w/(1-w))/d.

Theorem. Let P(Y = 0) = w in (0, 1) and X given Y = y be Gaussian with mean m_y and covariance I, in any dimension.
With d = |m_0 - m_1| > 0 and t = d/2 + ln(w/(1 - w))/d

    min_h P(h(X) != Y) = w Phi(-t) + (1 - w) Phi(t - d).                                 (1)

Hypotheses: 0 < w < 1; d > 0 (at d = 0 the risk is min(w, 1 - w), the limit); the same covariance I.
Does not say that the boundary lies between the means: for unequal weights and a small distance it doesn't.
Tight: an equality.   Proof: proofs_notes/classics/bayes_risk_gaussians_weighted.md
"""
from fractions import Fraction

from simulate import gaussians
from theory import gaussian_classes
from verify import Claim


def sample(task, rng, size):
    """`size` i.i.d. conditional risks, given X, of the Bayes classifier on features of dimension task.dim."""
    return gaussians.bayes_risks(task, rng, size)


def exact(task):
    """(1), left-hand side: the smaller of the two weighted densities, integrated numerically along the line."""
    return task.bayes_risk()


def bound(task, c=1, tilt=1):
    """(1), right-hand side; c multiplies the distance, `tilt` the shift of the boundary."""
    distance = gaussian_classes.root(c * c * task.squared_distance())
    return gaussian_classes.BAYES_RISK_WEIGHTED(distance=distance, weight=task.weights[0], tilt=tilt)


def reads(task):
    """The distance, the weight, and the law of X along the line through the means on a table of nodes."""
    distance, weight = float(gaussian_classes.root(task.squared_distance())), task.weights[0]
    return {**gaussian_classes.on_line(distance, float(weight)), "distance": distance, "weight": weight}


def assume(task):
    """Two means, two classes that occur."""
    return task.squared_distance() > 0 and 0 < task.weights[0] < 1


CLAIM = Claim(
    title="Two Gaussian classes of weights w and 1 - w have Bayes risk w Phi(-t) + (1 - w) Phi(t - d)",
    source="Fukunaga 1990, section 3.3",
    fidelity="secondary",
    given={"task": gaussians.pairs()}, assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": Fraction(51, 50)}, {"tilt": 0}, {"tilt": Fraction(9, 10)}],
    proof=gaussian_classes.BAYES_RISK_WEIGHTED_PROOF.read_by(reads),
)
