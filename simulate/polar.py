"""Gaussian means in the plane of two vectors, in polar coordinates and certified balls.

For x ~ N(0, I) the part of x in the plane of a and b has a direction that is uniform on the circle, independent of its
length, whose square is exponential with mean 2. So the mean of length^k f(direction) is the product of a moment and of
an integral over the angle, which Arb evaluates with a certified error.
"""
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import numpy as np
from flint import acb, arb, ctx

from simulate.legendre import legendre
from simulate.tasks import HALF, Number

Vector = Sequence[Number]

PRECISION = 256
"""Bits carried."""


@contextmanager
def precise() -> Iterator[None]:
    """Run Arb at `PRECISION` bits and put the caller's precision back afterwards."""
    before = ctx.prec
    ctx.prec = PRECISION
    try:
        yield
    finally:
        ctx.prec = before


def ball(value: Fraction | int) -> arb:
    """A rational number as a ball."""
    exact = Fraction(value)
    return arb(exact.numerator) / exact.denominator


def products(first: Vector, second: Vector) -> tuple[Fraction, Fraction, Fraction]:
    """(a.b, |a|^2, |b|^2), exactly, for rational vectors; ValueError unless they have one length."""
    if len(first) != len(second):
        raise ValueError(f"polar: {tuple(first)} and {tuple(second)} have different lengths; give one length to both.")
    dot, one, other = (sum((Fraction(u) * Fraction(v) for u, v in zip(p, q, strict=True)), Fraction(0))
                       for p, q in ((first, second), (first, first), (second, second)))
    return dot, one, other


def _directed(first: Vector, second: Vector) -> tuple[Fraction, Fraction, Fraction]:
    dot, one, other = products(first, second)
    if not one * other:
        raise ValueError(f"polar: one of {tuple(first)} and {tuple(second)} is 0, with no direction; give another.")
    return dot, one, other


def angle(first: Vector, second: Vector) -> arb:
    """The angle in [0, pi] between rational vectors, neither of them 0 (else ValueError), as a ball."""
    dot, one, other = _directed(first, second)
    with precise():
        if dot**2 == one * other:
            return arb(0) if dot > 0 else arb.pi()
        return (ball(dot) / ball(one * other).sqrt()).acos()


def arc_mean(function: Callable[[Any], Any], low: arb, high: arb) -> arb:
    """(1/(2 pi)) integral of an analytic function of the angle over [low, high]: its part of the circle's mean."""
    with precise():
        total = acb.integral(lambda turn, _: function(turn), acb(low), acb(high))
        return total.real / (2 * arb.pi())


def cosine(first: Vector, second: Vector) -> tuple[Fraction | arb, Fraction | arb]:
    """(cosine of the angle, |a||b|) of rational vectors, neither of them 0 (else ValueError)."""
    dot, one, other = _directed(first, second)
    if dot**2 == one * other:
        return Fraction(1 if dot > 0 else -1), abs(dot)
    with precise():
        length = ball(one * other).sqrt()
        return ball(dot) / length, length


def line(first: Vector, second: Vector) -> dict[str, Any]:
    """What proofs about the plane of two vectors average over, as a rule of two nodes, one on each arc.

    cosine and length as above; U is the law of u, pi u being the angle from the first vector to a random line. The
    scalar products differ in sign on one arc, of the share angle/pi, and have equal signs on the other.
    """
    cos, length = cosine(first, second)
    with precise():
        share = angle(first, second) / arb.pi()
    middle = _middle(share)
    places = ((middle - HALF) / 2, (middle + HALF) / 2)
    return {"cosine": cos, "length": length, "U": ((share, 1 - share), {"u": places})}


def line_in_floats(first: Vector, second: Vector) -> dict[str, Any]:
    """As `line` in floats, with Gauss-Legendre nodes on both arcs; and R, the law of a Gaussian vector's length r.

    The vector is standard and in a plane.
    """
    cos, length = cosine(first, second)
    middle = float(_middle(angle(first, second) / arb.pi()))
    places, weights = legendre(60)
    r = 6 + 6 * places
    few, shares = legendre(12)
    left, right = (middle + 0.5) / 2, (0.5 - middle) / 2
    u = np.concatenate((left * few + middle - left, right * few + middle + right))
    inside = (u > -0.5) & (u < 0.5)
    return {"cosine": float(cos), "length": float(length),
            "U": (np.concatenate((left * shares, right * shares))[inside], {"u": u[inside]}),
            "R": (6 * weights * r * np.exp(-(r**2) / 2), {"r": r})}


def line_with_events(first: Vector, second: Vector) -> dict[str, Any]:
    """As `line_in_floats`, node by node, with one node on the arc where products of activations vanish.

    So indicators can be averaged too.
    """
    read = line_in_floats(first, second)
    middle = _middle(angle(first, second) / arb.pi())
    places, weights = legendre(9)
    u = [(middle - HALF) / 2, *((middle + HALF) / 2 + (HALF - middle) / 2 * Fraction(place) for place in places)]
    shares = [middle + HALF, *(float(HALF - middle) * weight / 2 for weight in weights)]
    return {**read, "U": (tuple(map(float, shares)), {"u": tuple(u)})}


def _middle(share: arb) -> Fraction:
    """Where the first arc ends and the second one starts: a jump of the indicator that signs differ."""
    return Fraction(min(max(float(share), 0.0), 1.0)) - HALF
