"""The projection angle never grows with the training set.

Theorem. Let w_n = P_n w* be the student of n training points and w_(n+1) that of one more, w* != 0. Then

    cos^2 angle(w*, w_n) = |w_n|^2/|w*|^2 <= |w_(n+1)|^2/|w*|^2 = cos^2 angle(w*, w_(n+1)).       (1)

Hypotheses: the student starts at 0 both times; w* != 0. Any features.
Does not say: the same of the transfer risk, which may grow with the training set (wrong twin).
Tight: yes, a new feature in the span of the old ones.   Proof: proofs_notes/ji2020/angle_decreases.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import features as geometry
from simulate import projection_strategies
from theory.projections import ANGLE_DECREASES_PROOF
from verify import Claim


def assume(teacher, training):
    """There is a point to add; the teacher has a direction."""
    return len(training) >= 1 and any(teacher)


def trained(solve, features, teacher, training, start):
    """The student's weights, started at `start` times the teacher's."""
    student = solve(teacher, features.train(training))
    return geometry.minus(student, geometry.minus(teacher, student), -start)


def exact(features, teacher, training, start=0, risk=False):
    """(1), left-hand side, by Gram and Schmidt; the wrong twin's is the risk after the last point."""
    if risk:
        return geometry.transfer_risk(features, teacher, training)
    return geometry.squared_cosine(teacher, trained(geometry.project, features, teacher, training[:-1], start))


def bound(features, teacher, training, c=1, start=0, risk=False):
    """(1), right-hand side, by the normal equations; the wrong twin's is the risk before the last point."""
    if risk:
        return geometry.transfer_risk(features, teacher, training[:-1])
    student = trained(geometry.project_by_equations, features, teacher, training, start)
    return c * geometry.squared_cosine(teacher, student)


def reads(features, teacher, training):
    """The squared lengths of the student and of what the last point adds to it."""
    before, after = (geometry.project(teacher, features.train(points)) for points in (training[:-1], training))
    step = geometry.minus(after, before)
    return {"kept": geometry.dot(before, before), "gained": geometry.dot(step, step),
            "size": geometry.dot(teacher, teacher)}


CLAIM = Claim(
    title="The projection angle never grows with the training set",
    source="Phuong & Lampert 2019; Ji & Zhu 2020",
    fidelity="reconstructed",
    given=st.one_of(projection_strategies.with_training(), projection_strategies.nearly_spanning()), assume=assume,
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(9, 10)}, {"start": Fraction(-1)}, {"risk": True}],
    proof=ANGLE_DECREASES_PROOF.read_by(reads),
)
