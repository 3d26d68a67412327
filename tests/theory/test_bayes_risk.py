"""Bayes risk and the Cover-Hart bounds against enumeration and against each other."""

from fractions import Fraction
from itertools import product

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.bayes_risk import BAYES_RISK, COVER_HART, COVER_HART_MULTICLASS, MARGIN
from theory.formula import positive

unit = st.fractions(0, 1, max_denominator=60)
weights = st.lists(st.integers(1, 9), min_size=1, max_size=5)


def compositions(total, parts):
    """All ways to write `total` as an ordered sum of `parts` integers >= 0."""
    return (c for c in product(range(total + 1), repeat=parts) if sum(c) == total)


@settings(deadline=None)
@given(unit)
def test_margin_and_bayes_risk_are_those_of_the_likelier_label(eta):
    assert MARGIN(eta=eta) == max(eta, 1 - eta) - min(eta, 1 - eta)
    assert BAYES_RISK(margin=MARGIN(eta=eta)) == min(eta, 1 - eta)


@settings(deadline=None)
@given(weights.flatmap(lambda w: st.tuples(st.just(w), st.lists(unit, min_size=len(w), max_size=len(w)))))
def test_cover_hart_dominates_the_enumerated_sampler_risk(drawn):
    weight, etas = drawn
    mass = [Fraction(w, sum(weight)) for w in weight]
    risk = sum(p * (eta * (1 - eta) + (1 - eta) * eta) for p, eta in zip(mass, etas, strict=True))
    bayes_risk = sum(p * min(eta, 1 - eta) for p, eta in zip(mass, etas, strict=True))
    assert bayes_risk <= risk <= COVER_HART(bayes_risk=bayes_risk, c=2)


@settings(deadline=None)
@given(unit)
def test_cover_hart_is_attained_at_constant_eta(eta):
    assert COVER_HART(bayes_risk=min(eta, 1 - eta), c=2) == 2 * eta * (1 - eta)


def test_cover_hart_bounds_are_concave_in_the_bayes_risk():
    risk, classes = positive("bayes_risk, classes")
    assert sympy.diff(COVER_HART.expression, risk, 2) == -2 * positive("c")
    second = sympy.diff(COVER_HART_MULTICLASS.expression, risk, 2).subs(classes, 1 + positive("others"))
    assert second.simplify().is_negative


def test_with_two_classes_the_bounds_coincide():
    two = COVER_HART_MULTICLASS.expression.subs({positive("classes"): 2, positive("c"): 1})
    assert sympy.expand(two - COVER_HART.expression.subs(positive("c"), 2)) == 0


@pytest.mark.parametrize(("classes", "total"), [(2, 12), (3, 12), (4, 9)])
def test_multiclass_bound_is_the_largest_risk_given_the_bayes_risk(classes, total):
    largest = {}
    for counts in compositions(total, classes):
        law = [Fraction(count, total) for count in counts]
        bayes_risk, risk = 1 - max(law), 1 - sum(p * p for p in law)
        largest[bayes_risk] = max(risk, largest.get(bayes_risk, 0))
    for bayes_risk, risk in largest.items():
        bound = COVER_HART_MULTICLASS(bayes_risk=bayes_risk, classes=classes, c=1)
        assert risk <= bound
        # Attained when the rest can be shared equally in twelfths or ninths.
        if (bayes_risk * total) % (classes - 1) == 0:
            assert risk == bound
