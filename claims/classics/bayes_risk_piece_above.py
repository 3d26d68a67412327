"""Where eta runs from a to b at a constant rate, both at least 1/2, the Bayes risk is 1 - (a + b)/2.

Theorem. Let X be uniform on an interval on which eta goes from a to b linearly, 1/2 <= a, b <= 1. Then

    min_h P(h(X) != Y) = 1 - (a + b)/2.                                                  (1)

Hypotheses: eta linear; a, b >= 1/2. It is one piece of a `Circle`.
Does not say: anything once eta crosses 1/2 (see bayes_risk_piece_crossing).
Tight: an equality.   Proof: proofs_notes/classics/bayes_risk_piece_above.md
"""
from fractions import Fraction

from simulate import Circle, pieces, strategies
from theory import bayes_risk
from verify import Claim

HALF = strategies.fractions01(64).map(lambda share: 1 - share / 2)


def assume(start, end):
    """eta stays at or above 1/2."""
    return min(start, end) >= Fraction(1, 2)


def sample(start, end, rng, size):
    """`size` i.i.d. conditional risks, given X, of the Bayes classifier on the piece."""
    return pieces.bayes_risks(start, end, rng, size)


def exact(start, end):
    """(1), left-hand side: the circle that goes from a to b and back has the same risk."""
    return Circle((start, end)).bayes_risk()


def bound(start, end, c=1):
    """(1), right-hand side."""
    return c * bayes_risk.BAYES_RISK_PIECE_ABOVE(start=start, end=end)


CLAIM = Claim(
    title="Where eta runs linearly from a to b, both at least 1/2, the Bayes risk is 1 - (a + b)/2",
    source="integration of min(eta, 1 - eta)",
    fidelity="reconstructed",
    given={"start": HALF, "end": HALF}, assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": 1.02}, {"given": {"end": strategies.fractions01(64)}, "assume": None}],
    proof=bayes_risk.BAYES_RISK_PIECE_ABOVE_PROOF,
)
