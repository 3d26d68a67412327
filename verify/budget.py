"""How much a run may spend. Budgets count draws and instances, never seconds, so verdicts are reproducible."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """Effort of one run.

    Fields:
        name: what the user types.
        instances: instances that a search evaluates.
        explore_draws: draws on each explored instance in the first round.
        candidates: most candidates that go to confirmation, K.
        blocks: most blocks of a candidate's confirmation.
        shrink_calls: most evaluations of the predicate while shrinking.
        fraction: resolution as a fraction of `Support.spread`, the largest standard deviation that a mean equal to
            the bound allows.
        floor: least spread, as a share of the support's width.
    """

    name: str
    instances: int
    explore_draws: int
    candidates: int
    blocks: int
    shrink_calls: int
    fraction: float
    floor: float

    @property
    def shrink_blocks(self) -> int:
        """Blocks of one shrinking predicate: confirmation has several times as many."""
        return max(1, self.blocks // 8)

    @property
    def agreement_blocks(self) -> int:
        """Blocks on which `sample` is compared with `exact` at one instance."""
        return max(16, self.blocks // 8)


BUDGETS = {
    budget.name: budget
    for budget in (
        # Clearing a candidate takes up to 130 / fraction^2 draws at alpha = 1e-8, and a block is some 4096 of them.
        Budget("quick", instances=100, explore_draws=256, candidates=8, blocks=100, shrink_calls=150,
               fraction=0.02, floor=0.01),
        Budget("standard", instances=400, explore_draws=512, candidates=12, blocks=1600, shrink_calls=400,
               fraction=0.005, floor=0.0015),
        Budget("deep", instances=4000, explore_draws=2048, candidates=32, blocks=32768, shrink_calls=1000,
               fraction=0.001, floor=0.0003),
    )
}

# To try out the machinery, not theorems: most wrong twins survive so small a search.
MICRO = Budget("micro", instances=12, explore_draws=64, candidates=2, blocks=8, shrink_calls=20, fraction=0.2,
               floor=0.1)


def budget_of(name: object) -> Budget | None:
    """The budget of this name; None if there is none."""
    return {**BUDGETS, MICRO.name: MICRO}.get(name) if isinstance(name, str) else None
