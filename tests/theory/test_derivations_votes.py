"""The votes' tail as an incomplete beta function: certificates, SciPy's values, and wrong variants."""

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

PROOFS = [value for name, value in vars(majority).items() if name.startswith("VOTE_TAIL") and name.endswith("_PROOF")]
MARGINS = [Fraction(-1, 2), 0, Fraction(1, 3), Fraction(9, 10), 1]


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.name)
def test_the_derivation_concludes_the_goal(proof):
    certificate = proof.certificate()
    assert certificate.proved, certificate.failure


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


@pytest.mark.parametrize("share", [0, Fraction(1, 7), Fraction(1, 2), Fraction(4, 5), 1])
def test_three_votes(share):
    sides = majority.VOTE_TAIL_THREE_PROOF.sides({"share": share})
    assert float(sides.left) == pytest.approx(special.betainc(2, 2, float(share)), abs=1e-12)
    assert sides.right == 3 * Fraction(share) ** 2 - 2 * Fraction(share) ** 3


@pytest.mark.parametrize("margin", MARGINS[1:])
def test_three_votes_bound(margin):
    sides = majority.VOTE_TAIL_THREE_BOUND_PROOF.sides({"margin": margin})
    assert float(sides.left) <= float(sides.right) == pytest.approx((1 - float(margin) ** 2) ** 1.5)


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


def test_another_cubic_is_rejected(monkeypatch):
    cubic = Formula("cubic", ("share",), lambda: 3 * positive("share") ** 2 - positive("share") ** 3)
    monkeypatch.setattr(majority, "VOTE_TAIL_THREE", cubic)
    with pytest.raises(Rejected, match="identity"):
        votes.three()


def test_a_power_too_many_in_the_bound_is_rejected(monkeypatch):
    goal = votes.three_bound_goal()
    monkeypatch.setattr(votes, "three_bound_goal", lambda: type(goal)(goal.left, "<=", goal.right**3, goal.domain))
    with pytest.raises(Rejected):
        votes.three_bound()


def test_the_beta_function_at_0_needs_positive_parameters():
    with pytest.raises(Rejected, match="defined"):
        no_beta(0, 1, Domain({}))
