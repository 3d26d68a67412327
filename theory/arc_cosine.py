"""Kernels of wide two-layer ReLU networks, derived by integration over the direction of a Gaussian weight.

For w ~ N(0, I) the part of w in the plane of two inputs has a direction that is uniform on the circle, independent of
its length, whose mean square is 2. Both units are active while the direction is within a quarter turn of both inputs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _over_active(function: Callable[[Any, Any], Any]) -> sympy.Expr:
    """Twice the mean over the directions that activate both units, at the angle t between the inputs."""
    from sympy import Symbol, integrate, pi, simplify

    t, turn = Symbol("t", real=True), Symbol("turn", real=True)
    return 2 * simplify(integrate(function(turn, t) / (2 * pi), (turn, t - pi / 2, pi / 2)))


def _at_inputs(kernel: sympy.Expr) -> sympy.Expr:
    """The kernel at the angle of inputs with this scalar product and these squared norms, for |x||x'| a kernel of t."""
    from sympy import Symbol, acos, cos, expand, sin, sqrt

    t, dot, squares = Symbol("t", real=True), Symbol("dot", real=True), positive("squares")
    lengths = sqrt(squares)
    sides = {lengths * cos(t): dot, lengths * sin(t): sqrt(squares - dot**2)}
    return expand(kernel).subs(sides).subs(t, acos(dot / lengths))


def _active() -> sympy.Expr:
    return positive("c") * _at_inputs(_over_active(lambda turn, t: 1))


def _features() -> sympy.Expr:
    from sympy import cos, expand, sqrt

    # The mean of the squared length is 2.
    shape = 2 * _over_active(lambda turn, t: cos(turn) * cos(turn - t))
    return positive("c") * _at_inputs(expand(sqrt(positive("squares")) * shape))


def _tangent() -> sympy.Expr:
    from sympy import Symbol

    b, dot = positive("b"), Symbol("dot", real=True)
    # The gradient in the outer weights gives k1, that in the inner ones a^2 (x.x') k0, and E a^2 = 1.
    return FEATURES.expression + b * dot * ACTIVE.expression / positive("c")


ACTIVE = Formula("arc-cosine kernel of degree 0", ("dot", "squares", "c"), _active, "Cho & Saul 2009, (3) with n = 0")
"""c (pi - t)/pi: with c = 1 twice the probability that both units are active; dot = x.x' and squares = |x|^2 |x'|^2."""

FEATURES = Formula("arc-cosine kernel of degree 1", ("dot", "squares", "c"), _features, "Cho & Saul 2009, (3), n = 1")
"""c |x||x'| ((pi - t) cos t + sin t)/pi: with c = 1 twice the mean product of the units."""

TANGENT = Formula("neural tangent kernel of a two-layer ReLU network", ("dot", "squares", "b", "c"), _tangent,
                  "Jacot, Gabriel & Hongler 2018; Ji & Zhu 2020")
"""c k1 + b (x.x') k0, b = c = 1."""


def _proof(name: str, derivation: str) -> Proof:
    where = f"theory.derivations.{derivation}"
    return Proof(name, f"{where}_goal", where)


ACTIVE_PROOF = _proof("arc_cosine_kernel_active", "angles:active")
FEATURES_PROOF = _proof("arc_cosine_kernel", "arc_cosine:features")
TANGENT_PROOF = _proof("arc_cosine_kernel_tangent", "arc_cosine:tangent")
