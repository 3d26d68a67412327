"""A proof counts if it checks and is of the claim's own statement, and not otherwise."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import flint
import pytest
from hypothesis import strategies as st

from verify import Relation, Status

INSTALL = "z3 is missing: pip install 'distillcheck[proof]'."
# Draws of a coin that shows heads with probability n/100 and no exact value.
COIN: dict[str, Any] = {
    "given": {"n": st.integers(10, 60)}, "sample": lambda n, rng, size: rng.random(size) < n / 100, "support": (0, 1),
    "bound": lambda n, c=1.0: c * n / 100, "controls": [{"c": 0.5}],
}
COIN_PROOF: dict[str, Any] = {"left": lambda n: Fraction(n, 100), "right": lambda n: Fraction(n, 100)}


def test_claim_whose_proof_checks_and_is_tied_is_proved(judged, fake, tenths, record):
    verdict = judged(**tenths, proof=fake())
    assert (verdict.status, verdict.reason) == (Status.PROVED, Status.PROVED.meaning)
    assert verdict.labels == ("proof", "exact")
    assert verdict.status.passes
    proof = record(verdict)
    assert (proof["name"], proof["proved"], proof["tied"], proof["reason"]) == ("TENTHS", True, True, "")
    assert proof["instances"] == verdict.instances >= 10
    assert proof["premises"] == ["n is a number"]
    assert proof["latex"] == r"n/12 \le n/10"
    assert proof["steps"][1] == {"number": 2, "statement": "n/12 <= n/10", "rule": "algebra", "checked_by": "SymPy",
                                 "uses": [1], "note": "", "domain": ""}
    text = f"TENTHS, 2 steps, agrees with the claim at {verdict.instances} instances; it trusts algebra, SymPy"
    assert f"  proof: {text}" in str(verdict).splitlines()
    assert f"<td>{text}</td>" in verdict._repr_html_()
    assert verdict.brief.startswith("proof of 2 steps, tightness ")


def test_claim_without_proof_is_supported_as_before(judged, tenths, record):
    verdict = judged(**tenths)
    assert (verdict.status, verdict.reason) == (Status.SUPPORTED, Status.SUPPORTED.meaning)
    assert record(verdict) is None
    assert "proof:" not in str(verdict)


NOT_TIED = {
    "another bound": ({"right": lambda n: Fraction(n, 9)}, "its right-hand side is "),
    "another bound at one instance": ({"right": lambda n: Fraction(n, 10) + (n == 7)},
                                      "its right-hand side is 17/10, the claim's bound is 7/10, at n=7"),
    "a slightly larger bound": ({"right": lambda n: Fraction(n, 10) + Fraction(1, 10**40)},
                                "its right-hand side is "),
    "another float": ({"right": lambda n: n / 10 * (1 + 1e-8)}, "its right-hand side is "),
    "another left-hand side": ({"left": lambda n: Fraction(n, 12) - (n == 7)},
                               "its left-hand side is -5/12, the claim's is 7/12, at n=7"),
    "a smaller domain": ({"outside": lambda n: "n is 7" if n == 7 else ""}, "n is 7, at n=7"),
    "no left-hand side": ({"left": lambda n: None}, "its left-hand side could not be compared: it was at 0 "
                                                      "instances, and it takes 10"),
    "left-hand sides at nine instances": ({"left": lambda n: Fraction(n, 12) if n < 10 else None},
                                          "its left-hand side could not be compared"),
    "a wide ball": ({"right": lambda n: flint.arb(n) / 10 + flint.arb(0, 0.01)}, "is too wide a ball to compare"),
    "a wide ball on the left": ({"left": lambda n: flint.arb(n) / 12 + flint.arb(0, 0.01)},
                                "is too wide a ball to compare"),
    "rough integration": ({"left": lambda n: n / 12 * (1 + 1e-3), "tolerance": 1e-2}, "could not be compared"),
    "integration less exact than it says": ({"left": lambda n: n / 12 * (1 + 1e-6), "tolerance": 1e-7},
                                            "its left-hand side is "),
}


@pytest.mark.parametrize(("proof", "says"), NOT_TIED.values(), ids=NOT_TIED)
def test_proof_of_another_statement_does_not_count(judged, proof, says, tenths, record, fake):
    verdict = judged(**tenths, proof=fake(**proof))
    assert verdict.status is Status.SUPPORTED
    what = "can't be tied to the claim" if "could not be compared" in says else "is of another statement"
    assert verdict.reason.startswith(f"{Status.SUPPORTED.meaning}; its proof {what}: ")
    assert says in verdict.reason
    found = record(verdict)
    assert (found["proved"], found["tied"]) == (True, False)
    assert found["reason"] in verdict.reason
    assert str(verdict).count(what) == 1


TIED = {
    "floats": {"left": lambda n: n / 12, "right": lambda n: n / 10},
    "balls": {"left": lambda n: flint.arb(n) / 12, "right": lambda n: flint.arb(n) / 10},
    "integration": {"left": lambda n: n / 12 * (1 + 1e-8), "tolerance": 1e-7},
    "left-hand sides at most instances": {"left": lambda n: Fraction(n, 12) if n % 5 else None},
}


@pytest.mark.parametrize("proof", TIED.values(), ids=TIED)
def test_sides_that_agree_are_tied(judged, proof, tenths, fake):
    assert judged(**tenths, proof=fake(**proof)).status is Status.PROVED


def test_proof_of_a_claim_with_few_instances_is_compared_at_all_of_them(judged, fake, tenths, record):
    few = {**tenths, "given": {"n": st.sampled_from([6, 7, 8])}}
    verdict = judged(**few, proof=fake())
    assert (verdict.status, record(verdict)["instances"]) == (Status.PROVED, 3)
    verdict = judged(**few, proof=fake(left=lambda n: Fraction(n, 12) if n < 8 else None))
    assert "it was at 2 instances, and it takes 3" in verdict.reason


def test_difference_that_rounding_explains_is_no_objection_and_no_agreement(judged, fake, tenths):
    fields = {**tenths, "exact": lambda n: (n - 7) / 12 + 1e-17, "bound": lambda n, c=1: n / 10 + c - 1,
              "controls": [{"c": -9}]}
    assert judged(**fields, proof=fake(left=lambda n: Fraction(n - 7, 12))).status is Status.PROVED
    tiny = {**fields, "exact": lambda n: 1e-17}
    assert "could not be compared" in judged(**tiny, proof=fake(left=lambda n: Fraction(0))).reason


def test_relation_of_the_conclusion_gives_that_of_the_claim():
    stronger = {(a, b) for a in Relation for b in Relation if a.implies(b)}
    assert stronger == {("<=", "<="), (">=", ">="), ("==", "=="), ("==", "<="), ("==", ">=")}


@pytest.mark.parametrize(("relation", "concluded", "status"), [
    ("<=", "<=", "PROVED"), ("<=", "==", "PROVED"), (">=", "==", "PROVED"), (">=", ">=", "PROVED"),
    ("==", "==", "PROVED"), ("<=", ">=", "SUPPORTED"), (">=", "<=", "SUPPORTED"), ("==", "<=", "SUPPORTED"),
])
def test_weaker_relation_proves_nothing(judged, relation, concluded, status, fake, tenths):
    proof = fake(right=lambda n: Fraction(n, 12), relation=concluded)
    control = {"c": Fraction(3, 2) if relation == ">=" else Fraction(1, 2)}
    verdict = judged(**{**tenths, "bound": lambda n, c=Fraction(1): c * Fraction(n, 12), "controls": [control]},
                     relation=relation, proof=proof)
    assert verdict.status == status
    if status == "SUPPORTED":
        assert f"it concludes {concluded}, the claim says {relation}" in verdict.reason


def test_proof_that_does_not_check_leaves_the_claim_supported_and_says_why(judged, fake, tenths, record):
    proof = fake(proved=False, failure=INSTALL, steps=())
    verdict = judged(**tenths, proof=proof)
    assert verdict.status is Status.SUPPORTED
    assert verdict.reason.endswith("its proof does not check: z3 is missing: pip install 'distillcheck[proof]'")
    assert "proof" not in verdict.labels
    assert (record(verdict)["proved"], record(verdict)["failure"]) == (False, INSTALL)
    # There is nothing to tie.
    assert "sides" not in proof.asked
    silent = judged(**tenths, proof=fake(proved=False, failure="", steps=()))
    assert "its certificate doesn't say why" in silent.reason


def test_wrong_twin_that_the_proof_covers_leaves_the_claim_underpowered(judged, fake, tenths, record):
    # The proof forgot that n is positive, and claims to hold for every n whose left-hand side it can't even evaluate.
    control = {"given": {"n": st.integers(-9, -1)}}
    careless = fake(left=lambda n: Fraction(n, 12) if n > 0 else None)
    verdict = judged(**{**tenths, "controls": [{"c": Fraction(1, 2)}, control]}, proof=careless)
    assert [twin.status for twin in verdict.controls] == [Status.REFUTED] * 2
    assert verdict.status is Status.UNDERPOWERED
    assert "the wrong twin given n is covered by the proof as well" in verdict.reason
    assert (record(verdict)["proved"], record(verdict)["tied"]) == (True, False)


def test_a_twin_is_not_covered_where_the_proof_evaluates_only_instances_that_are_far_from_the_worst(judged, fake, tiny):
    """The thirty worst instances settle the twin; the proof can't evaluate its left-hand side at any of them."""
    proof = fake(left=lambda n: Fraction(n, 1000) if 0 < n <= 250 else None, right=lambda n: Fraction(1))
    verdict = judged(given={"n": st.integers(0, 1000)}, exact=lambda n, shift=0: Fraction(n, 1000) + shift,
                     bound=lambda n: Fraction(1), controls=[{"shift": 2}], proof=proof,
                     budget=replace(tiny, instances=200))
    assert verdict.status is Status.PROVED, str(verdict)


ESCAPES = {
    "outside its domain": {"left": lambda n: Fraction(n, 12) if n > 0 else None,
                           "outside": lambda n: "n is negative" if n < 0 else ""},
    "a left-hand side below the twin's": {"left": lambda n: Fraction(n, 12) if n > 0 else Fraction(n, 8)},
    "a larger bound": {"left": lambda n: Fraction(n, 12) if n > 0 else None,
                       "right": lambda n: Fraction(n, 10) if n > 0 else Fraction(0)},
}


@pytest.mark.parametrize("proof", ESCAPES.values(), ids=ESCAPES)
def test_wrong_twin_that_escapes_the_proof_leaves_the_claim_proved(judged, proof, tenths, fake):
    control = {"given": {"n": st.integers(-9, -1)}}
    assert judged(**{**tenths, "controls": [control]}, proof=fake(**proof)).status is Status.PROVED


def test_twin_whose_instances_the_proof_does_not_speak_of_escapes_it(judged, fake, tenths):
    def sides(values):
        if values["n"] < 0:
            raise ValueError("n is negative")
        n = values["n"]
        return SimpleNamespace(left=Fraction(n, 12), right=Fraction(n, 10), outside="", tolerance=1e-9)

    proof = fake()
    proof.sides = sides
    fields = {**tenths, "controls": [{"given": {"n": st.integers(-9, -1)}}]}
    assert judged(**fields, proof=proof).status is Status.PROVED
    proof.sides = lambda values: sides({"n": -1})
    assert "it doesn't speak of such instances (n is negative), at n=" in judged(**fields, proof=proof).reason


def test_one_instance_of_a_twin_normally_settles_it(judged, fake, tenths):
    proof = fake()
    verdict = judged(**tenths, proof=proof)
    assert proof.asked == ["certificate"] + ["sides"] * (verdict.instances + 1)


@pytest.mark.parametrize(("relation", "c"), [("<=", 0.7), (">=", 1.3), ("==", 0.7), ("==", 1.3)])
def test_sampled_twin_escapes_by_its_interval(judged, relation, c, fake):
    # The twin changes what is sampled and leaves the bound alone, so it escapes by the left-hand side or not at all.
    def sample(n, rng, size, shift=1.0):
        return rng.random(size) < shift * n / 100

    fields = {**COIN, "sample": sample, "bound": lambda n: n / 100, "relation": relation,
              "controls": [{"shift": 1 / c}]}
    proof = {"right": lambda n: n / 100, "relation": "=="}
    assert judged(**fields, proof=fake(left=lambda n: n / 100, **proof)).status is Status.PROVED


def test_left_hand_side_without_exact_value_lies_in_the_interval(judged, fake, record):
    verdict = judged(**COIN, proof=fake(**COIN_PROOF))
    assert verdict.status is Status.PROVED, verdict
    assert record(verdict)["instances"] == 4
    assert verdict.labels == ("proof", "anytime-valid")
    verdict = judged(**COIN, proof=fake(**{**COIN_PROOF, "left": lambda n: Fraction(n, 70)}))
    assert verdict.status is Status.SUPPORTED
    assert "the draws' mean lies in [" in verdict.reason
    verdict = judged(**COIN, proof=fake(**{**COIN_PROOF, "left": lambda n: None}))
    assert "it was at 0 instances, and it takes 4" in verdict.reason


def test_stronger_verdicts_stand_beside_a_proof(judged, tiny, fake, tenths, record):
    weak = judged(**{**tenths, "controls": [{"c": 2}]}, proof=fake())
    assert weak.status is Status.UNDERPOWERED
    assert "the wrong twin c = 2 survived" in weak.reason
    assert "proof: TENTHS does not count: the wrong twin c = 2 is covered by the proof as well" in str(weak)
    tight = {**COIN_PROOF, "right": lambda n: n / 100}
    unsure = judged(**{**COIN, "bound": lambda n, c=1.0: c * n / 100, "controls": [{"c": 0.01}]},
                    budget=replace(tiny, blocks=3, fraction=0.01), proof=fake(**tight))
    assert unsure.status is Status.INCONCLUSIVE
    assert record(unsure)["tied"]
    assert "proof" not in unsure.labels
    assert "proof: TENTHS, 2 steps" in str(unsure)


def test_refuted_by_draws_although_the_proof_checks(judged, fake):
    fields = {**COIN, "bound": lambda n, c=1.0: c * n / 200}
    told = judged(**fields, proof=fake(**{**COIN_PROOF, "right": lambda n: Fraction(n, 200)}))
    assert (told.status, "unsound" in told.reason) == (Status.REFUTED, True)
    other = judged(**fields, proof=fake(left=lambda n: Fraction(n, 200), right=lambda n: Fraction(n, 200)))
    assert (other.status, "unsound" in other.reason) == (Status.REFUTED, False)
