"""What a judging process writes down as it goes, and takes up again after whatever ended it.

A claim's search is a function of the seed and costs little; its confirmations are what takes hours. Each is written
down under a name that says everything it depends on within its claim: the statement, the instance, the plan. What it
depends on besides (the claim's text, the versions, the machine) is the business of whoever keeps the journal.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify import states
from verify.claim import UNLISTED
from verify.instance import canonical
from verify.terms import Stopped

if TYPE_CHECKING:
    from verify.confirm import Confirmation
    from verify.draws import Drawer
    from verify.explore import Point
    from verify.plan import Outcome, Plan

# Seconds of drawing that a kill may cost, and the bytes per second that saving may take.
EVERY = 1.0
BYTES_A_SECOND = 1 << 22
# Ends of shorter confirmations aren't worth a line: finding them again is as quick.
WORTH_KEEPING = 0.05


@dataclass
class Journal:
    """What was found of a claim before, and where what is found now goes.

    Fields:
        states: by confirmation, as they were kept.
        write: keeps the state of a confirmation in place of the last; never raises because it can't be kept.
        stopping: whether the verdict isn't wanted any more.
    """

    states: Mapping[str, bytes]
    write: Callable[[str, bytes], None]
    stopping: Callable[[], bool]

    def look(self) -> None:
        """Called between blocks and between instances.

        Raises:
            Stopped: the verdict isn't wanted any more.
        """
        if self.stopping():
            raise Stopped


class Page:
    """The part of a journal that is about one confirmation; blank without a journal."""

    def __init__(self, drawer: Drawer, point: Point, plan: Plan):
        self.drawer = drawer
        self.journal = drawer.journal if drawer.statement.control != UNLISTED else None
        self.stream = _stream(drawer, point, plan) if self.journal else ""
        self.started = self.saved = time.monotonic()
        self.pause = EVERY

    def resume(self, begin: Callable[[], Confirmation]) -> tuple[Confirmation, Outcome | None]:
        """The confirmation at the block where it was saved, and its outcome if it had ended; else as it begins."""
        state = self.journal.states.get(self.stream) if self.journal else None
        process, outcome = begin(), None
        if state is None:
            return process, None
        try:
            outcome, precision = states.restore(process, state)
        except states.Unreadable:
            # What can be drawn again is drawn again.
            return begin(), None
        self.drawer.precision = max(self.drawer.precision, precision)
        self.drawer.drawn += outcome.draws if outcome else process.tally.size
        return process, outcome

    @contextmanager
    def writing(self, process: Confirmation) -> Iterator[None]:
        """Inside, a request to stop leaves the confirmation kept as it is."""
        try:
            yield
        except Stopped:
            self._save(process)
            raise

    def note(self, process: Confirmation) -> None:
        """Between two blocks: save what is due."""
        if self.journal and time.monotonic() - self.saved >= self.pause:
            self._save(process)

    def close(self, process: Confirmation, outcome: Outcome) -> None:
        """The confirmation has ended."""
        if self.journal and time.monotonic() - self.started >= WORTH_KEEPING:
            self.journal.write(self.stream, states.save_outcome(outcome, self.drawer.precision))

    def _save(self, process: Confirmation) -> None:
        if self.journal and process.tally.blocks:
            state = states.save(process, self.drawer.precision)
            self.journal.write(self.stream, state)
            self.pause = max(EVERY, len(state) / BYTES_A_SECOND)
        self.saved = time.monotonic()


def _stream(drawer: Drawer, point: Point, plan: Plan) -> str:
    """Name of a confirmation: the same only if nothing that it depends on within its claim differs."""
    assert point.support is not None
    statement = drawer.statement
    numbers = (point.bound_value, plan.resolution, plan.violated_level, plan.cleared_level, point.support.low,
               point.support.high, drawer.precision)
    text = canonical([statement.control, point.instance.encoded, plan.phase, str(plan.relation), plan.blocks,
                      plan.block, *(float(number).hex() for number in numbers)])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
