"""Confirmation: two e-processes on fresh blocks, stopped as soon as one knows."""
import math

import numpy as np
import pytest

from verify import Claim, Label, Relation
from verify.confirm import confirm
from verify.draws import Drawer
from verify.eprocess import Evidence, log_mixture, log_wealth
from verify.explore import Explorer
from verify.instance import make_instance
from verify.plan import Decision, Plan

LEVEL = 1e-9
BLOCK = 256


@pytest.fixture
def confirmed(tiny):
    """Confirm a claim whose only instance is {}."""
    def run(sample, bound, relation="<=", support=(0, 1), resolution=0.05, blocks=200, seed=0, level=LEVEL):
        claim = Claim(title="A statement", source="test", given={}, sample=sample, support=support,
                      bound=lambda c=bound: c, relation=relation, controls=[{"c": -1}], block=BLOCK)
        drawer = Drawer(claim.statement(), seed)
        point = Explorer(claim.statement(), drawer, tiny).visit(make_instance({}, claim.namespace))
        return confirm(drawer, point, Plan(Relation(relation), resolution, level, level, "confirm", blocks, BLOCK))

    return run


def coin(rng, size):
    return rng.random(size) < 0.3


def exponential(rng, size):
    return rng.exponential(size=size)


# Errors in these have probability at most 1e-9 each, whatever the seed: the level of both e-processes.
@pytest.mark.parametrize(("relation", "bound", "decision"), [
    ("<=", 0.2, Decision.VIOLATED), ("<=", 0.3, Decision.CLEARED), ("<=", 0.9, Decision.CLEARED),
    (">=", 0.4, Decision.VIOLATED), (">=", 0.3, Decision.CLEARED), (">=", 0.1, Decision.CLEARED),
    ("==", 0.2, Decision.VIOLATED), ("==", 0.4, Decision.VIOLATED), ("==", 0.3, Decision.CLEARED),
    ("<=", -0.1, Decision.VIOLATED), (">=", 1.1, Decision.VIOLATED), ("<=", 1.0, Decision.CLEARED),
    (">=", 0.0, Decision.CLEARED),
])
def test_decision_matches_the_truth(confirmed, relation, bound, decision):
    outcome = confirmed(coin, bound, relation)
    assert outcome.decision is decision
    assert outcome.label is Label.ANYTIME
    assert outcome.draws == outcome.blocks * BLOCK
    assert outcome.interval[0] <= 0.3 <= outcome.interval[1]
    assert outcome.needed is None


@pytest.mark.parametrize("gap", [0.012, -0.012])
def test_equality_violated_by_less_than_the_resolution_on_one_side_is_not_cleared_by_the_other(confirmed, gap):
    # Half of the resolution: 20,000 draws tell neither.
    outcome = confirmed(coin, 0.3 + gap, "==", resolution=0.014, blocks=80)
    assert outcome.decision is Decision.UNDECIDED


@pytest.mark.parametrize("gap", [0.03, -0.03])
def test_equality_violated_by_more_than_the_resolution_is_never_cleared(confirmed, gap):
    for seed in range(5):
        assert confirmed(coin, 0.3 + gap, "==", resolution=0.02, seed=seed).decision is not Decision.CLEARED


@pytest.mark.parametrize("sample", [
    coin, lambda rng, size: rng.beta(0.6, 1.4, size), lambda rng, size: np.full(size, 0.3),
], ids=["two values", "continuous", "constant"])
def test_e_value_is_the_plain_one_of_all_draws_against_the_bound(confirmed, sample):
    seen: list[np.ndarray] = []

    def recorded(rng, size):
        seen.append(np.asarray(sample(rng, size), float))
        return seen[-1]

    outcome = confirmed(recorded, 0.29, resolution=1e-4, blocks=5, level=1e-30)
    blocks = [draws for draws in seen if draws.size == BLOCK]
    assert len(blocks) == outcome.blocks == 5
    running = [log_mixture(log_wealth(np.concatenate(blocks[: n + 1]), 0.0, 0.29)) for n in range(5)]
    assert outcome.log_e == pytest.approx(max(running), abs=1e-4)
    assert outcome.estimate == pytest.approx(np.concatenate(blocks).mean())


def test_violation_is_called_in_the_first_block_whose_e_value_reaches_its_threshold(confirmed):
    outcome = confirmed(coin, 0.25, level=1e-4)
    assert outcome.decision is Decision.VIOLATED
    assert outcome.log_e >= -math.log(1e-4)
    shorter = confirmed(coin, 0.25, level=1e-4, blocks=outcome.blocks - 1)
    assert shorter.decision is Decision.UNDECIDED
    assert shorter.log_e < -math.log(1e-4)


def test_rounding_of_draws_and_bound_is_no_violation(confirmed):
    third = 1 / 3
    for relation in ("<=", ">=", "=="):
        outcome = confirmed(lambda rng, size: np.full(size, third), third * (1 + 1e-15), relation, blocks=100,
                            resolution=1e-9)
        assert outcome.decision is not Decision.VIOLATED


def test_draws_may_exceed_the_bound_by_the_numerical_slack_and_no_more(confirmed):
    outcome = confirmed(lambda rng, size: np.full(size, 0.3), 0.3 - 5e-10, resolution=1e-12, blocks=5)
    assert outcome.log_e <= 0.0
    assert confirmed(lambda rng, size: np.full(size, 0.3), 0.3 - 1e-4, resolution=1e-12, blocks=5).log_e > 0.0


@pytest.mark.parametrize(("bound", "relation", "support"), [
    (1.0, "<=", (0, math.inf)), (-1.0, ">=", (-math.inf, 0)), (1.0, "==", (0, math.inf)),
    (1.0, "<=", (-math.inf, math.inf)),
])
def test_unbounded_support_clears_asymptotically_only(confirmed, bound, relation, support):
    sign = 1 if bound > 0 else -1
    outcome = confirmed(lambda rng, size: sign * rng.exponential(size=size), bound, relation, support, resolution=0.2)
    assert outcome.decision is Decision.CLEARED
    assert outcome.label is Label.ASYMPTOTIC
    assert outcome.draws >= 8192
    assert outcome.interval[0] <= bound <= outcome.interval[1]


def test_unbounded_support_refutes_with_an_anytime_valid_label(confirmed):
    outcome = confirmed(exponential, 0.7, support=(0, math.inf))
    assert outcome.decision is Decision.VIOLATED
    assert outcome.label is Label.ANYTIME


def test_asymptotic_evidence_never_refutes(confirmed):
    for relation, support in ((">=", (0, math.inf)), ("<=", (-math.inf, math.inf)), ("==", (-math.inf, math.inf))):
        outcome = confirmed(exponential, 3.0 if relation == ">=" else 0.1, relation, support)
        assert outcome.decision is Decision.UNDECIDED
        assert outcome.log_e == 0.0


@pytest.mark.parametrize("seed", range(10))
def test_infinite_mean_is_never_cleared(confirmed, seed):
    outcome = confirmed(lambda rng, size: rng.pareto(0.9, size), 1e9, support=(0, math.inf), resolution=1e8, seed=seed)
    assert outcome.decision is Decision.UNDECIDED


@pytest.mark.parametrize(("bound", "resolution"), [(0.3, 0.02), (0.28, 0.01), (0.31, 0.012)])
def test_draws_said_to_be_needed_decide(confirmed, bound, resolution):
    undecided = confirmed(coin, bound, resolution=resolution, blocks=8)
    assert undecided.decision is Decision.UNDECIDED
    decided = confirmed(coin, bound, resolution=resolution, blocks=4000)
    assert decided.decision is not Decision.UNDECIDED
    # The effect is estimated from 2,048 draws, hence the wide bracket.
    assert decided.draws / 12 < undecided.needed < 12 * decided.draws


def test_no_number_of_draws_decides_where_the_estimate_is_exactly_on_the_resolution(confirmed):
    outcome = confirmed(lambda rng, size: np.full(size, 0.5), 0.5, ">=", (0, math.inf), resolution=0.0, blocks=2)
    assert outcome.needed is None


def test_two_sided_evidence_is_one_average_not_two_tests():
    evidence = Evidence.against(0.5, (1, -1), 0.0, 1.0)
    evidence.update(np.ones(20))
    first, second = (math.exp(side.log_e) for side in evidence.sides)
    assert math.exp(evidence.log_e) == pytest.approx((first + second) / 2)


def test_minute_numbers_decide_or_not_without_raising(confirmed):
    outcome = confirmed(lambda rng, size: 1e-200 * rng.random(size), 5e-201, support=(0, 1e-200), resolution=1e-203,
                        blocks=1)
    assert outcome.decision is Decision.UNDECIDED
