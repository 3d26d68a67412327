"""Comparing a left-hand side with a bound without sampling.

Three kinds of numbers occur: rationals (compared exactly), Arb balls (compared with certainty unless
they overlap) and floats. Floats closer than 1e-9 of the larger side are equal; floats further apart than
1e-6 of it differ; in between, and below 1e-13 altogether, rounding may have made the difference, which
neither refutes nor supports. The label of a comparison says which was used; see `Label`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from numbers import Integral, Rational
from typing import Any

import flint

from verify.terms import ClaimError, Label, Relation

FLOAT_TOLERANCE = 1e-9
FLOAT_CERTAINTY = 1e-6
# Sums of a few thousand terms of order one carry this much rounding, whatever their value.
ABSOLUTE_FLOOR = 1e-13
# Overlapping balls this narrow are taken for equal; wider ones decide nothing.
BALL_WIDTH = 1e-12
WORKING_BITS = 320

Number = Fraction | flint.arb | float


@dataclass(frozen=True)
class Comparison:
    """Left-hand side against bound at one instance."""

    left: Number
    right: Number
    sign: int
    label: Label
    certain: bool = True

    def violates(self, relation: Relation) -> bool:
        """Whether the statement fails here."""
        return self.certain and self.sign in relation.signs

    def doubtful(self, relation: Relation) -> bool:
        """Whether the statement seems to fail by no more than rounding may explain."""
        return not self.certain and self.sign in relation.signs

    @cached_property
    def relative_gap(self) -> float:
        """Left-hand side minus bound, as a share of the larger of the two; what a search climbs."""
        if isinstance(self.left, Fraction) and isinstance(self.right, Fraction):
            # Over the common denominator; the quotient of two integers is rounded correctly.
            left, right = self.left.numerator * self.right.denominator, self.right.numerator * self.left.denominator
            size = max(abs(left), abs(right))
            return (left - right) / size if size else 0.0
        left, right = to_float(self.left), to_float(self.right)
        size = max(abs(left), abs(right))
        return (left - right) / size if 0.0 < size < math.inf else float(self.sign)


def to_float(number: Number | int) -> float:
    """The nearest float, infinite where the number is beyond floating point."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def as_number(value: Any, role: str) -> Number:
    """A user's number as a rational, a ball or a float.

    Raises:
        ClaimError: it is no finite number.
    """
    if isinstance(value, Integral | Rational) and not isinstance(value, bool):
        # SymPy's integers are registered as Integral, its rationals as Rational.
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, flint.fmpq | flint.fmpz):
        quotient = flint.fmpq(value)
        return Fraction(int(quotient.p), int(quotient.q))
    if isinstance(value, flint.arb):
        if not value.is_finite():
            raise ClaimError(f"{role} returned the ball {value}; it must be finite.")
        return value
    try:
        if isinstance(value, str | bytes):
            raise TypeError
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise ClaimError(f"{role} returned {value!r:.120}, which is no number. Return an int, Fraction, SymPy "
                         "number, Arb ball or float.") from None
    if math.isnan(number):
        raise ClaimError(f"{role} returned NaN. Mend it, or keep such instances out with given or assume.")
    return number


def compare(left: Number, right: Number) -> Comparison:
    """Sign of `left - right`, with the label of how it was found.

    Raises:
        ClaimError: a ball overlaps the other side and is too wide to be called equal.
    """
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return Comparison(left, right, (left > right) - (left < right), Label.EXACT)
    if isinstance(left, flint.arb) or isinstance(right, flint.arb):
        with flint.ctx.workprec(WORKING_BITS):
            difference = _ball(left) - _ball(right)
        floats = isinstance(left, float) or isinstance(right, float)
        if not floats and (difference > 0 or difference < 0):
            return Comparison(left, right, 1 if difference > 0 else -1, Label.EXACT)
        size = max(abs(to_float(left)), abs(to_float(right)))
        if float(difference.rad()) > BALL_WIDTH * max(size, BALL_WIDTH):
            raise ClaimError(f"the left-hand side {left} and the bound {right} are balls too wide to compare. "
                             "Compute them at a higher precision.")
        if not floats:
            return Comparison(left, right, 0, Label.FLOAT)
    return _compare_floats(left, right)


def _compare_floats(left: Number, right: Number) -> Comparison:
    first, second = to_float(left), to_float(right)
    size, gap = max(abs(first), abs(second)), abs(first - second) if first != second else 0.0
    if gap <= FLOAT_TOLERANCE * size < math.inf or gap == 0.0:
        return Comparison(left, right, 0, Label.FLOAT)
    certain = gap > max(FLOAT_CERTAINTY * size, ABSOLUTE_FLOOR) if size < math.inf else True
    return Comparison(left, right, 1 if first > second else -1, Label.FLOAT, certain)


def _ball(value: Number) -> flint.arb:
    if isinstance(value, Fraction):
        return flint.arb(flint.fmpq(value.numerator, value.denominator))
    return flint.arb(value)


def show_number(value: Number) -> str:
    """Exact text of a number: a rational as p/q, a ball by its digits and radius."""
    if isinstance(value, flint.arb):
        return value.str(30)
    return str(value)
