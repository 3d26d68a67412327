"""Top-k sets, pairwise losses and areas: enumeration, draws and plain definitions agree."""
from fractions import Fraction
from math import log

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings

from simulate import Binary, Finite, ranking, ranking_strategies

DRAWS = 60_000
THIRD, HALF = Fraction(1, 3), Fraction(1, 2)
TASK = Finite((Fraction(1, 4), Fraction(3, 4)), ((HALF, THIRD, Fraction(1, 6)), (Fraction(1, 5), Fraction(2, 5),
                                                                                Fraction(2, 5))))
TEACHER = ((THIRD, THIRD, THIRD), (HALF, HALF, Fraction(0)))
SCORED = Binary((Fraction(1, 4), Fraction(1, 4), HALF), (Fraction(1, 5), Fraction(1, 2), Fraction(9, 10)))
SCORES = (HALF, HALF, Fraction(1, 10))

few = settings(max_examples=25, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def close(draws, mean):
    # 6.5 standard errors: false alarm below 1e-9.
    return abs(draws.mean() - float(mean)) <= 6.5 * draws.std() / np.sqrt(len(draws))


def test_top_sets_are_all_that_ties_allow():
    assert ranking.top_sets((2, 3, 1), 2) == [(0, 1)]
    assert ranking.top_sets((1, 3, 1), 2) == [(0, 1), (1, 2)]
    assert len(ranking.top_sets((1, 1, 1, 1), 2)) == 6


def test_ties_are_broken_in_the_worst_case():
    assert ranking.chosen_set((HALF, THIRD, Fraction(1, 6)), (1, 1, 1), 1) == (2,)
    assert ranking.lost_mass((HALF, THIRD, Fraction(1, 6)), (1, 1, 1), 1) == THIRD
    assert ranking.lost_mass((HALF, THIRD, Fraction(1, 6)), (1, 1, 1), 3) == 0


def test_the_true_order_loses_nothing_whatever_the_scale():
    for k in (1, 2, 3):
        assert ranking.lost_mass(TASK.law[0], tuple(p / 7 for p in TASK.law[0]), k) == 0


def test_permuting_labels_changes_nothing():
    order = (2, 0, 1)
    for k in (1, 2):
        for true, said in zip(TASK.law, TEACHER, strict=True):
            moved, guessed = (tuple(row[i] for i in order) for row in (true, said))
            assert ranking.lost_mass(moved, guessed, k) == ranking.lost_mass(true, said, k)


@pytest.mark.parametrize("k", [0, 4])
def test_impossible_k_is_an_error(k):
    with pytest.raises(ValueError, match=f"k = {k} of 3 labels"):
        ranking.top_sets((1, 2, 3), k)


@pytest.mark.parametrize("k", [1, 2])
def test_draws_lose_what_is_enumerated(k):
    mean = sum(p * ranking.lost_mass(true, said, k)
               for p, true, said in zip(TASK.mass, TASK.law, TEACHER, strict=True))
    assert close(ranking.top_k_losses(TASK, TEACHER, k, np.random.default_rng(k), DRAWS), mean)
    hit = sum(p * sum(true[i] for i in ranking.chosen_set(true, said, k))
              for p, true, said in zip(TASK.mass, TASK.law, TEACHER, strict=True))
    assert close(ranking.top_k_hits(TASK, TEACHER, k, np.random.default_rng(k), DRAWS), hit)


def test_the_label_table_sums_to_what_is_lost():
    weights, columns = ranking.label_table(TASK, TEACHER, 2)
    assert sum(weights) == 1
    lost = 3 * sum(w * (best - chosen) * true for w, best, chosen, true in zip(
        weights, columns["best"], columns["chosen"], columns["truth"], strict=True))
    assert lost == sum(p * ranking.lost_mass(true, said, 2)
                       for p, true, said in zip(TASK.mass, TASK.law, TEACHER, strict=True))
    # A top-k set is what is above a cut.
    assert all((2 * chosen - 1) * (said - cut) >= 0 for chosen, said, cut in zip(
        columns["chosen"], columns["teacher"], columns["cut"], strict=True))


def test_pairwise_loss_is_its_definition():
    p, odds = (Fraction(1, 4), Fraction(2, 3)), (Fraction(3), Fraction(1, 2))
    wanted = sum(float(a) * (1 - float(b)) * log(1 + float(y / x))
                 for a, x in zip(p, odds, strict=True) for b, y in zip(p, odds, strict=True))
    assert float(ranking.pairwise_loss(p, odds)) == pytest.approx(wanted, rel=1e-12)


def test_a_constant_added_to_the_scores_changes_no_loss():
    p, odds = (Fraction(1, 4), Fraction(2, 3), HALF), (Fraction(3), Fraction(1, 2), Fraction(2))
    moved = tuple(5 * value for value in odds)
    assert abs(ranking.pairwise_loss(p, odds) - ranking.pairwise_loss(p, moved)) < 1e-50


def test_odds_of_certain_labels_are_an_error():
    assert ranking.logit_odds((Fraction(1, 4),)) == (THIRD,)
    with pytest.raises(ValueError, match="keep them inside"):
        ranking.logit_odds((Fraction(1), HALF))


def test_the_pair_table_marks_what_is_misordered():
    weights, columns = ranking.pair_table((Fraction(1, 4), HALF), (Fraction(2), Fraction(1)))
    assert sum(weights) == 1
    assert columns["wrong"] == [0, 1, 1, 0]
    assert ranking.pair_table((HALF, HALF), (Fraction(2), Fraction(1)))[1]["wrong"] == [0] * 4


def test_area_of_eta_is_the_largest_and_of_no_information_one_half():
    assert ranking.area(SCORED, (1, 1, 1)) == HALF
    assert ranking.area(SCORED, SCORED.eta) > HALF > ranking.area(SCORED, SCORES)
    assert ranking.area(SCORED, (1, 2, 3)) == ranking.area(SCORED, SCORED.eta)


def test_splitting_a_point_leaves_areas_as_they_are():
    split = Binary((Fraction(1, 8), Fraction(1, 8), *SCORED.mass[1:]), (SCORED.eta[0], *SCORED.eta))
    assert ranking.area(split, (SCORES[0], *SCORES)) == ranking.area(SCORED, SCORES)


def test_draws_of_areas_agree_with_enumeration():
    rng = np.random.default_rng(3)
    assert close(ranking.area_gains(SCORED, SCORES, rng, DRAWS), ranking.area(SCORED, SCORES))
    lost = ranking.area(SCORED, SCORED.eta) - ranking.area(SCORED, SCORES)
    assert close(ranking.area_losses(SCORED, SCORES, rng, DRAWS), lost)


def test_the_area_table_adds_up_to_the_areas():
    weights, columns = ranking.area_table(SCORED, SCORES)
    base = ranking.base_rate(SCORED)
    for name in ("forward", "backward"):
        lost = sum(w * v for w, v in zip(weights, columns[name], strict=True)) / (base * (1 - base))
        assert lost == ranking.area(SCORED, SCORED.eta) - ranking.area(SCORED, SCORES)
    for name in ("placed", "mirrored"):
        more = sum(w * v for w, v in zip(weights, columns[name], strict=True)) / (base * (1 - base))
        assert HALF + more == ranking.area(SCORED, SCORES)


def test_areas_need_both_classes_and_a_score_per_point():
    with pytest.raises(ValueError, match="both classes"):
        ranking.area(Binary((1,), (1,)), (1,))
    with pytest.raises(ValueError, match="2 scores for 3 points"):
        ranking.area(SCORED, (1, 2))


@seed(1)
@few
@given(ranking_strategies.teachers_of_classes())
def test_teachers_have_a_probability_row_per_point(drawn):
    assert all(sum(row) == 1 and min(row) >= 0 for row in drawn["teacher"])
    assert 1 <= drawn["k"] <= drawn["task"].classes


@seed(1)
@few
@given(ranking_strategies.nearly_right_teachers())
def test_nearly_right_teachers_have_a_probability_row_per_point(drawn):
    assert all(sum(row) == 1 and min(row) >= 0 for row in drawn["teacher"])
    assert 1 <= drawn["k"] < drawn["task"].classes


@seed(1)
@few
@given(ranking_strategies.scored_labels())
def test_scored_labels_are_inside_their_ranges(drawn):
    assert all(0 < p < 1 for p in drawn["probabilities"])
    assert all(o > 0 for o in drawn["odds"])


@seed(1)
@few
@given(ranking_strategies.binary_with_ranker())
def test_rankers_speak_of_both_classes(drawn):
    assert 0 < ranking.base_rate(drawn["task"]) < 1
    assert all(0 <= p <= 1 for p in drawn["teacher"])
