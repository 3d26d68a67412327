"""Wrong proofs, each rejected for the right reason: identities, inequalities, integrals and sums.

Next to the wrong versions stand right ones, so that the tests don't pass because everything is rejected.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from gauntlet import rejects
from sympy import Abs, Integral, Interval, Range, Rational, Sum, cos, exp, log, oo, sin, sqrt

from theory import smt
from theory.derivations.concentration import coin
from theory.domain import Domain, variable
from theory.facts import Law
from theory.identities import equal_derivatives, identity
from theory.integrals import integral
from theory.kernel import chain, combine, expectation, inequality
from theory.rules_sums import binomial_theorem, reflect, split_sum, telescope, termwise
from theory.smt import Reply

UNIT, LINE, HALF_LINE, POSITIVE = Interval(0, 1), Interval(-oo, oo), Interval(0, oo), Interval.open(0, oo)
NATURAL, WHOLE = Range(1, oo), Range(0, oo)
EPS = Rational(1, 10**6)


def on(**ranges: Any) -> Any:
    """A domain and its symbols."""
    symbols = [variable(name, where) for name, where in ranges.items()]
    return Domain(dict(zip(symbols, ranges.values(), strict=True))), *symbols


REAL, x = on(x=LINE)
WIDE, v = on(v=Interval(0, 2))
ZERO_ONE, u = on(u=UNIT)
BEYOND, y = on(y=POSITIVE)
COUNTS, n = on(n=NATURAL)
FROM_ZERO, k = on(k=WHOLE)
PAIR, a, b = on(a=LINE, b=LINE)
SQUARE, s, t = on(s=UNIT, t=UNIT)
inner = variable("z", Interval.open(0, 1))
NOT_ZERO = Domain({x: LINE}, x**2 - 1)


WRONG_IDENTITIES: dict[str, tuple[Any, Any, Domain, str]] = {
    "a sign": ((a - b) ** 2, a**2 + 2 * a * b + b**2, PAIR, r" is .* and .* is .* at "),
    "a factor": (sin(2 * x), sin(x) * cos(x), REAL, r" is .* at x ="),
    "the branch of a root": (sqrt(x**2), x, REAL, r"Abs\(x\) is .* at x ="),
    "a logarithm of two negative factors": (log(a * b), log(a) + log(b), PAIR, "is defined is undecided"),
    "a logarithm of a square": (log(x**2), 2 * log(x), NOT_ZERO, "log.* is defined is undecided"),
    "a power of a power": ((x**2) ** Rational(1, 2) * x, x**2, REAL, r" is .* at x ="),
    "a removable gap": ((v**2 - 1) / (v - 1), v + 1, WIDE, "needs v - 1 != 0"),
    "zero to the zero": (sp.Integer(0) ** u, 0, ZERO_ONE, r"0\*\*u is defined is undecided"),
    "a sign at zero": (sp.sign(y - 1) ** 2, 1, BEYOND, "not known to be continuous"),
    "a step": (sp.Heaviside(v - 1) ** 2, sp.Heaviside(v - 1), WIDE, "is defined is undecided"),
    "a case that covers one point": (sp.Piecewise((1, sp.Eq(v, 1)), (0, True)), 0, WIDE, "is defined is undecided"),
    "one integer": (sp.Integer(0) ** k, 0, FROM_ZERO, r" is 1.* and 0 is .* at k = 0"),
    "a constant that is almost right": (x * sp.Integer(355) / 113, x * sp.pi, REAL, r" at x ="),
}


@pytest.mark.parametrize("name", WRONG_IDENTITIES)
def test_a_wrong_identity_is_rejected(name: str) -> None:
    left, right, domain, because = WRONG_IDENTITIES[name]
    rejects(lambda: identity(left, right, domain), "identity", because)


RIGHT_IDENTITIES: dict[str, tuple[Any, Any, Domain]] = {
    "a square": ((a - b) ** 2, a**2 - 2 * a * b + b**2, PAIR),
    "a double angle": (sin(2 * x), 2 * sin(x) * cos(x), REAL),
    "the root of a square": (sqrt(x**2), Abs(x), REAL),
    "no gap": ((y**2 - 1) / (y + 1), y - 1, BEYOND),
    "a logarithm of positive factors": (log(2 * y), log(2) + log(y), BEYOND),
}


@pytest.mark.parametrize("name", RIGHT_IDENTITIES)
def test_its_right_twin_passes(name: str) -> None:
    left, right, domain = RIGHT_IDENTITIES[name]
    assert identity(left, right, domain).relation == "=="


NEGATIVE = Interval(-oo, 0)
line, low = variable("z", LINE), variable("low", NEGATIVE)
WRONG_INTEGRALS: dict[str, tuple[Any, Any, Domain, str]] = {
    "a factor": (Integral(inner**2, (inner, 0, 1)), Rational(1, 2), Domain({}), "quadrature gives 0.33"),
    "a limit": (Integral(exp(-inner), (inner, 0, 1)), 1, Domain({}), "quadrature gives"),
    "a pole inside": (Integral(line**-2, (line, -1, 1)), -2, Domain({}), r"that z\*\*\(-2\) is defined is undecided"),
    "an integrable pole inside": (Integral(1 / sqrt(Abs(line)), (line, -1, 1)), 4, Domain({}),
                                  "is defined is undecided"),
    "a variable that hides a pole": (Integral(1 / sqrt(inner**2), (inner, -1, 1)), 2, Domain({}),
                                     "the variable z assumes other things than its range"),
    "limits that may cross": (Integral(line, (line, a, b)), (b**2 - a**2) / 2, PAIR, "limits of .* are in order"),
    "a variable that is taken": (Integral(x, (x, low, 0)), -(low**2) / 2, Domain({x: LINE, low: NEGATIVE}),
                                 "a variable of the domain as well"),
}


@pytest.mark.parametrize("name", WRONG_INTEGRALS)
def test_a_wrong_integral_is_rejected(name: str) -> None:
    definite, value, domain, because = WRONG_INTEGRALS[name]
    rejects(lambda: integral(definite, value, domain), "integral", because)


def test_a_right_integral_passes() -> None:
    assert str(integral(Integral(inner**2, (inner, 0, 1)), Rational(1, 3), Domain({})).right) == "1/3"


index = variable("j", WHOLE)


def test_a_sum_with_a_wrong_factor_is_rejected() -> None:
    rejects(lambda: identity(Sum(index, (index, 0, k)), k * (k + 1), FROM_ZERO), "identity", " at k = ")


def test_a_sum_with_crossed_limits_is_rejected() -> None:
    """Karr reads the sum from 5 to k < 4 as minus the terms between, others as empty."""
    rejects(lambda: identity(Sum(index, (index, 5, k)), k * (k + 1) / 2 - 10, FROM_ZERO), "identity",
            "that Sum.* is defined is undecided: .* needs k - 4 >= 0")
    rejects(lambda: split_sum(Sum(index, (index, 0, k)), k + 3, FROM_ZERO), "split", "false at k = ")
    rejects(lambda: reflect(Sum(index, (index, 5, k)), k, FROM_ZERO), "reflect", "needs k - 4 >= 0")


def test_a_right_sum_passes() -> None:
    step = identity(index, (index + 1) * index / 2 - index * (index - 1) / 2, Domain({index: WHOLE}))
    fact = telescope(Sum(index, (index, 0, k)), index * (index - 1) / 2, FROM_ZERO, step)
    assert chain(fact, identity(fact.right, k * (k + 1) / 2, FROM_ZERO)).domain == FROM_ZERO


def test_the_index_of_a_sum_is_not_a_variable_of_its_domain() -> None:
    """A condition on a variable would otherwise be used for the index, which takes all values."""
    small = inequality(index, "<=", 3, Domain({index: WHOLE}, 3 - index))
    rejects(lambda: termwise(1, small, index, 0, 10, Domain({index: WHOLE}, 3 - index)), "termwise",
            "a variable of the domain as well")


def test_termwise_needs_the_fact_at_every_index() -> None:
    small = inequality(index, "<=", 3, Domain({index: WHOLE}, 3 - index))
    rejects(lambda: termwise(1, small, index, 0, 10, Domain({})), "termwise", "the condition 3 - j >= 0 is false")
    rejects(lambda: termwise(index - 5, inequality(index, "<=", index + 1, Domain({index: WHOLE})), index, 0, k,
                             FROM_ZERO), "termwise", "the weight j - 5 >= 0")


def test_telescoping_takes_the_antidifference() -> None:
    total = Sum(2 * index, (index, 0, k))
    terms = Domain({index: WHOLE})
    rejects(lambda: telescope(total, index**2, FROM_ZERO, identity(2 * index, 2 * index, terms)), "telescope",
            r"is not 2\*j == 2?.*\(j \+ 1\)\*\*2")
    right = identity(2 * index, (index + 1) * index - index * (index - 1), terms)
    assert telescope(total, index * (index - 1), FROM_ZERO, right).relation == "=="


def test_the_binomial_theorem_takes_whole_powers() -> None:
    rejects(lambda: binomial_theorem(x, 1 - x, y, index, Domain({x: LINE, y: POSITIVE})), "binomial theorem",
            "must be a non-negative integer")


def test_equal_derivatives_need_one_value_and_an_interval() -> None:
    slope = identity(2 * x, 2 * x, REAL)
    start = identity(sp.Integer(1), sp.Integer(1), Domain({}))
    rejects(lambda: equal_derivatives(x**2, x**2 + 1, x, 0, REAL, slope, start), "equal derivatives", "is not 0 == 1")
    rejects(lambda: equal_derivatives(u**2, u**2, u, 2, ZERO_ONE, slope, start), "equal derivatives",
            "2 is not in the range")
    holed = Domain({x: LINE}, x**2 - 1)
    rejects(lambda: equal_derivatives(x**2, x**2, x, 0, holed, slope, start), "equal derivatives", "over an interval")


WRONG_INEQUALITIES: dict[str, tuple[Any, str, Any, Domain, str]] = {
    "a sliver of a polynomial": ((v - 1) ** 2 * 0 + EPS**2, "<=", (v - 1) ** 2 + EPS**2 / 2, WIDE, "false at v ="),
    "a sliver of a polynomial in two variables": (2 * s * t + EPS, "<=", s**2 + t**2, SQUARE, "false at s ="),
    "a sliver of a transcendental": (log(y), "<=", y - 1 - EPS, BEYOND, "false at y ="),
    "a corner": (s + t, "<=", 2 - EPS, SQUARE, "false at s = 1"),
    "a corner of a transcendental": (exp(-s - t), "<=", 1 - EPS, SQUARE, "false at s = "),
    "the wrong curvature at a touching point": (1 + x + x**2 * Rational(51, 100), "<=", exp(x), Domain({x: LINE}),
                                                "false at x ="),
    "strict where both sides touch": (2 * a * b, "<", a**2 + b**2, PAIR, "false at a ="),
    "false far out": (v**2, "<=", 10**6 * v, Domain({v: HALF_LINE}), "false at v ="),
    "false at one integer": (n * (n - 2) * 0 + 1, "<=", (2 * n - 7) ** 2 * (n - 4) ** 2, COUNTS, "false at n = 4"),
    "an undefined side": (1 / x, "<=", 1 / x + 1, REAL, r"that 1/x is defined is undecided"),
    "an unknown relation": (x, ">=", x - 1, REAL, "write <= or <"),
}


@pytest.mark.parametrize("name", WRONG_INEQUALITIES)
def test_a_wrong_inequality_is_rejected(name: str) -> None:
    left, relation, right, domain, because = WRONG_INEQUALITIES[name]
    rejects(lambda: inequality(left, relation, right, domain), "inequality", because)


RIGHT_INEQUALITIES: dict[str, tuple[Any, str, Any, Domain]] = {
    "two squares": (2 * s * t, "<=", s**2 + t**2, SQUARE),
    "the logarithm": (log(y), "<=", y - 1, BEYOND),
    "the corner": (s + t, "<=", 2, SQUARE),
    "strict where nothing touches": (2 * a * b, "<", a**2 + b**2 + EPS, PAIR),
    "true at every integer": (1, "<=", (2 * n - 7) ** 2, COUNTS),
}


@pytest.mark.parametrize("name", RIGHT_INEQUALITIES)
def test_its_true_twin_passes(name: str) -> None:
    left, relation, right, domain = RIGHT_INEQUALITIES[name]
    assert inequality(left, relation, right, domain).relation == relation


def test_a_touching_point_needs_the_right_curvature() -> None:
    """ln(1 - p + p e^s) - p s is s^2 p(1 - p)/2 near 0, so an eighth of s^2 is enough and a ninth isn't."""
    assert coin().relation == "<="
    p, slope = variable("p", Interval.open(0, 1)), variable("s", LINE)
    domain = Domain({p: Interval.open(0, 1), slope: LINE})
    ninth = p * slope + slope**2 / 9
    rejects(lambda: inequality(log(1 - p + p * exp(slope)), "<=", ninth, domain, touching={slope: 0}), "inequality",
            "false at")


@pytest.mark.parametrize(("replies", "because"), [
    pytest.param(("unsat", "unknown"), "z3 says unsat; cvc5 says unknown", id="one solver only"),
    pytest.param(("unknown", "unsat"), "z3 says unknown", id="the other only"),
    pytest.param(("unsat", "sat"), "z3 says unsat; cvc5 says sat", id="they disagree"),
])
def test_both_solvers_have_to_find_it(monkeypatch: pytest.MonkeyPatch, replies: tuple[str, str], because: str) -> None:
    for name, verdict in zip(("ask_z3", "ask_cvc5"), replies, strict=True):
        monkeypatch.setattr(smt, name, lambda script, verdict=verdict: Reply(verdict, {}))
    rejects(lambda: inequality(2 * a * b, "<=", a**2 + b**2, PAIR, by="smt"), "inequality", because)


def test_a_missing_solver_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smt, "installed", lambda: False)
    rejects(lambda: inequality(2 * a * b, "<=", a**2 + b**2, PAIR, by="smt"), "inequality", "is undecided")


def test_a_wrong_answer_of_both_solvers_does_not_pass_for_a_witness(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model is believed only after the inequality has been evaluated there."""
    for name in ("ask_z3", "ask_cvc5"):
        monkeypatch.setattr(smt, name, lambda script: Reply("sat", {"v0": Fraction(0), "v1": Fraction(0)}))
    rejects(lambda: inequality(2 * a * b, "<=", a**2 + b**2, PAIR, by="smt"), "inequality", "is undecided")


def test_both_solvers_together_decide() -> None:
    assert inequality(2 * a * b, "<=", a**2 + b**2, PAIR, by="smt").relation == "<="


def test_a_side_that_divides_by_zero_is_rejected() -> None:
    """Every expression is the same as one whose denominator vanishes, if that is not looked at."""
    nothing = (x + 1) ** 2 - x**2 - 2 * x - 1
    anything = (x + 1) ** 2 / nothing - (x**2 + 2 * x + 1) / nothing
    rejects(lambda: combine(anything, "==", 0, domain=REAL), "combine", "is defined is undecided")
    rejects(lambda: combine((v**2 - 1) / (v - 1), "==", v + 1, domain=WIDE), "combine", "is defined is undecided")
    assert combine((a + b) ** 2, "==", a**2 + 2 * a * b + b**2, domain=PAIR).relation == "=="


def test_a_mean_of_something_undefined_is_rejected() -> None:
    z = variable("z", UNIT)
    unit = Law("Z", (z,), Domain({z: UNIT}))
    start = expectation(inequality(0, "<=", z, unit.domain), unit)
    rejects(lambda: combine(unit.mean((z + 1) / z - 1 / z) - 1, "<=", unit.mean(z), (1, start)), "combine",
            "is defined is undecided")
    rejects(lambda: expectation(inequality(0, "<=", 1 / y, BEYOND), Law("Z", (y,), BEYOND)), "law", "need not exist")
