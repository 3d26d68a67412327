"""What soft labels do to a student that interpolates: their noise, and the data inefficiency that comes of it.

The student interpolates z = h(t), an odd function of the teacher's logit t. Along the teacher's direction z has the
linear part (E z t/E t^2) t; the rest acts as noise, of the share tau = E z^2 E t^2/(E z t)^2 - 1 of the linear
part's square.
"""

from __future__ import annotations

from typing import Any

from theory.formula import Formula, positive
from theory.proof import Proof


def _noise() -> Any:
    from sympy import Symbol, diff, factor, solve

    effective_square, logit_square, cross = positive("effective_square, logit_square, cross")
    slope = Symbol("slope")
    # The mean squared distance of z from slope * t, at its least.
    rest = effective_square - 2 * slope * cross + slope**2 * logit_square
    (best,) = solve(diff(rest, slope), slope)
    return factor(rest.subs(slope, best)) / (best**2 * logit_square)


def _square_norm() -> Any:
    load, noise_share = positive("load, noise_share")
    # The part of the direction that n of p features span, and noise over p - n spare dimensions for each of n points.
    return load + noise_share * load / (1 - load)


def _inefficiency() -> Any:
    from sympy import Rational, apart, diff, log, simplify

    load, noise_share = positive("load, noise_share")
    slope = simplify(load * diff(log(_square_norm()), load) / 2)
    return Rational(1, 2) + apart(slope - Rational(1, 2), noise_share).factor()


def _growth() -> Any:
    after, before = positive("after, before")
    return after / before


NOISE = Formula("noise of effective logits", ("effective_square", "logit_square", "cross"), _noise)
"""E z^2 E t^2/(E z t)^2 - 1."""

INEFFICIENCY = Formula("data inefficiency in many dimensions", ("load", "noise_share"), _inefficiency)
"""1/2 + (u/2) tau/((1 - u)(1 - u + tau)), u = n/p."""

GROWTH = Formula("growth of the mean square norm", ("after", "before"), _growth, "definition")
"""E|w_(n+1)|^2/E|w_n|^2; n/2 times its logarithm is the data inefficiency in mean square."""


def _proof(name: str) -> Proof:
    where = f"theory.derivations.soft_ratio:{name}"
    return Proof(f"soft_labels_{name}", f"{where}_goal", where)


INEFFICIENCY_PROOF = _proof("inefficiency")
