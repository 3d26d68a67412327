"""Blocks drawn ahead are the blocks drawn here, whatever the helpers do."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from verify import Claim, ClaimError, Relation
from verify.ahead import Ahead, fill
from verify.confirm import confirm
from verify.draws import Drawer
from verify.explore import Explorer
from verify.instance import make_instance
from verify.orders import Order
from verify.plan import Plan

BLOCK = 64
HELPERS = ("diligent", "idle", "dying", "late", "refusing", "backwards")


class Crew:
    """Two helpers, one draw away, that do their work in one of several manners."""

    grain = 1.0

    def __init__(self, claim: Claim, seed: int, manner: str):
        self.claim, self.seed, self.manner = claim, seed, manner
        self.orders: list[Order] = []
        self.polls, self.forgotten, self.posted = 0, 0, 0

    def hands(self) -> int:
        return 2

    def post(self, order: Order) -> None:
        self.posted += order.count
        self.orders.append(order)

    def collect(self, seconds: float) -> Sequence[tuple[int, Sequence[Any] | None]]:
        self.polls += 1
        if self.manner == "idle" or (self.manner == "late" and self.polls % 5):
            return []
        orders, self.orders = self.orders, []
        if self.manner == "backwards":
            orders.reverse()
        return [(order.number, self.answer(order)) for order in orders]

    def answer(self, order: Order) -> Sequence[Any] | None:
        if self.manner == "dying":
            return None
        blocks = fill(order, self.claim, self.seed)
        return [None] * len(blocks) if self.manner == "refusing" else blocks

    def forget(self) -> None:
        self.forgotten += 1
        self.orders.clear()


@pytest.fixture(autouse=True)
def helped_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.ahead.PATIENCE", 1e-9)
    monkeypatch.setattr("verify.ahead.OVERDUE", 0.0)
    monkeypatch.setattr("verify.ahead.OVERDUE_SECONDS", 0.01)
    monkeypatch.setattr("verify.ahead.MOST_IN_ORDER", 5)


def coin(p, rng, size, shift=0.0):
    return (rng.random(size) < p + shift).astype(np.float32 if rng.random() < 0.5 else np.float64)


def claim(sample=coin) -> Claim:
    controls = [{"c": 0.1}, {"shift": 0.1}] if sample is coin else [{"c": 0.1}]
    return Claim(title="A statement", source="test", given={"p": st.just(0.3)}, sample=sample, support=(0, 1),
                 bound=lambda c=0.3: c, controls=controls, block=BLOCK)


def outcome(made: Claim, tiny, crew: Crew | None, control: int | None = None, blocks: int = 200):
    statement = made.statement() if control is None else made.statement(made.controls[control])
    drawer = Drawer(statement, 3, Ahead(crew) if crew else None)
    point = Explorer(statement, drawer, tiny).evaluate(make_instance({"p": 0.3}, made.namespace))
    found = confirm(drawer, point, Plan(Relation.AT_MOST, 0.04, 1e-9, 1e-9, "confirm", blocks, BLOCK))
    return found.decision, found.blocks, found.estimate, found.interval, found.log_e, drawer.drawn, drawer.precision


@pytest.mark.parametrize("control", [None, 0, 1])
@pytest.mark.parametrize("manner", HELPERS)
def test_outcome_is_that_of_drawing_alone(tiny, manner: str, control: int | None) -> None:
    made = claim()
    crew = Crew(made, 3, manner)
    assert outcome(made, tiny, crew, control) == outcome(made, tiny, None, control)
    assert crew.posted > 0


def test_what_is_drawn_ahead_is_at_most_what_was_used_and_a_little(tiny) -> None:
    made = claim()
    crew = Crew(made, 3, "diligent")
    used = outcome(made, tiny, crew)[1]
    assert crew.posted <= 2 * used + 20


def test_block_that_fails_at_a_helper_fails_here_when_it_is_needed(tiny) -> None:
    def sample(p, rng, size):
        draws = rng.random(size) < p
        if rng.random() < 0.05:
            raise SystemExit(3) if rng.random() < 0.5 else RuntimeError("a bad block")
        return draws

    made = claim(sample)
    with pytest.raises((ClaimError, SystemExit)) as alone:
        outcome(made, tiny, None)
    with pytest.raises((ClaimError, SystemExit)) as lost:
        outcome(made, tiny, Crew(made, 3, "diligent"))
    assert str(alone.value) == str(lost.value)


def test_crew_is_told_that_its_orders_are_no_longer_needed(tiny) -> None:
    made = claim()
    crew = Crew(made, 3, "idle")
    outcome(made, tiny, crew)
    assert crew.forgotten == 1


def test_only_arrays_of_numbers_are_sent(tiny) -> None:
    def sample(p, rng, size):
        return list(rng.random(size) < p)

    made = claim(sample)
    order = Order(0, None, make_instance({"p": 0.3}, made.namespace).encoded, "confirm", BLOCK, 0, 2)
    assert fill(order, made, 3) == [None, None]
    assert outcome(made, tiny, Crew(made, 3, "diligent")) == outcome(made, tiny, None)
