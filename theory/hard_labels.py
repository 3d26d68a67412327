"""What a student loses, and what it keeps, when a teacher hands on its label and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _regret() -> sympy.Expr:
    from sympy import expand

    agreement, differs, c = positive("agreement, differs, c")
    # Of two classes, the student's label is Y where it differs from the teacher's and the teacher's is not.
    lost, gained = agreement, 1 - agreement
    return expand(lost - gained).subs(2 * agreement, c * agreement) * differs


def _regret_multiclass() -> sympy.Expr:
    agreement, student_agreement, c = positive("agreement, student_agreement, c")
    return (1 - student_agreement) - (1 - c * agreement)


def _triangle() -> sympy.Expr:
    from sympy import limit

    agreement, differs, c = positive("agreement, differs, c")
    # A label that differs from the teacher's costs most where the teacher's is certain.
    worst = limit(HARD_LABEL_REGRET.at(agreement=agreement, differs=differs, c=2), agreement, 1)
    return c * worst


def _direction() -> sympy.Expr:
    from sympy import Symbol, exp, integrate, oo, pi, sqrt

    g, (c, square), dot = Symbol("g", real=True), positive("c, square"), Symbol("dot", real=True)
    # sign(g) times the component of x along w; what is orthogonal to w is independent of the sign, with mean 0.
    length = 2 * integrate(g * exp(-(g**2) / 2) / sqrt(2 * pi), (g, 0, oo))
    return c * length * dot / sqrt(square)


def _orthogonal_error() -> sympy.Expr:
    from sympy import Symbol, exp, integrate, oo, pi, sqrt

    g, (dim, m) = Symbol("g", real=True), positive("dim, m")
    variance = integrate(g**2 * exp(-(g**2) / 2) / sqrt(2 * pi), (g, -oo, oo))
    return (dim - 1) * variance / m


def _student_disagreement() -> sympy.Expr:
    from sympy import Symbol, diff, simplify, solve, sqrt

    dim, m, c = positive("dim, m, c")
    scale = Symbol("scale", positive=True)
    mean = HARD_LABEL_DIRECTION.at(dot=1, square=1, c=1)
    # The mean square of |w/|w| - scale z| for the mean z of m signed vectors, least over the scale: it bounds that of
    # the sine of the angle; and an acute angle is at most pi/2 times its sine.
    error = 1 - 2 * scale * mean + scale**2 * (mean**2 + (dim - mean**2) / m)
    (best,) = solve(diff(error, scale), scale)
    return c * sqrt(simplify(error.subs(scale, best))) / 2


def _linear_disagreement() -> sympy.Expr:
    from sympy import Symbol, acos, integrate, pi, sqrt

    angle, c, dot = Symbol("angle", nonnegative=True), positive("c"), Symbol("dot", real=True)
    squares, turn = positive("squares"), Symbol("turn", real=True)
    # In the plane of a and b the direction of x is uniform; the signs differ on two arcs as long as the angle.
    share = 2 * integrate(1 / (2 * pi), (turn, 0, angle))
    return c * share.subs(angle, acos(dot / sqrt(squares)))


HARD_LABEL_REGRET = Formula("what hard labels cost at a point", ("agreement", "differs", "c"), _regret)
"""(c P(Y = t) - 1) d: with c = 2 the student's risk less its teacher's, where the labels differ with probability d."""

HARD_LABEL_REGRET_MULTICLASS = Formula(
    "what hard labels cost at a point, several classes", ("agreement", "student_agreement", "c"), _regret_multiclass
)
"""c P(Y = t) - P(Y = s): with c = 1 the student's risk less its teacher's."""

HARD_LABEL_TRIANGLE = Formula("most that hard labels cost at a point", ("differs", "c"), _triangle)
"""c d: with c = 1 HARD_LABEL_REGRET where the teacher's label is certain."""

HARD_LABEL_DIRECTION = Formula("mean of a signed Gaussian vector", ("dot", "square", "c"), _direction,
                               notation={"square": r"\left\|w\right\|^{2}"})
"""c sqrt(2/pi) w.v/|w|: with c = 1 the mean of sign(x.w) x.v for x ~ N(0, I), dot = w.v and square = |w|^2."""

ORTHOGONAL_ERROR = Formula("mean square of the orthogonal error", ("dim", "m"), _orthogonal_error,
                           notation={"dim": "p"})
"""(p - 1)/m: the mean square of what is orthogonal to w in the mean of m signed Gaussian vectors."""

LINEAR_DISAGREEMENT = Formula(
    "disagreement of two linear classifiers", ("dot", "squares", "c"), _linear_disagreement
)
"""c angle(a, b)/pi: with c = 1 the probability that sign(x.a) and sign(x.b) differ, x ~ N(0, I); dot = a.b and
squares = |a|^2 |b|^2."""

STUDENT_DISAGREEMENT = Formula("disagreement of a student of hard labels", ("dim", "m", "c"), _student_disagreement,
                               notation={"dim": "p"})
"""(c/2) sqrt((pi p/2 - 1)/(pi p/2 - 1 + m)): with c = 1 a bound on the mean disagreement of the averaging student."""


def _proof(name: str, derivation: str, module: str = "hard_labels") -> Proof:
    where = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{where}_goal", where)


HARD_LABEL_REGRET_PROOF = _proof("hard_label_regret", "regret")
HARD_LABEL_REGRET_MULTICLASS_PROOF = _proof("hard_label_regret_multiclass", "regret_multiclass")
HARD_LABEL_TRIANGLE_PROOF = _proof("hard_label_triangle", "triangle")
LINEAR_DISAGREEMENT_PROOF = _proof("linear_disagreement", "linear", "angles")
HARD_LABEL_DIRECTION_PROOF = _proof("hard_label_direction", "direction", "angles")
