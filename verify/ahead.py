"""Blocks drawn ahead by whoever has time, taken in index order.

A block is a function of its name alone, so it doesn't matter who draws it. The judging process takes the blocks of a
stream one by one; once drawing has cost it more than help costs to start, it hands runs of later blocks to helpers and
draws the others itself. What is drawn ahead and not needed is thrown away and counts nowhere.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from verify.claim import UNLISTED, Claim, Statement
from verify.draws import raw_block
from verify.instance import Instance, decode_instance
from verify.orders import Crew, Order

# Seconds of drawing before help is asked for: about what a helper costs to start.
PATIENCE = 1.0
# Blocks that may be drawn ahead whatever was used so far; beyond, no more than were used.
FEW_AHEAD = 16
# Draws that may be drawn ahead: 128 MB of them.
MOST_AHEAD = 1 << 24
MOST_IN_ORDER = 256
ORDERS_EACH = 2
# An order that takes this many times as long as drawing it here, and some seconds, is given up.
OVERDUE, OVERDUE_SECONDS = 20.0, 5.0
MOST_LOST = 3
# No two orders of a process have one number, so that a late answer is never taken for another order's.
NUMBERS = itertools.count()


@dataclass
class _Stream:
    statement: Statement
    instance: Instance
    phase: str
    size: int
    most: int
    control: int | None
    index: int = 0
    frontier: int = 0
    ready: dict[int, Any] = field(default_factory=dict)
    ordered: dict[int, int] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)


class Ahead:
    """Takes the blocks of one stream at a time, with the help of a crew."""

    def __init__(self, crew: Crew):
        self.crew = crew
        self.spent, self.drawn, self.lost, self.answered = 0.0, 0, 0, 0
        self.stream: _Stream | None = None
        # Blocks left to this process before each order: halved as long as it need not wait, doubled when it must.
        self.reserve = 1.0

    @contextmanager
    def sharing(self, statement: Statement, instance: Instance, phase: str, size: int, most: int) -> Iterator[None]:
        """Inside, blocks of this stream are taken in order, at most `most` of them."""
        known, control = _control_of(statement)
        self.stream = _Stream(statement, instance, phase, size, most, control) if known else None
        try:
            yield
        finally:
            if self.stream and self.stream.orders:
                self.crew.forget()
            self.stream = None

    def take(self, draw: Callable[[], Any], instance: Instance, phase: str, index: int, size: int) -> Any:
        """Raw block `index`: what a helper drew, or what `draw` returns."""
        stream = self.stream
        if stream is None or (stream.instance.key, stream.phase, stream.size) != (instance.key, phase, size):
            return draw()
        stream.index, stream.frontier = index, max(stream.frontier, index + 1)
        if self.spent >= PATIENCE and self.lost < MOST_LOST:
            self._receive(stream, 0.0)
            self._share(stream)
            # A helper that is only starting isn't waited for.
            if index in stream.ordered and self.answered:
                self._await(stream, index)
        if index in stream.ready:
            return stream.ready.pop(index)
        started = time.perf_counter()
        raw = draw()
        self.spent += time.perf_counter() - started
        self.drawn += 1
        return raw

    def _share(self, stream: _Stream) -> None:
        each = max(self.spent / self.drawn, 1e-9)
        ahead = max(FEW_AHEAD, min(stream.index, MOST_AHEAD // stream.size))
        farthest = min(stream.most, stream.index + 1 + ahead)
        hands = self.crew.hands()
        while len(stream.orders) < ORDERS_EACH * hands:
            first = stream.frontier + int(self.reserve)
            count = min(math.ceil(self.crew.grain / each), MOST_IN_ORDER, farthest - first)
            if count < 1:
                return
            self.reserve = max(self.reserve / 2.0, 0.5)
            order = Order(next(NUMBERS), stream.control, stream.instance.encoded, stream.phase, stream.size, first,
                          count)
            stream.orders[order.number] = order
            stream.ordered.update(dict.fromkeys(range(first, first + count), order.number))
            stream.frontier = first + count
            self.crew.post(order)

    def _await(self, stream: _Stream, index: int) -> None:
        self.reserve = min(2.0 * max(self.reserve, 1.0), stream.orders[stream.ordered[index]].count)
        patience = OVERDUE_SECONDS + OVERDUE * len(stream.ordered) * self.spent / self.drawn
        deadline = time.monotonic() + patience
        while index in stream.ordered:
            left = deadline - time.monotonic()
            if left <= 0.0:
                self._close(stream, stream.ordered[index], None)
                return
            self._receive(stream, left)

    def _receive(self, stream: _Stream, seconds: float) -> None:
        for number, raws in self.crew.collect(seconds):
            if number in stream.orders:
                self._close(stream, number, raws)

    def _close(self, stream: _Stream, number: int, raws: Sequence[Any] | None) -> None:
        order = stream.orders.pop(number)
        self.lost += raws is None
        self.answered += raws is not None
        for index in range(order.first, order.first + order.count):
            del stream.ordered[index]
        for index, raw in enumerate(raws or (), order.first):
            # A block that failed is drawn here if it is needed, and fails here.
            if raw is not None and index >= stream.index:
                stream.ready[index] = raw


def _control_of(statement: Statement) -> tuple[bool, int | None]:
    """Whether the statement's draws can be named to a helper, and as those of which wrong twin."""
    control = None if statement.draws_like_claim else statement.control
    return control != UNLISTED, control


def fill(order: Order, claim: Claim, seed: int) -> list[Any]:
    """What a helper does with an order: raw blocks, None for each that fails or can't be sent."""
    statement = claim.statement() if order.control is None else claim.statement(claim.controls[order.control])
    instance = decode_instance(order.instance, claim.namespace)
    return [_attempt(statement, instance, order, seed, index)
            for index in range(order.first, order.first + order.count)]


def _attempt(statement: Statement, instance: Instance, order: Order, seed: int, index: int) -> Any:
    try:
        raw = raw_block(statement, instance, seed, order.phase, index, order.size)
    except (Exception, SystemExit, KeyboardInterrupt):
        return None
    return raw if type(raw) is np.ndarray and raw.dtype.kind in "biuf" else None
