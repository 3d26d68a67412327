"""Two Gaussian classes of equal weight, a distance d apart, have Bayes risk Phi(-d/2).

Theorem. Let Y be 0 or 1 with probability 1/2 each and X given Y = y be Gaussian with mean m_y and covariance I, in
any dimension. With d = |m_0 - m_1| and Phi the standard normal distribution function

    min_h P(h(X) != Y) = Phi(-d/2).                                                      (1)

Hypotheses: equal weights; the same covariance I (for another covariance S, d is the length of S^(-1/2)(m_0 - m_1)).
Does not say that a linear classifier fitted to few examples comes near in high dimension.
Tight: an equality.   Proof: proofs_notes/classics/bayes_risk_gaussians.md
"""
from fractions import Fraction

from simulate import gaussians
from theory import bayes_risk, gaussian_classes
from verify import Claim


def sample(task, rng, size):
    """`size` i.i.d. conditional risks, given X, of the Bayes classifier on features of dimension task.dim."""
    return gaussians.bayes_risks(task, rng, size)


def exact(task):
    """(1), left-hand side: the smaller of the two weighted densities, integrated numerically along the line."""
    return task.bayes_risk()


def bound(task, c=1):
    """(1), right-hand side; c multiplies the distance."""
    return bayes_risk.BAYES_RISK_GAUSSIANS(distance=gaussian_classes.root(c * c * task.squared_distance()))


def reads(task):
    """The distance, and the law of X along the line through the means on a table of nodes."""
    distance = float(gaussian_classes.root(task.squared_distance()))
    return {**gaussian_classes.on_line(distance), "distance": distance}


def assume(task):
    """Equal weights."""
    return task.weights[0] == task.weights[1]


CLAIM = Claim(
    title="Two Gaussian classes of equal weight, a distance d apart, have Bayes risk Phi(-d/2)",
    source="Fukunaga 1990, section 3.3",
    fidelity="secondary",
    given={"task": gaussians.pairs(equal=True)}, assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": Fraction(51, 50)}, {"c": 2}, {"given": {"task": gaussians.pairs()}, "assume": None}],
    proof=bayes_risk.BAYES_RISK_GAUSSIANS_PROOF.read_by(reads),
)
