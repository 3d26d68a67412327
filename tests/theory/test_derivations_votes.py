"""The votes' tail as an incomplete beta function: SciPy's values and wrong variants."""

from fractions import Fraction

import pytest
from scipy import special, stats
from sympy import betainc_regularized

from theory import majority
from theory.derivations import votes
from theory.domain import Domain
from theory.facts import Rejected
from theory.formula import Formula, positive
from theory.rules_integrals import no_beta

MARGINS = [Fraction(-1, 2), 0, Fraction(1, 3), Fraction(9, 10), 1]


@pytest.mark.parametrize("margin", MARGINS)
@pytest.mark.parametrize("k", [1, 3, 7, 41])
def test_the_tail_is_the_beta_function(margin, k):
    sides = majority.VOTE_TAIL_BETA_PROOF.sides({"margin": margin, "k": k})
    expected = stats.binom.cdf((k - 1) // 2, k, (1 + float(margin)) / 2)
    assert float(sides.left) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert float(sides.right) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    beta = special.betainc((k + 1) / 2, (k + 1) / 2, (1 - float(margin)) / 2)
    assert beta == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("margin", MARGINS[1:])
@pytest.mark.parametrize("k", [1, 3, 7])
def test_the_bound_is_one(margin, k):
    sides = majority.VOTE_TAIL_BETA_BOUND_PROOF.sides({"margin": margin, "k": k})
    assert float(sides.left) <= float(sides.right) == pytest.approx((1 - float(margin) ** 2) ** (k / 2) / 2)


def test_a_negative_margin_is_outside_the_bounds():
    assert "g" in majority.VOTE_TAIL_BETA_BOUND_PROOF.sides({"margin": Fraction(-1, 2), "k": 3}).outside


def beta_of(first, second, share):
    def derive():
        margin, k = positive("margin, k")
        return betainc_regularized(first(k), second(k), 0, share(margin))

    return Formula("another beta function", ("margin", "k"), derive)


@pytest.mark.parametrize(("first", "second", "share"), [
    (lambda k: (k + 3) / 2, lambda k: (k + 1) / 2, lambda g: (1 - g) / 2),
    (lambda k: (k + 1) / 2, lambda k: (k - 1) / 2 + 2, lambda g: (1 - g) / 2),
    (lambda k: (k + 1) / 2, lambda k: (k + 1) / 2, lambda g: (1 - g) / 3),
], ids=["a", "b", "x"])
def test_another_beta_function_is_rejected(monkeypatch, first, second, share):
    monkeypatch.setattr(majority, "VOTE_TAIL_BETA", beta_of(first, second, share))
    with pytest.raises(Rejected):
        votes.tail()


def test_the_beta_function_at_0_needs_positive_parameters():
    with pytest.raises(Rejected, match="defined"):
        no_beta(0, 1, Domain({}))
