"""Students: empirical risk minimisers over a finite class, trained on labels that teachers made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from theory.concentration import FINITE_CLASS_ERM, FINITE_CLASS_ERM_SHARP, maximal
from theory.formula import Formula
from theory.neighbours import ETA_GAP, VORONOI_SQUARES
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _fresh(deviation: Formula) -> sympy.Expr:
    from sympy import Symbol

    # |P(h != teacher) - P(h != Y)| <= eps, for the student and for the best hypothesis.
    return Symbol("b", positive=True) * Symbol("eps", nonnegative=True) + deviation.expression


FRESH_TEACHERS_MEAN = Formula(
    "excess risk of a student of fresh eps-samplers",
    ("eps", "hypotheses", "m", "b", "c"),
    lambda: _fresh(FINITE_CLASS_ERM),
)
"""b eps + c sqrt(2 ln(2|H|) / m), b = 2, c = 1."""

FRESH_TEACHERS_MEAN_SHARP = Formula(
    "sharper excess risk of a student of fresh eps-samplers",
    ("eps", "hypotheses", "m", "b", "c"),
    lambda: _fresh(FINITE_CLASS_ERM_SHARP),
)
"""b eps + c sqrt(ln|H| / (2m)), b = 2, c = 1."""


def _proxy() -> sympy.Expr:
    # Given the inputs, the label of cell i moves P(h != teacher) by at most its length V_i.
    return VORONOI_SQUARES.expression / 4


def _single_teacher() -> sympy.Expr:
    from sympy import Rational, Symbol

    m, b, c, hypotheses = (Symbol(name, positive=True) for name in ("m", "b", "c", "hypotheses"))
    sample, teacher = maximal(Rational(1, 4) / m, 2 * hypotheses), maximal(_proxy(), 2 * hypotheses)
    bias = ETA_GAP.expression.subs(Symbol("c", positive=True), Rational(1, 2))
    return c * 2 * sample + 2 * b * (teacher + bias)


SINGLE_TEACHER = Formula(
    "excess risk of a student of one 1-NN teacher",
    ("hypotheses", "lipschitz", "n", "m", "b", "c"),
    _single_teacher,
)
"""2c sqrt(ln(2|H|) / (2m)) + 2b [sqrt(3 ln(2|H|) / (4(n+1))) + lipschitz / (2(n+1))], b = c = 1."""


def _single_teacher_sharp() -> sympy.Expr:
    from sympy import Rational, Symbol

    m, b, c, hypotheses = (Symbol(name, positive=True) for name in ("m", "b", "c", "hypotheses"))
    sample, teacher = maximal(Rational(1, 4) / m, hypotheses), maximal(_proxy(), hypotheses)
    bias = ETA_GAP.expression.subs(Symbol("c", positive=True), Rational(1, 2))
    return c * sample + b * (teacher + 2 * bias)


SINGLE_TEACHER_SHARP = Formula(
    "sharper excess risk of a student of one 1-NN teacher",
    ("hypotheses", "lipschitz", "n", "m", "b", "c"),
    _single_teacher_sharp,
)
"""c sqrt(ln|H| / (2m)) + b [sqrt(3 ln|H| / (4(n+1))) + lipschitz / (n+1)], b = c = 1, n >= 2."""


FRESH_TEACHERS_MEAN_PROOF = Proof(
    "student_fresh_teachers_mean", "theory.derivations.students:fresh_goal", "theory.derivations.students:fresh"
)
FRESH_TEACHERS_MEAN_SHARP_PROOF = Proof(
    "student_fresh_teachers_mean_sharp",
    "theory.derivations.students:fresh_sharp_goal",
    "theory.derivations.students:fresh_sharp",
)
