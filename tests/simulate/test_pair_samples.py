"""Sampled negatives and statistics of pairs: their laws, their draws and plain enumeration agree."""
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings

from simulate import Binary, pair_samples, ranking_strategies

DRAWS = 60_000
P = (Fraction(1, 4), Fraction(2, 3), Fraction(1, 2))
W = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
LOSS = ((Fraction(1), Fraction(1, 3), Fraction(0)), (Fraction(1, 2), Fraction(1), Fraction(1, 5)),
        (Fraction(1), Fraction(3, 4), Fraction(1, 2)))
TASK = Binary((Fraction(1, 4), Fraction(3, 4)), (Fraction(1, 3), Fraction(4, 5)))
PAIRS = ((Fraction(1, 2), Fraction(1)), (Fraction(1, 5), Fraction(1, 3)))
KINDS = [{}, {"soft": True}, {"exclusive": True}, {"only_true": True}]

few = settings(max_examples=25, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def known(value):
    """The value, where this instance is small enough for there to be one."""
    assert value is not None
    return value


def close(draws, mean):
    # 6.5 standard errors: false alarm below 1e-9.
    return abs(draws.mean() - float(mean)) <= 6.5 * draws.std() / np.sqrt(len(draws))


def test_label_laws_are_laws_with_the_marginals():
    for exclusive, p in ((False, P), (True, (Fraction(1, 4), Fraction(1, 3), Fraction(1, 6)))):
        law = list(pair_samples.label_laws(p, exclusive))
        assert sum(chance for chance, _ in law) == 1
        assert tuple(sum(chance * y[i] for chance, y in law) for i in range(3)) == p
    assert max(sum(y) for _, y in pair_samples.label_laws(P, exclusive=True)) == 1


def test_negative_law_is_plain_enumeration():
    mean = Fraction(0)
    for labels in product((0, 1), repeat=3):
        chance = prod((p if y else 1 - p for p, y in zip(P, labels, strict=True)), start=Fraction(1))
        for j in range(3):
            mean += chance * W[j] * sum(labels[i] * (1 - labels[j]) * LOSS[i][j] for i in range(3) if i != j) / W[j]
    assert pair_samples.moments_of(pair_samples.negative_law(P, W, LOSS))[0] == mean


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_estimates_have_the_mean_of_their_law(kind):
    law = pair_samples.negative_law(P, W, LOSS, **kind)
    assert sum(chance for chance, _ in law) == 1
    mean, variance = pair_samples.moments_of(law)
    rng = np.random.default_rng(1)
    first, second = (pair_samples.negative_estimates(P, W, LOSS, rng, DRAWS, **kind) for _ in range(2))
    assert close(first, mean)
    assert close(pair_samples.half_squares(first, second), variance)


def test_soft_and_one_hot_laws_are_in_one_order():
    hard, soft = (pair_samples.negative_law(P, W, LOSS, soft=is_soft) for is_soft in (False, True))
    assert [chance for chance, _ in hard] == [chance for chance, _ in soft]
    assert pair_samples.moments_of(hard)[0] == pair_samples.moments_of(soft)[0]


def test_permuting_labels_changes_no_moment():
    order = (2, 0, 1)
    moved = (tuple(P[i] for i in order), tuple(W[i] for i in order), tuple(tuple(LOSS[i][j] for j in order)
                                                                           for i in order))
    assert pair_samples.moments_of(pair_samples.negative_law(*moved)) == pair_samples.moments_of(
        pair_samples.negative_law(P, W, LOSS))


def test_all_positive_labels_leave_no_true_negative():
    law = pair_samples.negative_law((Fraction(1), Fraction(1)), W[:2], LOSS, only_true=True)
    assert pair_samples.moments_of(law) == (0, 0)


def plain_statistic(points, weights, diagonal):
    n = len(points)
    return sum((weights(i, j) * PAIRS[points[i][0]][points[j][0]] for i in range(n) for j in range(n)
                if i != j or diagonal), Fraction(0)) / (n * (n - 1))


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("diagonal", [0, 1])
def test_statistic_law_is_plain_enumeration(soft, diagonal):
    total = square = Fraction(0)
    cells = [(x, y) for x in (0, 1) for y in (0, 1)]
    for drawn in product(cells, repeat=3):
        chance = prod((TASK.mass[x] * (TASK.eta[x] if y else 1 - TASK.eta[x]) for x, y in drawn), start=Fraction(1))
        labels = [TASK.eta[x] if soft else y for x, y in drawn]
        value = plain_statistic(drawn, lambda i, j, by=labels: by[i] * (1 - by[j]), diagonal)
        total, square = total + chance * value, square + chance * value**2
    law = known(pair_samples.statistic_law(TASK, PAIRS, 3, soft=soft, diagonal=diagonal))
    assert pair_samples.moments_of(law) == (total, square - total**2)


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("diagonal", [0, 1])
def test_statistics_have_the_moments_of_their_law(soft, diagonal):
    mean, variance = pair_samples.moments_of(known(
        pair_samples.statistic_law(TASK, PAIRS, 4, soft=soft, diagonal=diagonal)))
    rng = np.random.default_rng(5)
    first, second = (pair_samples.statistics(TASK, PAIRS, 4, rng, DRAWS, soft=soft, diagonal=diagonal)
                     for _ in range(2))
    assert close(first, mean)
    assert close(pair_samples.half_squares(first, second), variance)


def test_splitting_a_point_leaves_the_statistic_as_it_is():
    split = Binary((Fraction(1, 8), Fraction(1, 8), TASK.mass[1]), (TASK.eta[0], *TASK.eta))
    losses = tuple(tuple(PAIRS[i][j] for j in (0, 0, 1)) for i in (0, 0, 1))
    for soft in (False, True):
        laws = [known(pair_samples.statistic_law(*each, 3, soft=soft)) for each in ((split, losses), (TASK, PAIRS))]
        assert pair_samples.moments_of(laws[0]) == pair_samples.moments_of(laws[1])


def test_hoeffding_components_give_the_variance_of_two_points():
    _, zeta_2 = pair_samples.components(TASK, PAIRS)
    law = known(pair_samples.statistic_law(TASK, PAIRS, 2, soft=False))
    assert pair_samples.moments_of(law)[1] == zeta_2


def test_what_is_too_large_or_in_floats_is_not_enumerated():
    assert pair_samples.statistic_law(Binary((0.5, 0.5), (0.1, 0.2)), PAIRS, 2, soft=True) is None
    assert pair_samples.statistic_law(TASK, PAIRS, 60, soft=True) is None


def test_the_tables_have_the_means_that_the_laws_have():
    weights, columns = pair_samples.negative_table(P, W, LOSS)
    assert sum(weights) == 1
    rows = zip(weights, *(columns[name] for name in ("positive", "label", "drawn", "loss", "inverse")), strict=True)
    mean = 6 * sum(w * y * (1 - z) * d * loss * inverse for w, y, z, d, loss, inverse in rows)
    assert mean == pair_samples.moments_of(pair_samples.negative_law(P, W, LOSS))[0]
    weights, columns = pair_samples.statistic_table(TASK, PAIRS, 3)
    law = known(pair_samples.statistic_law(TASK, PAIRS, 3, soft=True))
    for name in ("statistic", "value"):
        assert sum(w * v for w, v in zip(weights, columns[name], strict=True)) == pair_samples.moments_of(law)[0]


@seed(1)
@few
@given(ranking_strategies.multi_labels())
def test_negatives_are_drawn_from_a_positive_law(drawn):
    assert sum(drawn["weights"]) == 1
    assert min(drawn["weights"]) > 0
    assert len(drawn["losses"]) == len(drawn["probabilities"]) == len(drawn["losses"][0])


@seed(1)
@few
@given(ranking_strategies.binary_with_losses())
def test_samples_of_points_have_pairs(drawn):
    assert drawn["n"] >= 2
    assert len(drawn["losses"]) == drawn["task"].points
