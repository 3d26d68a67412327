"""A confirmation taken up again at any block ends as one that was never interrupted, to the last bit."""
from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify import states
from verify.confirm import Confirmation
from verify.draws import DOUBLE, Support
from verify.plan import Decision, Plan
from verify.terms import Relation

BLOCK = 256
INF = math.inf
# Each with draws of mean 0.3; `long` ones are folded into counts on the way.
LAWS = {
    "coin": (Support(0.0, 1.0), lambda rng: (rng.random(BLOCK) < 0.3).astype(float)),
    "beta": (Support(0.0, 1.0), lambda rng: rng.beta(3.0, 7.0, BLOCK)),
    "waiting": (Support(0.0, INF), lambda rng: rng.exponential(0.3, BLOCK)),
    "debts": (Support(-INF, 1.0), lambda rng: 1.0 - rng.exponential(0.7, BLOCK)),
    "normal": (Support(-INF, INF), lambda rng: rng.normal(0.3, 1.0, BLOCK)),
}


def confirmation(law: str, relation: str, bound: float, blocks: int) -> Confirmation:
    point: Any = SimpleNamespace(instance=None, support=LAWS[law][0], bound_value=bound)
    return Confirmation(point, Plan(Relation(relation), 0.004, 1e-9, 1e-9, "confirm", blocks, BLOCK), DOUBLE)


def run(process: Confirmation, law: str, until: int) -> None:
    while process.goes_on and process.tally.blocks < until:
        process.take(LAWS[law][1](np.random.default_rng([7, process.tally.blocks])))


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("relation", ["<=", ">=", "=="])
@pytest.mark.parametrize("small", [False, True], ids=["kept whole", "folded"])
@given(data=st.data())
@settings(max_examples=5, deadline=None, derandomize=True)
def test_interrupted_at_any_blocks_it_ends_the_same(law: str, relation: str, small: bool, data: st.DataObject) -> None:
    bound = data.draw(st.sampled_from([0.29, 0.3, 0.31]))
    with pytest.MonkeyPatch.context() as patch:
        if small:
            patch.setattr("verify.tally.KEPT", 3000)
            patch.setattr("verify.tally.BATCH", 2000)
        straight = confirmation(law, relation, bound, 60)
        run(straight, law, 60)
        process = confirmation(law, relation, bound, 60)
        for until in sorted(data.draw(st.lists(st.integers(1, 60), max_size=4))):
            run(process, law, until)
            state = states.save(process, DOUBLE)
            process = confirmation(law, relation, bound, 60)
            # A confirmation that has decided is kept as its outcome; this one decides at its next look.
            assert states.restore(process, state) == (None, DOUBLE)
            if straight.tally.blocks == process.tally.blocks:
                return
        run(process, law, 60)
        assert process.outcome() == straight.outcome()
        assert [side.log_wealths.tolist() for side in process.sides] == [
            side.log_wealths.tolist() for side in straight.sides]


def ended(law: str = "coin") -> tuple[Confirmation, bytes]:
    process = confirmation(law, "<=", 0.2, 60)
    run(process, law, 60)
    assert process.decision is Decision.VIOLATED
    return process, states.save_outcome(process.outcome(), DOUBLE)


def test_an_outcome_comes_back_as_it_was() -> None:
    process, state = ended()
    assert states.restore(confirmation("coin", "<=", 0.2, 60), state) == (process.outcome(), DOUBLE)


def test_an_outcome_with_infinite_ends_comes_back() -> None:
    process = confirmation("normal", "<=", 0.3, 2)
    run(process, "normal", 2)
    outcome = replace(process.outcome(), log_e=-INF, needed=None)
    assert states.restore(confirmation("normal", "<=", 0.3, 2), states.save_outcome(outcome, 1e-7)) == (outcome, 1e-7)


@pytest.mark.parametrize("other", [("coin", "==", 0.3, 60), ("waiting", ">=", 0.3, 60)])
def test_state_of_another_confirmation_is_refused(other: tuple[str, str, float, int]) -> None:
    process = confirmation("coin", "<=", 0.3, 60)
    run(process, "coin", 3)
    with pytest.raises(states.Unreadable):
        states.restore(confirmation(*other), states.save(process, DOUBLE))


def test_outcome_of_more_blocks_than_planned_is_refused() -> None:
    with pytest.raises(states.Unreadable, match="other blocks"):
        states.restore(confirmation("coin", "<=", 0.2, 1), ended()[1])


@given(st.data())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_damaged_states_are_refused_or_read_but_never_crash(data: st.DataObject) -> None:
    process = confirmation("beta", "<=", 0.3, 60)
    run(process, "beta", 3)
    good = data.draw(st.sampled_from([states.save(process, DOUBLE), ended()[1]]))
    edits = data.draw(st.lists(st.tuples(st.integers(0, len(good) - 1), st.integers(0, 255)), max_size=5))
    bad = bytearray(good)
    for at, value in edits:
        bad[at] = value
    cut = data.draw(st.integers(0, len(bad)))
    try:
        states.restore(confirmation("beta", "<=", 0.3, 60), bytes(bad[:cut]))
    except states.Unreadable:
        assert cut < len(good) or edits
