"""What a process that judges a claim and those that draw blocks for it say to one another; see `verify.ahead`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


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
