"""A pool of workers that judge claims and, when none waits, draw blocks for the claims still judged.

A worker that dies makes its claim an ERROR, or its blocks somebody else's; another takes its place.
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait
from pathlib import Path

from verify.judging import Event, Settings, broken
from verify.loading import Target
from verify.orders import Order
from verify.worker import Answer, Errand, Forget, Spare, Task, Worker, start_worker


class Pool:
    """Judges the targets in `order` on `size` workers; `note` is called with all news."""

    def __init__(self, targets: Sequence[Target], order: Sequence[int], settings: Settings, size: int,
                 note: Callable[[Event], None]):
        self.targets, self.settings, self.size, self.note = targets, settings, size, note
        self.waiting, self.orders = deque(order), deque[tuple[Worker, Order]]()
        self.workers: list[Worker] = []
        self.told: dict[Worker, int] = {}

    def run(self) -> None:
        """Judge them all."""
        with tempfile.TemporaryDirectory(prefix="distillcheck-") as folder:
            self.folder = folder
            try:
                self._employ()
                while any(worker.task is not None for worker in self.workers):
                    for pipe in wait([worker.pipe for worker in self.workers]):
                        self._hear(next(worker for worker in self.workers if worker.pipe is pipe))
                    self._employ()
            finally:
                for worker in self.workers:
                    worker.stop()

    def _employ(self) -> None:
        while self.waiting and (worker := self._free()):
            worker.task = self.waiting.popleft()
            worker.send(Task(worker.task, self.targets[worker.task]))
        while self.orders and (worker := self._free()):
            asker, order = self.orders.popleft()
            assert asker.task is not None
            file = Path(self.folder) / f"{asker.process.pid}-{order.number}"
            worker.asker, worker.errand = asker, Errand(self.targets[asker.task], order, str(file))
            worker.send(worker.errand)
        judging = [worker for worker in self.workers if worker.task is not None]
        hands = 0 if self.waiting else self.size - len(judging)
        for worker in judging:
            if self.told.get(worker, 0) != hands:
                self.told[worker] = hands
                worker.send(Spare(hands))

    def _free(self) -> Worker | None:
        found = next((worker for worker in self.workers if worker.idle), None)
        if found is None and len(self.workers) < self.size:
            found = start_worker(self.settings)
            self.workers.append(found)
        return found

    def _hear(self, worker: Worker) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        except Exception:
            # What came through can't be read, so nothing that follows could be either.
            worker.process.terminate()
            self._bury(worker)
            return
        match message:
            case Event():
                if message.verdict is not None:
                    worker.task = None
                    self._forget(worker)
                self.note(message)
            case Order():
                self.orders.append((worker, message))
            case Forget():
                self._forget(worker)
            case Answer():
                self._deliver(worker, message)

    def _deliver(self, helper: Worker, answer: Answer) -> None:
        if helper.asker is not None:
            helper.asker.send(answer)
        elif answer.file is not None:
            Path(answer.file).unlink(missing_ok=True)
        helper.asker = helper.errand = None

    def _forget(self, asker: Worker) -> None:
        self.orders = deque((worker, order) for worker, order in self.orders if worker is not asker)
        for worker in self.workers:
            if worker.asker is asker:
                worker.asker = None

    def _bury(self, worker: Worker) -> None:
        worker.process.join()
        worker.pipe.close()
        self.workers.remove(worker)
        self._forget(worker)
        if worker.errand is not None:
            self._deliver(worker, Answer(worker.errand.order.number, None))
        if worker.task is not None:
            target, code = self.targets[worker.task], worker.process.exitcode
            how = f"was killed by signal {-code}" if code < 0 else f"exited with status {code}"
            message = (f"{target.id}: the process that judged it {how}. A claim's functions must return: look for a "
                       "crash in compiled code, exhausted memory, or a call that ends the process.")
            self.note(Event(worker.task, "done", 1.0, broken(target, self.settings, message)))
