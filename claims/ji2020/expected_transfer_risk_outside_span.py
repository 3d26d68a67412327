"""The expected transfer risk is at most the probability that a fresh feature lies outside the span of n others.

Theorem. In the setting of expected_transfer_risk, for every law of the features,

    E R_n <= P[phi(x) is not in the span of phi(x_1), ..., phi(x_n)].                    (1)

Hypotheses: x, x_1, ..., x_n are independent, of one law. Any start of the student: it fits its training points.
Does not say: that n >= p points are enough, whatever n: with atoms they may fail to span (wrong twin).
Tight: yes, orthogonal atoms.   Proof: proofs_notes/ji2020/expected_transfer_risk_outside_span.md
"""
from fractions import Fraction

from simulate import Features, projection_strategies
from simulate import features as geometry
from theory.projections import OUTSIDE_SPAN_PROOF
from verify import Claim


def sample(features, teacher, n, rng, size):
    """`size` i.i.d. transfer risks, each of a student with training points of its own."""
    return geometry.transfer_risks(features, teacher, n, rng, size)


def exact(features, teacher, n):
    """(1), left-hand side, by enumeration of the sets of training points."""
    return geometry.mean_transfer_risk(features, teacher, n)


def bound(features, n, c=1, counted=False):
    """(1), right-hand side, by the same enumeration; the wrong twin takes p points for a span."""
    if counted and n >= features.dim:
        return 0
    total = Fraction(0)
    for training, p in geometry.training_law(features.mass, n).items():
        rows = features.train(training)
        total += p * features.probability(lambda phi, rows=rows: not geometry.spans(rows, [phi]))
    return c * total


def reads(features, teacher, n):
    """The law of training set and fresh point."""
    return {"dim": features.dim, "Z": geometry.transfer_law(features, teacher, n)}


CLAIM = Claim(
    title="The expected transfer risk is at most the probability that a fresh feature lies outside the span of the "
          "training features",
    source="after Phuong & Lampert 2019, Theorem 1, and Ji & Zhu 2020",
    fidelity="reconstructed",
    given=projection_strategies.with_size(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"counted": True}],
    tight_at={"features": Features((Fraction(1, 2),) * 2, ((1, 0), (0, 1))), "teacher": (Fraction(1), Fraction(1)),
              "n": 3},
    proof=OUTSIDE_SPAN_PROOF.read_by(reads),
)
