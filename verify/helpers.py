"""Helpers of a process that judges a single claim itself: started when drawing turns out to take long."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Sequence
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import Any

from verify.judging import Settings
from verify.loading import Target
from verify.orders import Answer, Errand, Order
from verify.worker import GRAIN, Worker, read_blocks, start_worker


class OwnCrew:
    """Up to `size` worker processes that draw blocks of one claim for this process."""

    grain = GRAIN

    def __init__(self, target: Target, settings: Settings, size: int):
        self.target, self.settings, self.size = target, settings, size
        self.workers: list[Worker] = []
        self.owed: dict[Worker, set[int]] = {}
        self.closing = contextlib.ExitStack()
        self.folder = ""

    def __enter__(self) -> OwnCrew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.closing.close()

    def hands(self) -> int:
        """All of them; the first call starts them."""
        if self.size and not self.folder:
            self.folder = self.closing.enter_context(tempfile.TemporaryDirectory(prefix="distillcheck-"))
            for _ in range(self.size):
                worker = start_worker(self.settings)
                self.closing.callback(worker.stop)
                self.workers.append(worker)
                self.owed[worker] = set()
            # From here on this process is one among several.
            if "numba" in sys.modules:
                threads = sys.modules["numba"].get_num_threads()
                sys.modules["numba"].set_num_threads(1)
                self.closing.callback(sys.modules["numba"].set_num_threads, threads)
        return len(self.workers)

    def post(self, order: Order) -> None:
        """Give it to the worker that owes least."""
        worker = min(self.workers, key=lambda each: len(self.owed[each]))
        self.owed[worker].add(order.number)
        worker.send(Errand(self.target, order, str(Path(self.folder) / str(order.number))))

    def collect(self, seconds: float) -> Sequence[tuple[int, Sequence[Any] | None]]:
        """What the workers have answered."""
        found: list[tuple[int, Sequence[Any] | None]] = []
        for pipe in wait([worker.pipe for worker in self.workers], seconds):
            worker = next(each for each in self.workers if each.pipe is pipe)
            try:
                answer: Answer = worker.pipe.recv()
                self.owed[worker].discard(answer.number)
                found.append((answer.number, read_blocks(answer.file)))
            except (EOFError, OSError):
                self.workers.remove(worker)
                found += [(number, None) for number in self.owed.pop(worker)]
        return found

    def forget(self) -> None:
        """What was ordered is still drawn, and thrown away when it arrives."""
