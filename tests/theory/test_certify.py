"""The decision procedures for inequalities: hard truths are certified, near misses never are."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import pytest
import sympy as sp
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from sympy import Interval, Range, Rational, acos, cos, erfc, exp, gamma, log, loggamma, oo, pi, sin, sqrt

from theory import refute, smt
from theory.certify import Answer, Outcome, at_most, defined, nonnegative
from theory.domain import Domain, variable
from theory.smt import Reply

UNIT, OPEN_UNIT = Interval(0, 1), Interval.open(0, 1)
HALF_LINE, POSITIVE, LINE = Interval(0, oo), Interval.open(0, oo), Interval(-oo, oo)
EPS = Rational(1, 10**6)


def on(**ranges: Any) -> Any:
    """A domain and its symbols."""
    symbols = [variable(name, where) for name, where in ranges.items()]
    return Domain(dict(zip(symbols, ranges.values(), strict=True))), *symbols


def relative_entropy(q: Any, p: Any) -> Any:
    return q * log(q / p) + (1 - q) * log((1 - q) / (1 - p))


def normal_density(x: Any) -> Any:
    return exp(-(x**2) / 2) / sqrt(2 * pi)


def normal_tail(x: Any) -> Any:
    return erfc(x / sqrt(2)) / 2


def hard_truths() -> dict[str, Any]:
    d, g, k = on(g=Interval.Ropen(0, 1), k=POSITIVE)
    table: dict[str, Any] = {"powers below exponentials": ((1 - g**2) ** (k / 2), exp(-k * g**2 / 2), d)}
    d, u = on(u=HALF_LINE)
    table["u Phi(-u)"] = (u * normal_tail(u), Rational(1701, 10000), d)
    table["u exp((1-u^2)/2)"] = (u * exp((1 - u**2) / 2), 1, d)
    table["sine below the identity"] = (sin(u), u, d)
    d, x = on(x=POSITIVE)
    table["logarithm"] = (log(x), x - 1, d)
    table["Mills from below"] = (x / (1 + x**2) * normal_density(x), normal_tail(x), d)
    d, x = on(x=Interval(0, 10))
    table["cosine above its parabola"] = (1 - x**2 / 2, cos(x), d)
    d, x = on(x=Interval(0, pi / 2))
    table["Jordan"] = (2 * x / pi, sin(x), d)
    d, p, q = on(p=OPEN_UNIT, q=OPEN_UNIT)
    table["Pinsker for coins"] = (2 * (q - p) ** 2, relative_entropy(q, p), d)
    d, p, s = on(p=OPEN_UNIT, s=LINE)
    table["Hoeffding for coins"] = (log(1 - p + p * exp(s)) - p * s, s**2 / 8, d)
    d, g = on(g=UNIT)
    half = (1 - g) / 2
    table["beta tail as a polynomial"] = (3 * half**2 - 2 * half**3, (1 - g**2) ** Rational(3, 2), d)
    table["beta tail"] = (sp.betainc_regularized(2, 2, 0, half), (1 - g**2) ** Rational(3, 2), d)
    d, x, y = on(x=LINE, y=LINE)
    table["a square"] = (2 * x * y, x**2 + y**2, d)
    d, x, y = on(x=Interval(-2, 2), y=Interval(-2, 2))
    table["Motzkin"] = (3 * x**2 * y**2, x**4 * y**2 + x**2 * y**4 + 1, d)
    table["absolute values"] = (sp.Max(x, y), sp.Abs(x) + sp.Abs(y), d)
    d, x, y, z = on(x=UNIT, y=UNIT, z=UNIT)
    table["arithmetic and geometric mean"] = (27 * x * y * z, (x + y + z) ** 3, d)
    x, y = z + x + y, z + y
    table["Schur, in order"] = (0, x * (x - y) * (x - z) + y * (y - x) * (y - z) + z * (z - x) * (z - y), d)
    d, n = on(n=Interval(1, 50))
    ratio = loggamma(n / 2 + 1) + loggamma(n / 2) - 2 * loggamma((n + 1) / 2)
    table["gamma functions"] = (n * ratio, Rational(1, 2), d)
    d, n = on(n=Interval(1, oo))
    ratio = loggamma(n / 2 + 1) + loggamma(n / 2) - 2 * loggamma((n + 1) / 2)
    table["gamma functions are logarithmically convex"] = (0, ratio, d)
    d, x = on(x=UNIT)
    table["an arc above its chord"] = (sqrt(2 * (1 - x)), acos(x), d)
    table["an arc below its chord"] = (acos(x), pi / 2 * sqrt(1 - x), d)
    d, x = on(x=OPEN_UNIT)
    table["a regularised beta function"] = (
        sp.betainc_regularized(Rational(1, 2), Rational(3, 2), 0, x), Rational(4, 3) * sqrt(x), d)
    d, p, s = on(p=OPEN_UNIT, s=OPEN_UNIT)
    table["Pinsker for coins, upwards"] = (2 * ((1 - p) * s) ** 2, relative_entropy(p + (1 - p) * s, p), d)
    d, x, y = on(x=HALF_LINE, y=HALF_LINE)
    table["an exponential on a condition"] = (exp(y), exp(x), Domain(d.ranges, x - y))
    d, n = on(n=Range(1, oo))
    table["only between integers"] = (0, (n - Rational(4, 3)) * (n - Rational(5, 3)), d)
    return table


HARD = hard_truths()


@pytest.mark.parametrize("name", HARD)
def test_hard_truths_are_certified(name: str) -> None:
    left, right, domain = HARD[name]
    answer = at_most(left, right, domain)
    assert answer.outcome is Outcome.CERTIFIED, answer
    assert answer.method


def falsehoods() -> dict[str, Any]:
    d, x = on(x=UNIT)
    third = Rational(1, 3)
    table: dict[str, Any] = {
        "a sliver inside": ((x - third) * (x - third - EPS), d),
        "a sliver at the end": (x * (x - EPS), d),
        "a sliver of a sine": (sin(x - third) ** 2 - EPS**2, d),
        "a sliver of a sine at the end": (sin(x) * (x - EPS), d),
        "a sliver of an exponential": (exp(x) - 1 - x - EPS * x, d),
        "the wrong curvature": (-((x - third) ** 2), d),
        "the wrong curvature of a sine": (sin(x - third) ** 2 * -1, d),
        "a cubic through zero": ((x - third) ** 3, d),
    }
    d, x, y = on(x=UNIT, y=UNIT)
    table["a corner of a box"] = (x + y - EPS, d)
    table["a corner of a box, with exponentials"] = (exp(x) * exp(2 * y) - 1 - EPS, d)
    table["a sliver along the diagonal"] = ((x - y) ** 2 - EPS**2, d)
    table["Motzkin, lowered"] = (x**4 * y**2 + x**2 * y**4 + 1 - 3 * x**2 * y**2 - EPS, d)
    d, x = on(x=HALF_LINE)
    table["false far out"] = (1 - x / 10**4, d)
    table["false far out, with logarithms"] = (9 - log(1 + x), d)
    d, n = on(n=Range(1, oo))
    table["false for one integer"] = ((n - Rational(16, 3)) * (n - Rational(13, 2)), d)
    d, x, y = on(x=UNIT, y=UNIT)
    table["a condition that is missing"] = (x - y, d)
    return table


FALSE = falsehoods()


@pytest.mark.parametrize("name", FALSE)
def test_falsehoods_are_never_certified(name: str) -> None:
    expression, domain = FALSE[name]
    answer = nonnegative(expression, domain)
    assert answer.outcome is not Outcome.CERTIFIED, answer
    if answer.witness is not None:
        assert refute.fails_at(expression, domain, answer.witness, False)


@pytest.mark.parametrize("name", ["a sliver inside", "a sliver at the end", "a corner of a box", "false far out",
                                  "a sliver along the diagonal", "false for one integer", "Motzkin, lowered"])
def test_polynomial_falsehoods_are_refuted_at_a_witness(name: str) -> None:
    assert nonnegative(*FALSE[name]).outcome is Outcome.REFUTED


@pytest.mark.parametrize("expression", ["(x - 1/3)**2", "sin(x - 1/3)**2", "x", "x*exp(x)", "sqrt(x)"])
def test_strict_inequalities_fail_where_the_sides_touch(expression: str) -> None:
    d, x = on(x=UNIT)
    form: Any = cast("Any", sp.sympify)(expression, locals={"x": x}, rational=True)
    assert nonnegative(form, d).outcome is Outcome.CERTIFIED
    assert nonnegative(form, d, strict=True).outcome is Outcome.REFUTED


def test_a_limit_that_is_not_attained_leaves_a_strict_inequality_true() -> None:
    d, x = on(x=HALF_LINE)
    assert nonnegative(exp(-x), d, strict=True).outcome is Outcome.CERTIFIED
    assert nonnegative(1 / (1 + x), d, strict=True).outcome is Outcome.CERTIFIED
    assert nonnegative(exp(-x) - Rational(1, 10**9), d).outcome is not Outcome.CERTIFIED
    d, x = on(x=OPEN_UNIT)
    assert nonnegative(x, d, strict=True).outcome is Outcome.CERTIFIED
    assert nonnegative(exp(x) - 1, d, strict=True).outcome is Outcome.CERTIFIED


@pytest.mark.parametrize("form", [lambda x: 1 / x, lambda x: 1 / x**2, log, sqrt, lambda x: 1 / sp.Abs(x), gamma,
                                  lambda x: acos(2 * x), lambda x: sp.tan(2 * x), sp.sign, sp.Heaviside, sp.floor,
                                  lambda x: x ** Rational(1, 3), lambda x: sp.I * x, lambda x: x * sp.zoo,
                                  lambda x: sp.Piecewise((x, x > 0), (0, True))])
def test_functions_with_gaps_or_jumps_are_not_certified(form: Any) -> None:
    d, x = on(x=Interval(-1, 1))
    expression = form(x)
    assert defined(expression, d).outcome is Outcome.UNDECIDED
    assert nonnegative(expression + x, d).outcome is not Outcome.CERTIFIED
    assert nonnegative(expression + 100, d).outcome is not Outcome.CERTIFIED


def test_gaps_are_closed_by_the_ranges() -> None:
    d, x, k = on(x=OPEN_UNIT, k=POSITIVE)
    n, m = variable("n", Range(0, oo)), variable("m", Range(0, 9))
    for form in (1 / x, log(x), sqrt(1 - x**2), x**k, (1 - x) ** (-k), acos(x), gamma(x + k), sp.beta(x, k),
                 log(x / (1 - x)), 1 / (x**2 + k), sp.tan(x), log(1 - x + x * exp(k))):
        assert defined(form, d).outcome is Outcome.CERTIFIED, form
    whole = Domain({n: Range(0, oo), m: Range(0, 9)})
    j = sp.Symbol("j", integer=True, nonnegative=True)
    assert defined(sp.binomial(n, m), whole).outcome is Outcome.CERTIFIED
    assert defined(sp.Sum(1 / (j + 1), (j, 0, n)), whole).outcome is Outcome.CERTIFIED
    assert defined(sp.Sum(1 / j, (j, 0, n)), whole).outcome is Outcome.UNDECIDED


def test_the_root_of_a_square_is_not_the_number() -> None:
    d, x = on(x=Interval(-1, 1))
    assert at_most(sqrt(x**2), x, d).outcome is Outcome.REFUTED
    assert at_most(x, sqrt(x**2), d).outcome is Outcome.CERTIFIED


def test_squares_need_a_right_side_that_is_not_negative() -> None:
    d, x = on(x=UNIT)
    assert at_most(x, -1 - x, d, by="squares").outcome is Outcome.REFUTED
    assert at_most(-1 - x, x, d, by="squares").outcome is not Outcome.REFUTED
    assert at_most(x - 2, x - 1, d, by="logarithms").outcome is Outcome.UNDECIDED


def test_conditions_are_used_and_needed() -> None:
    d, x, y = on(x=UNIT, y=UNIT)
    bound = Domain(d.ranges, x - y)
    assert nonnegative(x - y, bound).outcome is Outcome.CERTIFIED
    assert nonnegative(x**2 - y**2, bound, by="smt").outcome is Outcome.CERTIFIED
    assert nonnegative(x**2 - y**2, d).outcome is Outcome.REFUTED


def test_a_witness_satisfies_the_conditions() -> None:
    d, x, y = on(x=UNIT, y=UNIT)
    bound = Domain(d.ranges, x - y)
    answer = nonnegative(x - 2 * y, bound)
    assert answer.outcome is Outcome.REFUTED
    assert answer.witness is not None
    assert answer.witness[x] >= answer.witness[y] > answer.witness[x] / 2
    assert set(map(type, answer.witness.values())) == {Fraction}


@pytest.mark.parametrize(("first", "second"), [("unsat", "unknown"), ("unknown", "unsat"), ("unsat", "sat"),
                                               ("sat", "unsat")])
def test_one_solver_alone_certifies_nothing(monkeypatch: pytest.MonkeyPatch, first: str, second: str) -> None:
    monkeypatch.setattr(smt, "ask_z3", lambda script: Reply(first, {}))
    monkeypatch.setattr(smt, "ask_cvc5", lambda script: Reply(second, {}))
    d, x, y = on(x=Interval(-2, 2), y=Interval(-2, 2))
    answer = nonnegative(x**4 * y**2 + x**2 * y**4 + 1 - 3 * x**2 * y**2, d)
    assert answer.outcome is Outcome.UNDECIDED
    assert "says" in answer.reason


def test_a_model_that_is_no_counterexample_refutes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    lie = Reply("sat", {"v0": Fraction(1, 3), "v1": Fraction(1, 3)})
    monkeypatch.setattr(smt, "ask_z3", lambda script: lie)
    d, x, y = on(x=Interval(-2, 2), y=Interval(-2, 2))
    assert nonnegative((x - y) ** 2, d, by="smt").outcome is Outcome.UNDECIDED


def test_missing_solvers_are_named_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smt, "installed", lambda: False)
    d, x, y = on(x=UNIT, y=UNIT)
    assert "pip install 'distillcheck[proof]'" in nonnegative((x - y) ** 2, d, by="smt").reason


def test_hints_and_their_names() -> None:
    d, p, q = on(p=OPEN_UNIT, q=OPEN_UNIT)
    answer = at_most(2 * (q - p) ** 2, relative_entropy(q, p), d, touching={q: p})
    assert answer.outcome is Outcome.CERTIFIED
    assert "SymPy's derivative" in answer.trusts
    with pytest.raises(ValueError, match="not a way"):
        at_most(p, q, d, by="magic")
    with pytest.raises(ValueError, match="range"):
        nonnegative(sp.Symbol("elsewhere"), d)
    with pytest.raises(TypeError):
        bool(answer)


@seed(0)
@settings(max_examples=60, deadline=None, database=None, derandomize=False)
@given(st.lists(st.integers(-6, 6), min_size=1, max_size=5), st.booleans(), st.booleans())
def test_polynomials_in_one_variable_agree_with_dense_evaluation(roots: list[int], strict: bool, whole: bool) -> None:
    where = Range(-3, 4) if whole else Interval(-3, 3)
    d, x = on(x=where)
    form = sp.Mul(*(x - Rational(root, 2) for root in roots)) * (-1) ** len(roots)
    grid = [Fraction(k, 1 if whole else 8) for k in (range(-3, 4) if whole else range(-24, 25))]
    values: list[Any] = [sp.Poly(form, x).eval(Rational(each.numerator, each.denominator)) for each in grid]
    holds = all(value > 0 or (value == 0 and not strict) for value in values)
    answer: Answer = nonnegative(sp.expand(form), d, strict=strict)
    assert answer.outcome is (Outcome.CERTIFIED if holds else Outcome.REFUTED)


@seed(0)
@settings(max_examples=25, deadline=None, database=None)
@given(st.lists(st.integers(-4, 4), min_size=6, max_size=6))
def test_polynomials_in_two_variables_are_never_certified_against_the_evidence(numbers: list[int]) -> None:
    d, x, y = on(x=UNIT, y=UNIT)
    a, b, c, e, f, g = numbers
    form = a + b * x + c * y + e * x * y + f * x**2 + g * y**2
    answer = nonnegative(form, d)
    least = min(form.subs({x: Rational(i, 8), y: Rational(j, 8)}) if form.free_symbols else form
                for i in range(9) for j in range(9)) if form != 0 else 0
    assert answer.outcome is not Outcome.CERTIFIED or least >= 0
    assert answer.outcome is not Outcome.UNDECIDED
