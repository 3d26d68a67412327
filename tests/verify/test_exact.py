"""Comparing numbers without sampling: rationals exactly, balls with certainty, floats with a tolerance."""
import math
from decimal import Decimal
from fractions import Fraction

import flint  # pyright: ignore[reportMissingImports]
import numpy as np
import pytest
import sympy

from verify import ClaimError, Label, Relation
from verify.exact import ABSOLUTE_FLOOR, FLOAT_CERTAINTY, FLOAT_TOLERANCE, as_number, compare, show_number

THIRD = Fraction(1, 3)


@pytest.mark.parametrize("value", [2, np.int64(2), Fraction(2), sympy.Integer(2), flint.fmpz(2), flint.fmpq(2)])
def test_integers_of_every_library_become_rationals(value):
    assert as_number(value, "exact") == Fraction(2)
    assert isinstance(as_number(value, "exact"), Fraction)


@pytest.mark.parametrize("value", [THIRD, sympy.Rational(1, 3), flint.fmpq(1, 3)])
def test_rationals_of_every_library_become_rationals(value):
    assert as_number(value, "exact") == THIRD


@pytest.mark.parametrize("value", [0.5, np.float32(0.5), sympy.Float(0.5), sympy.sqrt(sympy.Rational(1, 4) + 0.0),
                                   Decimal("0.5")])
def test_other_real_numbers_become_floats(value):
    assert as_number(value, "exact") == 0.5
    assert type(as_number(value, "exact")) is float


@pytest.mark.parametrize("value", ["0.5", "much", None, 1j, [1], sympy.Symbol("x"), np.array([1.0, 2.0])], ids=repr)
def test_what_is_no_number_is_an_error_with_value_and_remedy(value):
    with pytest.raises(ClaimError, match=r"bound returned .*, which is no number. Return an int, Fraction"):
        as_number(value, "bound")


@pytest.mark.parametrize("value", [math.nan, np.nan, sympy.nan])
def test_nan_is_an_error(value):
    with pytest.raises(ClaimError, match=r"exact returned NaN. Mend it, or keep such instances out"):
        as_number(value, "exact")


def test_ball_that_is_not_finite_is_an_error():
    with pytest.raises(ClaimError, match=r"exact returned the ball .* it must be finite"):
        as_number(flint.arb("nan"), "exact")


@pytest.mark.parametrize(("left", "right", "sign"), [
    (THIRD, THIRD, 0), (THIRD + Fraction(1, 10**40), THIRD, 1), (THIRD, THIRD + Fraction(1, 10**40), -1)])
def test_rationals_are_compared_exactly(left, right, sign):
    comparison = compare(left, right)
    assert (comparison.sign, comparison.label) == (sign, Label.EXACT)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e6, -3.0])
@pytest.mark.parametrize(("share", "sign"), [(0.5, 0), (2.0, 1), (-0.5, 0), (-2.0, -1)])
def test_floats_differ_beyond_the_tolerance_of_the_larger_side(size, share, sign):
    comparison = compare(size + share * FLOAT_TOLERANCE * abs(size), size)
    assert (comparison.sign, comparison.label) == (sign, Label.FLOAT)


@pytest.mark.parametrize(("difference", "certain"), [(0.5, False), (2.0, True)])
def test_floats_near_zero_refute_only_beyond_the_rounding_of_sums(difference, certain):
    comparison = compare(difference * ABSOLUTE_FLOOR, 0.0)
    assert (comparison.violates(Relation.AT_MOST), comparison.doubtful(Relation.AT_MOST)) == (certain, not certain)
    assert not comparison.doubtful(Relation.AT_LEAST)


@pytest.mark.parametrize(("share", "certain"), [(0.5, False), (2.0, True)])
def test_floats_that_cancellation_may_have_parted_refute_nothing(share, certain):
    comparison = compare(1.0 + share * FLOAT_CERTAINTY, 1.0)
    assert (comparison.violates(Relation.AT_MOST), comparison.doubtful(Relation.AT_MOST)) == (certain, not certain)


@pytest.mark.parametrize("middle", [0.4, 0.5])
def test_ball_against_a_float_keeps_its_radius(middle):
    with pytest.raises(ClaimError, match="too wide to compare"):
        compare(flint.arb(middle, 0.2), 0.45)


def test_float_against_a_rational_is_a_float_comparison():
    assert compare(1 / 3, THIRD).sign == 0
    assert compare(THIRD, 1 / 3).label is Label.FLOAT
    assert compare(0.34, THIRD).sign == 1


def test_infinities_are_ordered():
    assert compare(1.0, math.inf).sign == -1
    assert compare(math.inf, 1.0).sign == 1
    assert compare(math.inf, math.inf).sign == 0


def test_separated_balls_are_compared_with_certainty():
    pi = flint.arb.pi()
    assert (compare(pi, Fraction(355, 113)).sign, compare(pi, Fraction(355, 113)).label) == (-1, Label.EXACT)
    assert compare(pi, Fraction(333, 106)).sign == 1
    tiny = flint.arb(1) + flint.arb("1e-14")
    assert compare(tiny, flint.arb(1)).sign == 1


def test_narrow_balls_that_overlap_are_equal_and_not_exactly_so():
    third = flint.arb(1) / 3
    assert (compare(third, THIRD).sign, compare(third, THIRD).label) == (0, Label.FLOAT)


def test_wide_balls_that_overlap_are_an_error():
    with pytest.raises(ClaimError, match=r"balls too wide to compare. Compute them at a higher precision"):
        compare(flint.arb(1, 0.1), Fraction(1))


@pytest.mark.parametrize(("relation", "signs"), [("<=", {1}), (">=", {-1}), ("==", {1, -1})])
def test_comparison_violates_the_relations_of_its_sign(relation, signs):
    comparisons = [compare(left, 1.0) for left in (0.0, 1.0, 2.0)]
    assert {c.sign for c in comparisons if c.violates(Relation(relation))} == signs


def test_relative_gap_is_left_minus_right_as_a_share_of_the_larger():
    assert compare(Fraction(1), THIRD).relative_gap == pytest.approx(2 / 3)
    assert compare(Fraction(-1), THIRD).relative_gap == pytest.approx(-4 / 3)
    assert compare(0.25, 1.0).relative_gap == -0.75
    assert compare(Fraction(0), Fraction(0)).relative_gap == 0.0


def test_relative_gap_of_numbers_beyond_floating_point_is_exact():
    assert compare(Fraction(10**400), Fraction(2 * 10**400)).relative_gap == -0.5
    assert compare(math.inf, Fraction(1)).relative_gap == 1.0


def test_exact_numbers_are_shown_exactly():
    assert show_number(THIRD) == "1/3"
    assert show_number(0.5) == "0.5"
    assert show_number(flint.arb.pi()).startswith("[3.14159265358979")
