"""A student of fresh eps-samplers loses 2 eps and what ERM loses.

Theorem. Let m points be drawn independently, each labelled by its own independent teacher, which answers 1 at x
with probability t(x); let eps = E |t(X) - eta(X)|, so that the teachers are eps-samplers. The student minimises
its disagreement with these labels over a finite class H. Then, with L(h) = P(h(X) != Y),

    E L(student) - min_H L <= 2 eps + sqrt(2 ln(2|H|) / m).                            (1)

Hypotheses: Y binary; the labels are independent given the points; H fixed before the points are drawn. Any rule
may break ties.
Does not say: anything for one teacher that labels all points (student_single_teacher).
Tight: the factor 2 of eps, as m grows (one point, teachers that barely lean to the wrong label). At eps = 0 the
largest ratio met is 0.36: m = 1, seven hypotheses each right at one of seven points and one right everywhere.
Proof: proofs_notes/kaplun2022/student_fresh_teachers_mean.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import strategies, students, tallies
from simulate.strategies import fractions01
from simulate.tasks import Binary
from theory.distillation import FRESH_TEACHERS_MEAN, FRESH_TEACHERS_MEAN_PROOF
from verify import Claim

WORST, SPECIALISTS = students.specialists(7)


def misled(eta, lead, m):
    """One point whose teachers lean to the wrong label: what 2 eps, and not eps, is paid for."""
    return {"task": Binary((1,), (Fraction(1, 2) - eta / 4,)), "hypotheses": ((1,), (0,)),
            "teacher": (Fraction(1, 2) + lead / 4,), "m": m}


GIVEN = st.one_of(
    strategies.merged(strategies.binary_with_class_and_teacher(),
                      st.fixed_dictionaries({"m": st.integers(1, 60)})),
    st.builds(misled, fractions01(100), fractions01(100), st.integers(1, 200)),
)


def eps_of(task, teacher):
    """E |t(X) - eta(X)|."""
    return sum(p * abs(t - eta) for p, eta, t in zip(task.mass, task.eta, teacher, strict=True))


def sample(task, hypotheses, teacher, m, rng, size):
    """`size` i.i.d. excess risks of students, new points and labels each."""
    return tallies.student_excess(task, hypotheses, teacher, m, rng, size)


def exact(task, hypotheses, teacher, m):
    """(1), left-hand side, by enumeration of the counts that the student sees; None where they are too many."""
    return students.mean_fresh_teacher_excess(task, hypotheses, teacher, m)


def bound(task, hypotheses, teacher, m, b=2, c=1):
    """(1), right-hand side."""
    return FRESH_TEACHERS_MEAN(eps=eps_of(task, teacher), hypotheses=len(hypotheses), m=m, b=b, c=c)


def reads(task, hypotheses, teacher, m):
    """The law of the student's risk (None where it can't be enumerated), and of eta and the teachers at a point."""
    return {"hypotheses": len(hypotheses), "S": students.risk_law(task, hypotheses, teacher, m),
            "X": (task.mass, {"eta": task.eta, "teacher": teacher})}


CLAIM = Claim(
    title="A student of fresh eps-samplers has expected excess risk at most 2 eps + sqrt(2 ln(2|H|)/m)",
    source="Kaplun et al. 2022 (students of approximate samplers)",
    fidelity="reconstructed",
    given=GIVEN,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(3, 10)}, {"b": 1}],
    tight_at={"task": WORST, "hypotheses": SPECIALISTS, "teacher": WORST.eta, "m": 1},
    proof=FRESH_TEACHERS_MEAN_PROOF.read_by(reads),
)
