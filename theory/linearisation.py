"""How far a two-layer network trained by gradient descent gets from its linearisation, for a given width.

A step moves every pre-activation by at most step_size * residual / sqrt(width); what this does to the tangent kernel
and to the remainder of the first-order expansion is a matter of the activation's curvature: of its second
derivative, or for ReLU of the density of pre-activations at the kink.
"""

from __future__ import annotations

from typing import Any

from theory.formula import Formula, positive
from theory.proof import Proof


def _smooth() -> Any:
    from sympy import Rational, solve

    curvature, residual, step_size, steps = positive("curvature, residual, step_size, steps")
    width, power, c = positive("width, power, c")
    strength, inverse = positive("strength, inverse")
    # The relative error e obeys e <= strength (1 + e)^2, so 1 + e = 1/v with v = v^2 + strength, the larger root.
    larger = max(solve(inverse - inverse**2 - strength, inverse), key=lambda root: root.subs(strength, Rational(1, 8)))
    # Second-order remainders of T steps, and T (T - 1)/2 changes of the kernel.
    moved = curvature * residual * step_size**2 * steps * (steps - Rational(1, 2))
    return c * residual * (1 / larger.subs(strength, moved / width**power) - 1)


def _kink() -> Any:
    from sympy import pi, sqrt

    return 1 / sqrt(2 * pi)


def _relu_step() -> Any:
    from sympy import integrate

    residual, step_size, width, power, c, u, reach = positive("residual, step_size, width, power, c, u, reach")
    # A pair of neurons errs by reach - |u| where its pre-activation u is nearer than its reach to the kink; the density
    # of u is at most that at 0, and the reaches of w and -w add up to step_size * residual / sqrt(width).
    pair = _kink() * 2 * integrate(reach - u, (u, 0, reach)) / 2
    per_width = pair.subs(reach, step_size * residual) / 2
    return c * per_width / width**power


def _relu() -> Any:
    residual, step_size, steps, width, power, c = positive("residual, step_size, steps, width, power, c")
    growth = 1 + step_size
    geometric = (growth**steps - 1) / (growth - 1)
    # At step t flips of the kernel's two sides cost 2 (growth^t - 1), those of the step itself growth^(t+1) - 1.
    flips = step_size * ((2 + growth) * geometric - 3 * steps)
    return c * 2 * _kink() * residual**2 * growth ** (steps - 1) * flips / width**power


def _symmetric() -> Any:
    third, residual, step_size, width, power, c = positive("third, residual, step_size, width, power, c")
    # The pair's second-order terms cancel; each of its neurons keeps third/6 times the cube of its move.
    return c * third * (step_size * residual) ** 3 / 6 / width**power


def _kernel_error() -> Any:
    variance, width = positive("variance, width")
    # Independent neurons, each of weight 1/width.
    return width * (variance / width**2)


def _gate_variance() -> Any:
    from sympy import Rational, factor

    turn = positive("turn")
    # w is on the open side of both inputs along an arc of the circle.
    both = Rational(1, 2) - turn
    return factor(both - both**2)


SMOOTH = Formula("distance from the linearisation, smooth activation",
                 ("curvature", "residual", "step_size", "steps", "width", "power", "c"), _smooth)
"""residual (C(s) - 1), C(s) = 2/(1 + sqrt(1 - 4 s)), s = curvature residual step_size^2 T (T - 1/2)/sqrt(width)."""

RELU_STEP = Formula("distance from the linearisation after a step, ReLU",
                    ("residual", "step_size", "width", "power", "c"), _relu_step)
"""(step_size residual)^2/(4 sqrt(2 pi width)), power = 1/2, c = 1."""

RELU = Formula("distance from the linearisation, ReLU",
               ("residual", "step_size", "steps", "width", "power", "c"), _relu)
"""2 residual^2/sqrt(2 pi width) (1 + step_size)^(T - 1) ((3 + step_size)((1 + step_size)^T - 1) - 3 step_size T)."""

SYMMETRIC = Formula("distance from the linearisation after a step, symmetric start",
                    ("third", "residual", "step_size", "width", "power", "c"), _symmetric)
"""third (step_size residual)^3/(6 width), power = 1, c = 1."""

KERNEL_ERROR = Formula("mean squared error of a kernel of so many neurons", ("variance", "width"), _kernel_error)
"""Var/M."""

GATE_VARIANCE = Formula("variance of a neuron's part in the kernel", ("turn",), _gate_variance)
"""q (1 - q), q = 1/2 - turn: a ReLU is open for both of two inputs that are so many turns apart, or not."""

KERNEL_ERROR_PROOF = Proof("kernel_width_error", "theory.derivations.neighbour_regression:gates_goal",
                           "theory.derivations.neighbour_regression:gates")
