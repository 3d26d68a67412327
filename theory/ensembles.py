"""Losses of ensembles: Bregman divergences by their generators, dual means, and what averaging predictions gains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from theory import bias_variance, numbers
from theory.formula import Formula, expectation, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy

GENERATORS = ("square", "entropy", "exponential", "burg", "quartic")
"""Convex functions F: x^2, x ln x, exp(x), -ln x and x^4, all of them on x > 0."""


def _generator(name: str, x: Any) -> Any:
    from sympy import exp, log

    return {"square": x**2, "entropy": x * log(x), "exponential": exp(x), "burg": -log(x), "quartic": x**4}[name]


def _divergence(name: str) -> sympy.Expr:
    from sympy import Symbol, diff

    at, point = Symbol("at", positive=True), Symbol("point", positive=True)
    value = _generator(name, point)
    return bias_variance.BREGMAN.at(value_at=_generator(name, at), value=value, slope=diff(value, point), at=at,
                                    point=point)


def _slope(name: str) -> sympy.Expr:
    from sympy import Symbol, diff

    point = Symbol("point", positive=True)
    return diff(_generator(name, point), point)


def _value(name: str) -> sympy.Expr:
    from sympy import Symbol

    return _generator(name, Symbol("point", positive=True))


def _dual_mean(name: str) -> sympy.Expr:
    from sympy import Symbol, diff, solve

    x, slope = Symbol("x", positive=True), Symbol("slope", negative=True) if name == "burg" else positive("slope")
    found = [root for root in solve(diff(_generator(name, x), x) - slope, x) if root.is_positive is not False]
    (bar,) = found
    return bar


def _log_loss() -> sympy.Expr:
    from sympy import log

    p, q = positive("p, q")
    return -p * log(q) - (1 - p) * log(1 - q)


VALUES = {name: Formula(f"generator {name}", ("point",), partial(_value, name), "definition") for name in GENERATORS}
SLOPES = {name: Formula(f"slope of {name}", ("point",), partial(_slope, name), "definition") for name in GENERATORS}
DIVERGENCES = {name: Formula(f"Bregman divergence of {name}", ("at", "point"), partial(_divergence, name),
                             "Bregman 1967") for name in GENERATORS}
DUAL_MEANS = {name: Formula(f"dual mean of {name}", ("slope",), partial(_dual_mean, name)) for name in GENERATORS}
"""The point whose slope is the mean slope."""

SQUARE, ENTROPY, EXPONENTIAL = (DIVERGENCES[name] for name in GENERATORS[:3])
ENTROPY_MEAN, EXPONENTIAL_MEAN = DUAL_MEANS["entropy"], DUAL_MEANS["exponential"]

def _logarithm() -> sympy.Expr:
    from sympy import log

    return log(positive("x"))


def _exponential() -> sympy.Expr:
    from sympy import Symbol, exp

    return exp(Symbol("x", real=True))


def _class_divergence() -> sympy.Expr:
    from sympy import log

    p, q = positive("p, q")
    return p * (log(p) - log(q))


LOGARITHM = Formula("natural logarithm", ("x",), _logarithm, "definition")
EXPONENTIAL_OF = Formula("exponential function", ("x",), _exponential, "definition")
CLASS_DIVERGENCE = Formula("one class's share of the divergence", ("p", "q"), _class_divergence, "definition")
"""p ln(p/q)."""

LOG_LOSS = Formula("log loss of a prediction", ("p", "q"), _log_loss, "definition")
"""-p ln q - (1 - p) ln(1 - q), for a label in [0, 1], soft or not."""


def average(mass: Sequence[Any], values: Sequence[Any]) -> Any:
    """The sum of mass * value, as a Fraction, or a ball as soon as a value is one; members of mass 0 are left out."""
    with numbers.precise():
        total: Any = numbers.read(0)
        for weight, value in zip(mass, values, strict=True):
            if weight:
                total += numbers.read(weight) * numbers.read(value)
        return numbers.write(total)


def dual_mean(name: str, mass: Sequence[Any], values: Sequence[Any]) -> Any:
    """The point whose slope is the mean of the slopes at the values."""
    return DUAL_MEANS[name](slope=average(mass, [SLOPES[name](point=value) for value in values]))


def bregman_parts(name: str, mass: Sequence[Any], values: Sequence[Any], target: Any, bar: Any) -> tuple[Any, Any]:
    """D(target, bar), and the mean of D(bar, value)."""
    divergence = DIVERGENCES[name]
    return divergence(at=target, point=bar), expectation(divergence, mass, at=bar, point=values)


def geometric_mean(mass: Sequence[Any], values: Sequence[Any]) -> Any:
    """exp(E ln q), normalised together with exp(E ln(1 - q))."""
    with numbers.precise():
        others = [1 - value for value in values]
        return bias_variance.GEOMETRIC_MEAN(log_right=mean_log(mass, values), log_wrong=mean_log(mass, others))


def mean_log(mass: Sequence[Any], values: Sequence[Any]) -> Any:
    """E ln q, as a ball."""
    return average(mass, [LOGARITHM(x=value) for value in values])


def mean_laws(mass: Sequence[Any], laws: Sequence[Sequence[Any]], mean: str) -> list[Any]:
    """A mean of laws, class by class: "geometric" (normalised) or "arithmetic"."""
    columns = list(zip(*laws, strict=True))
    if mean == "arithmetic":
        return [average(mass, column) for column in columns]
    raw = [EXPONENTIAL_OF(x=mean_log(mass, column)) for column in columns]
    with numbers.precise():
        return [each / sum(raw) for each in raw]


def classes_divergence(law: Sequence[Any], prediction: Sequence[Any]) -> Any:
    """The sum over the classes of p ln(p/q)."""
    return _sum(CLASS_DIVERGENCE(p=p, q=q) for p, q in zip(law, prediction, strict=True))


def total_value(name: str, point: Sequence[Any]) -> Any:
    """The sum of the generator over the coordinates."""
    return _sum(VALUES[name](point=v) for v in point)


def along(name: str, point: Sequence[Any], vector: Sequence[Any]) -> Any:
    """The inner product of the gradient at `point` and a vector."""
    return average(vector, [SLOPES[name](point=v) for v in point])


def _sum(values: Iterable[Any]) -> Any:
    values = list(values)
    return average((1,) * len(values), values)


def _proof(name: str, derivation: str) -> Proof:
    where = f"theory.derivations.ensembles:{derivation}"
    return Proof(name, f"{where}_goal", where)


AMBIGUITY_PROOF = _proof("ensemble_ambiguity", "ambiguity")
ENSEMBLE_AVERAGE_PROOF = _proof("ensemble_square_loss", "square_gain")
LOG_LOSS_ARITHMETIC_PROOF = _proof("ensemble_log_loss", "log_loss_arithmetic")
LOG_LOSS_GEOMETRIC_PROOF = _proof("ensemble_log_loss_geometric", "log_loss_geometric")
