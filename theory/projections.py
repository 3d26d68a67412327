"""Linearised students: how far the projected weights are from the teacher's, and what that costs.

For isotropic features the span of n training points is a uniformly random subspace of dimension n of R^p.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _expected() -> sympy.Expr:
    near, far, n, c = positive("near, far, n, c")
    # A wrong sign takes a fresh point that is far from the teacher's direction, or n training points that are.
    return c * (near + far**n)


def _expected_sharp() -> sympy.Expr:
    near, far, n, c = positive("near, far, n, c")
    # The probability of one of two independent events.
    return c * (1 - (1 - near) * (1 - far**n))


def _dimension() -> sympy.Expr:
    dim, n, c = positive("dim, n, c")
    # At most dim of n + 1 points lie outside the span of the others.
    return c * dim / (n + 1)


def _mean_squared_cosine() -> sympy.Expr:
    from sympy import solve

    n, dim, mean = positive("n, dim, mean")
    # The trace of a projection on n dimensions is n, and no axis is preferred.
    (solution,) = solve(dim * mean - n, mean)
    return solution


def _squared_cosine_law() -> sympy.Expr:
    from sympy import betainc_regularized

    n, dim, cosine_squared = positive("n, dim, cosine_squared")
    # |P w|^2/|w|^2 has the law of U/(U + V), independent chi-squared variables with n and dim - n degrees of freedom.
    return betainc_regularized(n / 2, (dim - n) / 2, 0, cosine_squared)


def _tail() -> sympy.Expr:
    # The angle between the teacher and a line is that between the teacher and a span of dimension 1.
    return SQUARED_COSINE_LAW.at(n=1, dim=positive("dim"), cosine_squared=positive("cosine_squared"))


def _risk() -> sympy.Expr:
    from sympy import acos, pi, sqrt

    cosine_squared, c = positive("cosine_squared, c")
    # In the plane of both vectors the direction of phi is uniform; two arcs, each as long as the angle, disagree.
    return 2 * c * acos(sqrt(cosine_squared)) / (2 * pi)


def _chi_mean(n: Any) -> sympy.Expr:
    from sympy import Symbol, exp, integrate, oo, simplify

    r, k = Symbol("r", positive=True), Symbol("k", positive=True)
    norm, mean = (integrate(r ** (k - 1 + shift) * exp(-(r**2) / 2), (r, 0, oo)) for shift in (0, 1))
    return simplify(mean / norm).subs(k, n)


def _norm() -> sympy.Expr:
    length, n, dim = positive("length, n, dim")
    # A Gaussian vector's length is independent of its direction: E |P g| = E |P u| E |g| for u = g/|g|.
    return length * _chi_mean(n) / _chi_mean(dim)


def _imperfect() -> sympy.Expr:
    student_risk, teacher_risk, c = positive("student_risk, teacher_risk, c")
    return c * (student_risk + teacher_risk)


def _imperfect_lower() -> sympy.Expr:
    from sympy import Abs

    student_risk, teacher_risk, c = positive("student_risk, teacher_risk, c")
    return c * Abs(student_risk - teacher_risk)


def _steps(first: Any, count: Any, other: Any) -> Any:
    """By how much E angle/pi falls from `first` to first + 2 count points, with a complement of dimension `other`."""
    from sympy import Sum, Symbol, gamma, pi

    i = Symbol("i", integer=True, nonnegative=True)
    j = first + 2 * i
    # Two more points take the integral over t of cos^j sin^other, over j/2 B(j/2, other/2), from that of P(angle > t).
    fall = gamma((j + 1) / 2) * gamma((other + 1) / 2) / (gamma(j / 2 + 1) * gamma(other / 2) * (j + other))
    return Sum(fall / pi, (i, 0, count - 1))


def _mean_risk() -> sympy.Expr:
    from sympy import Integer

    start, odd, pairs, rest, rest_odd, rest_pairs, c = positive("start, odd, pairs, rest, rest_odd, rest_pairs, c")
    return c * (start + _steps(rest_odd, rest_pairs, Integer(1)) - _steps(odd, pairs, rest))


def mean_isotropic_risk(n: int, dim: int, c: Any = 1) -> Any:
    """MEAN_ISOTROPIC_RISK for n training points in dimension dim, 1 <= n < dim; ValueError for others.

    An even n starts from no points, at a right angle; an odd n from 1, whose angle is the complement of that of
    dim - n points with one dimension left.
    """
    if not 1 <= n < dim:
        raise ValueError(f"mean_isotropic_risk: n = {n}, dim = {dim}; give 1 <= n < dim.")
    rest = dim - n
    start = Fraction(1, 2) if n % 2 == 0 else Fraction(rest % 2, 4)
    return MEAN_ISOTROPIC_RISK(start=start, odd=n % 2, pairs=n // 2, rest=rest, rest_odd=rest % 2,
                               rest_pairs=rest // 2 if n % 2 else 0, c=c)


EXPECTED_TRANSFER_RISK = Formula(
    "expected transfer risk", ("near", "far", "n", "c"), _expected, "Phuong & Lampert 2019, Theorem 3",
    notation={"near": "p(t)"})
"""c (p(t) + p(pi/2 - t)^n), c = 1."""

EXPECTED_TRANSFER_RISK_SHARP = Formula(
    "sharper expected transfer risk", ("near", "far", "n", "c"), _expected_sharp,
    notation={"near": "p(t)"})
"""c (1 - (1 - p(t)) (1 - q^n)), c = 1, q = P(angle > pi/2 - t)."""

TRANSFER_RISK_DIMENSION = Formula("expected transfer risk by dimension", ("dim", "n", "c"), _dimension)
"""c p/(n + 1), c = 1."""

MEAN_SQUARED_COSINE = Formula("mean squared cosine", ("n", "dim"), _mean_squared_cosine)
"""n/p: E cos^2 of the projection angle for isotropic features."""

SQUARED_COSINE_LAW = Formula("law of the squared cosine", ("n", "dim", "cosine_squared"), _squared_cosine_law)
"""I_c(n/2, (p - n)/2): P(cos^2 of the projection angle <= c) for isotropic features, n < p."""

ISOTROPIC_TAIL = Formula("angle with an isotropic feature", ("dim", "cosine_squared"), _tail)
"""I_c(1/2, (p - 1)/2): P(cos^2 of the angle between a fixed vector and an isotropic feature <= c)."""

ISOTROPIC_TRANSFER_RISK = Formula("isotropic transfer risk", ("cosine_squared", "c"), _risk)
"""c arccos(sqrt(cos^2))/pi, c = 1: P(two linear classifiers at an acute angle disagree), isotropic features."""

MEAN_ISOTROPIC_RISK = Formula(
    "expected isotropic transfer risk", ("start", "odd", "pairs", "rest", "rest_odd", "rest_pairs", "c"), _mean_risk)
"""c E angle/pi, c = 1: `start` plus and minus finite sums; see `mean_isotropic_risk`."""

IMPERFECT_TEACHER = Formula("risk through the teacher", ("student_risk", "teacher_risk", "c"), _imperfect)
"""c (R(student vs teacher) + R(teacher vs truth)), c = 1."""

IMPERFECT_TEACHER_LOWER = Formula(
    "least risk through the teacher", ("student_risk", "teacher_risk", "c"), _imperfect_lower)
"""c |R(student vs teacher) - R(teacher vs truth)|, c = 1."""

NORM = Formula("expected length of the student", ("length", "n", "dim"), _norm)
"""|w*| G((n+1)/2) G(p/2)/(G(n/2) G((p+1)/2)): E |w_n| for isotropic features."""


def _proof(name: str, derivation: str, module: str = "projections",
           reads: Callable[..., dict[str, Any]] | None = None) -> Proof:
    where = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{where}_goal", where, reads)


TRANSFER_RISK_BOUND_PROOF = _proof("transfer_risk_bound", "bound")
TRANSFER_RISK_BOUND_STRICT_PROOF = _proof("transfer_risk_bound_strict", "strict")
TRANSFER_RISK_BOUND_SYMMETRIC_PROOF = _proof("transfer_risk_bound_symmetric", "symmetric")
EXPECTED_TRANSFER_RISK_PROOF = _proof("expected_transfer_risk", "bound", "transfer")
EXPECTED_TRANSFER_RISK_SHARP_PROOF = _proof("expected_transfer_risk_sharp", "sharp", "transfer")
OUTSIDE_SPAN_PROOF = _proof("expected_transfer_risk_outside_span", "outside_span", "transfer")
TRANSFER_RISK_DIMENSION_PROOF = _proof("expected_transfer_risk_dimension", "dimension", "transfer")
SPANNED_PROOF = _proof("transfer_risk_spanned", "spanned", "transfer")
IMPERFECT_TEACHER_PROOF = _proof("imperfect_teacher_risk", "risk", "imperfect")
IMPERFECT_TEACHER_LOWER_PROOF = _proof("imperfect_teacher_risk_lower", "lower", "imperfect")
ANGLE_DECREASES_PROOF = _proof("angle_decreases", "grows", "imperfect")
MEAN_SQUARED_COSINE_PROOF = _proof("isotropic_angle_mean", "mean", "imperfect")
IMPERFECT_TEACHER_ANGLE_PROOF = _proof("imperfect_teacher_angle", "angle", "imperfect")
