"""Plug-in regrets, ensembles and weighted classes: formulas by other routes, certificates, wrong variants."""
from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from theory import ensembles, gaussian_classes, plug_in
from theory.derivations import ensembles as gains
from theory.derivations import gaussian_classes as classes
from theory.derivations import plug_in as derivations
from theory.derivations import plug_in_divergence
from theory.facts import Rejected
from theory.formula import Formula, positive

PROOFS = [value for module in (plug_in, ensembles, gaussian_classes) for name, value in vars(module).items()
          if name.endswith("_PROOF")]
HALF = Fraction(1, 2)


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.name)
def test_the_derivation_concludes_the_goal_without_solvers(proof):
    certificate = proof.certificate()
    assert certificate.proved, certificate.failure
    assert "z3 and cvc5" not in certificate.trusted


def test_formulas_at_numbers():
    assert plug_in.REGRET(distance=Fraction(1, 4), c=2) == HALF
    assert plug_in.MASSART(square=Fraction(1, 16), least_margin=HALF, c=4) == HALF
    assert plug_in.MASSART_DIVERGENCE(divergence=Fraction(1, 8), least_margin=HALF, c=2) == HALF
    assert float(plug_in.ROOT_DIVERGENCE(divergence=Fraction(1, 8), c=2)) == pytest.approx(0.5)
    assert float(plug_in.BRETAGNOLLE_HUBER(divergence=1, c=1)) == pytest.approx(math.sqrt(1 - math.exp(-1)))
    assert float(ensembles.LOG_LOSS(p=Fraction(1, 4), q=HALF)) == pytest.approx(math.log(2))


@pytest.mark.parametrize(("distance", "weight"), [(1, 0.3), (2.5, 0.9), (0.2, 0.5)])
def test_two_weighted_classes(distance, weight):
    x = np.linspace(-40, 40, 800_001)

    def smaller(density):
        values = np.minimum(weight * density(x), (1 - weight) * density(x - distance))
        return float(np.sum(values) * (x[1] - x[0]))

    gaussian = gaussian_classes.BAYES_RISK_WEIGHTED(distance=distance, weight=weight, tilt=1)
    assert float(gaussian) == pytest.approx(smaller(stats.norm.pdf), abs=1e-7)
    if abs(math.log(weight / (1 - weight))) <= distance:
        laplace = gaussian_classes.BAYES_RISK_LAPLACE_WEIGHTED(distance=distance, weight=weight)
        assert float(laplace) == pytest.approx(smaller(stats.laplace.pdf), abs=1e-7)
        odds = math.log(weight / (1 - weight))
        assert gaussian_classes.BAYES_RISK_LAPLACE_ODDS(distance=distance, odds=odds) == pytest.approx(float(laplace))


def test_a_table_on_the_line_is_a_law():
    for distance, weight in ((0.0, 0.5), (0.3, 0.9), (4.0, 0.5)):
        for table in (gaussian_classes.on_line, gaussian_classes.laplace_line):
            mass, columns = table(distance, weight)["X"]
            assert mass.sum() == pytest.approx(1, abs=1e-12)
            assert mass @ columns["x"] == pytest.approx((1 - weight) * distance, abs=1e-12)


def test_roots():
    assert gaussian_classes.root(Fraction(9, 4)) == Fraction(3, 2)
    assert float(gaussian_classes.root(2)) == pytest.approx(math.sqrt(2))


MASS, H = (Fraction(1, 4), Fraction(3, 4)), (Fraction(1, 5), Fraction(7, 10))


@pytest.mark.parametrize("name", ensembles.GENERATORS)
def test_a_dual_mean_has_the_mean_slope(name):
    bar = ensembles.dual_mean(name, MASS, H)
    slopes = [float(ensembles.SLOPES[name](point=h)) for h in H]
    assert float(ensembles.SLOPES[name](point=bar)) == pytest.approx(slopes[0] / 4 + 3 * slopes[1] / 4)
    bias, variance = ensembles.bregman_parts(name, MASS, H, HALF, bar)
    total = ensembles.average(MASS, [ensembles.DIVERGENCES[name](at=HALF, point=h) for h in H])
    assert float(bias) + float(variance) == pytest.approx(float(total))


def test_means_of_laws():
    laws = ((HALF, HALF), (Fraction(1, 5), Fraction(4, 5)))
    assert ensembles.mean_laws((HALF, HALF), laws, "arithmetic") == [Fraction(7, 20), Fraction(13, 20)]
    assert [float(v) for v in ensembles.mean_laws((HALF, HALF), laws, "geometric")] == pytest.approx([1 / 3, 2 / 3])
    assert float(ensembles.geometric_mean((HALF, HALF), (HALF, Fraction(1, 5)))) == pytest.approx(1 / 3)
    assert float(ensembles.classes_divergence(*laws)) == pytest.approx(stats.entropy([0.5, 0.5], [0.2, 0.8]))
    assert float(ensembles.along("square", H, MASS)) == pytest.approx(2 * (0.2 / 4 + 0.7 * 0.75))


def spoilt(formula, factor):
    names = ", ".join(formula.parameters)
    symbols = dict(zip(formula.parameters, positive(names), strict=True))
    return Formula("spoilt", formula.parameters, lambda: factor * formula.at(**symbols))


@pytest.mark.parametrize(("name", "derivation"), [
    ("REGRET", derivations.regret), ("REGRET", derivations.regret_classes), ("MASSART", derivations.massart)])
def test_a_smaller_constant_is_no_conclusion(monkeypatch, name, derivation):
    monkeypatch.setattr(plug_in, name, spoilt(getattr(plug_in, name), Fraction(9, 10)))
    goal = getattr(derivations, f"{derivation.__name__}_goal")()
    with pytest.raises(Rejected, match="concludes"):
        goal.must_be(derivation())


@pytest.mark.parametrize("derivation", [plug_in_divergence.distance, plug_in_divergence.log_loss])
def test_a_smaller_constant_under_the_root_is_no_conclusion(monkeypatch, derivation):
    monkeypatch.setattr(plug_in, "ROOT_DIVERGENCE", spoilt(plug_in.ROOT_DIVERGENCE, Fraction(9, 10)))
    with pytest.raises(Rejected):
        getattr(plug_in_divergence, f"{derivation.__name__}_goal")().must_be(derivation())


def test_a_label_off_the_teachers_side_is_no_instance():
    half = {"mass": (1,), "eta": (Fraction(1, 4),), "teacher": (Fraction(1, 3),)}
    assert plug_in.REGRET_PROOF.sides({**half, "h": (0,)}).outside == ""
    assert plug_in.REGRET_PROOF.sides({**half, "h": (1,)}).outside
    assert plug_in.REGRET_MASSART_PROOF.sides({**half, "h": (0,), "least_margin": HALF}).outside == ""
    assert plug_in.REGRET_MASSART_PROOF.sides({**half, "h": (0,), "least_margin": Fraction(3, 5)}).outside


def test_a_divergence_that_is_too_small_is_no_instance():
    table = {"eta": (HALF,), "teacher": (Fraction(1, 4),)}
    kl = math.log(2) / 2 + math.log(2 / 3) / 2
    enough, short = ({"X": ((1,), {**table, "kl": (value,)})} for value in (kl + 1e-9, kl - 1e-3))
    assert plug_in.TEACHER_DISTANCE_PROOF.sides(enough).outside == ""
    assert plug_in.TEACHER_DISTANCE_PROOF.sides(short).outside


def test_another_boundary_is_rejected(monkeypatch):
    monkeypatch.setattr(classes, "BOUNDARY", classes.distance / 2)
    monkeypatch.setattr(classes, "LOWER", classes.Domain(classes.LINE.ranges, classes.distance / 2 - classes.x))
    with pytest.raises(Rejected, match="weighted sum"):
        classes.weighted()


def test_the_ambiguity_needs_the_ensembles_mean():
    wrong = gains.E.mean((gains.h - gains.y) ** 2)
    with pytest.raises(Rejected, match="weighted sum"):
        gains.combine(wrong, "==", gains.ambiguity_goal().right, (1, gains.ambiguity()))
