"""Moduli, minima, maxima and linear conditions are decided without a solver, and wrong ones refuted."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Abs, Interval, Max, Min, Range, Rational, oo

from theory import prover
from theory.certify import Outcome, nonnegative
from theory.domain import Domain, variable

UNIT, LINE, NATURAL = Interval(0, 1), Interval(-oo, oo), Range(0, oo)
x, y, a = (variable(name, UNIT) for name in "xya")
v, w = variable("v", LINE), variable("w", LINE)
i, r = variable("i", NATURAL), variable("r", NATURAL)
SQUARE = Domain({x: UNIT, y: UNIT})
PLANE = Domain({v: LINE, w: LINE})
ORDERED = Domain({a: UNIT, x: UNIT, y: UNIT}, x - y, y - a)
BELOW = Domain({i: NATURAL, r: NATURAL}, r - i)


@pytest.fixture(autouse=True)
def _no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prover, "smt_rule", lambda *_, **__: None)


@pytest.mark.parametrize(("expression", "domain"), [
    (Rational(1, 2) - Min(x, 1 - x), SQUARE),
    (Min(x, 1 - x), SQUARE),
    (1 - Abs(2 * x - 1), SQUARE),
    (1 - Max(x, y, x * y), SQUARE),
    (x * Abs(w) - x * w, Domain({x: UNIT, w: LINE})),
    (Abs(w) + Abs(v) - Abs(w + v), PLANE),
    (Abs(w - v) - Abs(Abs(w) - Abs(v)), PLANE),
    (Abs(w - v) - Max(w, v) + Min(w, v), PLANE),
    (Max(w, v) - Min(w, v) - Abs(w - v), PLANE),
    (x - a, ORDERED),
    (x + y - 2 * a, ORDERED),
    (2 * r + 1 - i, BELOW),
    (2 * r + 1 - 2 * i, BELOW),
], ids=str)
def test_what_holds_is_certified(expression: Any, domain: Domain) -> None:
    answer = nonnegative(expression, domain)
    assert answer.outcome is Outcome.CERTIFIED, answer.reason


@pytest.mark.parametrize(("expression", "domain", "strict"), [
    (Rational(1, 2) - Min(x, 1 - x), SQUARE, True),
    (Rational(499, 1000) - Min(x, 1 - x), SQUARE, False),
    (Max(x, 1 - x) - Rational(501, 1000), SQUARE, False),
    (1 - Abs(2 * x - 1), SQUARE, True),
    (Abs(w) - w, PLANE, True),
    (Abs(w + v) - Abs(w) - Abs(v), PLANE, False),
    (Min(w, v) - w, PLANE, False),
    (x - a, ORDERED, True),
    (2 * a - x - y, ORDERED, False),
    (a + y - x, ORDERED, False),
    (2 * r - 2 * i - 1, BELOW, False),
    (r - i, BELOW, True),
], ids=str)
def test_what_fails_is_refuted_at_a_point(expression: Any, domain: Domain, strict: bool) -> None:
    answer = nonnegative(expression, domain, strict=strict)
    assert answer.outcome is Outcome.REFUTED
    assert answer.witness is not None
