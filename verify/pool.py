"""A pool of workers that judge claims and, when none waits, draw blocks for the claims still judged.

A worker that dies costs nothing but time: its claim is judged again when nothing else runs, so that no claim is blamed
for another's doing, and its blocks are somebody else's. What a worker wants kept is passed on.
"""

from __future__ import annotations

import signal
import tempfile
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from verify import memory
from verify.judging import Event, Settings, broken, undecided
from verify.loading import Target
from verify.orders import Answer, Errand, Forget, Halted, Kept, Order, Spare, Stop, Task
from verify.stopping import Clock, Stopper
from verify.verdict import Verdict
from verify.worker import Worker, start_worker

# Seconds in which a worker that was asked to stop ends its block.
GRACE = 10.0
# Longer ones overflow what the system takes.
LONGEST_WAIT = 3600.0


# Signals that come from elsewhere: a user, a scheduler, a system without memory.
OUTSIDE = {getattr(signal, name, None) for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT")}


@dataclass(frozen=True)
class Limits:
    """What ends a run early: seconds for each claim, those of the run, and a signal."""

    stopper: Stopper
    run: Clock
    claim_seconds: float | None = None

    @property
    def over(self) -> bool:
        """Whether the whole run is to end."""
        return self.stopper.asked is not None or self.run.over


class Pool:
    """Judges targets on `size` workers.

    Args:
        targets, settings: of the run.
        size: number of workers.
        limits: what ends it early.
        note: called with all news.
        begin: gives the states kept of a claim's confirmations.
        keep: called with a claim's position, a confirmation and its state.
    """

    def __init__(self, targets: Sequence[Target], settings: Settings, size: int, limits: Limits,
                 note: Callable[[Event], None], begin: Callable[[int], Mapping[str, bytes]] = lambda index: {},
                 keep: Callable[[int, str, bytes], None] = lambda index, stream, state: None):
        self.targets, self.settings, self.size, self.limits = targets, settings, size, limits
        self.note, self.begin, self.keep = note, begin, keep
        self.waiting, self.suspects = deque[int](), deque[int]()
        self.orders = deque[tuple[Worker, Order]]()
        self.workers: list[Worker] = []
        self.told: dict[Worker, int] = {}
        self.alone = self.stopped = False

    def run(self, order: Sequence[int]) -> None:
        """Judge the targets at these positions, in this order; those that are not judged when it returns are not."""
        self.waiting.extend(order)
        self.memory = memory.share(min(self.size, len(order)))
        with tempfile.TemporaryDirectory(prefix="distillcheck-", ignore_cleanup_errors=True) as folder:
            self.folder = folder
            try:
                self._work()
                self.alone, self.waiting, self.suspects = True, self.suspects, deque()
                # What a claim left behind in a worker's memory is another's no longer.
                self._dismiss()
                self.memory = memory.share(1)
                self._work()
            finally:
                self._dismiss()

    def _work(self) -> None:
        self._employ()
        while judging := [worker for worker in self.workers if worker.task is not None]:
            ready = wait([*(worker.pipe for worker in self.workers), *self.limits.stopper.waitable],
                         self._patience(judging))
            self.limits.stopper.look()
            for worker in [worker for worker in self.workers if worker.pipe in ready]:
                self._hear(worker)
            self._watch()
            self._employ()

    # Work is given out

    def _employ(self) -> None:
        if self.stopped:
            return
        while self.waiting and not (self.alone and self._judging) and (worker := self._free()):
            index = worker.task = self.waiting.popleft()
            worker.clock = Clock(self.limits.claim_seconds)
            worker.send(Task(index, self.targets[index], self.begin(index), self.memory))
        while self.orders and (worker := self._free()):
            asker, order = self.orders.popleft()
            assert asker.task is not None
            file = Path(self.folder) / f"{asker.process.pid}-{order.number}"
            worker.asker, worker.errand = asker, Errand(self.targets[asker.task], order, str(file))
            worker.send(worker.errand)
        judging = self._judging
        hands = 0 if self.waiting or self.alone else self.size - len(judging)
        for worker in judging:
            if self.told.get(worker, 0) != hands:
                self.told[worker] = hands
                worker.send(Spare(hands))

    @property
    def _judging(self) -> list[Worker]:
        return [worker for worker in self.workers if worker.task is not None]

    def _free(self) -> Worker | None:
        found = next((worker for worker in self.workers if worker.idle), None)
        if found is None and len(self.workers) < self.size:
            found = start_worker(self.settings)
            self.workers.append(found)
        return found

    # News comes in

    def _hear(self, worker: Worker) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        except Exception:
            # What came through can't be read, so nothing that follows could be either.
            worker.process.kill()
            self._bury(worker)
            return
        match message:
            case Event(verdict=None):
                self.note(message)
            case Event():
                self._end(worker, message)
            case Halted(index):
                self._end(worker, None)
                self._put_off(index, "was asked to stop")
            case Kept(index, stream, state):
                self.keep(index, stream, state)
            case Order():
                self.orders.append((worker, message))
            case Forget():
                self._forget(worker)
            case Answer():
                self._deliver(worker, message)

    def _end(self, worker: Worker, event: Event | None) -> None:
        worker.task = worker.grace = None
        self._forget(worker)
        if event is None:
            return
        if event.verdict and not event.verdict.final and not self.alone and self.size > 1:
            # It had its share of the memory; alone it may have all.
            self._suspect(event.index)
        else:
            self.note(event)

    def _suspect(self, index: int) -> None:
        self.suspects.append(index)
        self.note(Event(index, "waiting to be judged alone", 0.0))

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
        self._lose(worker)
        if worker.task is None or self.stopped or self.limits.over:
            return
        if not self.alone:
            self._suspect(worker.task)
            return
        self.note(Event(worker.task, "done", 1.0, self._post_mortem(self.targets[worker.task],
                                                                    worker.process.exitcode)))

    def _lose(self, worker: Worker) -> None:
        worker.pipe.close()
        self.workers.remove(worker)
        self._forget(worker)
        if worker.errand is not None:
            self._deliver(worker, Answer(worker.errand.order.number, None))

    def _post_mortem(self, target: Target, code: int) -> Verdict:
        if -code in OUTSIDE:
            return undecided(target, self.settings, "the process that judged it was killed, and again when nothing "
                             "else ran: the machine has too little memory for it, or someone ended it")
        how = f"was killed by signal {-code}" if code < 0 else f"exited with status {code}"
        message = (f"{target.id}: the process that judged it {how}, and again when nothing else ran. A claim's "
                   "functions must return: look for a crash in compiled code, exhausted memory, or a call that ends "
                   "the process.")
        return broken(target, self.settings, message, final=False)

    # Time runs out

    def _patience(self, judging: Sequence[Worker]) -> float:
        clocks = [worker.grace or worker.clock for worker in judging]
        if not self.stopped:
            clocks.append(self.limits.run)
        return min([LONGEST_WAIT, *(left for clock in clocks if (left := clock.left) is not None)])

    def _watch(self) -> None:
        if not self.stopped and self.limits.over:
            self.stopped = True
            self.waiting.clear()
            self.orders.clear()
            for worker in self._judging:
                self._ask_to_stop(worker)
        for worker in self._judging:
            if worker.grace is None and worker.clock.over:
                self._ask_to_stop(worker)
            if worker.grace is not None and worker.grace.over:
                assert worker.task is not None
                worker.stop()
                self._lose(worker)
                self._put_off(worker.task, "did not return")

    def _ask_to_stop(self, worker: Worker) -> None:
        worker.grace = Clock(GRACE)
        worker.send(Stop())

    def _put_off(self, index: int, how: str) -> None:
        """A claim is judged no further: its own time is up, or the run ends."""
        if self.stopped:
            return
        seconds = f"{self.limits.claim_seconds:g} s"
        reason = f"not decided within {seconds} (--timeout)" + (
            "; --resume with more time goes on where it stopped" if how == "was asked to stop" else
            ": a function of the claim did not return")
        self.note(Event(index, "done", 1.0, undecided(self.targets[index], self.settings, reason)))

    def _dismiss(self) -> None:
        for worker in self.workers:
            worker.stop()
        self.workers.clear()
