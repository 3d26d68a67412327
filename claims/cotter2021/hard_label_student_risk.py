"""A student of m hard labels errs little more than its teacher, whatever the teacher is.

Theorem. A teacher t labels m independent points, and the student s is found in a finite class H by looking at these;
let D be the share of the m points on which s != t. Then for 0 < delta < 1, with L the risk,

    P(L(s) > L(t) + D + sqrt(ln(|H|/delta)/(2m))) <= delta.                               (1)

Checked for the student that disagrees least on the m points. Hypotheses: t and H are fixed, or drawn, before the m
points are, independently of them. t may be any labelling, found from any number of points by a model of any size.
Does not say: that the student can reach a small D; nor that it does worse than the teacher.
Tight: nearly, one hypothesis and a teacher that is always right: there 0.9 of the radius is not enough.
Proof: proofs_notes/cotter2021/hard_label_student_risk.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import Binary, disagreement, pairs, strategies
from theory.disagreement import DISAGREEMENT_RADIUS, STUDENT_RISK_PROOF
from verify import Claim

FEW = 100  # values of a law that the proof's left-hand side is read from, one by one
CONFIDENCE = tuple(Fraction(1, d) for d in (10, 20, 100, 1000, 10**6))


def single(chance, m, delta):
    """One hypothesis, wrong at one of two points, of mass `chance`, and a teacher that is right at both."""
    return {"task": Binary((chance, 1 - chance), (0, 0)), "hypotheses": ((1, 0),), "teachers": ((0, 0),), "m": m,
            "delta": delta}


GENERAL = strategies.merged(
    pairs.task_and_teachers(), st.fixed_dictionaries({"m": st.integers(1, 60), "delta": st.sampled_from(CONFIDENCE)}))
GIVEN = st.one_of(
    GENERAL, st.builds(single, strategies.fractions01(200), st.integers(1, 60), st.sampled_from(CONFIDENCE)))


def sample(task, hypotheses, teachers, m, delta, rng, size, c=1):
    """`size` i.i.d. indicators of students that err more than (1) allows."""
    excess = disagreement.student_excesses(task, hypotheses, teachers, m, rng, size)
    return np.asarray(excess > radius(hypotheses, m, delta, c))


def exact(task, hypotheses, teachers, m, delta, c=1):
    """(1), left-hand side, by enumeration of how often each point is drawn; None where that is too much."""
    law = disagreement.student_excess_law(task, hypotheses, teachers, m)
    if law is None:
        return None
    limit = radius(hypotheses, m, delta, c)
    return sum((p for p, excess, seen in zip(*law, strict=True) if float(excess - seen) > limit), Fraction(0))


def radius(hypotheses, m, delta, c):
    """The radius in (1); irrational, so that nothing rational ties with it."""
    return float(DISAGREEMENT_RADIUS(hypotheses=len(hypotheses), delta=delta, m=m, c=c))


def bound(delta):
    """(1), right-hand side."""
    return delta


def reads(task, hypotheses, teachers, m):
    """The joint law of the student's excess risk and of what it shows, where that has few values."""
    law = disagreement.student_excess_law(task, hypotheses, teachers, m)
    table = (law[0], {"excess": law[1], "seen": law[2]}) if law and len(law[0]) <= FEW else None
    return {"hypotheses": len(hypotheses), "Q": table}


CLAIM = Claim(
    title="With probability 1 - delta a student of m hard labels errs at most what it disagrees on the m points and "
          "sqrt(ln(|H|/delta)/(2m)) more often than its teacher",
    source="Cotter et al. 2021 (large sets of unlabelled points)",
    fidelity="reconstructed",
    given=GIVEN,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"c": Fraction(1, 2)}],
    tight_at=single(Fraction(621, 1000), 38, Fraction(1, 10**6)),
    proof=STUDENT_RISK_PROOF.read_by(reads),
)
