"""A worker process: judges a claim, or draws blocks for a claim that another process judges.

Workers are spawned, not forked (forking after an OpenMP kernel kills the child), receive a path and numbers, and run
kernels and BLAS on one thread each. What passes through a pipe is small and never waited for by a process that may be
busy for long; blocks go through files.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.judging import COLLECT_SELDOM, Event, Settings, broken, judge_target
from verify.loading import Target, load
from verify.orders import Answer, Crew, Errand, Forget, Halted, Kept, Order, Spare, Stop, Task
from verify.stopping import Clock
from verify.terms import Stopped

if TYPE_CHECKING:
    from verify.claim import Claim
    from verify.journal import Journal

ONE_THREAD = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# Seconds of drawing that are worth a message and a file.
GRAIN = 0.03
# Seconds between two looks at the pipe while a claim is judged.
LISTEN = 0.05


@dataclass(eq=False)
class Worker:
    """A worker process as the process that started it sees it.

    Fields:
        task: position of the claim that it judges.
        asker, errand: whom it draws blocks for, and which.
        clock: of its task.
        grace: how long it may take to stop, once it was asked to.
    """

    process: Any
    pipe: Connection
    task: int | None = field(default=None)
    asker: Worker | None = field(default=None)
    errand: Errand | None = field(default=None)
    clock: Clock = field(default_factory=lambda: Clock(None))
    grace: Clock | None = field(default=None)

    @property
    def idle(self) -> bool:
        """Whether it may be given something to do."""
        return self.task is None and self.errand is None

    def send(self, message: Any) -> None:
        """Send a message; a worker that is gone is noticed when its pipe is read."""
        with contextlib.suppress(OSError):
            self.pipe.send(message)

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def start_worker(settings: Settings) -> Worker:
    """A new worker, which has one thread."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, settings), daemon=True)
    with one_thread_each():
        process.start()
    theirs.close()
    return Worker(process, mine)


@contextlib.contextmanager
def one_thread_each() -> Iterator[None]:
    """Workers share the cores among themselves, so each is born with one thread; this process is left as it was."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class PipeCrew:
    """The other workers, as a worker that judges a claim sees them: through the pipe to the pool."""

    grain = GRAIN

    def __init__(self, pipe: Connection):
        self.pipe = pipe
        self.spare = 0
        self.stopped = False
        self.heard = time.monotonic()
        self.answers: list[tuple[int, Sequence[Any] | None]] = []

    def hands(self) -> int:
        """As the pool last said."""
        return self.spare

    def post(self, order: Order) -> None:
        """Pass it to the pool."""
        self.pipe.send(order)

    def collect(self, seconds: float) -> Sequence[tuple[int, Sequence[Any] | None]]:
        """What came through the pipe."""
        while self.pipe.poll(0.0 if self.answers else seconds):
            self.take_in(self.pipe.recv())
        found, self.answers = self.answers, []
        return found

    def take_in(self, message: Any) -> None:
        """Note one message that is no work."""
        if isinstance(message, Spare):
            self.spare = message.hands
        elif isinstance(message, Stop):
            self.stopped = True
        elif isinstance(message, Answer):
            self.answers.append((message.number, read_blocks(message.file)))

    def stopping(self) -> bool:
        """Whether the pool said so, or is gone."""
        if time.monotonic() - self.heard >= LISTEN:
            try:
                while self.pipe.poll():
                    self.take_in(self.pipe.recv())
            except (EOFError, OSError):
                self.stopped = True
            self.heard = time.monotonic()
        return self.stopped

    def forget(self) -> None:
        """Tell the pool."""
        self.pipe.send(Forget())


def read_blocks(file: str | None) -> Sequence[Any] | None:
    """The blocks in an errand's file, which is removed; None if they are lost."""
    if file is None:
        return None
    path = Path(file)
    try:
        blocks = pickle.loads(path.read_bytes())
        path.unlink()
    except (OSError, pickle.UnpicklingError, EOFError):
        return None
    return blocks


@lru_cache(maxsize=2)
def claim_of(target: Target) -> Claim:
    """The claim of a file, loaded once for many orders."""
    return load(target)


def run_errand(errand: Errand, seed: int) -> Answer:
    """Draw the blocks of an errand; whatever keeps the file from being written loses them."""
    from verify.ahead import fill

    number = errand.order.number
    try:
        Path(errand.file).write_bytes(pickle.dumps(fill(errand.order, claim_of(errand.target), seed), protocol=5))
    except (Exception, SystemExit, KeyboardInterrupt):
        return Answer(number, None)
    return Answer(number, errand.file)


def _work(pipe: Connection, settings: Settings) -> None:
    """What a worker does until its pipe closes."""
    # A search makes many objects that die at once; looking through all the others as often took an eighth of a run.
    gc.set_threshold(*COLLECT_SELDOM)
    # Who gives out the work says when to stop; a terminal that goes takes every process along that listens.
    for name in ("SIGINT", "SIGHUP", "SIGTERM"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    # What a claim prints would tear the table on the user's terminal.
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    crew = PipeCrew(pipe)
    with contextlib.suppress(EOFError, OSError):
        while True:
            match pipe.recv():
                case Task() as task:
                    pipe.send(_judge(task, settings, pipe, crew))
                    # Imported modules and compiled kernels stay for good.
                    gc.freeze()
                case Errand() as errand:
                    pipe.send(run_errand(errand, settings.seed))
                case message:
                    crew.take_in(message)


def _judge(task: Task, settings: Settings, pipe: Connection, crew: PipeCrew) -> Event | Halted:
    from verify.journal import Journal

    crew.stopped = False
    journal = Journal(task.states, lambda stream, state: pipe.send(Kept(task.index, stream, state)), crew.stopping)
    try:
        return judge_task(task.index, task.target, settings, pipe.send, crew, journal, task.memory)
    except Stopped:
        return Halted(task.index)


def judge_task(index: int, target: Target, settings: Settings, say: Callable[[Event], None],
               crew: Crew | None = None, journal: Journal | None = None, memory: int | None = None) -> Event:
    """Judge a claim in a worker and say how it goes; the event with its verdict is returned.

    Raises:
        Stopped: the verdict isn't wanted any more.
    """
    started = time.process_time()
    try:
        verdict = judge_target(target, settings, lambda stage, done: say(Event(index, stage, done)), crew, journal,
                               memory)
    except KeyboardInterrupt:
        # Ctrl-C doesn't reach a worker, so the claim raised it.
        verdict = broken(target, settings, f"{target.id}: the claim raised KeyboardInterrupt. Its functions must "
                                           "return.")
    return Event(index, "done", 1.0, verdict, time.process_time() - started)
