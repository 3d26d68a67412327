"""A student beats the one 1-NN teacher that labelled all its points: a bad model is a good role model.

Theorem. One 1-NN teacher, trained on n >= 2 independent uniform points of a circle of length 1 with labels drawn
from a lambda-Lipschitz eta, labels m further uniform points. The student minimises its disagreement with these
labels over a finite class H that has the Bayes classifier f*. With g = |2 eta - 1|, if

    sqrt(ln|H|/(2m)) + sqrt(3 ln|H|/(4(n+1))) + lambda/(n+1) < E[g (1 - g)]/2,            (1)

then E L(student) < E L(teacher), over teacher and points together.
Checked for the thresholds 1{x >= j/|H|}, j = 0, ..., |H| - 1; shown is what either loses to f*.
Hypotheses: f* in H; n >= 2. Any rule may break ties.
Does not say: that (1) is needed, nor anything without f* in H: H = {1}, eta = 1/4 has 3/4 against 3/8.
Tight: no, the premise asks for far more points than are needed.
Proof: proofs_notes/kaplun2022/student_beats_teacher.md
"""
from fractions import Fraction
from functools import lru_cache

from hypothesis import strategies as st

from simulate import Circle, strategies, student_strategies, students
from theory.distillation import SINGLE_TEACHER_SHARP
from verify import Claim


@lru_cache(maxsize=4096)
def best_threshold(circle, hypotheses):
    """What the best hypothesis loses to the Bayes classifier."""
    return min(circle.threshold_risk(Fraction(j, hypotheses)) for j in range(hypotheses)) - circle.bayes_risk()


@lru_cache(maxsize=4096)
def regret(circle):
    """E[g (1 - g)]/2: what a perfect sampler loses to the Bayes classifier."""
    return circle.sampler_risk() - circle.bayes_risk()


def assume(circle, hypotheses, n, m, best=True, enough=True):
    """The class has the Bayes classifier; what a student may lose is less than what the sampler loses."""
    if enough:
        lost = SINGLE_TEACHER_SHARP(hypotheses=hypotheses, lipschitz=circle.lipschitz(), n=n, m=m, b=1, c=1)
        if n < 2 or float(lost) >= regret(circle):
            return False
    return not best or best_threshold(circle, hypotheses) == 0


def sample(circle, hypotheses, n, m, rng, size):
    """`size` i.i.d. values of L(student) - L*, each student with a teacher of its own."""
    least = float(best_threshold(circle, hypotheses))
    return least + students.single_teacher_excess(circle, hypotheses, n, m, rng, size)


def bound(circle, n):
    """E L(teacher) - L*, in closed form."""
    return circle.nearest_neighbour_risk(n) - circle.bayes_risk()


SIZES = st.fixed_dictionaries({"n": st.integers(200, 400), "m": st.integers(100, 400)})
FLAT = st.builds(lambda eta, n, m: {"circle": Circle((eta,)), "hypotheses": 1, "n": n, "m": m},
                 st.sampled_from((Fraction(1, 4), Fraction(1, 3))), st.integers(2, 50), st.integers(1, 50))
# The labels are all but certain and the threshold is the last one: from one point ERM takes too low a threshold.
STEEP = Circle((Fraction(1, 2), *[Fraction(0)] * 23, Fraction(1, 2), *[Fraction(1)] * 7))

CLAIM = Claim(
    title="A student beats the 1-NN teacher that labelled all its points",
    source="Kaplun et al. 2022 (bad models can be good role models)",
    fidelity="reconstructed",
    given=strategies.merged(student_strategies.threshold_circles(4), SIZES), assume=assume,
    sample=sample, bound=bound, relation="<=", support=(0, 1),
    controls=[{"given": FLAT, "best": False},
              {"given": {"circle": st.just(STEEP), "hypotheses": st.just(4), "n": st.integers(200, 400),
                         "m": st.just(1)}, "enough": False}],
    tight_at={"circle": Circle((Fraction(5, 8),)), "hypotheses": 2, "n": 400, "m": 200},
    block=128,
)
