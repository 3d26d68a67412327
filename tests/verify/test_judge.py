"""Every status is reached when it should be, and only then."""
import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import strategies as st

from verify import Claim, Status, check, judge, soundness

PARAMETERS = {"p": st.floats(0.1, 0.6)}


def coin(p, rng, size):
    return rng.random(size) < p


def mean(p, c=1.0):
    return c * p


COIN = {"given": PARAMETERS, "sample": coin, "bound": mean, "support": (0, 1)}
FLIPPED = {"relation": ">=", "controls": [{"c": 1.5}]}
TWO_SIDED = {"relation": "==", "controls": [{"c": 0.5}, {"c": 1.5}]}


@pytest.mark.parametrize("fields", [{}, FLIPPED, TWO_SIDED], ids=["at most", "at least", "equal"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_statement_attained_everywhere_is_supported(judged, fields, seed):
    verdict = judged(**COIN, **fields, seed=seed)
    assert verdict.status is Status.SUPPORTED, verdict
    assert [control.status for control in verdict.controls] == [Status.REFUTED] * len(verdict.controls)
    assert verdict.labels == ("anytime-valid",)
    assert verdict.error is None
    assert verdict.counterexample is None


@pytest.mark.parametrize(("relation", "factor"), [("<=", 0.7), (">=", 1.3), ("==", 0.7), ("==", 1.3)])
def test_false_bound_is_refuted_with_a_counterexample(judged, relation, factor):
    # The weakest gap, 0.18, gives 16,000 draws about 100 nats; the threshold is 25.
    verdict = judged(**{**COIN, "bound": lambda p, c=factor: c * p, "relation": relation})
    assert verdict.status is Status.REFUTED
    found = verdict.counterexample
    assert found is not None
    low, high = found.interval
    assert not low <= found.bound <= high
    assert low <= found.instance["p"] <= high
    assert found.phase == "confirm"
    assert found.draws == found.blocks * 256
    assert found.log_e_value >= -math.log(0.9e-9 / 4)
    assert [control.status for control in verdict.controls] == [None]


@pytest.mark.parametrize(("relation", "value"), [("<=", 2), (">=", 0), ("==", 2), ("==", 0)])
def test_exact_counterexample_refutes_without_draws(judged, relation, value):
    verdict = judged(given={}, exact=lambda: value, bound=lambda c=1: c, relation=relation)
    assert verdict.status is Status.REFUTED
    assert verdict.labels == ("exact",)
    assert (verdict.counterexample.exact, verdict.counterexample.bound_exact) == (str(value), "1")
    assert verdict.replicates == 0
    assert verdict.resolution is None


def test_exact_claim_is_supported_and_knows_its_tightness(judged):
    verdict = judged(given={"n": st.integers(1, 9)}, exact=lambda n: Fraction(n, 12), bound=lambda n, c=1: c * n / 10,
                     controls=[{"c": 0.8}])
    assert verdict.status is Status.SUPPORTED
    assert verdict.tightness == pytest.approx(10 / 12)
    assert verdict.vacuous is None


@pytest.mark.parametrize(("relation", "left", "right", "tightness"), [
    ("<=", 1, 4, 0.25), (">=", 4, 1, 0.25), ("==", 4, 4, None), ("<=", -2, -1, None), (">=", 1, -1, None),
])
def test_tightness_is_inverted_for_at_least_and_absent_where_a_ratio_says_nothing(judged, relation, left, right,
                                                                                 tightness):
    verdict = judged(given={}, exact=lambda: left, bound=lambda shift=0: right + shift, relation=relation,
                     controls=[{"shift": 9 if relation == ">=" else -9}])
    assert verdict.status is Status.SUPPORTED
    assert verdict.tightness == tightness


def test_sampled_tightness_is_a_confidence_limit_below_the_truth(judged):
    verdict = judged(**{**COIN, "bound": lambda p, c=2.0: c * p})
    assert verdict.status is Status.SUPPORTED
    assert 0.15 < verdict.tightness <= 0.5


def test_bound_attained_exactly_by_fractions_and_by_rounded_floats_is_not_refuted(judged):
    thirds = {"given": {"n": st.integers(1, 50)}, "exact": lambda n: Fraction(n, 3), "bound": lambda n, c=1: c * n / 3}
    assert judged(**thirds).labels == ("float",)
    assert judged(**thirds).status is Status.SUPPORTED
    assert judged(**{**thirds, "bound": lambda n, c=1: c * Fraction(n, 3)}).status is Status.SUPPORTED


@pytest.mark.parametrize("relation", ["<=", ">=", "=="])
def test_draws_without_spread_that_attain_the_bound_are_not_refuted(judged, relation):
    verdict = judged(given=PARAMETERS, sample=lambda p, rng, size: np.full(size, p), bound=mean, support=(0, 1),
                     relation=relation, controls=[{"c": 1.5 if relation == ">=" else 0.5}])
    assert verdict.status is Status.SUPPORTED


@pytest.mark.parametrize("relation", ["<=", ">=", "=="])
def test_discrete_ties_at_both_ends_of_the_support_are_not_refuted(judged, relation):
    verdict = judged(given={"p": st.sampled_from([0, Fraction(1, 2), 1])}, sample=coin, support=(0, 1),
                     bound=lambda p, shift=0: p + shift, relation=relation,
                     controls=[{"shift": 0.3 if relation == ">=" else -0.3}])
    assert verdict.status is Status.SUPPORTED


def test_point_support_supports_an_equality(judged):
    verdict = judged(given={"p": st.sampled_from([1, 2])}, sample=lambda p, rng, size: np.full(size, p),
                     support=lambda p: (p, p), bound=lambda p, shift=0: p + shift, relation="==",
                     controls=[{"shift": 1}])
    assert verdict.status is Status.SUPPORTED


def test_wrong_twin_that_is_true_leaves_the_claim_underpowered(judged):
    verdict = judged(**COIN, controls=[{"c": 0.5}, {"c": 1.2}])
    assert verdict.status is Status.UNDERPOWERED
    assert [control.status for control in verdict.controls] == [Status.REFUTED, Status.SUPPORTED]
    assert "c = 1.2 survived" in verdict.reason
    assert "the wrong twin c = 1.2 was not refuted" in str(verdict)


def test_true_wrong_twin_of_an_exact_claim_leaves_it_underpowered(judged):
    verdict = judged(given={}, exact=lambda: 1, bound=lambda c=1: c, controls=[{"c": 2}])
    assert verdict.status is Status.UNDERPOWERED


def test_refutation_is_stronger_than_a_surviving_twin(judged):
    assert judged(**COIN, relation=">=", controls=[{"c": 0.9}, {"relation": "<="}]).status is Status.UNDERPOWERED
    assert judged(**{**COIN, "bound": lambda p, c=0.5: c * p}, controls=[{"c": 2}]).status is Status.REFUTED


def test_budget_too_small_is_inconclusive_and_says_what_would_decide(judged, tiny):
    verdict = judged(**COIN, controls=[{"c": 0.01}], budget=replace(tiny, blocks=3, fraction=0.01))
    assert verdict.status is Status.INCONCLUSIVE
    needed = int(verdict.reason.split("about ")[1].split(" draws would decide")[0].replace(",", ""))
    # Draws of variance v tell 0.01 sqrt(v) from 0 at level 1e-9 after 2 log(1e9) / 0.01^2 = 4e5, mixing apart.
    assert 2e5 < needed < 2e7


@pytest.mark.parametrize(("control", "fields"), [
    ({"shift": 0.3}, {}),
    ({"shift": 0.3}, {"exact": mean}),
    ({"given": {"p": st.floats(0.8, 0.9)}}, {"bound": lambda p, c=1.0: min(p, 0.6)}),
    ({"given": {"p": st.floats(0.8, 0.9)}}, {"bound": lambda p, c=1.0: min(p, 0.6), "exact": mean}),
    ({"assume": None}, {"bound": lambda p, c=1.0: min(p, 0.3), "assume": lambda p: p <= 0.3}),
    ({"relation": ">="}, {"bound": lambda p, c=2.0: c * p}),
    ({"relation": "=="}, {"bound": lambda p, c=2.0: c * p, "exact": lambda p: p}),
], ids=["sample", "sample, with exact", "given", "given, with exact", "assume", "relation", "relation, with exact"])
def test_control_by(judged, control, fields):
    def shifted(p, rng, size, shift=0.0):
        return rng.random(size) < p + shift

    verdict = judged(**{**COIN, "sample": shifted, **fields}, controls=[control])
    assert verdict.status is Status.SUPPORTED, verdict
    assert verdict.controls[0].status is Status.REFUTED


def test_control_of_the_bound_meets_the_claims_own_draws(judged):
    calls = []

    def counted(p, rng, size):
        calls.append(size)
        return rng.random(size) < p

    fields = {**COIN, "given": {"p": st.just(0.5)}, "sample": counted}
    assert judged(**fields, controls=[{"c": 0.5}]).status is Status.SUPPORTED
    once = len(calls)
    assert judged(**fields, controls=[{"c": 0.5}, {"c": 0.4}, {"c": 0.3}]).status is Status.SUPPORTED
    assert len(calls) == 2 * once


@pytest.mark.parametrize(("broken", "message"), [
    (lambda p, c=1.0: p / (c - 0.5), "bound raised ZeroDivisionError"),
    (lambda p, c=1.0: math.nan if c == 0.5 else p, "bound returned NaN"),
    (lambda p, c=1.0: "much" if c == 0.5 else p, "bound returned 'much', which is no number"),
])
def test_failure_under_a_control_is_an_error_and_no_refutation(judged, broken, message):
    verdict = judged(**{**COIN, "bound": broken})
    assert verdict.status is Status.ERROR
    assert verdict.error.startswith("test_judge: under the control c = 0.5: " + message)
    assert "Instance: p=" in verdict.error


@pytest.mark.parametrize(("fields", "message"), [
    ({"sample": lambda p, rng, size: rng.random(size) * np.nan}, "sample returned nan at draw 0"),
    ({"sample": lambda p, rng, size: rng.random(size) + 0.5}, r"outside support \(0, 1\)"),
    ({"sample": lambda p, rng, size: rng.random(size + 1)}, r"shape \(257,\)|shape \(65,\)"),
    ({"sample": lambda p, rng, size: 1 / 0}, "sample raised ZeroDivisionError"),
    ({"bound": lambda p, c=1.0: math.nan}, "bound returned NaN"),
    ({"support": lambda p: (1, 0)}, "ends are in the wrong order"),
    ({"assume": lambda p: p > 2}, "no instance satisfies given and assume"),
    ({"tight_at": {"p": 0.7}, "assume": lambda p: p < 0.65}, "tight_at doesn't satisfy assume"),
    ({"exact": lambda p: p / 2}, "sample and exact disagree"),
    ({"given": {"p": st.just(lambda: 1)}}, "the parameter p is a function"),
    ({"exact": lambda p: 1 / 0}, "exact raised ZeroDivisionError"),
])
def test_broken_claim_is_an_error_with_subject_value_and_remedy(judged, fields, message):
    verdict = judged(**{**COIN, **fields})
    assert verdict.status is Status.ERROR
    assert verdict.error.startswith("test_judge: ")
    with pytest.raises(AssertionError, match=message):
        raise AssertionError(verdict.error)


def test_exact_that_knows_some_instances_only_is_completed_by_draws(judged):
    fields = {**COIN, "exact": lambda p: p if p < 0.3 else None}
    assert judged(**fields).status is Status.SUPPORTED
    assert judged(**fields).labels == ("float", "anytime-valid")


def test_instance_with_neither_exact_value_nor_sample_is_an_error(judged):
    verdict = judged(given=PARAMETERS, exact=lambda p: None, bound=mean)
    assert verdict.status is Status.ERROR
    assert "exact returned None and there is no sample" in verdict.error


def test_vacuous_bound_is_reported_as_vacuous(judged):
    verdict = judged(given=PARAMETERS, sample=coin, support=(0, 1), bound=lambda p, c=1.0: c, controls=[{"c": 0.05}])
    assert verdict.status is Status.SUPPORTED
    assert verdict.vacuous == 1.0
    assert verdict.witness is None
    informative = judged(**COIN)
    assert informative.vacuous == 0.0
    assert set(informative.witness) == {"p"}


def test_tight_instance_is_always_among_the_candidates(judged):
    # Hypothesis cannot draw 0.123456789 exactly 30 times; the bound is false there alone.
    fields = {**COIN, "bound": lambda p, c=1.0: c * (0.05 if p == 0.123456789 else 1.0)}
    assert judged(**fields, controls=[{"c": 0.01}]).status is Status.SUPPORTED
    verdict = judged(**fields, tight_at={"p": 0.123456789})
    assert verdict.status is Status.REFUTED
    assert verdict.counterexample.instance == {"p": 0.123456789}


def test_same_seed_gives_the_same_verdict_and_another_seed_other_draws(judged):
    first, again, other = (replace(judged(**COIN, seed=seed), seconds=0.0, seed=0) for seed in (3, 3, 4))
    assert first.to_json() == again.to_json()
    assert first.worst != other.worst


def test_check_raises_with_the_counterexample_and_passes_what_is_supported(tiny):
    fields = {"title": "A statement", "source": "test", "given": {}, "exact": lambda: 1, "controls": [{"c": 0}]}
    check(Claim(**fields, bound=lambda c=1: c), budget=tiny)
    with pytest.raises(AssertionError, match=r"(?s)REFUTED.*exactly 1 against a bound of 0.5"):
        check(Claim(**fields, bound=lambda c=0.5: c), budget=tiny)


@pytest.mark.parametrize("exact", [None, lambda p: p], ids=["sampled", "exact"])
def test_all_tests_of_a_claim_together_spend_no_more_than_its_level(judged, monkeypatch, exact):
    refutation, agreement = [], []
    confirm = judge.confirm

    def record(spent):
        def confirm_and_note(drawer, point, plan):
            spent.append((plan.phase, plan.violated_level))
            return confirm(drawer, point, plan)

        return confirm_and_note

    monkeypatch.setattr(judge, "confirm", record(refutation))
    monkeypatch.setattr(soundness, "confirm", record(agreement))
    assert judged(**COIN, exact=exact, controls=[{"relation": "==", "c": 0.5}]).status is Status.SUPPORTED
    levels = [level for phase, level in refutation if phase == "confirm"][:4] if exact is None else []
    assert sum(levels) <= 0.9e-9 * (1 + 1e-9)
    assert sum(level for _, level in agreement) <= 0.05e-9 * (1 + 1e-9)
    assert (len(levels), len(agreement) > 0) == ((4, False) if exact is None else (0, True))
