"""Exploring ranks instances; it concludes nothing."""
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import strategies as st

from verify import Claim, ClaimError, Relation
from verify.draws import Drawer, Support
from verify.exact import compare
from verify.explore import Explorer, Point
from verify.instance import make_instance

HERE = make_instance({}, {})
UNIT = Support(0.0, 1.0)


def explorer(budget, **fields):
    basics = {"title": "A statement", "source": "test", "given": {"p": st.floats(0.1, 0.9)}, "support": (0, 1),
              "sample": lambda p, rng, size: rng.random(size) < p, "bound": lambda p, c=0.5: c, "controls": [{"c": 0}],
              "block": 256}
    statement = Claim(**{**basics, **fields}).statement()
    return Explorer(statement, Drawer(statement, 0), budget)


def point(mean=0.5, variance=0.25, draws=100, bound=0.5, support=UNIT):
    return Point(HERE, bound, None, support, draws, mean, variance)


@pytest.mark.parametrize(("relation", "bound", "vacuous"), [
    ("<=", 1.0, True), ("<=", 0.99, False), (">=", 0.0, True), (">=", 0.01, False), ("==", 0.0, False),
    ("<=", math.inf, True)])
def test_bound_is_vacuous_where_every_law_on_the_support_obeys_it(relation, bound, vacuous):
    assert point(bound=bound).vacuous(Relation(relation)) is vacuous


@pytest.mark.parametrize(("relation", "mean", "sign"), [
    ("<=", 0.6, 1), ("<=", 0.4, -1), (">=", 0.6, -1), (">=", 0.4, 1), ("==", 0.6, 1), ("==", 0.4, 1)])
def test_excess_is_positive_where_the_mean_looks_like_a_violation(relation, mean, sign):
    assert math.copysign(1, point(mean).excess(Relation(relation), 0.01)) == sign


def test_standardised_gap_is_in_standard_errors_with_a_share_for_what_was_not_seen():
    # variance 0.25 plus spread^2 / n = 0.25 / 100, over 100 draws.
    assert point(0.6).standardised(0.5, 0.01) == pytest.approx(0.1 / math.sqrt(0.2525 / 100))
    silent = point(mean=0.0, variance=0.0, bound=0.001)
    assert silent.standardised(0.001, 0.01) == pytest.approx(-math.sqrt(100 * 100 * 0.001 / 0.999))
    assert point(draws=0).standardised(0.5, 0.01) == -math.inf


def test_excess_of_an_exact_point_is_its_relative_gap():
    exact = Point(HERE, 2.0, compare(3.0, 2.0), None)
    assert exact.excess(Relation.AT_MOST, 0.01) == pytest.approx(1 / 3)
    assert exact.excess(Relation.AT_LEAST, 0.01) == pytest.approx(-1 / 3)
    assert Point(HERE, 0.0, compare(0.0, 0.0), None).excess(Relation.AT_MOST, 0.01) == 0.0


def test_search_climbs_towards_the_worst_instances(tiny):
    """A tent over 271,828: 400 uniform integers up to 10^9 all miss it by 1,000 with probability 0.999."""
    made = explorer(replace(tiny, instances=400), given={"n": st.integers(0, 10**9)}, sample=None, support=None,
                    exact=lambda n: -abs(n - 271_828), bound=lambda n, c=10**9: c)
    made.search()
    assert min(abs(p.instance.values["n"] - 271_828) for p in made.points.values()) < 1000


def test_worst_sampled_points_stand_first_and_were_drawn_afresh(tiny):
    made = explorer(tiny)
    for p in np.linspace(0.1, 0.9, 17):
        made.visit(make_instance({"p": float(p)}, {}))
    worst = made.worst_sampled()
    assert len(worst) == tiny.candidates
    assert worst[0].instance.values["p"] > 0.84
    assert all(p.draws == 4 * 256 for p in worst)
    excesses = [p.excess(Relation.AT_MOST, tiny.floor) for p in worst]
    assert excesses == sorted(excesses, reverse=True)


def test_mean_and_variance_are_those_of_the_draws(tiny):
    made = explorer(tiny)
    found = made.visit(make_instance({"p": 0.3}, {}))
    draws = made.drawer.block(found.instance, "explore", 0, tiny.explore_draws)
    assert found.mean == pytest.approx(draws.mean())
    assert found.variance == pytest.approx(draws.var())


def test_instance_is_evaluated_once(tiny):
    made = explorer(tiny)
    here = make_instance({"p": 0.3}, {})
    assert made.visit(here) is made.visit(make_instance({"p": 0.3}, {}))
    assert made.drawer.drawn == tiny.explore_draws


def test_exact_instances_are_sampled_only_to_check_agreement(tiny):
    made = explorer(tiny, exact=lambda p: p)
    for p in np.linspace(0.1, 0.9, 60):
        made.visit(make_instance({"p": float(p)}, {}))
    assert sum(p.draws > 0 for p in made.points.values()) == 48
    assert made.worst_sampled() == []
    assert made.exact_points()[0].instance.values["p"] == 0.9


def test_vacuous_points_are_no_candidates(tiny):
    made = explorer(tiny, bound=lambda p, c=1.0: c)
    made.search()
    assert made.points
    assert made.worst_sampled() == []


@pytest.mark.parametrize(("fields", "message"), [
    ({"bound": lambda p, c=1: [c]}, "bound returned .1., which is no number.*Instance: p=0.3"),
    ({"exact": lambda p: 1 / 0}, "exact raised ZeroDivisionError: division by zero. It must return.*Instance: p=0.3"),
    ({"support": lambda p: 1}, "support returned 1 .*Instance: p=0.3"),
    ({"sample": lambda p, rng, size: "x"}, "sample returned str.*Instance: p=0.3"),
])
def test_failure_names_the_function_and_the_instance(tiny, fields, message):
    with pytest.raises(ClaimError, match=message):
        explorer(tiny, **fields).visit(make_instance({"p": 0.3}, {}))


def test_score_is_finite_for_hypothesis(tiny):
    made = explorer(tiny, exact=lambda p: p, bound=lambda p, c=math.inf: c, sample=None, support=None)
    assert math.isfinite(made.score(make_instance({"p": 0.3}, {})))


def test_a_wrong_twin_is_searched_until_an_instance_violates_it_without_sampling(tiny):
    claim = Claim(title="p is at most 1", source="test", given={"p": st.integers(0, 10**6)}, exact=lambda p: p,
                  bound=lambda p, shift=0: p + shift, sample=lambda p, rng, size: np.full(size, float(p)),
                  support=(0, 10**6), controls=[{"shift": -1}])
    true = Explorer(claim.statement(), Drawer(claim.statement(), 0), tiny)
    true.search()
    twin = claim.statement({"shift": -1})
    false = Explorer(twin, Drawer(twin, 0), tiny)
    false.search()
    assert len(true.points) > len(false.points) == 1
    assert true.drawer.drawn > false.drawer.drawn == 0
    assert (true.fallen, false.fallen) == (False, True)
