"""Total variance and bias-variance: both sides from tables by NumPy, and wrong variants."""


import numpy as np
import pytest
from scipy import stats

from theory import bias_variance
from theory.derivations import bias_variance as derivations
from theory.derivations import bregman
from theory.domain import Domain
from theory.facts import Law, Mean, Rejected
from theory.formula import Formula, positive
from theory.kernel import combine, definition, expectation
from theory.rules_conditional import OF_X, conditional_mean, independent_product

STREAM = np.random.default_rng(7)
MASS = STREAM.dirichlet(np.ones(6))
H = STREAM.uniform(0.1, 0.9, 6)


def number(expression, tables, **fixed):
    """An expression with means, also nested ones, from tables {law: (mass, {variable: column})}; innermost first."""
    expression = expression.subs({symbol: fixed[symbol.name] for symbol in expression.free_symbols})
    while expression.has(Mean):
        inner = next(mean for mean in expression.atoms(Mean) if not mean.args[0].has(Mean))
        mass, columns = tables[inner.law]
        total = sum(weight * inner.args[0].subs({s: columns[s.name][row] for s in inner.bound})
                    for row, weight in enumerate(mass))
        expression = expression.xreplace({inner: total})
    return float(expression)


def both(proof, tables, **fixed):
    goal = proof.stated
    return [number(side, tables, **fixed) for side in (goal.left, goal.right)]


def agree(sides, value):
    assert not sides.outside
    assert [float(sides.left), float(sides.right)] == pytest.approx([value, value], rel=1e-12)


def joint():
    """Three points with four outcomes each: mass, outcomes, and their means given the point."""
    weights = STREAM.dirichlet(np.ones(3))[:, None] * STREAM.dirichlet(np.ones(4), 3)
    outcomes = STREAM.normal(size=(3, 4))
    means = (weights * outcomes).sum(1) / weights.sum(1)
    return weights.ravel(), outcomes.ravel(), np.repeat(means, 4)


def test_total_variance():
    mass, outcomes, means = joint()
    sides = bias_variance.TOTAL_VARIANCE_PROOF.sides({"XU": (mass, {"u": outcomes, "mean": means})})
    agree(sides, float(np.cov(outcomes, aweights=mass, ddof=0)))


def test_soft_labels_take_the_conditional_variance_away():
    mass, outcomes, means = joint()
    values = {"XY": (mass, {"loss": outcomes, "soft": means})}
    hard, soft = (float(np.cov(column, aweights=mass, ddof=0)) for column in (outcomes, means))
    agree(bias_variance.SOFT_LABELS_VARIANCE_PROOF.sides(values), hard - soft)
    reduced = bias_variance.SOFT_LABELS_REDUCE_VARIANCE_PROOF.sides(values)
    assert [reduced.left, reduced.right] == pytest.approx([soft, hard])


def test_squared_loss():
    agree(bias_variance.SQUARED_BIAS_VARIANCE_PROOF.sides({"H": (MASS, {"h": H}), "y": 0.4}), MASS @ (H - 0.4) ** 2)
    noise, labels = np.array([0.2, 0.8]), np.array([-1.0, 2.0])
    mass = np.outer(MASS, noise).ravel()
    pairs = np.array([(h, y) for h in H for y in labels])
    sides = bias_variance.SQUARED_BIAS_VARIANCE_NOISE_PROOF.sides({"HY": (mass, {"h": pairs[:, 0], "y": pairs[:, 1]})})
    agree(sides, MASS @ (H[:, None] - labels) ** 2 @ noise)


def geometric(columns):
    """The normalised geometric mean of rows of probabilities."""
    mean = np.exp(MASS @ np.log(columns))
    return mean / mean.sum()


TWO = np.stack([H, 1 - H], axis=1)


@pytest.mark.parametrize("p", [0, 0.3, 1])
def test_log_loss(p):
    label, bar = np.array([p, 1 - p]), geometric(TWO)
    sides = bias_variance.LOG_LOSS_BIAS_VARIANCE_PROOF.sides({"Q": (MASS, {"q": H}), "p": p})
    expected = -label @ np.log(bar) + MASS @ [stats.entropy(bar, row) for row in TWO]
    agree(sides, expected)
    assert expected == pytest.approx(-MASS @ np.log(TWO) @ label)


def test_divergence_and_its_variance():
    p, bar, values = 0.3, geometric(TWO), {"Q": (MASS, {"q": H})}
    spread = MASS @ [stats.entropy(bar, row) for row in TWO]
    expected = stats.entropy([p, 1 - p], bar) + spread
    agree(bias_variance.LOG_LOSS_BIAS_VARIANCE_DIVERGENCE_PROOF.sides({**values, "p": p}), expected)
    assert both(bias_variance.LOG_LOSS_VARIANCE_PROOF, values) == pytest.approx([spread, spread])


def test_log_loss_with_several_classes():
    predictions, p = STREAM.dirichlet(np.ones(4), 6), np.array([0.1, 0.2, 0.3, 0.4])
    bar = geometric(predictions)
    expected = stats.entropy(p, bar) + MASS @ [stats.entropy(bar, row) for row in predictions]
    tables = {"C": (p, {"prob": p, "mean_log": MASS @ np.log(predictions)})}
    sides = both(bias_variance.LOG_LOSS_BIAS_VARIANCE_CLASSES_PROOF, tables)
    assert sides == pytest.approx([expected, expected])


EXAMPLES = {
    "SQUARE": (lambda x: x**2, lambda x: 2 * x, lambda s: s / 2),
    "ENTROPY": (lambda x: x * np.log(x), lambda x: np.log(x) + 1, lambda s: np.exp(s - 1)),
    "EXPONENTIAL": (np.exp, np.exp, np.log),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_bregman_divergences(name):
    function, slope, inverse = EXAMPLES[name]
    y, bar = 0.4, inverse(MASS @ slope(H))

    def divergence(at, point):
        return function(at) - function(point) - slope(point) * (at - point)

    expected = MASS @ divergence(y, H)
    assert divergence(y, bar) + MASS @ divergence(bar, H) == pytest.approx(expected)
    table = {"H": (MASS, {"h": H, "value": function(H), "slope": slope(H)})}
    sides = bias_variance.BREGMAN_BIAS_VARIANCE_PROOF.sides(
        {**table, "y": y, "value_y": function(y), "hbar": bar, "value_hbar": function(bar)})
    agree(sides, expected)
    assert both(getattr(bias_variance, f"BREGMAN_{name}_PROOF"), table, y=y) == pytest.approx([expected, expected])


def test_bregman_divergence_in_several_dimensions():
    points, y = STREAM.uniform(0.2, 2, (6, 3)), np.array([0.5, 1.0, 1.5])
    slopes = np.log(points) + 1
    bar = np.exp(MASS @ slopes - 1)

    def value(x):
        return (x * np.log(x)).sum(-1)

    table = {"value": value(points), "along_y": slopes @ y, "along_hbar": slopes @ bar,
             "along_h": (slopes * points).sum(1)}
    sides = bias_variance.BREGMAN_BIAS_VARIANCE_DIMENSIONS_PROOF.sides(
        {"H": (MASS, table), "value_y": value(y), "value_hbar": value(bar)})
    agree(sides, MASS @ (value(y) - value(points) - (slopes * (y - points)).sum(1)))


def test_a_wrong_factor_is_rejected(monkeypatch):
    def derive():
        mean, target, variance, noise = positive("mean, target, variance, noise")
        return (mean - target) ** 2 + 2 * variance + noise

    twice = Formula("twice", ("mean", "target", "variance", "noise"), derive)
    monkeypatch.setattr(bias_variance, "SQUARED_ERROR", twice)
    for derivation in (derivations.squared, derivations.squared_noise):
        with pytest.raises(Rejected, match="weighted sum"):
            derivation()


def test_the_arithmetic_mean_is_rejected_for_log_loss(monkeypatch):
    arithmetic = derivations.Q.mean(derivations.q)
    monkeypatch.setattr(derivations, "GEOMETRIC", arithmetic)
    for derivation in (derivations.log_loss, derivations.log_loss_divergence, derivations.log_loss_variance):
        with pytest.raises(Rejected, match="weighted sum"):
            derivation()


def test_the_arithmetic_mean_is_rejected_for_another_bregman_divergence(monkeypatch):
    example = bregman.ENTROPY._replace(coordinate=lambda x: x, back=lambda s: s, coordinates=derivations.POSITIVE)
    monkeypatch.setattr(bregman, "ENTROPY", example)
    with pytest.raises(Rejected, match="weighted sum"):
        bregman.bregman_entropy()


def test_no_normalisation_is_rejected(monkeypatch):
    monkeypatch.setattr(derivations, "NORM", derivations.C.mean(1 / derivations.prob))
    with pytest.raises(Rejected, match="weighted sum"):
        derivations.log_loss_classes()


def test_a_conditional_mean_is_what_the_law_says():
    loss, soft, law = derivations.loss, derivations.soft, derivations.XY
    with pytest.raises(Rejected, match="doesn't say that mean"):
        conditional_mean(law, loss, derivations.mean, 1)
    with pytest.raises(Rejected, match="depends on X alone"):
        conditional_mean(law, loss, soft, loss)
    with pytest.raises(Rejected, match=r"is E\(loss\*\*2 \| X\)"):
        conditional_mean(law, loss**2, soft, 1)
    noted = Law("XY", law.variables, law.domain, law.integrable, (*law.meaning, (loss, OF_X)))
    assert conditional_mean(noted, loss, soft, loss).left == noted.mean(loss**2)


def test_independence_is_of_different_variables():
    h, y, law = derivations.h, derivations.y, derivations.HY
    fact = independent_product(h, y, law)
    assert [premise.text for premise in fact.premises if premise.kind == "independent"] == ["h and y are independent"]
    for first, second in ((h, h * y), (h, 1)):
        with pytest.raises(Rejected, match="none in common"):
            independent_product(first, second, law)
    tied = Law("T", (h, y), Domain(law.domain.ranges, h - y), law.integrable)
    with pytest.raises(Rejected, match="ties together"):
        independent_product(h, y, tied)


def test_total_variance_needs_the_conditional_mean():
    law = derivations.XU
    start = expectation(definition(derivations.u**2, law.domain), law)
    goal = derivations.total_variance_goal()
    with pytest.raises(Rejected, match="weighted sum"):
        combine(goal.left, "==", goal.right, (1, start))
