"""States of a confirmation as bytes, to be kept and taken up again: numbers of declared types, nothing that runs.

What comes back may come from anywhere, so every type and length is checked before it is believed.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from verify.plan import Decision, Outcome
from verify.terms import Label

if TYPE_CHECKING:
    from verify.confirm import Confirmation

# Of one array: far above what a confirmation ever holds.
MOST_ITEMS = 1 << 26


class Unreadable(ValueError):
    """The bytes are no state of this confirmation."""


class Counts(msgspec.Struct, frozen=True):
    """A grid of a tally; its counts are mostly zeros and are compressed."""

    zeros: int
    first: int
    items: int
    packed: bytes


class Midway(msgspec.Struct, frozen=True, tag="midway"):
    """A confirmation between two blocks: log wealths of every bet, and the tally of its draws."""

    precision: float
    log_e: float
    log_wealths: bytes
    blocks: int
    size: int
    mean: float
    squares: float
    parts: list[int]
    draws: bytes
    grids: list[Counts]


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """How a confirmation ended."""

    precision: float
    decision: Decision
    blocks: int
    draws: int
    estimate: float
    interval: tuple[float, float]
    log_e: float
    label: Label
    needed: int | None


_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Midway | Ended)


def save(process: Confirmation, precision: float) -> bytes:
    """A confirmation between two blocks; nothing is folded for it, so that no sum changes its order."""
    tally = process.tally
    wealths = [side.log_wealths for side in process.sides]
    grids = [Counts(grid.zeros, grid.first, grid.counts.size, zlib.compress(_bytes(grid.counts, "<i8"), 1))
             for grid in tally.grids]
    return _ENCODER.encode(Midway(
        precision, process.log_e, _bytes(np.concatenate(wealths) if wealths else np.zeros(0)), tally.blocks, tally.size,
        *tally.moments, [part.size for part in tally.pending],
        _bytes(np.concatenate(tally.pending) if tally.pending else np.zeros(0)), grids))


def save_outcome(outcome: Outcome, precision: float) -> bytes:
    """How a confirmation ended."""
    return _ENCODER.encode(Ended(precision, outcome.decision, outcome.blocks, outcome.draws, outcome.estimate,
                                 outcome.interval, outcome.log_e, outcome.label, outcome.needed))


def restore(process: Confirmation, state: bytes) -> tuple[Outcome | None, float]:
    """Bring a fresh confirmation to where it was saved; its outcome if it had ended, and the precision of its draws.

    Raises:
        Unreadable: the bytes are no state of this confirmation, which may be spoilt now.
    """
    try:
        found = _DECODER.decode(state)
        if isinstance(found, Ended):
            return _outcome(process, found), found.precision
        _resume(process, found)
    except (ValueError, RecursionError, OverflowError, zlib.error) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    return None, found.precision


def _outcome(process: Confirmation, found: Ended) -> Outcome:
    if not 0 < found.blocks <= process.plan.blocks or found.draws != found.blocks * process.plan.block:
        raise Unreadable("it counts other blocks")
    return Outcome(process.point, found.decision, found.blocks, found.draws, found.estimate, found.interval,
                   found.log_e, found.label, found.needed)


def _resume(process: Confirmation, found: Midway) -> None:
    tally, sides = process.tally, process.sides
    draws, wealths = _array(found.draws), _array(found.log_wealths)
    lengths = [side.log_wealths.size for side in sides]
    if wealths.size != sum(lengths) or found.size != found.blocks * process.plan.block:
        raise Unreadable("it is of another confirmation")
    if min(found.parts, default=1) < 1 or sum(found.parts) != draws.size:
        raise Unreadable("its draws are incomplete")
    tally.blocks, tally.size, tally.moments = found.blocks, found.size, (found.mean, found.squares)
    tally.pending = np.split(draws, np.cumsum(found.parts)[:-1]) if found.parts else []
    tally.grids = tally.new_grids() if found.grids else []
    for grid, counts in zip(tally.grids, found.grids, strict=True):
        grid.zeros, grid.first, grid.counts = counts.zeros, counts.first, _unpacked(counts)
    start = 0
    for side, length in zip(sides, lengths, strict=True):
        side.log_wealths = wealths[start:start + length]
        start += length
    process.log_e = found.log_e


def _bytes(array: NDArray[np.generic], kind: str = "<f8") -> bytes:
    return np.ascontiguousarray(array, kind).tobytes()


def _array(body: bytes) -> NDArray[np.float64]:
    return np.frombuffer(body, "<f8").astype(np.float64)


def _unpacked(counts: Counts) -> NDArray[np.int64]:
    if not 0 <= counts.items <= MOST_ITEMS:
        raise Unreadable("a grid has no size")
    stream = zlib.decompressobj()
    body = stream.decompress(counts.packed, 8 * counts.items + 1)
    if len(body) != 8 * counts.items or not stream.eof:
        raise Unreadable("a grid isn't of its size")
    return np.frombuffer(body, "<i8").astype(np.int64)
