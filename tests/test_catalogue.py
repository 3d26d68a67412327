"""Every claim of the catalogue with its controls, at the quick budget.

The whole catalogue shares alpha = 1e-8: that is the probability that a true claim fails here for the draws' sake,
were the seed not fixed.
"""

from pathlib import Path

import pytest

import verify
from verify.api import valid_budget
from verify.judge import Judge
from verify.loading import catalogue, load

ALPHA = 1e-8
TARGETS = catalogue(Path(verify.__file__).resolve().parent.parent / "claims")


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.id)
def test_claim_is_proved_or_supported_and_every_wrong_twin_refuted(target):
    claim = load(target)
    verdict = Judge(claim, ALPHA / len(TARGETS), 0, valid_budget("quick")).verdict()
    # A proof that doesn't count would be SUPPORTED as well.
    assert verdict.status is (verify.Status.PROVED if claim.proof else verify.Status.SUPPORTED), str(verdict)
    assert [str(control.status) for control in verdict.controls] == ["REFUTED"] * len(verdict.controls), str(verdict)


def test_catalogue_covers_the_sampler_theorems():
    wanted = {
        "kaplun2022": ["sampler_risk", "cover_hart", "cover_hart_multiclass", "sampler_regret",
                       "approximate_sampler_risk", "majority_vote", "majority_excess_risk", "majority_of_approximate",
                       "nearest_distance", "nearest_neighbour_sampler", "nearest_neighbour_law",
                       "student_fresh_teachers_mean", "student_single_teacher"],
        "classics": ["hoeffding", "finite_class_erm"],
    }
    ids = {target.id for target in TARGETS}
    assert {f"{paper}.{slug}" for paper, slugs in wanted.items() for slug in slugs} <= ids
