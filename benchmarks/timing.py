"""Interleaved timing: A B C A B C ..., so that whatever slows the machine slows all routes alike.

Each round gives one ratio per route; medians and quartiles are of these ratios, which drift less than times do.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numba
import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.workload import PROJECT, Answers, C, Route, Run, Unavailable, Workload


@dataclass(frozen=True)
class Spread:
    """A median between its quartiles."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Of at least one value; ValueError for none."""
        if not values:
            raise ValueError("Spread: no values have no median; give at least one.")
        low, median, high = np.quantile(values, (0.25, 0.5, 0.75)).tolist()
        return cls(median, low, high)


@dataclass(frozen=True)
class Measured:
    """What was measured of one route.

    `seconds` is the time of one replicate. `ratio` is the route's time over the project's, but the project's over C's
    for C; None for the project itself. `reached` is None where there is no target.
    """

    workload: Workload
    route: str
    seconds: Spread
    ratio: Spread | None
    reached: bool | None


@dataclass(frozen=True)
class Result:
    """The measured routes of a workload, the project first, and why others are left out; all, without the project."""

    workload: Workload
    measured: tuple[Measured, ...]
    left_out: Mapping[str, str]


def measure(workload: Workload, rounds: int) -> Result:
    """Prepare all routes, compare their answers, and time them; AssertionError if answers differ."""
    runs: dict[str, Run] = {}
    left_out: dict[str, str] = {}
    for name in sorted(workload.routes, key=lambda name: name != PROJECT):
        try:
            runs[name] = workload.routes[name].prepare()
        except Unavailable as error:
            left_out[name] = str(error)
    if PROJECT not in runs:
        return Result(workload, (), left_out)
    workload.check({name: _answers(workload.routes[name], run) for name, run in runs.items()})
    return Result(workload, summary(workload, timed(workload, runs, rounds)), left_out)


def timed(workload: Workload, runs: Mapping[str, Run], rounds: int) -> dict[str, list[float]]:
    """Seconds per replicate of every route in every round.

    One thread is timed by the processor's clock, so that other programs on the machine count as little as they can.
    """
    wall = any(workload.routes[name].threads > 1 for name in runs)
    clock = time.perf_counter if wall else time.process_time
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for seed in range(rounds):
        for name, run in runs.items():
            route = workload.routes[name]
            with threads(route.threads):
                before = clock()
                run(seed, route.size)
                seconds[name].append((clock() - before) / route.size)
    return seconds


def summary(workload: Workload, seconds: Mapping[str, Sequence[float]]) -> tuple[Measured, ...]:
    """Medians, ratios and whether they reach the workload's targets."""
    lines = []
    for name, own in seconds.items():
        ratio = reached = None
        if name != PROJECT:
            pairs = zip(own, seconds[PROJECT], strict=True)
            ratio = Spread.of([project / other if name == C else other / project for other, project in pairs])
            target = workload.targets.get(name)
            if target is not None:
                reached = ratio.median <= target if name == C else ratio.median >= target
        lines.append(Measured(workload, name, Spread.of(own), ratio, reached))
    return tuple(lines)


def _answers(route: Route, run: Run) -> Answers:
    with threads(route.threads):
        return run(0, route.checked or route.size)


@contextmanager
def threads(count: int) -> Iterator[None]:
    """So many threads for Numba, BLAS and OpenMP."""
    before = numba.get_num_threads()
    numba.set_num_threads(count)
    try:
        with threadpool_limits(count):
            yield
    finally:
        numba.set_num_threads(before)
