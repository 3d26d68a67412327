"""A student of one 1-NN teacher still learns, with sharper constants.

Theorem. One 1-NN teacher, trained on n >= 2 independent uniform points of a circle of length 1 with labels drawn
from a lambda-Lipschitz eta, labels m further uniform points. The student minimises its disagreement with these
labels over a finite class H. Then, over teacher and points together,

    E L(student) - min_H L <= sqrt(ln|H|/(2m)) + sqrt(3 ln|H|/(4(n+1))) + lambda/(n+1).  (1)

Checked for the thresholds 1{x >= j/|H|}, j = 0, ..., |H| - 1.
Hypotheses: n >= 2; H fixed before anything is drawn. Any rule may break ties.
Does not say: that the terms in n are of the right size; it says that they are needed: one teacher's mistakes are
shared by all m labels, and no m averages them out.
Tight: no, the ratio 0.41 is the largest met (m = 1, where the student hardly learns).
Proof: proofs_notes/kaplun2022/student_single_teacher_sharp.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, strategies, students
from theory.distillation import SINGLE_TEACHER_SHARP
from verify import Claim


def noisy(eta, hypotheses, m):
    """Constant eta, two training points, many labelled ones: the terms in n carry the whole loss."""
    return {"circle": Circle((eta,)), "hypotheses": hypotheses, "n": 2, "m": m}


GIVEN = st.one_of(
    st.fixed_dictionaries({
        "circle": strategies.circles(max_knots=8), "hypotheses": st.integers(2, 64),
        "n": st.integers(2, 400), "m": st.integers(1, 400)}),
    st.builds(noisy, strategies.fractions01(100), st.integers(2, 8), st.integers(200, 1000)),
)


def assume(n):
    """The Voronoi lengths have the stated mean square only from two points on."""
    return n >= 2


def sample(circle, hypotheses, n, m, rng, size):
    """`size` i.i.d. excess risks of students, each with a teacher of its own."""
    return students.single_teacher_excess(circle, hypotheses, n, m, rng, size)


def bound(circle, hypotheses, n, m, b=1, c=1):
    """(1), right-hand side."""
    return SINGLE_TEACHER_SHARP(hypotheses=hypotheses, lipschitz=circle.lipschitz(), n=n, m=m, b=b, c=c)


CLAIM = Claim(
    title="A student of one 1-NN teacher has expected excess risk that vanishes as n and m grow, sharper constants",
    source="Sharper form of student_single_teacher",
    fidelity="reconstructed",
    given=GIVEN, assume=assume,
    sample=sample, bound=bound, relation="<=", support=(0, 1),
    controls=[{"b": 0}, {"c": Fraction(3, 10)}],
    tight_at={"circle": Circle((0,)), "hypotheses": 3, "n": 200, "m": 1},
    block=512,
)
