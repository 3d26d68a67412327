"""On a circle with a piecewise linear eta the Bayes risk is the mean over the pieces of their closed forms.

Theorem. Let X be uniform on a circle and eta go linearly from k_i to k_(i+1) on K pieces of equal length. Then

    min_h P(h(X) != Y) = (1/K) sum_i B(k_i, k_(i+1)),                                    (1)

B(a, b) being (a + b)/2 for a, b <= 1/2, 1 - (a + b)/2 for a, b >= 1/2, and (1/2 - a^2 - (1 - b)^2)/(2(b - a)) for
a < 1/2 < b (and the same with a and b exchanged).
Hypotheses: eta piecewise linear with equidistant knots; any function of x is a classifier.
Does not say that a threshold or an arc attains it: the best classifier changes at every crossing of 1/2.
Tight: an equality.   Proof: proofs_notes/classics/bayes_risk_circle.md
"""
from fractions import Fraction

from simulate import pieces, strategies
from theory import bayes_risk
from verify import Claim


def sample(circle, rng, size):
    """`size` i.i.d. conditional risks, given X, of the classifier 1{eta >= 1/2}."""
    return pieces.circle_risks(circle, rng, size)


def exact(circle):
    """(1), left-hand side: 1/2 - E|eta - 1/2|, from the area that eta encloses with the line 1/2."""
    return Fraction(1, 2) - pieces.area_from_half(circle)


def bound(circle, c=1):
    """(1), right-hand side; c multiplies what a piece that crosses 1/2 contributes."""
    knots = circle.knots
    risks = [c * bayes_risk.BAYES_RISK_PIECE_CROSSING(start=low, end=high) if low < Fraction(1, 2) < high else
             bayes_risk.BAYES_RISK_PIECE_BELOW(start=low, end=high) if high <= Fraction(1, 2) else
             bayes_risk.BAYES_RISK_PIECE_ABOVE(start=low, end=high)
             for low, high in map(sorted, zip(knots, (*knots[1:], knots[0]), strict=True))]
    return sum(risks, start=Fraction(0)) / len(knots)


CLAIM = Claim(
    title="On a circle the Bayes risk is the mean over the pieces of their closed forms",
    source="integration of min(eta, 1 - eta)",
    fidelity="reconstructed",
    given={"circle": strategies.circles()},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": 1.02}, {"c": Fraction(4, 5)}],
)
