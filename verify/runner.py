"""Many claims, one alpha: side by side on this machine or a cluster, the slowest first.

Verdicts depend neither on the number of processes nor on who draws which block.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verify.api import valid_alpha, valid_budget, valid_seed
from verify.cluster import judge_on_cluster
from verify.durations import Durations
from verify.helpers import OwnCrew
from verify.judging import COLLECT_SELDOM, Event, Settings, judge_target
from verify.loading import Target
from verify.pool import Pool
from verify.remote import ClusterError
from verify.verdict import Verdict

__all__ = ["COLLECT_SELDOM", "Event", "Run", "Settings", "run_many", "usable_cores"]


@dataclass
class Run:
    """Verdicts in the order of the targets (None where the run ended first).

    `interrupted` by the user, or ended by a `failure` of the cluster, in words.
    """

    verdicts: list[Verdict | None]
    interrupted: bool = False
    failure: str | None = None


def run_many(targets: Sequence[Target], *, alpha: float = 0.01, seed: int = 0, budget: str = "standard",
             jobs: int | None = None, cluster: str | None = None,
             on_event: Callable[[Event], None] = lambda event: None) -> Run:
    """Judge claims side by side.

    Args:
        targets: what to judge; alpha is divided among them all.
        jobs: worker processes; the number of usable cores when None. A single claim of the catalogue is judged in
            this process, with workers to help if it draws for long; a user's own file never: it might end it.
        cluster: address of a Dask scheduler on whose workers to judge instead, or "local:N" to start N of them here.
        on_event: called in this process with news of the claims.

    Raises:
        ValueError: alpha, seed, budget or jobs is out of range, or the cluster can't be used from the start.
    """
    if jobs is not None and cluster is not None:
        raise ValueError(f"jobs is {jobs} and cluster is {cluster!r}; jobs is for this machine, and a cluster has as "
                         "many workers as it has. Give one of them.")
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs is {jobs}; it is a number of processes, at least 1.")
    settings = Settings(valid_alpha(alpha) / max(len(targets), 1), valid_seed(seed), valid_budget(budget).name)
    size = jobs or usable_cores()
    run, durations = Run([None] * len(targets)), Durations(settings.budget)

    def note(event: Event) -> None:
        if event.verdict is not None:
            run.verdicts[event.index] = event.verdict
            durations.note(targets[event.index], event.cpu)
        on_event(event)

    try:
        if cluster is not None:
            judge_on_cluster(targets, durations.slowest_first(targets), settings, cluster, note)
        elif len(targets) == 1 and not targets[0].own:
            _judge_here(targets[0], settings, size, note)
        else:
            Pool(targets, durations.slowest_first(targets), settings, size, note).run()
    except KeyboardInterrupt:
        run.interrupted = True
    except ClusterError as error:
        if not any(run.verdicts):
            raise
        run.failure = str(error)
    durations.keep()
    return run


def _judge_here(target: Target, settings: Settings, size: int, note: Callable[[Event], None]) -> None:
    started = time.process_time()
    with OwnCrew(target, settings, size - 1) as crew:
        verdict = judge_target(target, settings, lambda stage, done: note(Event(0, stage, done)), crew)
    note(Event(0, "done", 1.0, verdict, time.process_time() - started))


def usable_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
