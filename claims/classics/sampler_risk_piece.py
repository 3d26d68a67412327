"""Where eta runs from a to b at a constant rate, a sampler's risk is a + b - 2(a^2 + ab + b^2)/3.

Theorem. Let X be uniform on an interval on which eta goes from a to b linearly, and let the teacher's label at x be
a draw from the law of Y given x, independent of Y given X. Then

    P(teacher(X) != Y) = a + b - 2 (a^2 + a b + b^2)/3.                                  (1)

Hypotheses: eta linear from a to b in [0, 1]. It is one piece of a `Circle`, whose risk is the mean over pieces.
Does not say that 1-NN on finitely many points is a sampler.
Tight: an equality.   Proof: proofs_notes/classics/sampler_risk_piece.md
"""
from simulate import Circle, pieces, strategies
from theory import bayes_risk
from verify import Claim


def sample(start, end, rng, size, leak=0):
    """`size` i.i.d. errors of a sampler on the piece; with probability `leak` it repeats Y instead."""
    return pieces.sampler_errors(start, end, rng, size) & (rng.random(size) >= leak)


def exact(start, end, leak=0):
    """(1), left-hand side: the circle that goes from a to b and back has the same risk."""
    return (1 - leak) * Circle((start, end)).sampler_risk()


def bound(start, end, c=1):
    """(1), right-hand side."""
    return c * bayes_risk.SAMPLER_RISK_PIECE(start=start, end=end)


CLAIM = Claim(
    title="Where eta runs linearly from a to b, a sampler's risk is a + b - 2(a^2 + ab + b^2)/3",
    source="Kaplun et al. 2022 (a sampler on the circle)",
    fidelity="reconstructed",
    given={"start": strategies.fractions01(64), "end": strategies.fractions01(64)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": 1.02}, {"leak": 0.02}],
    proof=bayes_risk.SAMPLER_RISK_PIECE_PROOF,
)
