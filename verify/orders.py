"""What the processes of a run say to one another: who judges, who draws blocks ahead, who gives out the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from verify.loading import Target


@dataclass(frozen=True)
class Order:
    """Blocks `first` ... `first + count - 1` of one stream of a claim.

    Fields:
        number: names the order among all of the asking process.
        control: index of the wrong twin that is drawn from, None for the claim itself.
        instance: as encoded.
        phase, size: of the stream; `size` draws a block.
    """

    number: int
    control: int | None
    instance: dict[str, Any]
    phase: str
    size: int
    first: int
    count: int


class Crew(Protocol):
    """Helpers as the judging process sees them; none of the methods raises because a helper fails."""

    grain: float
    """Seconds of work that are worth an order."""

    def hands(self) -> int:
        """How many helpers are free to help now."""
        ...

    def post(self, order: Order) -> None:
        """Have an order drawn."""
        ...

    def collect(self, seconds: float) -> Sequence[tuple[int, Sequence[Any] | None]]:
        """Orders that ended, by number, with their raw blocks (None if lost); waits for one, at most `seconds`."""
        ...

    def forget(self) -> None:
        """Nothing that was ordered so far is needed any more."""
        ...


@dataclass(frozen=True)
class Task:
    """Judge this claim, from the states of its confirmations, within some bytes of memory."""

    index: int
    target: Target
    states: Mapping[str, bytes]
    memory: int | None


@dataclass(frozen=True)
class Kept:
    """The state of a confirmation, to be kept."""

    index: int
    stream: str
    state: bytes


@dataclass(frozen=True)
class Stop:
    """Judge no further; finish the block, and say what is to be kept."""


@dataclass(frozen=True)
class Halted:
    """The worker stopped, as it was asked to."""

    index: int


@dataclass(frozen=True)
class Errand:
    """Draw these blocks into a file."""

    target: Target
    order: Order
    file: str


@dataclass(frozen=True)
class Answer:
    """An errand's end; no file if the helper died."""

    number: int
    file: str | None


@dataclass(frozen=True)
class Spare:
    """How many workers are free to help."""

    hands: int


@dataclass(frozen=True)
class Forget:
    """The orders that this worker has placed aren't needed any more."""
