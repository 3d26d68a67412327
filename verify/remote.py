"""What a worker of a cluster does: judges a claim, or draws blocks for a claim that another worker judges.

A worker receives names, texts and numbers, never functions of ours or of the claim. One claim or order at a time uses a
process, however many threads its owner gave it.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from threadpoolctl import ThreadpoolController

from verify.judging import COLLECT_SELDOM, Event, Settings
from verify.loading import HOUSE, Target
from verify.orders import Order
from verify.versions import fingerprint
from verify.worker import claim_of, judge_task

BUSY = threading.Lock()
CLAIM_KEY, BLOCKS_KEY = "distillcheck-claim-", "distillcheck-blocks-"
# Seconds between two looks at who is free, and of drawing that are worth a task.
LOOK_AGAIN = 2.0
GRAIN = 0.3
# Seconds that the one scheduler needs for a task; free workers times this is the least time between two of a worker's.
TASK_SECONDS = 0.005
FETCH_SECONDS = 10.0


class ClusterError(ValueError):
    """The cluster can't be used; says why and what to do."""


@dataclass(frozen=True)
class Parcel:
    """A target for another machine: the catalogue's path within the house, or a user's file with its text."""

    target: Target
    text: bytes | None


def pack(target: Target) -> Parcel:
    """What a worker needs to load the target; a file that can't be read is left for the worker to complain of."""
    if not target.own:
        return Parcel(replace(target, path=str(Path(target.path).relative_to(HOUSE))), None)
    try:
        return Parcel(target, Path(target.path).read_bytes())
    except OSError:
        return Parcel(target, None)


def unpack(parcel: Parcel, folder: Path) -> Target:
    """The target here: the file that lies where it lay, if it is the same, else a copy of it below `folder`."""
    target = parcel.target
    if not target.own:
        return replace(target, path=str(Path(HOUSE) / target.path))
    if parcel.text is None:
        return target
    with contextlib.suppress(OSError):
        if Path(target.path).read_bytes() == parcel.text:
            return target
    digest = hashlib.blake2b(target.path.encode() + b"\0" + parcel.text, digest_size=8).hexdigest()
    copy = folder / f"distillcheck-{digest}" / Path(target.path).name
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(parcel.text)
    return replace(target, path=str(copy))


def unlike(mine: Mapping[str, str], others: Mapping[str, str], ignore: str = "") -> str:
    """What differs between two fingerprints, in words; empty where nothing does."""
    return ", ".join(f"{name} is {others.get(name)} and not {value}" for name, value in mine.items()
                     if name != ignore and others.get(name) != value)


def _agree(expected: Mapping[str, str], address: str) -> None:
    different = unlike(expected, fingerprint())
    if different:
        raise ClusterError(f"the worker {address} differs from the others: {different}. Verdicts are the same only "
                           "with the same versions on the same kind of processor: make all workers alike.")


def judge_there(index: int, parcel: Parcel, settings: Settings, expected: Mapping[str, str], topic: str) -> Event:
    """Judge a claim on this worker; news goes to the topic as (index, stage, fraction done).

    Raises:
        ClusterError: this worker isn't like the others.
    """
    from distributed import get_worker

    worker = get_worker()
    _agree(expected, worker.address)

    def say(event: Event) -> None:
        worker.log_event(topic, [event.index, event.stage, event.done])

    with BUSY:
        before = gc.get_threshold()
        gc.set_threshold(*COLLECT_SELDOM)
        crew = ClusterCrew(parcel, settings.seed, expected)
        try:
            return judge_task(index, unpack(parcel, Path(worker.local_directory)), settings, say, crew)
        finally:
            crew.forget()
            gc.set_threshold(*before)


def draw_there(parcel: Parcel, seed: int, order: Order, expected: Mapping[str, str]) -> list[Any]:
    """Draw the blocks of an order on this worker, as `verify.ahead.fill` gives them.

    Raises:
        ClusterError: this worker isn't like the others.
    """
    from distributed import get_worker

    from verify.ahead import fill

    worker = get_worker()
    _agree(expected, worker.address)
    with BUSY, open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        claim = claim_of(unpack(parcel, Path(worker.local_directory)))
        with _blas(parcel).limit(limits=1, user_api="blas"):
            return fill(order, claim, seed)


@lru_cache(maxsize=2)
def _blas(parcel: Parcel) -> ThreadpoolController:
    """The libraries that a claim has loaded; looking for them takes longer than drawing a small block."""
    return ThreadpoolController()


class ClusterCrew:
    """The workers that judge no claim, as one that does sees them."""

    def __init__(self, parcel: Parcel, seed: int, expected: Mapping[str, str]):
        self.parcel, self.seed, self.expected = parcel, seed, expected
        self.client: Any = None
        self.grain = GRAIN
        self.free: list[str] = []
        self.share = 0
        self.looked = -LOOK_AGAIN
        self.futures: dict[int, Any] = {}

    def hands(self) -> int:
        """This claim's share of those that were free a moment ago."""
        from distributed import get_client

        if time.monotonic() - self.looked >= LOOK_AGAIN:
            self.client = self.client or get_client()
            busy = self.client.processing()
            self.free = [address for address, keys in busy.items()
                         if not any(str(key).startswith(CLAIM_KEY) for key in keys)]
            judging = max(len(busy) - len(self.free), 1)
            self.share = -(-len(self.free) // judging)
            self.grain = max(GRAIN, TASK_SECONDS * len(self.free))
            self.looked = time.monotonic()
        return self.share

    def post(self, order: Order) -> None:
        """Make it a task of its own."""
        self.futures[order.number] = self.client.submit(
            draw_there, self.parcel, self.seed, order, self.expected, key=f"{BLOCKS_KEY}{uuid.uuid4().hex}",
            workers=self.free, pure=False)

    def collect(self, seconds: float) -> Sequence[tuple[int, Sequence[Any] | None]]:
        """What has been drawn."""
        from distributed import wait

        if seconds > 0.0 and self.futures and not any(future.done() for future in self.futures.values()):
            with contextlib.suppress(TimeoutError):
                wait(list(self.futures.values()), timeout=seconds, return_when="FIRST_COMPLETED")
        done = [number for number, future in self.futures.items() if future.done()]
        return [(number, _fetched(self.futures.pop(number))) for number in done]

    def forget(self) -> None:
        """Take back what isn't done yet."""
        if self.futures:
            self.client.cancel(list(self.futures.values()))
            self.futures.clear()


def _fetched(future: Any) -> Sequence[Any] | None:
    """The blocks; None if they were lost with their worker, or on the way."""
    try:
        return future.result(timeout=FETCH_SECONDS)
    except Exception:
        return None
