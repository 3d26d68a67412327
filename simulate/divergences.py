"""Losses by their closed forms, in balls: what `theory` derives from a generator is written out here."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

BITS = 200

_FORMS = {
    "square": lambda y, h: (y - h) * (y - h),
    "entropy": lambda y, h: y * (y / h).log() - y + h,
    "exponential": lambda y, h: y.exp() - h.exp() * (1 + y - h),
    "burg": lambda y, h: y / h - (y / h).log() - 1,
    "quartic": lambda y, h: (y - h) * (y - h) * (y * y + 2 * y * h + 3 * h * h),
}


def divergence(generator: str, target: Any, prediction: Any) -> arb:
    """The Bregman divergence D(target, prediction) of a generator, both positive; ValueError for unknown names."""
    if generator not in _FORMS:
        raise ValueError(f"divergences: generator = {generator!r} is none of {', '.join(_FORMS)}.")
    with ctx.workprec(BITS):
        return _FORMS[generator](ball(target), ball(prediction))


def log_loss(target: Any, prediction: Any) -> arb:
    """-target ln(prediction) - (1 - target) ln(1 - prediction), 0 ln 0 being 0."""
    return cross_entropy((target, 1 - target), (prediction, 1 - prediction))


def cross_entropy(law: Sequence[Any], prediction: Sequence[Any]) -> arb:
    """-sum law ln(prediction) over the classes of positive probability."""
    with ctx.workprec(BITS):
        terms = [ball(p) * ball(q).log() for p, q in zip(law, prediction, strict=True) if p]
        return -sum(terms, start=arb(0))


def kl(law: Sequence[Any], prediction: Sequence[Any]) -> arb:
    """The sum of law ln(law/prediction) over the classes of positive probability."""
    if tuple(law) == tuple(prediction):
        return arb(0)
    with ctx.workprec(BITS):
        return cross_entropy(law, prediction) - cross_entropy(law, law)


def mean(mass: Sequence[Any], values: Sequence[Any]) -> arb:
    """The sum of mass * value, as a ball."""
    with ctx.workprec(BITS):
        return sum((ball(p) * ball(v) for p, v in zip(mass, values, strict=True) if p), start=arb(0))


def total(values: Sequence[Any]) -> arb:
    """The sum of the values, as a ball."""
    return mean((1,) * len(values), values)


def geometric_mean(mass: Sequence[Any], predictions: Sequence[Sequence[Any]]) -> tuple[arb, ...]:
    """exp of the mean logarithms, divided by their sum; one entry per class."""
    with ctx.workprec(BITS):
        raw = [mean(mass, [ball(row[y]).log() for row in predictions]).exp() for y in range(len(predictions[0]))]
        return tuple(each / sum(raw, start=arb(0)) for each in raw)


def log(value: Any) -> arb:
    """ln(value), as a ball."""
    with ctx.workprec(BITS):
        return ball(value).log()


def ball(value: Any) -> arb:
    """A number as a ball of `BITS` bits."""
    with ctx.workprec(BITS):
        if isinstance(value, arb):
            return value
        fraction = Fraction(value)
        return arb(fmpq(fraction.numerator, fraction.denominator))
