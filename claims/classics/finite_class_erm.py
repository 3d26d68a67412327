"""ERM over a finite class loses at most sqrt(2 ln(2|H|)/m) on average.

Theorem. Let the student minimise the empirical risk over a finite class H on m independent labelled points. Then

    E L(student) - min_H L <= sqrt(2 ln(2|H|) / m).                                    (1)

Hypotheses: H fixed before the points are drawn; losses 0 or 1. Any rule may break ties.
Does not say: anything about an infinite H, or about one draw of the points.
Tight: no; the largest ratio met is 0.36: m = 1, seven hypotheses each right at one of seven points, listed before one
that is right everywhere, ties to the lowest index. By finite_class_erm_sharp it is below 1/2 always.
Proof: proofs_notes/classics/finite_class_erm.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import strategies, students, tallies
from theory.concentration import FINITE_CLASS_ERM, FINITE_CLASS_ERM_PROOF
from verify import Claim

WORST, SPECIALISTS = students.specialists(7)


def sample(task, hypotheses, m, rng, size):
    """`size` i.i.d. excess risks of students, new points each."""
    return tallies.student_excess(task, hypotheses, task.eta, m, rng, size)


def exact(task, hypotheses, m):
    """(1), left-hand side, by enumeration of the counts that the student sees; None where they are too many."""
    return students.mean_fresh_teacher_excess(task, hypotheses, task.eta, m)


def bound(hypotheses, m, c=1):
    """(1), right-hand side."""
    return FINITE_CLASS_ERM(hypotheses=len(hypotheses), m=m, c=c)


def reads(task, hypotheses, m):
    """The law of the student's risk; None where it can't be enumerated."""
    return {"hypotheses": len(hypotheses), "S": students.risk_law(task, hypotheses, task.eta, m)}


CLAIM = Claim(
    title="ERM over a finite class has expected excess risk at most sqrt(2 ln(2|H|)/m)",
    source="Shalev-Shwartz & Ben-David 2014, Corollary 4.6, in expectation",
    fidelity="reconstructed",
    given=strategies.merged(strategies.binary_with_class(), st.fixed_dictionaries({"m": st.integers(1, 60)})),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(3, 10)}, {"c": Fraction(1, 5)}],
    tight_at={"task": WORST, "hypotheses": SPECIALISTS, "m": 1},
    proof=FINITE_CLASS_ERM_PROOF.read_by(reads),
)
