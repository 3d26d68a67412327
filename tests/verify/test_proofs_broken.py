"""Proofs of claims that are refuted or broken, and proofs that are broken themselves."""

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import strategies as st

import verify
from verify import Claim, ClaimError, Status
from verify.judge import Judge
from verify.loading import by_path, load

INSTALL = "z3 is missing: pip install 'distillcheck[proof]'."


@pytest.fixture
def false(tenths):
    """n/12 <= n/13."""
    return {**tenths, "bound": lambda n, c=Fraction(1): c * Fraction(n, 13)}


def boom(*_: object) -> Any:
    raise RuntimeError("boom")


def test_refuted_claim_whose_proof_checks_says_that_something_is_unsound(judged, fake, false, record):
    proof = fake(right=lambda n: Fraction(n, 13))
    verdict = judged(**false, proof=proof)
    assert verdict.status is Status.REFUTED
    assert "yet the proof TENTHS checks and is of this statement there" in verdict.reason
    assert "please report it with the claim" in verdict.reason
    assert record(verdict)["tied"]
    assert "proof" not in verdict.labels


def test_certificate_is_not_asked_for_where_the_proof_is_of_something_else(judged, fake, false, record):
    proof = fake()
    verdict = judged(**false, proof=proof)
    assert verdict.reason == judged(**false).reason
    assert record(verdict) is None
    assert "certificate" not in proof.asked
    failing = fake(right=lambda n: Fraction(n, 13), proved=False, failure=INSTALL)
    verdict = judged(**false, proof=failing)
    assert "unsound" not in verdict.reason
    assert record(verdict)["proved"] is False
    weaker = fake(right=lambda n: Fraction(n, 13), relation=">=")
    assert "unsound" not in judged(**false, proof=weaker).reason


def test_broken_claim_is_an_error_and_its_proof_is_not_asked(judged, fake, tenths):
    proof = fake()
    assert judged(**{**tenths, "exact": lambda n: 1 / 0}, proof=proof).status is Status.ERROR
    assert proof.asked == []


BROKEN = {
    "sides raises": ({"left": boom}, "proof TENTHS: sides(values) raised RuntimeError: boom."),
    "no number": ({"right": lambda n: "much"}, "proof TENTHS: the right-hand side returned 'much', which is no numb"),
    "NaN": ({"left": lambda n: float("nan")}, "proof TENTHS: the left-hand side returned NaN"),
    "tolerance": ({"tolerance": -1.0}, "proof TENTHS: the tolerance of its left-hand side is -1.0"),
    "relation": ({"relation": "<"}, "proof TENTHS: its certificate's relation is '<'"),
    "no certificate": ({"made": None}, "proof TENTHS: certificate() raised AttributeError"),
    "proved by nothing": ({"steps": ()}, "says proved and has no steps"),
}


@pytest.mark.parametrize(("proof", "says"), BROKEN.values(), ids=BROKEN)
def test_proof_that_breaks_is_an_error_that_names_it(judged, proof, says, tenths, fake):
    verdict = judged(**tenths, proof=fake(**proof))
    assert verdict.status is Status.ERROR
    assert says in verdict.error
    assert "distillcheck itself failed" not in verdict.error


def test_certificate_that_raises_is_an_error_that_names_the_proof(judged, fake, tenths):
    proof = fake()
    proof.certificate = boom
    assert "proof TENTHS: certificate() raised RuntimeError: boom." in judged(**tenths, proof=proof).error


def test_proof_that_breaks_under_a_control_is_an_error_that_names_the_control(judged, fake, tenths):
    proof = fake(left=lambda n: Fraction(n, 12) if n > 0 else boom())
    verdict = judged(**{**tenths, "controls": [{"given": {"n": st.integers(-9, -1)}}]}, proof=proof)
    assert "under the control given n: proof TENTHS: sides(values) raised RuntimeError: boom." in verdict.error


def test_proof_that_breaks_at_a_counterexample_does_not_hide_it(judged, fake, false):
    verdict = judged(**false, proof=fake(left=boom))
    assert verdict.status is Status.REFUTED
    assert "its proof could not be asked (proof TENTHS: sides(values) raised RuntimeError: boom." in verdict.reason


@pytest.mark.parametrize(("proof", "says"), [
    (3, "is 3, which lacks name, certificate(), sides(values); it is a proof of this statement"),
    (SimpleNamespace(name=" ", certificate=boom, sides=boom), "which lacks name; it is a proof of this statement"),
    (SimpleNamespace(name="A", sides=boom), "which lacks certificate(); it is a proof of this statement"),
    (Path, "is the class Path; it is one proof, such as an instance of that class"),
])
def test_what_is_no_proof_is_rejected_when_the_claim_is_built(proof, says, tenths):
    with pytest.raises(ClaimError) as caught:
        Claim(title="A statement", source="test", **tenths, proof=proof)
    assert f"A statement: proof {says}" in str(caught.value) or says in str(caught.value)


def test_proof_that_sorts_an_instance_in_place_changes_nothing(judged, fake):
    def sides(values):
        values["xs"].clear()
        return SimpleNamespace(outside="", tolerance=1e-9, left=Fraction(1, 12), right=Fraction(1, 10))

    proof = fake()
    proof.sides = sides
    fields = {"given": {"xs": st.lists(st.integers(1, 9), min_size=1)}, "exact": lambda xs: Fraction(1, 12 * bool(xs)),
              "bound": lambda xs, c=Fraction(1): c * Fraction(1, 10), "controls": [{"c": Fraction(1, 2)}]}
    claim = Claim(title="A statement", source="test", **fields, proof=proof)
    judge = Judge(claim, 1e-9, 0, verify.BUDGETS["quick"])
    assert judge.verdict().status is Status.PROVED
    assert all(point.instance.values["xs"] for point in judge.explorer.points.values())


def test_file_by_path_with_a_proof_is_proved(tmp_path, record):
    (tmp_path / "tenths.py").write_text('''"""A twelfth is less than a tenth."""
from fractions import Fraction
from types import SimpleNamespace

from hypothesis import strategies as st

from verify import Claim


class Proof:
    name = "TENTHS"

    def certificate(self):
        step = SimpleNamespace(number=1, statement="n/12 <= n/10", rule="algebra", checked_by="SymPy", uses=(), note="")
        return SimpleNamespace(proved=True, failure="", relation="<=", conclusion="n/12 <= n/10", premises=(),
                               trusted=(), steps=(step,), domain="n > 0", latex=lambda: "x")

    def sides(self, values):
        return SimpleNamespace(left=Fraction(values["n"], 12), right=Fraction(values["n"], 10), outside="",
                               tolerance=1e-9)


CLAIM = Claim(title="A twelfth is less than a tenth", source="arithmetic", given={"n": st.integers(1, 60)},
              exact=lambda n: Fraction(n, 12), bound=lambda n, c=Fraction(1): c * Fraction(n, 10),
              controls=[{"c": Fraction(1, 2)}], proof=Proof())
''', encoding="utf-8")
    verdict = verify.run(load(by_path(str(tmp_path / "tenths.py"))), budget="quick")
    assert verdict.status is Status.PROVED, str(verdict)
    assert record(verdict)["domain"] == "n > 0"
    assert "1 step, agrees with the claim at 60 instances; it trusts no rule or program" in str(verdict)
