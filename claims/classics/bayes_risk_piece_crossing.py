"""Where eta runs from a < 1/2 to b > 1/2 at a constant rate, the Bayes risk is (1/2 - a^2 - (1-b)^2)/(2(b - a)).

Theorem. Let X be uniform on an interval on which eta goes from a to b linearly, 0 <= a < 1/2 < b <= 1. Then

    min_h P(h(X) != Y) = (1/2 - a^2 - (1 - b)^2) / (2 (b - a)).                          (1)

Hypotheses: eta linear; a < 1/2 < b. It is one piece of a `Circle`.
Does not say that the crossing is in the middle; it is at the share (1/2 - a)/(b - a) of the way.
Tight: an equality.   Proof: proofs_notes/classics/bayes_risk_piece_crossing.md
"""
from fractions import Fraction

from simulate import Circle, pieces, strategies
from theory import bayes_risk
from verify import Claim

SHARES = strategies.fractions01(64).filter(bool)


def assume(start, end):
    """eta crosses 1/2, upwards."""
    return start < Fraction(1, 2) < end


def sample(start, end, rng, size):
    """`size` i.i.d. conditional risks, given X, of the Bayes classifier on the piece."""
    return pieces.bayes_risks(start, end, rng, size)


def exact(start, end):
    """(1), left-hand side: the circle that goes from a to b and back has the same risk."""
    return Circle((start, end)).bayes_risk()


def bound(start, end, c=1):
    """(1), right-hand side."""
    return c * bayes_risk.BAYES_RISK_PIECE_CROSSING(start=start, end=end)


CLAIM = Claim(
    title="Where eta runs linearly from a < 1/2 to b > 1/2, the Bayes risk is (1/2 - a^2 - (1-b)^2)/(2(b-a))",
    source="integration of min(eta, 1 - eta)",
    fidelity="reconstructed",
    given={"start": SHARES.map(lambda share: (1 - share) / 2), "end": SHARES.map(lambda share: (1 + share) / 2)},
    assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": 1.02}, {"given": {"end": strategies.fractions01(64).map(lambda share: (2 + share) / 6)},
                            "assume": lambda start, end: start != end}],
    proof=bayes_risk.BAYES_RISK_PIECE_CROSSING_PROOF,
)
