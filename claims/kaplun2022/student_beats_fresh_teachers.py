"""A student of perfect samplers that sees enough of them errs less often than its teachers.

Theorem. Let the Bayes classifier f* be in a finite class H, and let m independent points be labelled each by its own
perfect sampler. The student minimises its disagreement with these labels over H. With g = |2 eta - 1|, if

    sqrt(ln|H| / (2m)) < E[g (1 - g)]/2,    then    E L(student) < E L(teacher).           (1)

Hypotheses: f* in H; H fixed before the points are drawn. Any rule may break ties.
Does not say: anything for fewer points, or for a class without f*: H = {1} with eta = 1/4 has L(student) = 3/4,
L(teacher) = 3/8.
Tight: no, the premise asks for more than is needed.
Proof: proofs_notes/kaplun2022/student_beats_fresh_teachers.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Binary, student_strategies, students, tallies
from theory.concentration import FINITE_CLASS_ERM_SHARP
from theory.formula import expectation
from theory.samplers import SAMPLER_REGRET, SAMPLER_RISK
from verify import Claim


def assume(task, hypotheses, m, best=True, enough=True):
    """The class has the Bayes classifier; ERM loses less than the teacher does."""
    if best and min(map(task.risk, hypotheses)) > task.bayes_risk():
        return False
    lost = FINITE_CLASS_ERM_SHARP(hypotheses=len(hypotheses), m=m, c=1)
    regret = expectation(SAMPLER_REGRET, task.mass, margin=task.margin(), c=Fraction(1, 2))
    return not enough or float(lost) < float(regret)


def sample(task, hypotheses, m, rng, size):
    """`size` i.i.d. risks of students, new points and labels each."""
    least = float(min(map(task.risk, hypotheses)))
    return least + tallies.student_excess(task, hypotheses, task.eta, m, rng, size)


def exact(task, hypotheses, m):
    """E L(student), by enumeration of the counts that the student sees; None where they are too many."""
    law = students.risk_law(task, hypotheses, task.eta, m)
    return law and sum((p * risk for p, risk in zip(law[0], law[1]["student_risk"], strict=True)), Fraction(0))


def bound(task):
    """E L(teacher), the risk of a perfect sampler."""
    return expectation(SAMPLER_RISK, task.mass, margin=task.margin(), c=2)


def alone(eta, m):
    """The class {1} at one point with eta below 1/2: f* is missing."""
    return {"task": Binary((1,), (eta,)), "hypotheses": ((1,),), "m": m}


def hasty(points):
    """One point teaches a specialist."""
    task, hypotheses = students.specialists(points)
    return {"task": task, "hypotheses": hypotheses, "m": 1}


CLAIM = Claim(
    title="A student of enough perfect samplers errs less often than they do",
    source="Kaplun et al. 2022 (bad models can be good role models)",
    fidelity="reconstructed",
    given=student_strategies.good_students(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"given": st.builds(alone, st.sampled_from((Fraction(1, 4), Fraction(2, 5))), st.integers(40, 400)),
               "best": False}, {"given": st.builds(hasty, st.integers(2, 6)), "enough": False}],
    tight_at={"task": Binary((1,), (Fraction(5, 8),)), "hypotheses": ((0,), (1,)), "m": 40},
)
