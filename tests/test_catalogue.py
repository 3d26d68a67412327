"""Every claim of the catalogue with its controls, at the quick budget.

The whole catalogue shares alpha = 1e-8: that is the probability that a true claim fails here for the draws' sake,
were the seed not fixed.
"""

import re
from pathlib import Path

import pytest

import verify
from verify.api import valid_budget
from verify.judge import Judge
from verify.loading import catalogue, load

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


def test_the_catalogue_is_large_and_mostly_proved() -> None:
    assert len(TARGETS) >= 75
    assert [status for status, _ in LISTED.values()].count("PROVED") >= 40
    assert {status for status, _ in LISTED.values()} == {"PROVED", "SUPPORTED"}
