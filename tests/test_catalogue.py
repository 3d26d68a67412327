"""Every claim of the catalogue with its controls, at the quick budget.

The whole catalogue shares alpha = 1e-8: that is the probability that a true claim fails here for the draws' sake,
were the seed not fixed.
"""

import inspect
import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import verify
from verify.api import valid_budget
from verify.claim import Claim
from verify.judge import Judge
from verify.loading import Target, catalogue, load

ALPHA = 1e-8
ROOT = Path(verify.__file__).resolve().parent.parent
TARGETS = catalogue(ROOT / "claims")
ROWS = re.findall(r"^\| `(\w+\.\w+)` \| .* \| ([A-Z]+) \| ([a-z, -]*) \| [^|]*\|$",
                  (ROOT / "CATALOGUE.md").read_text(encoding="utf-8"), re.MULTILINE)
LISTED = {claim: (status, labels) for claim, status, labels in ROWS}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.id)
def test_claim_is_proved_or_supported_and_every_wrong_twin_refuted(target):
    claim = load(target)
    verdict = Judge(claim, ALPHA / len(TARGETS), 0, valid_budget("quick")).verdict()
    # A proof that doesn't count would be SUPPORTED as well.
    assert verdict.status is (verify.Status.PROVED if claim.proof else verify.Status.SUPPORTED), str(verdict)
    assert LISTED[target.id] == (str(verdict.status), ", ".join(verdict.to_json()["labels"])), "make CATALOGUE.md anew"
    assert [str(control.status) for control in verdict.controls] == ["REFUTED"] * len(verdict.controls), str(verdict)


def defaults(claim: Claim) -> dict[str, Any]:
    """The claim's constants."""
    functions = [f for f in (claim.bound, claim.sample, claim.exact, claim.support, claim.assume) if callable(f)]
    return {name: parameter.default for f in functions for name, parameter in inspect.signature(f).parameters.items()
            if parameter.default is not parameter.empty}


def subtle(override: Mapping[str, Any], constants: Mapping[str, Any]) -> bool:
    """Whether a control drops a hypothesis, adds something, or moves a factor by no more than a fifth."""
    def small(name: str, value: Any) -> bool:
        if name in ("given", "assume"):
            return True
        was = constants.get(name)
        if isinstance(was, bool) or not isinstance(was, int | float | Fraction) or was == 0:
            return name != "relation"
        return min(abs(value / was - 1), abs(was / value - 1) if value else 1) <= 1 / 5 + 1e-12

    return any(small(name, value) for name, value in override.items())


@pytest.mark.parametrize(("override", "is_subtle"), [
    ({"c": 1.9}, True), ({"c": Fraction(8, 5)}, True), ({"c": 1.5}, False), ({"relation": ">="}, False),
    ({"shift": 1}, True), ({"assume": None}, True), ({"flag": False}, True),
])
def test_subtle_controls_are_told_apart(override: dict[str, Any], is_subtle: bool) -> None:
    assert subtle(override, {"c": 2, "shift": 0, "flag": True}) is is_subtle


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.id)
def test_some_wrong_twin_is_subtle_or_the_note_says_why_not(target: Target) -> None:
    claim = load(target)
    note = (ROOT / "proofs_notes" / target.id.replace(".", "/")).with_suffix(".md").read_text(encoding="utf-8")
    says = re.search(r"^- Controls:.*?(?=^- |^## )", note, re.MULTILINE | re.DOTALL)
    assert says, "the note has no bullet on controls"
    assert (any(subtle(override, defaults(claim)) for override in claim.controls)
            or re.search("subtl|fifth|drops", says[0]))


def test_the_catalogue_is_large_and_mostly_proved() -> None:
    assert len(TARGETS) >= 235
    assert [status for status, _ in LISTED.values()].count("PROVED") >= 186
    assert {status for status, _ in LISTED.values()} == {"PROVED", "SUPPORTED"}
