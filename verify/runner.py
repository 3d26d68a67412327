"""Many claims, one alpha: side by side on this machine or a cluster, the slowest first.

Verdicts depend neither on the number of processes nor on who draws which block, nor on how often a run was ended and
resumed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from verify import memory
from verify.api import valid_alpha, valid_budget, valid_seconds, valid_seed
from verify.cluster import Cluster, joined
from verify.durations import Durations
from verify.helpers import OwnCrew
from verify.judging import COLLECT_SELDOM, Event, Settings, judge_target, undecided
from verify.keeping import Keeping
from verify.ledger import Ledger
from verify.loading import Target
from verify.pool import Limits, Pool
from verify.remote import ClusterError
from verify.stopping import Clock, Stopper
from verify.terms import Stopped
from verify.verdict import Verdict

__all__ = ["COLLECT_SELDOM", "JUDGED_BEFORE", "Event", "Keep", "Run", "Settings", "run_many", "usable_cores"]

JUDGED_BEFORE = "judged before"


@dataclass
class Run:
    """Verdicts in the order of the targets (None where the run ended first).

    Fields:
        verdicts: by position.
        resumed: positions of those that an earlier run had reached.
        signal: number of the signal that ended the run, None if none did.
        timed_out: whether the run's time was up.
        failure: of the cluster, in words.
    """

    verdicts: list[Verdict | None]
    resumed: frozenset[int] = frozenset()
    signal: int | None = None
    timed_out: bool = False
    failure: str | None = None

    @property
    def interrupted(self) -> bool:
        """Whether a signal ended it."""
        return self.signal is not None

    @property
    def how(self) -> str:
        """How it ended, in a word or two, for the ledger."""
        if self.failure is not None:
            return "failed"
        if self.timed_out:
            return "timed out"
        return "interrupted" if self.interrupted else "finished"


@dataclass
class Keep:
    """Where a run keeps what it finds.

    Fields:
        ledger: None for nowhere.
        resume: whether to take up what earlier runs of the same claims with the same settings found.
        command: what the user typed, for the ledger's history.
        tell: called with each sentence that the user should see.
    """

    ledger: Ledger | None = None
    resume: bool = False
    command: str = ""
    tell: Callable[[str], None] = field(default=lambda text: None)


def run_many(targets: Sequence[Target], *, alpha: float = 0.01, seed: int = 0, budget: str = "standard",
             jobs: int | None = None, cluster: str | None = None, timeout: float | None = None,
             run_timeout: float | None = None, keep: Keep | None = None,
             on_event: Callable[[Event], None] = lambda event: None,
             on_stop: Callable[[], None] = lambda: None) -> Run:
    """Judge claims side by side.

    The first Ctrl-C, SIGTERM or SIGHUP ends the run when the blocks being drawn are done, the second at once.

    Args:
        targets: what to judge; alpha is divided among them all.
        alpha, seed, budget: see `verify.api.run`.
        jobs: worker processes; the number of usable cores when None. A single claim of the catalogue is judged in
            this process, with workers to help if it draws for long; a user's own file never: it might end it.
        cluster: address of a Dask scheduler on whose workers to judge instead, or "local:N" to start N of them here.
        timeout: seconds after which a claim is INCONCLUSIVE; no limit when None.
        run_timeout: seconds after which every claim that isn't judged is.
        keep: where what is found is kept, and whether what was found before is taken up; nowhere when None.
        on_event: called in this process with news of the claims.
        on_stop: called when the run is asked to stop.

    Raises:
        ValueError: alpha, seed, budget, jobs or a time is out of range, or the cluster can't be used from the start.
    """
    if jobs is not None and cluster is not None:
        raise ValueError(f"jobs is {jobs} and cluster is {cluster!r}; jobs is for this machine, and a cluster has as "
                         "many workers as it has. Give one of them.")
    if cluster is not None and timeout is not None:
        raise ValueError(f"timeout is {timeout:g} s and cluster is {cluster!r}; a claim can't be ended on a cluster's "
                         "worker. Limit the run's time instead (--run-timeout).")
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs is {jobs}; it is a number of processes, at least 1.")
    settings = Settings(valid_alpha(alpha) / max(len(targets), 1), valid_seed(seed), valid_budget(budget).name)
    clocks = Clock(valid_seconds("run_timeout", run_timeout)), valid_seconds("timeout", timeout)
    keep = keep or Keep()
    with Stopper(on_stop) as stopper, joined(cluster) if cluster else contextlib.nullcontext() as workers:
        limits = Limits(stopper, *clocks)
        keeping = Keeping(keep.ledger, targets, settings, alpha=alpha, command=keep.command, resume=keep.resume,
                          tell=keep.tell, processor=workers.common["processor"] if workers else None)
        doing = _Doing(targets, settings, limits, keeping, on_event)
        try:
            doing.judge(jobs or usable_cores(), workers)
        except KeyboardInterrupt:
            doing.run.signal = stopper.asked or signal.SIGINT
        doing.finish()
    return doing.run


class _Doing:
    """One run: who judges what, and what is noted of it."""

    def __init__(self, targets: Sequence[Target], settings: Settings, limits: Limits, keeping: Keeping,
                 on_event: Callable[[Event], None]):
        self.targets, self.settings, self.limits, self.keeping = targets, settings, limits, keeping
        self.on_event, self.durations = on_event, Durations(settings.budget)
        self.run = Run([keeping.judged.get(index) for index in range(len(targets))],
                       resumed=frozenset(keeping.judged))

    def judge(self, size: int, cluster: Cluster | None) -> None:
        """Judge what isn't judged yet."""
        for index, verdict in sorted(self.keeping.judged.items()):
            self.on_event(Event(index, JUDGED_BEFORE, 1.0, verdict))
        order = [index for index in self.durations.slowest_first(self.targets) if self.run.verdicts[index] is None]
        if not order:
            return
        if cluster is not None:
            self._on_cluster(order, cluster)
        elif len(self.targets) == 1 and not self.targets[0].own and self.limits.claim_seconds is None:
            self._here(size)
        else:
            Pool(self.targets, self.settings, size, self.limits, self.note, self.keeping.states,
                 self.keeping.keep_state).run(order)
        self.run.signal = self.limits.stopper.asked

    def note(self, event: Event) -> None:
        """Take in news of a claim."""
        if event.verdict is not None:
            self.run.verdicts[event.index] = event.verdict
            self.durations.note(self.targets[event.index], event.cpu)
            self.keeping.keep_verdict(event.index, event.verdict)
        self.on_event(event)

    def finish(self) -> None:
        """Say what became of the rest, and close the books."""
        left = [index for index, verdict in enumerate(self.run.verdicts) if verdict is None]
        if self.limits.run.over and self.run.signal is None:
            self.run.timed_out = True
            for index in left:
                self.note(Event(index, "done", 1.0, undecided(
                    self.targets[index], self.settings, f"not decided when the run's {self.limits.run.limit:g} s were "
                    "over (--run-timeout); --resume goes on where it stopped")))
        self.keeping.end(self.run.how)
        self.durations.keep()

    def _on_cluster(self, order: Sequence[int], cluster: Cluster) -> None:
        try:
            cluster.judge(self.targets, order, self.settings, self.note, self.limits)
        except ClusterError as error:
            if not any(self.run.verdicts):
                self.keeping.end("failed")
                raise
            self.run.failure = str(error)

    def _here(self, size: int) -> None:
        from verify.journal import Journal

        target, limits = self.targets[0], self.limits

        def stopping() -> bool:
            limits.stopper.look()
            return limits.over

        journal = Journal(self.keeping.states(0), lambda stream, state: self.keeping.keep_state(0, stream, state),
                          stopping)
        started = time.process_time()

        def progress(stage: str, done: float) -> None:
            self.note(Event(0, stage, done))

        try:
            with OwnCrew(target, self.settings, size - 1) as crew:
                verdict = judge_target(target, self.settings, progress, crew, journal, memory.share(1))
        except Stopped:
            return
        self.note(Event(0, "done", 1.0, verdict, time.process_time() - started))


def usable_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
