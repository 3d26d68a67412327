"""Many claims, one alpha: a pool of worker processes that no claim can sink.

Workers are spawned, not forked (forking after an OpenMP kernel kills the child), receive a path and
numbers, and run kernels and BLAS on one thread each. A worker that dies makes its claim an ERROR; another takes its
place. Verdicts don't depend on the number of workers.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from verify.api import valid_alpha, valid_budget, valid_seed
from verify.judge import Judge, Progress
from verify.loading import Target, load
from verify.terms import ClaimError, Status
from verify.verdict import Verdict

COLLECT_SELDOM = (50_000, 20, 100)
"""Thresholds of the garbage collector in workers."""

ONE_THREAD = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Settings:
    """What a run has in common; `level` is alpha divided by the number of claims requested."""

    level: float
    seed: int
    budget: str


@dataclass(frozen=True)
class Event:
    """News of one claim: a stage with the fraction done, or its verdict."""

    index: int
    stage: str
    done: float
    verdict: Verdict | None = None


@dataclass
class Run:
    """Verdicts in the order of the targets (None where the run was interrupted first)."""

    verdicts: list[Verdict | None]
    interrupted: bool = False


@dataclass
class _Worker:
    process: Any
    pipe: Connection
    task: int | None = field(default=None)


def judge_target(target: Target, settings: Settings, progress: Progress) -> Verdict:
    """Load one file and judge its claim; whatever is wrong with it becomes a verdict of ERROR."""
    try:
        claim = load(target)
    except ClaimError as error:
        return broken(target, settings, str(error))
    try:
        # What a claim prints would tear the table, or the JSON, on the user's terminal.
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
            verdict = Judge(claim, settings.level, settings.seed, valid_budget(settings.budget), progress,
                            partial(load, target)).verdict()
    except SystemExit as error:
        return broken(target, settings, f"{target.id}: a function of the claim ended the process (SystemExit: "
                                        f"{error.code}). A claim's functions must return.")
    command = (f"distillcheck verify {shlex.quote(target.spelled)} --alpha {settings.level!r} --seed {settings.seed} "
               f"--budget {settings.budget}")
    return replace(verdict, claim=target.id, target=target.spelled, replay=command)


def broken(target: Target, settings: Settings, message: str) -> Verdict:
    """Verdict on a claim that never came to be judged."""
    return Verdict(target.id, target.spelled, Status.ERROR, settings.level, settings.seed, settings.budget,
                   target=target.spelled, error=message, reason=Status.ERROR.meaning)


def run_many(targets: Sequence[Target], *, alpha: float = 0.01, seed: int = 0, budget: str = "standard",
             jobs: int | None = None, on_event: Callable[[Event], None] = lambda event: None) -> Run:
    """Judge claims side by side.

    Args:
        targets: what to judge; alpha is divided among them all.
        jobs: worker processes; the number of usable cores when None. A single claim of the catalogue is judged in
            this process, a user's own file never: it might end it.
        on_event: called in this process with news of the claims.

    Raises:
        ValueError: alpha, seed, budget or jobs is out of range.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs is {jobs}; it is a number of processes, at least 1.")
    settings = Settings(valid_alpha(alpha) / max(len(targets), 1), valid_seed(seed), valid_budget(budget).name)
    run = Run([None] * len(targets))

    def note(event: Event) -> None:
        if event.verdict is not None:
            run.verdicts[event.index] = event.verdict
        on_event(event)

    try:
        if len(targets) == 1 and not targets[0].own:
            verdict = judge_target(targets[0], settings, lambda stage, done: note(Event(0, stage, done)))
            note(Event(0, "done", 1.0, verdict))
        else:
            _Pool(targets, settings, min(jobs or usable_cores(), len(targets)), note).run()
    except KeyboardInterrupt:
        run.interrupted = True
    return run


def usable_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Pool:
    def __init__(self, targets: Sequence[Target], settings: Settings, size: int, note: Callable[[Event], None]):
        self.targets, self.settings, self.size, self.note = targets, settings, size, note
        self.waiting = list(range(len(targets)))[::-1]
        self.workers: list[_Worker] = []

    def run(self) -> None:
        try:
            while self.waiting or self.workers:
                while self.waiting and len(self.workers) < self.size:
                    self._assign(self._start())
                for pipe in wait([worker.pipe for worker in self.workers]):
                    self._hear(next(worker for worker in self.workers if worker.pipe is pipe))
        finally:
            for worker in self.workers:
                worker.process.terminate()
                worker.process.join()

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        mine, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.settings), daemon=True)
        with _one_thread_each() if self.size > 1 else contextlib.nullcontext():
            process.start()
        theirs.close()
        worker = _Worker(process, mine)
        self.workers.append(worker)
        return worker

    def _assign(self, worker: _Worker) -> None:
        if not self.waiting:
            worker.pipe.close()
            worker.process.join()
            self.workers.remove(worker)
            return
        worker.task = self.waiting.pop()
        with contextlib.suppress(BrokenPipeError):
            worker.pipe.send((worker.task, self.targets[worker.task]))

    def _hear(self, worker: _Worker) -> None:
        try:
            event = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        except Exception:
            # What came through can't be read, so nothing that follows could be either.
            worker.process.terminate()
            self._bury(worker)
            return
        self.note(event)
        if event.verdict is not None:
            self._assign(worker)

    def _bury(self, worker: _Worker) -> None:
        worker.process.join()
        worker.pipe.close()
        self.workers.remove(worker)
        if worker.task is not None:
            target, code = self.targets[worker.task], worker.process.exitcode
            how = f"was killed by signal {-code}" if code < 0 else f"exited with status {code}"
            message = (f"{target.id}: the process that judged it {how}. A claim's functions must return: look for a "
                       "crash in compiled code, exhausted memory, or a call that ends the process.")
            self.note(Event(worker.task, "done", 1.0, broken(target, self.settings, message)))


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
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


def _work(pipe: Connection, settings: Settings) -> None:
    """What a worker does until its pipe closes."""
    from threadpoolctl import threadpool_limits

    # A search makes many objects that die at once; looking through all the others as often took an eighth of a run.
    gc.set_threshold(*COLLECT_SELDOM)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a claim prints would tear the table on the user's terminal.
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    with threadpool_limits(limits=1), contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            index, target = pipe.recv()

            def progress(stage: str, done: float, index: int = index) -> None:
                pipe.send(Event(index, stage, done))

            try:
                verdict = judge_target(target, settings, progress)
            except KeyboardInterrupt:
                # Ctrl-C is ignored here, so the claim raised it.
                verdict = broken(target, settings, f"{target.id}: the claim raised KeyboardInterrupt. Its functions "
                                                   "must return.")
            pipe.send(Event(index, "done", 1.0, verdict))
            # Imported modules and compiled kernels stay for good.
            gc.freeze()
