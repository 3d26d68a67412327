"""On average no hypothesis disagrees with the teacher much more than m unlabelled points show.

Theorem. A teacher t labels m independent points; H is a finite class. Then

    E max over h in H of [P(h != t) - share of the m points on which h != t] <= sqrt(ln|H|/(2m)).   (1)

Hypotheses: t and H are fixed, or drawn, before the m points are, independently of them; t may be any labelling.
Does not say: that a student in H can agree with the teacher; where none does, this is about the best there is.
Tight: nearly, 0.90 of it: four hypotheses that agree with the teacher at one of four points each, and m = 1.
Proof: proofs_notes/cotter2021/disagreement_generalises_mean.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import disagreement, pairs, strategies
from theory.concentration import FINITE_CLASS_ERM_SHARP
from theory.disagreement import DISAGREEMENT_MEAN_PROOF
from verify import Claim

FEW = 100  # values of a law that the proof's left-hand side is read from, one by one
SPECIALISTS = tuple(tuple(int(x != i) for x in range(4)) for i in range(4))


def sample(mass, hypotheses, teachers, m, rng, size):
    """`size` i.i.d. largest surpluses."""
    return disagreement.largest_deviations(mass, hypotheses, teachers, m, rng, size)


def exact(mass, hypotheses, teachers, m):
    """(1), left-hand side, by enumeration of how often each point is drawn; None where that is too much."""
    law = disagreement.deviation_law(mass, hypotheses, teachers, m)
    return law and sum((p * gap for p, gap in zip(*law, strict=True)), Fraction(0))


def bound(hypotheses, m, c=1):
    """(1), right-hand side."""
    return FINITE_CLASS_ERM_SHARP(hypotheses=len(hypotheses), m=m, c=c)


def reads(mass, hypotheses, teachers, m):
    """The law of the largest surplus, where it has few values."""
    law = disagreement.deviation_law(mass, hypotheses, teachers, m)
    return {"hypotheses": len(hypotheses), "S": (law[0], {"peak": law[1]}) if law and len(law[0]) <= FEW else None}


CLAIM = Claim(
    title="On average every h in H disagrees with the teacher at most sqrt(ln|H|/(2m)) more than on m unlabelled "
          "points",
    source="Cotter et al. 2021 (large sets of unlabelled points)",
    fidelity="reconstructed",
    given=strategies.merged(pairs.class_and_teachers(), st.fixed_dictionaries({"m": st.integers(1, 60)})),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(9, 10)}, {"c": Fraction(1, 2)}],
    tight_at={"mass": (Fraction(1, 4),) * 4, "hypotheses": SPECIALISTS, "teachers": ((0, 0, 0, 0),), "m": 1},
    proof=DISAGREEMENT_MEAN_PROOF.read_by(reads),
)
