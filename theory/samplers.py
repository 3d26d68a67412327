"""The risk of a sampler: a teacher whose label at x is a draw from the law of Y given x.

The margin g is |2 eta - 1|. By symmetry every derivation takes label 1 for the likelier one at x, so that
eta = (1 + g)/2 there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from theory.bayes_risk import BAYES_RISK
from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _error(teacher: sympy.Expr, eta: sympy.Expr) -> sympy.Expr:
    """P(teacher's label != Y) at a point, each being 1 independently with these probabilities."""
    from sympy import expand

    says, true = (1 - teacher, teacher), (1 - eta, eta)
    return expand(sum(says[y] * (1 - true[y]) for y in (0, 1)))


def _likelier() -> sympy.Expr:
    """P(Y = likelier label) in terms of the margin."""
    return (1 + positive("margin")) / 2


def _sampler_risk() -> sympy.Expr:
    eta, c = _likelier(), positive("c")
    # The labels differ in two equally likely ways; one of them is counted c times.
    return c * (_error(eta, eta) / 2)


def _sampler_risk_class() -> sympy.Expr:
    probability, c = positive("probability, c")
    agree = probability * probability
    return probability - c * agree


def _sampler_regret() -> sympy.Expr:
    from sympy import expand

    eta, margin, c = _likelier(), *positive("margin, c")
    regret = _error(eta, eta) - BAYES_RISK.expression
    return c * margin * expand(2 * regret / margin)


def _sampler_regret_maximum() -> sympy.Expr:
    from sympy import diff, solve

    regret, margin = SAMPLER_REGRET.expression, positive("margin")
    (best,) = solve(diff(regret, margin), margin)
    return regret.subs(margin, best)


def _approximate(sign: int) -> sympy.Expr:
    """The risk at distance d, on the wrong side of eta (sign 1) or on the right one (-1)."""
    from sympy import expand

    eta, distance, c = _likelier(), *positive("distance, c")
    # With two classes the total variation distance is the change of P(label 1).
    change = expand(_error(eta - sign * distance, eta) - _error(eta, eta))
    return _error(eta, eta) + c * change


def _approximate_eps() -> sympy.Expr:
    from sympy import diff

    distance, sampler_risk, eps = positive("distance, sampler_risk, eps")
    # The excess of APPROXIMATE_SAMPLER_RISK is linear in the distance and largest where the margin is 1.
    slope = diff(APPROXIMATE_SAMPLER_RISK.expression, distance).subs(positive("margin"), 1)
    return sampler_risk + slope * eps


SAMPLER_RISK = Formula("sampler risk at a point", ("margin", "c"), _sampler_risk, "Cover & Hart 1967")
"""c (1 - g^2)/4: c = 2 because the two labels differ in two ways."""

SAMPLER_RISK_CLASS = Formula(
    "share of one class in the sampler risk at a point", ("probability", "c"), _sampler_risk_class
)
"""p - c p^2: with c = 1 the sum over the classes is the sampler's risk 1 - sum p^2."""

SAMPLER_REGRET = Formula("sampler regret at a point", ("margin", "c"), _sampler_regret)
"""c g (1 - g): with c = 1/2 the sampler's risk less the Bayes risk."""

SAMPLER_REGRET_MAXIMUM = Formula("largest sampler regret", ("c",), _sampler_regret_maximum)
"""c/4, the largest value of SAMPLER_REGRET over the margin."""

APPROXIMATE_SAMPLER_RISK = Formula(
    "largest risk at a point at a total variation distance",
    ("margin", "distance", "c"),
    lambda: _approximate(1),
)
"""(1 - g^2)/2 + c g d: with c = 1 the risk of a teacher at distance d on the wrong side of eta."""

APPROXIMATE_SAMPLER_RISK_LOWER = Formula(
    "smallest risk at a point at a total variation distance",
    ("margin", "distance", "c"),
    lambda: _approximate(-1),
)
"""(1 - g^2)/2 - c g d: with c = 1 the risk of a teacher at distance d on the right side of eta."""

APPROXIMATE_SAMPLER_RISK_EPS = Formula(
    "largest risk of an eps-sampler", ("sampler_risk", "eps", "c"), _approximate_eps
)
"""sampler_risk + c eps: c = 1 bounds the risk of an eps-sampler."""


def _proof(name: str, derivation: str, module: str = "samplers") -> Proof:
    where = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{where}_goal", where)


SAMPLER_RISK_PROOF = _proof("sampler_risk", "risk")
SAMPLER_RISK_MULTICLASS_PROOF = _proof("sampler_risk_multiclass", "risk", "multiclass")
SAMPLER_REGRET_PROOF = _proof("sampler_regret", "regret")
SAMPLER_REGRET_BOUND_PROOF = _proof("sampler_regret_bound", "regret_bound")
APPROXIMATE_SAMPLER_RISK_PROOF = _proof("approximate_sampler_risk", "approximate")
APPROXIMATE_SAMPLER_RISK_LOWER_PROOF = _proof("approximate_sampler_risk_lower", "approximate_lower")
APPROXIMATE_SAMPLER_RISK_EPS_PROOF = _proof("approximate_sampler_risk_eps", "approximate_eps")
COVER_HART_PROOF = _proof("cover_hart", "cover_hart")
COVER_HART_MULTICLASS_PROOF = _proof("cover_hart_multiclass", "cover_hart", "multiclass")
