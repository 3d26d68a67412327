"""Rules on noisy clusters: kernel, NumPy twin and enumeration agree.

Shares are compared at 6.5 standard errors: a false alarm has probability below 1e-9 per comparison.
"""
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from simulate import clusters

MASS = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
NOISE = ((Fraction(3, 4), Fraction(1, 4)), (Fraction(2, 5), Fraction(3, 5)))
LAW = clusters.label_law((0, 1, 0), NOISE)
PAIR = (Fraction(1, 3), Fraction(2, 3))
DRAWS = 40_000


def known(value):
    assert value is not None
    return value


def close(share, probability, draws):
    return abs(share - float(probability)) <= 6.5 * np.sqrt(0.25 / draws)


@pytest.mark.parametrize("rule", clusters.RULES)
@pytest.mark.parametrize("cluster", [0, 1, 2])
@pytest.mark.parametrize("hit", [False, True])
def test_labels_drawn_have_the_enumerated_law(rule, cluster, hit):
    found = known(clusters.replicated_law(MASS, LAW, 2, cluster, rule))
    exact = found[0][1] / sum(found[0]) if hit else found[0][1] + found[1][1]
    draws = clusters.replicated_labels(MASS, LAW, 2, cluster, rule, np.random.default_rng(1), DRAWS, hit=hit)
    assert close(draws.mean(), exact, DRAWS)


@pytest.mark.parametrize("rule", clusters.RULES)
@pytest.mark.parametrize("hit", [False, True])
def test_kernel_and_twin_agree(rule, hit):
    rng = np.random.default_rng(2)
    many = clusters.replicated_labels(MASS, LAW, 5, 2, rule, rng, DRAWS, hit=hit)
    few = clusters.replicated_labels_numpy(MASS, LAW, 5, 2, rule, rng, 800, hit=hit)
    assert abs(many.mean() - few.mean()) < 6.5 * np.sqrt(0.25 / 800 + 0.25 / DRAWS)


@pytest.mark.parametrize("rule", clusters.LOCAL)
def test_a_local_rule_repeats_the_noise(rule):
    hit, missed = known(clusters.replicated_law(PAIR, LAW[:2], 3, 1, rule))
    assert tuple(p / sum(hit) for p in hit) == LAW[1]
    assert sum(missed) == (1 - PAIR[1]) ** 3


def test_the_majority_is_more_certain_than_the_noise():
    hit, _ = known(clusters.replicated_law((1,), (LAW[0],), 3, 0, "majority"))
    assert hit[0] > LAW[0][0]


def test_splitting_a_cluster_changes_nothing_elsewhere():
    split = (MASS[0], MASS[1], MASS[2] / 2, MASS[2] / 2)
    assert (clusters.replicated_law(split, (*LAW, LAW[2]), 2, 0, "nearest")
            == clusters.replicated_law(MASS, LAW, 2, 0, "nearest"))


def test_renaming_the_labels_renames_the_answers():
    turned = tuple(tuple(reversed(row)) for row in LAW[:2])
    for one, other in zip(known(clusters.replicated_law(PAIR, LAW[:2], 3, 0, "crowded")),
                          known(clusters.replicated_law(PAIR, turned, 3, 0, "crowded")), strict=True):
        assert one == tuple(reversed(other))


def test_more_points_miss_less():
    misses = [sum(known(clusters.replicated_law(PAIR, LAW[:2], n, 1, "first"))[1]) for n in (1, 2, 3)]
    assert all(later < earlier for earlier, later in pairwise(misses))


def test_a_certain_hit_needs_no_luck():
    draws = clusters.replicated_labels((1,), ((0, 1),), 3, 0, "first", np.random.default_rng(3), 100, hit=True)
    assert (draws == 1).all()


def test_enumeration_declines_large_samples():
    assert clusters.replicated_law(MASS, LAW, 9, 0, "first") is None
    assert clusters.replicated_law((0.5, 0.5), LAW[:2], 1, 0, "first") is None


@pytest.mark.parametrize(("arguments", "words"), [
    ((MASS, LAW, 0, 0, "first"), "n = 0"), ((MASS, LAW, 1, 3, "first"), "cluster = 3"),
    ((MASS, LAW, 1, 0, "oldest"), "'oldest'"),
])
def test_bad_input_is_named(arguments, words):
    with pytest.raises(ValueError, match=words):
        clusters.replicated_labels(*arguments, rng=np.random.default_rng(0), size=1)


def test_an_empty_cluster_is_never_hit():
    with pytest.raises(ValueError, match="mass 0"):
        clusters.replicated_labels((0, 1), LAW[:2], 1, 0, "first", np.random.default_rng(0), 1, hit=True)


def test_noise_must_be_a_square_matrix():
    with pytest.raises(ValueError, match="square"):
        clusters.label_law((0,), ((Fraction(1, 2), Fraction(1, 2)),))
    with pytest.raises(ValueError, match="clean"):
        clusters.label_law((2,), NOISE)
