"""Blocks are functions of their names, and are checked on arrival."""
import math

import numpy as np
import pytest

from verify import Claim, ClaimError
from verify.draws import Drawer, Support, checked, seed_sequence, support_at
from verify.instance import Instance, make_instance

UNIT = Support(0.0, 1.0)
# blake2b of the block's name, 128 bits; computed with b2sum -l 128.
SEED = 0x17538ae04d3296b73b5fa9a9b6e0e48e


def claim(support=(0, 1), **fields):
    basics = {"title": "A statement", "source": "test", "given": {}, "bound": lambda c=1: c, "controls": [{"c": 0}],
              "sample": lambda rng, size: rng.random(size), "support": support}
    return Claim(**{**basics, **fields})


HERE = make_instance({}, {})


def test_every_part_of_a_blocks_name_changes_its_seed():
    names = [(0, "a", "{}", "confirm", 0), (1, "a", "{}", "confirm", 0), (0, "b", "{}", "confirm", 0),
             (0, "a", "{1}", "confirm", 0), (0, "a", "{}", "shrink", 0), (0, "a", "{}", "confirm", 1)]
    seeds = [seed_sequence(*name).entropy for name in names]
    assert len(set(seeds)) == len(seeds)
    assert seeds[0] == seed_sequence(*names[0]).entropy


def test_seed_of_a_block_never_changes_from_one_version_to_the_next():
    assert seed_sequence(0, "paper.slug", "{}", "confirm", 0).entropy == SEED


def test_block_can_be_drawn_again_by_itself():
    drawer = Drawer(claim().statement(), 3)
    blocks = [drawer.block(HERE, "confirm", index, 64) for index in range(4)]
    again = Drawer(claim().statement(), 3).block(HERE, "confirm", 2, 64)
    assert np.array_equal(again, blocks[2])
    assert np.array_equal(drawer.fresh(HERE, "confirm", 2, 64), again)
    assert not np.array_equal(blocks[1], again)
    assert not np.array_equal(Drawer(claim().statement(), 4).block(HERE, "confirm", 2, 64), again)
    assert not np.array_equal(drawer.block(HERE, "shrink", 2, 64), again)
    assert drawer.drawn == 5 * 64


def test_twin_shares_draws_where_they_are_the_same_and_only_there():
    made = claim(sample=lambda rng, size, shift=0.0: shift + rng.random(size) / 2)
    drawer = Drawer(made.statement(), 0)
    block = drawer.block(HERE, "confirm", 0, 64)
    twin = drawer.for_twin(made.statement({"c": 0}))
    assert twin.block(HERE, "confirm", 0, 64) is block
    assert (twin.drawn, drawer.drawn) == (64, 64)
    shifted = drawer.for_twin(made.statement({"shift": 0.5})).block(HERE, "confirm", 0, 64)
    assert np.allclose(shifted, block + 0.5)


def test_twin_whose_support_changes_has_its_draws_checked_against_it():
    made = claim(support=lambda high=1: (0, high), controls=[{"high": 0.5}])
    drawer = Drawer(made.statement(), 0)
    drawer.block(HERE, "confirm", 0, 64)
    with pytest.raises(ClaimError, match=r"outside support"):
        drawer.for_twin(made.statement({"high": 0.5})).block(HERE, "confirm", 0, 64)


def test_cache_has_a_limit_that_changes_no_draw(monkeypatch):
    monkeypatch.setattr("verify.draws.CACHED_DRAWS", 100)
    drawer = Drawer(claim().statement(), 0)
    first, second = (drawer.block(HERE, "confirm", index, 64) for index in (0, 1))
    assert drawer.block(HERE, "confirm", 0, 64) is first
    assert drawer.block(HERE, "confirm", 1, 64) is not second
    assert np.array_equal(drawer.block(HERE, "confirm", 1, 64), second)


@pytest.mark.parametrize("raw", [
    np.array([True, False]), [0, 1], np.array([0, 1], np.uint8), np.array([0, 1], np.float32)])
def test_booleans_integers_and_floats_are_draws(raw):
    draws = checked(raw, 2, UNIT)
    assert draws.dtype == np.float64
    assert draws.tolist() == [float(x) for x in raw]


@pytest.mark.parametrize(("raw", "message"), [
    (None, "sample returned NoneType of kind object. It returns an array of 2 real numbers or booleans."),
    (["a", "b"], "sample returned list of kind <U1."),
    (np.array([1j, 0]), "sample returned ndarray of kind complex128."),
    ([[0], [1, 2]], "sample returned list of kind object."),
    (0.5, r"sample returned an array of shape \(\), but size is 2. It returns one draw for each"),
    ([0.5], r"sample returned an array of shape \(1,\), but size is 2"),
    ([[0.5], [0.5]], r"sample returned an array of shape \(2, 1\), but size is 2"),
    ([0.5, math.nan], "sample returned nan at draw 1. Every draw is a finite number"),
    ([math.inf, 0.5], "sample returned inf at draw 0. Every draw is a finite number"),
    ([0.5, 1.25], r"sample returned 1.25 at draw 1, outside support \(0, 1\). The test is valid only for draws within "
                  "support; widen support or mend sample."),
    ([-1e-8, 0.5], r"sample returned -1e-08 at draw 0, outside support \(0, 1\)"),
])
def test_what_breaks_the_contract_is_an_error_with_value_place_rule_and_remedy(raw, message):
    with pytest.raises(ClaimError, match=message):
        checked(raw, 2, UNIT)


def test_draws_that_leave_the_support_by_rounding_are_clipped():
    assert checked([-5e-10, 1 + 5e-10], 2, UNIT).tolist() == [0.0, 1.0]
    assert checked([-5e-7, 1000.0], 2, Support(0.0, 1000.0)).tolist() == [0.0, 1000.0]
    assert checked([-1e300, 1e300], 2, Support(-math.inf, math.inf)).tolist() == [-1e300, 1e300]


@pytest.mark.parametrize(("pair", "message"), [
    ((1, 0), r"support returned \(1, 0\), whose ends are in the wrong order"),
    (3, "support returned 3 .*It is a pair"), ((1, 2, 3), r"support returned \(1, 2, 3\) .*It is a pair"),
    ((0, None), "It is a pair"), ((0, math.nan), "support returned NaN"),
])
def test_support_that_is_no_interval_is_an_error(pair, message):
    with pytest.raises(ClaimError, match=message):
        support_at(claim(support=lambda: pair).statement(), Instance({}, {}))


def test_spread_is_the_largest_deviation_that_the_bound_allows():
    assert UNIT.spread(0.5, 0.01) == pytest.approx(0.5)
    assert UNIT.spread(0.001, 0.01) == pytest.approx(math.sqrt(0.001 * 0.999))
    assert UNIT.spread(0.0, 0.01) == UNIT.spread(2.0, 0.01) == 0.01
    assert Support(-2.0, 2.0).spread(0.0, 0.01) == pytest.approx(2.0)
    assert Support(3.0, 3.0).spread(3.0, 0.01) == 3.0
    assert Support(0.0, 1.0).spread(math.inf, 0.01) == 1.0
    assert Support(0.0, math.inf).spread(-3.0, 0.01) == 3.0
    assert Support(0.0, math.inf).spread(0.0, 0.01) == 1.0
