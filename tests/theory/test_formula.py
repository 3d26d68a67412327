"""Formulas: exact where rational arithmetic allows it, certain balls elsewhere, floats on request."""

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from theory import numbers
from theory.formula import Formula, expectation, positive
from theory.notation import NOTATION

x, y = positive("x, y")
j = sympy.Symbol("j", integer=True)
rationals = st.fractions(Fraction(1, 50), Fraction(50), max_denominator=50)


def formula(expression, *parameters):
    return Formula("f", parameters or ("x",), lambda: expression)


def test_rational_values_stay_rational():
    value = formula(x * (1 - x) / 3)(x=Fraction(1, 2))
    assert value == Fraction(1, 12)
    assert type(value) is Fraction


def test_square_roots_of_squares_stay_rational():
    assert formula(sympy.sqrt(x))(x=Fraction(4, 9)) == Fraction(2, 3)
    assert formula(x ** (y / 2), "x", "y")(x=Fraction(4, 9), y=3) == Fraction(8, 27)
    assert formula(x ** (y / 2), "x", "y")(x=Fraction(4, 9), y=-3) == Fraction(27, 8)


@pytest.mark.parametrize(
    ("expression", "at", "value"),
    [
        (sympy.exp(-x), 0, 1),
        (sympy.log(x), 1, 0),
        (x ** (y / 2), 0, 0),
        (x**y, 1, 1),
        (sympy.cos(x), 0, 1),
        (sympy.erf(x), 0, 0),
        (sympy.Abs(x - 3), 1, 2),
        (sympy.Min(x, 3), 5, 3),
        (sympy.Max(x, 3), 5, 5),
    ],
)
def test_special_values_are_exact(expression, at, value):
    result = formula(expression, "x", "y")(x=at, y=Fraction(3))
    assert result == value
    assert type(result) is Fraction


def test_irrational_values_are_narrow_balls_around_the_truth():
    root = formula(sympy.sqrt(x))(x=2)
    assert isinstance(root, arb)
    assert float(root.rad()) < 1e-55
    before, ctx.prec = ctx.prec, 400
    try:
        assert (root * root).contains(2)
    finally:
        ctx.prec = before


@settings(max_examples=50, deadline=None)
@given(rationals, rationals)
def test_values_agree_with_sympys_own_evaluation(a, b):
    for expression in (
        sympy.exp(-x * y) + sympy.pi * x,
        x**y,
        sympy.sqrt(x + y) / (1 + x),
        sympy.tanh(x) * sympy.log(1 + y),
        sympy.erfc(x) + sympy.gamma(1 + x / 50),
        sympy.cos(sympy.pi * x) - y ** sympy.Rational(3, 2),
        sympy.Max(x, y) - sympy.Min(x, y) ** 2,
        sympy.loggamma(1 + x),
        sympy.E * x - sympy.sinh(y / 50),
    ):
        ours = formula(expression, "x", "y")(x=a, y=b)
        rational = {
            x: sympy.Rational(a.numerator, a.denominator),
            y: sympy.Rational(b.numerator, b.denominator),
        }
        theirs = sympy.N(expression.subs(rational), 40)
        assert abs(float(ours) - float(theirs)) <= 1e-14 * max(1, abs(float(theirs))), expression


def test_sums_with_symbolic_limits_are_evaluated():
    total = formula(sympy.Sum(sympy.binomial(y, j) * x**j, (j, 0, y)), "x", "y")
    assert total(x=Fraction(1, 3), y=7) == Fraction(4, 3) ** 7
    with pytest.raises(ValueError, match="whole number"):
        total(x=Fraction(1, 3), y=Fraction(1, 2))


def test_a_huge_power_becomes_a_ball_instead_of_a_huge_fraction():
    value = formula(x**y, "x", "y")(x=Fraction(1, 3), y=10**6)
    assert isinstance(value, arb)
    assert abs(float(value.log()) + 10**6 * float(sympy.log(3))) < 1e-4


@pytest.mark.parametrize("half", [0.5, np.float64(0.5), np.float32(0.5)])
def test_one_float_makes_the_result_a_float(half):
    value = formula(x * y, "x", "y")(x=half, y=3)
    assert value == 1.5
    assert type(value) is float


def test_numpy_and_sympy_integers_are_exact():
    for three in (np.int64(3), sympy.Integer(3), True + 2):
        assert type(formula(x / 2)(x=three)) is Fraction


def test_balls_may_be_passed_on():
    root = formula(sympy.sqrt(x))(x=2)
    with numbers.precise():
        assert abs(formula(x**2)(x=root) - 2) < arb(10) ** -50


def test_the_callers_precision_is_put_back():
    before = ctx.prec
    formula(sympy.exp(x))(x=1)
    assert ctx.prec == before


def test_the_derivation_runs_once_and_only_when_needed():
    calls = []
    lazy = Formula("lazy", ("x",), lambda: calls.append(1) or x)
    assert not calls
    assert (lazy(x=1), lazy(x=2), lazy.expression) == (1, 2, x)
    assert len(calls) == 1


def test_wrong_keywords_name_the_formula_and_its_parameters():
    with pytest.raises(TypeError, match="Formula f lacks y and got z; call it with exactly x, y"):
        formula(x * y, "x", "y")(x=1, z=2)


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        ("1", TypeError, "not a real number"),
        (None, TypeError, "not a real number"),
        (1j, TypeError, "not a real"),
        (float("nan"), ValueError, "nan cannot enter"),
        (float("inf"), ValueError, "inf cannot enter"),
    ],
)
def test_what_is_no_finite_number_is_refused(value, error, text):
    with pytest.raises(error, match=text):
        formula(x)(x=value)


@pytest.mark.parametrize(
    ("expression", "at"),
    [
        (1 / x, 0),
        (sympy.log(x), -1),
        (sympy.sqrt(x), -2),
        (x ** sympy.Rational(1, 3), -8),
        (sympy.gamma(x), 0),
        (x**-1000000, 0),
    ],
)
def test_outside_the_domain_the_message_shows_the_values(expression, at):
    with pytest.raises(ValueError, match=f"Formula f has no finite real value at x={at} "):
        formula(expression)(x=at)


def test_an_undeclared_symbol_is_refused():
    with pytest.raises(ValueError, match="holds y, not among its parameters x"):
        formula(x * y)(x=1)


def test_an_unknown_function_is_refused():
    with pytest.raises(ValueError, match=r"besselj in .* is not a function a formula may use"):
        formula(sympy.besselj(0, x))(x=1)


@pytest.mark.parametrize("parameters", [("x", "x"), ("x y",), (3,)])
def test_parameters_are_distinct_identifiers(parameters):
    with pytest.raises(ValueError, match="distinct identifiers"):
        Formula("f", parameters, lambda: x)


def test_latex_is_what_sympy_prints_with_the_projects_notation():
    named = positive("margin") ** 2 * x
    f = formula(named, "margin", "x")
    assert f.latex() == sympy.latex(f) == "g^{2} x"
    assert sympy.latex(named, symbol_names={positive("margin"): NOTATION["margin"]}) == f.latex()


def test_expectation_weighs_points_and_broadcasts_numbers():
    f = formula(x**2 * y, "x", "y")
    mass = (Fraction(1, 3), Fraction(2, 3))
    assert expectation(f, mass, x=(1, 2), y=5) == Fraction(5, 3) + Fraction(40, 3)
    assert expectation(f, mass, x=(1, 2.0), y=5) == pytest.approx(15)
    assert expectation(f, np.array([0.5, 0.5]), x=np.array([1.0, 2.0]), y=1) == 2.5


def test_expectation_leaves_out_points_without_mass():
    assert expectation(formula(1 / x), (0, 1), x=(0, 2)) == Fraction(1, 2)


def test_expectation_refuses_columns_of_another_length():
    with pytest.raises(ValueError, match="column x has 3 entries for 2 points"):
        expectation(formula(x), (0, 1), x=(0, 1, 2))


def test_importing_formulas_does_not_import_sympy():
    code = "import sys, theory.bayes_risk, theory.samplers, theory.majority; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
