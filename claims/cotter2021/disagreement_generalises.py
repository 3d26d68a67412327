"""On m unlabelled points a student sees how far it agrees with its teacher, whatever the teacher is.

Theorem. A teacher t labels m independent points; H is a finite class. For 0 < delta < 1

    P(some h in H has P(h != t) > share of the m points on which h != t + sqrt(ln(|H|/delta)/(2m))) <= delta.  (1)

Hypotheses: t and H are fixed, or drawn, before the m points are, independently of them. t may be any labelling, in H
or not, found from any number of points by a model of any size; here it is one of up to three, at random.
Does not say: anything about the points that the teacher was trained on, where it agrees with their labels.
Tight: nearly, one hypothesis: at the instance tested 0.9 of the radius is not enough.
Proof: proofs_notes/cotter2021/disagreement_generalises.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import disagreement, pairs, strategies
from theory.disagreement import DISAGREEMENT_PROOF, DISAGREEMENT_RADIUS
from verify import Claim

FEW = 100  # values of a law that the proof's left-hand side is read from, one by one
CONFIDENCE = tuple(Fraction(1, d) for d in (10, 20, 100, 1000, 10**6))


def single(chance, m, delta):
    """One hypothesis, which differs from the teacher at one of two points, of mass `chance`."""
    return {"mass": (chance, 1 - chance), "hypotheses": ((1, 0),), "teachers": ((0, 0),), "m": m, "delta": delta}


GENERAL = strategies.merged(
    pairs.class_and_teachers(), st.fixed_dictionaries({"m": st.integers(1, 60), "delta": st.sampled_from(CONFIDENCE)}))
GIVEN = st.one_of(
    GENERAL, st.builds(single, strategies.fractions01(200), st.integers(1, 60), st.sampled_from(CONFIDENCE)))


def sample(mass, hypotheses, teachers, m, delta, rng, size, c=1):
    """`size` i.i.d. indicators of samples on which some hypothesis is farther off than the radius."""
    largest = disagreement.largest_deviations(mass, hypotheses, teachers, m, rng, size)
    return np.asarray(largest > radius(hypotheses, m, delta, c))


def exact(mass, hypotheses, teachers, m, delta, c=1):
    """(1), left-hand side, by enumeration of how often each point is drawn; None where that is too much."""
    law = disagreement.deviation_law(mass, hypotheses, teachers, m)
    if law is None:
        return None
    limit = radius(hypotheses, m, delta, c)
    return sum((p for p, gap in zip(*law, strict=True) if float(gap) > limit), Fraction(0))


def radius(hypotheses, m, delta, c):
    """The radius in (1); irrational, so that no deviation ties with it."""
    return float(DISAGREEMENT_RADIUS(hypotheses=len(hypotheses), delta=delta, m=m, c=c))


def bound(delta):
    """(1), right-hand side."""
    return delta


def reads(mass, hypotheses, teachers, m):
    """The law of the largest deviation, where it has few values."""
    law = disagreement.deviation_law(mass, hypotheses, teachers, m)
    return {"hypotheses": len(hypotheses), "S": (law[0], {"gap": law[1]}) if law and len(law[0]) <= FEW else None}


CLAIM = Claim(
    title="With probability 1 - delta every h in H disagrees with the teacher at most sqrt(ln(|H|/delta)/(2m)) more "
          "than on m unlabelled points",
    source="Cotter et al. 2021 (large sets of unlabelled points); Hoeffding 1963",
    fidelity="reconstructed",
    given=GIVEN,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"c": Fraction(1, 2)}],
    tight_at=single(Fraction(621, 1000), 38, Fraction(1, 10**6)),
    proof=DISAGREEMENT_PROOF.read_by(reads),
)
