"""A student that can imitate its teacher disagrees with it at rate ln(|H|/delta)/m, whatever the teacher is.

Theorem. A teacher t of a finite class H labels m independent points and the student minimises its disagreement with
these labels over H. Then for 0 < delta < 1

    P(P(student != t) > ln(|H|/delta) / m) <= delta.                                      (1)

Hypotheses: t in H; t and H are fixed, or drawn, before the m points are, independently of them. Any rule may break
ties. Nothing about the risk of t, nor about the size of the model that it was found with.
Does not say: anything at this rate for a teacher outside H.
Tight: nearly, two hypotheses, the wrong one first: ln(1/delta)/ln(2/delta) of the radius as m grows.
Proof: proofs_notes/cotter2021/disagreement_generalises_realizable.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import disagreement, pairs, strategies
from theory.concentration import REALIZABLE_PROOF, REALIZABLE_RADIUS
from verify import Claim

CONFIDENCE = tuple(Fraction(1, d) for d in (10, 20, 100, 1000, 10**6))


def unseen(chance, m, delta):
    """Two hypotheses; the first differs from the teacher at one point, of mass `chance`, and is chosen until then."""
    return {"mass": (chance, 1 - chance), "hypotheses": ((0, 1), (1, 1)), "teachers": ((1, 1),), "m": m,
            "delta": delta}


GENERAL = strategies.merged(
    pairs.class_and_teachers(), st.fixed_dictionaries({"m": st.integers(1, 60), "delta": st.sampled_from(CONFIDENCE)}))
GIVEN = st.one_of(
    GENERAL, st.builds(unseen, strategies.fractions01(200), st.integers(1, 200), st.sampled_from(CONFIDENCE)))


def assume(hypotheses, teachers):
    """The student can imitate each teacher."""
    return set(teachers) <= set(hypotheses)


def sample(mass, hypotheses, teachers, m, delta, rng, size, c=1):
    """`size` i.i.d. indicators of a student that disagrees with its teacher more often than the radius."""
    disagrees = disagreement.student_disagreements(mass, hypotheses, teachers, m, rng, size)
    return np.asarray(disagrees > radius(hypotheses, m, delta, c))


def exact(mass, hypotheses, teachers, m, delta, c=1):
    """(1), left-hand side, by enumeration of the counts that the student sees; None where they are too many."""
    law = disagreement.student_law(mass, hypotheses, teachers, m)
    if law is None:
        return None
    limit = radius(hypotheses, m, delta, c)
    return sum((p for p, value in zip(*law, strict=True) if float(value) > limit), Fraction(0))


def radius(hypotheses, m, delta, c):
    """The disagreement in (1); irrational, so that no rational one ties with it."""
    return float(REALIZABLE_RADIUS(hypotheses=len(hypotheses), delta=delta, m=m, c=c))


def bound(delta):
    """(1), right-hand side."""
    return delta


def reads(mass, hypotheses, teachers, m):
    """The law of the student's risk where the teacher's labels are the truth, and the least risk in the class."""
    law = disagreement.student_law(mass, hypotheses, teachers, m)
    outside = int(not set(teachers) <= set(hypotheses))
    return {"hypotheses": len(hypotheses), "least_risk": outside, "S": law and (law[0], {"student_risk": law[1]})}


CLAIM = Claim(
    title="A student whose class holds the teacher disagrees with it on more than ln(|H|/delta)/m with probability at "
          "most delta",
    source="Cotter et al. 2021 (large sets of unlabelled points); Shalev-Shwartz & Ben-David 2014, Corollary 2.3",
    fidelity="reconstructed",
    given=GIVEN, assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"c": Fraction(1, 2)}, {"c": Fraction(1, 4)}, {"assume": None}],
    tight_at=unseen(Fraction(1, 15), 200, Fraction(1, 10**6)),
    proof=REALIZABLE_PROOF.read_by(reads),
)
