"""The majority of k independent samplers, k odd.

The margin g is |2 eta - 1|; by symmetry label 1 is taken for the likelier one, of probability (1 + g)/2.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def vote_tail(right: Fraction | int | float, k: int) -> Fraction:
    """P(at most (k-1)/2 of k independent votes are right), each right with probability `right`.

    MAJORITY_ERROR at margin 2 right - 1 (which may be negative here), by a recursion in integers that is ten
    times faster at k = 101. Raises ValueError unless 0 <= right <= 1 and k is odd and positive.
    """
    right = Fraction(right)
    if not 0 <= right <= 1:
        raise ValueError(f"vote_tail: right = {right} is no probability; give a number in [0, 1].")
    if k < 1 or k % 2 == 0:
        raise ValueError(f"vote_tail: k = {k} leaves ties; give an odd positive number of votes.")
    ups, whole = right.numerator, right.denominator
    downs = whole - ups
    # Horner's rule in ups/downs: sum_j C(k, j) ups^j downs^(k - j), without a power per term.
    total, binomial = 0, comb(k, k // 2)
    for j in range(k // 2, -1, -1):
        total = total * ups + binomial * downs ** (k // 2 - j)
        binomial = binomial * j // (k - j + 1)
    return Fraction(total * downs ** (k - k // 2), whole**k)


def _majority_error() -> Any:
    from sympy import Sum, Symbol, binomial

    margin, k = positive("margin, k")
    j = Symbol("j", integer=True)
    right, wrong = (1 + margin) / 2, (1 - margin) / 2
    # The majority is wrong when at most (k-1)/2 of the k votes are for the likelier label.
    return Sum(binomial(k, j) * right**j * wrong ** (k - j), (j, 0, (k - 1) / 2))


def _majority_bound() -> sympy.Expr:
    from sympy import expand

    margin, power, c, k = positive("margin, power, c, k")
    right, wrong = (1 + margin) / 2, (1 - margin) / 2
    # right^j wrong^(k-j) <= (right wrong)^(k/2) for j <= k/2, and half of the 2^k sequences of votes have a
    # wrong majority: together at most 2^k/2 (right wrong)^(k/2) = (4 right wrong)^(k/2) / 2.
    return c * expand(2**2 * right * wrong) ** (power * k)


def _majority_exponential() -> sympy.Expr:
    from sympy import exp, log, series

    margin, k, c = positive("margin, k, c")
    # log(1 - u) is concave, hence below its tangent at u = 0; here u = g^2.
    tangent = series(log(1 - margin**2), margin, 0, 4).removeO()
    return exp(c * k * tangent)


def _margin_exponential() -> sympy.Expr:
    from sympy import Rational

    margin, c = positive("margin, c")
    return c * margin * MAJORITY_EXPONENTIAL.expression.subs(c, Rational(1, 2))


def _majority_excess_risk() -> sympy.Expr:
    from sympy import diff, simplify, solve

    value, margin = MARGIN_EXPONENTIAL.expression, positive("margin")
    (best,) = solve(diff(value, margin), margin)
    return simplify(value.subs(margin, best))


def _majority_of_approximate() -> sympy.Expr:
    eps, eps_factor = positive("eps, eps_factor")
    # Where the teacher prefers the wrong label, d >= g/2: a sure error costs g <= 2 d.
    return MAJORITY_EXCESS_RISK.expression + eps_factor * eps


MAJORITY_ERROR = Formula("error of the majority at a point", ("margin", "k"), _majority_error, "definition")
"""P(majority of k draws != Bayes label): a binomial tail, k odd."""

MAJORITY_BOUND = Formula("bound on the majority's error", ("margin", "k", "c", "power"), _majority_bound)
"""c (1 - g^2)^(power k): c = power = 1/2 bounds MAJORITY_ERROR."""

MAJORITY_EXPONENTIAL = Formula(
    "exponential bound on the majority's error", ("margin", "k", "c"), _majority_exponential
)
"""exp(-c k g^2): c = 1/2 bounds (1 - g^2)^(k/2)."""

MARGIN_EXPONENTIAL = Formula(
    "excess risk of the majority at a point", ("margin", "k", "c"), _margin_exponential
)
"""c g exp(-k g^2/2): c = 1/2 bounds the majority's excess risk at a point."""

MAJORITY_EXCESS_RISK = Formula("excess risk of the majority", ("k", "c"), _majority_excess_risk)
"""c/sqrt(e k), the largest value of MARGIN_EXPONENTIAL over the margin."""

MAJORITY_OF_APPROXIMATE = Formula(
    "excess risk of the majority of approximate samplers",
    ("k", "eps", "c", "eps_factor"),
    _majority_of_approximate,
)
"""c/sqrt(e k) + eps_factor eps: c = 1 and eps_factor = 2 bound the excess risk for eps-samplers."""


def _votes(k: int) -> dict[str, Fraction]:
    """The derivations count k = 2r + 1 votes."""
    return {"r": Fraction(k - 1, 2)}


def _proof(name: str, derivation: str) -> Proof:
    module = f"theory.derivations.majority:{derivation}"
    return Proof(name, f"{module}_goal", module, _votes)


MAJORITY_VOTE_PROOF = _proof("majority_vote", "bound")
MAJORITY_VOTE_EXPONENTIAL_PROOF = _proof("majority_vote_exponential", "exponential")
MARGIN_EXPONENTIAL_PROOF = _proof("margin_exponential", "margin")
MAJORITY_EXCESS_RISK_MARGIN_PROOF = _proof("majority_excess_risk_margin", "excess_margin")
MAJORITY_EXCESS_RISK_PROOF = _proof("majority_excess_risk", "excess_risk")
MAJORITY_OF_APPROXIMATE_PROOF = Proof(
    "majority_of_approximate", "theory.derivations.approximate_majority:goal",
    "theory.derivations.approximate_majority:derive", _votes
)


def _vote_tail_beta() -> sympy.Expr:
    from sympy import betainc_regularized

    margin, k = positive("margin, k")
    # SymPy's I_x(a, b) is the integral of t^(a-1) (1-t)^(b-1)/B(a, b) from its third argument to its fourth.
    return betainc_regularized((k + 1) / 2, (k + 1) / 2, 0, (1 - margin) / 2)


VOTE_TAIL_BETA = Formula("majority's error as a beta function", ("margin", "k"), _vote_tail_beta)
"""I_{(1-g)/2}((k+1)/2, (k+1)/2), the regularised incomplete beta function: equal to MAJORITY_ERROR."""


def _margin_and_votes(margin: Any, k: int) -> dict[str, Any]:
    return {"g": margin, **_votes(k)}


def _beta_proof(name: str, derivation: str, reads: Callable[..., dict[str, Any]] | None) -> Proof:
    module = f"theory.derivations.votes:{derivation}"
    return Proof(name, f"{module}_goal", module, reads)


VOTE_TAIL_BETA_PROOF = _beta_proof("vote_tail_beta", "tail", _margin_and_votes)
VOTE_TAIL_BETA_BOUND_PROOF = _beta_proof("vote_tail_beta_bound", "bound", _margin_and_votes)
