"""The logit that a student of soft and hard labels aims for, given one teacher's logit and one label.

The loss of the student's logit z is rho w H(s(z_t/T), s(z/T)) + (1 - rho) H(y, s(z)): s the sigmoid, H the cross
entropy, z_t the teacher's logit, y the label 0 or 1, T the temperature, rho the soft ratio and w a weight, such as T^2.
As functions of logits, s(u) = (1 + tanh(u/2))/2 and H(q, s(u)) = ln(1 + e^u) - q u.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def sigmoid(u: Any) -> Any:
    """s(u) = 1/(1 + e^-u) = (1 + tanh(u/2))/2."""
    from sympy import Rational, tanh

    return (1 + tanh(u / 2)) * Rational(1, 2)


def cross_entropy(q: Any, u: Any) -> Any:
    """H(q, s(u)) = ln(1 + e^u) - q u."""
    from sympy import exp, log

    return log(1 + exp(u)) - q * u


def slope_of_entropy(q: Any, u: Any) -> Any:
    """dH(q, s(u))/du = s(u) - q; the logarithm's derivative is the sigmoid."""
    return sigmoid(u) - q


def _reals(names: str) -> Any:
    from sympy import symbols

    return symbols(names, real=True)


def _slope() -> sympy.Expr:
    rho, weight, temperature = positive("soft_ratio, weight, temperature")
    z, teacher, label = _reals("z, teacher_logit, label")
    soft = slope_of_entropy(sigmoid(teacher / temperature), z / temperature) / temperature
    return rho * weight * soft + (1 - rho) * slope_of_entropy(label, z)


def _steepest() -> Any:
    """The largest curvature of the loss: both sigmoids are steepest at 0."""
    from sympy import diff, expand

    z = _reals("z")
    return expand(diff(SLOPE.expression, z, 1).subs(z, 0))


def _excess() -> sympy.Expr:
    rho, weight, temperature, c = positive("soft_ratio, weight, temperature, c")
    z, best = _reals("z, effective_logit")

    def divergence(unit: Any) -> Any:
        """KL(s(best/unit) || s(z/unit))."""
        at_best = sigmoid(best / unit)
        return cross_entropy(at_best, z / unit) - cross_entropy(at_best, best / unit)

    return c * rho * weight * divergence(temperature) + (1 - rho) * divergence(1)


def _by_teacher() -> sympy.Expr:
    from sympy import expand, factor_terms

    c, (teacher, higher) = positive("c"), _reals("teacher_logit, higher_logit")
    slope: Any = SLOPE.expression
    # How much the slope of the loss falls where the teacher's logit rises, over the largest curvature.
    change = expand(slope - slope.subs(teacher, higher))
    return c * factor_terms(change) / _steepest()


def _by_label() -> sympy.Expr:
    from sympy import expand, factor

    c, label = positive("c"), _reals("label")
    slope: Any = SLOPE.expression
    change = expand(slope.subs(label, 0) - slope.subs(label, 1))
    return c * factor(change) / _steepest()


def _mixture() -> sympy.Expr:
    from sympy import solve

    probability, c, rho, weight = positive("probability, c, soft_ratio, weight")
    label, teacher = _reals("label, teacher_logit")
    # At temperature 1 the slope is linear in the probability s(z); its zero is an average of probability and label.
    (share,) = solve(rho * weight * (probability - 1) + (1 - rho) * probability, probability)
    return share * sigmoid(teacher) + c * (1 - share) * label


def _odds_needed() -> sympy.Expr:
    from sympy import expand

    weight, temperature, size, c, power = positive("weight, temperature, size, c, power")
    # At z = 0 the teacher's label pulls by w/T (1/2 - s(-|z_t|/T)), the true one by 1/2.
    ratio = expand((sigmoid(0) - sigmoid(-size / temperature)) / (1 - sigmoid(0)))
    return c * weight / temperature**power * ratio


SLOPE = Formula("slope of the loss", ("soft_ratio", "weight", "temperature", "teacher_logit", "label", "z"), _slope)
"""The derivative of the loss in the student's logit z."""

EXCESS_LOSS = Formula("loss beyond that of the effective logit",
                      ("soft_ratio", "weight", "temperature", "effective_logit", "z", "c"), _excess)
"""c rho w KL(s(z_eff/T), s(z/T)) + (1 - rho) KL(s(z_eff), s(z)), c = 1."""

RISE_BY_TEACHER = Formula("rise of the effective logit with the teacher's",
                          ("soft_ratio", "weight", "temperature", "teacher_logit", "higher_logit", "c"), _by_teacher)
"""c times the change of slope over the largest curvature, c = 1: a lower bound of the rise."""

RISE_BY_LABEL = Formula("rise of the effective logit with the label", ("soft_ratio", "weight", "temperature", "c"),
                        _by_label)
"""c (1 - rho) over the largest curvature, c = 1: a lower bound of the rise from y = 0 to y = 1."""

MIXTURE = Formula("effective probability at temperature 1", ("soft_ratio", "weight", "teacher_logit", "label", "c"),
                  _mixture)
"""a s(z_t) + c (1 - a) y with a = rho w/(rho w + 1 - rho), c = 1."""

ODDS_NEEDED = Formula("odds of hard labels that overrule a wrong teacher",
                      ("weight", "temperature", "size", "c", "power"), _odds_needed)
"""c w T^-power tanh(size/(2T)), c = power = 1: what (1 - rho)/rho must exceed, for z_t = -size and y = 1."""


def _proof(name: str, derivation: str) -> Proof:
    where = f"theory.derivations.effective_logit:{derivation}"
    return Proof(name, f"{where}_goal", where)


EFFECTIVE_LOGIT_UNIQUE_PROOF = _proof("effective_logit_unique", "unique")
MIXTURE_PROOF = _proof("effective_logit_mixture", "mixture")
RISE_BY_TEACHER_PROOF = _proof("effective_logit_increases_with_teacher", "by_teacher")
RISE_BY_LABEL_PROOF = _proof("effective_logit_increases_with_label", "by_label")
HARD_LABELS_CORRECT_PROOF = _proof("hard_labels_correct", "correct")
