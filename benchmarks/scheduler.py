"""How busy are the workers, and what does a block cost beside its draws?

    python -m benchmarks.scheduler
    python -m benchmarks.scheduler --budget standard --target kaplun2022

Four tables: a run of claims over a pool (share of the workers' time spent on claims, CPU over wall time x workers, and
the tail: the last seconds, in which some worker had no claim left); what the claims' times make of a run on more
workers, by arithmetic alone; orders of one small block each, through the pool's files and through a Dask scheduler,
which is overhead and nothing else; bytes that travel for a block.
"""

from __future__ import annotations

import argparse
import heapq
import pickle
import resource
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from benchmarks.many_runs import markdown
from distillcheck.targets import find_targets
from verify.ahead import NUMBERS
from verify.cluster import common_fingerprint, connected
from verify.instance import make_instance
from verify.judging import Settings
from verify.loading import Target, load
from verify.orders import Order
from verify.remote import BLOCKS_KEY, draw_there, pack
from verify.runner import Event, run_many
from verify.worker import Errand, read_blocks, start_worker

BLOCK_CLAIM = "kaplun2022.cover_hart"
SETTINGS = Settings(0.01, 0, "quick")


def cpu(who: int = resource.RUSAGE_SELF) -> float:
    """CPU seconds so far."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def utilisation(targets: Sequence[Target], budget: str, jobs: int) -> tuple[dict[str, Any], list[float]]:
    """One row, the targets judged by `jobs` workers, and the seconds of each claim in the order of the targets."""
    arrivals: list[float] = []
    started, before = time.perf_counter(), cpu(resource.RUSAGE_CHILDREN)

    def note(event: Event) -> None:
        if event.verdict is not None:
            arrivals.append(time.perf_counter() - started)

    run = run_many(targets, budget=budget, jobs=jobs, on_event=note)
    wall, used = time.perf_counter() - started, cpu(resource.RUSAGE_CHILDREN) - before
    seconds = [verdict.seconds for verdict in run.verdicts if verdict]
    tail = wall - arrivals[max(len(arrivals) - jobs, 0)]
    return {"claims": len(targets), "budget": budget, "workers": jobs, "wall s": f"{wall:.1f}",
            "judging": f"{sum(seconds) / (wall * jobs):.1%}", "CPU": f"{used / (wall * jobs):.1%}",
            "tail s": f"{tail:.1f}", "slowest claim s": f"{max(seconds):.1f}"}, seconds


def makespan(seconds: Sequence[float], workers: int) -> float:
    """When the last of these jobs ends, each taken in turn by the first worker that is free."""
    free = [0.0] * workers
    for each in seconds:
        heapq.heapreplace(free, free[0] + each)
    return max(free)


def planned(seconds: Sequence[float], workers: int) -> dict[str, Any]:
    """One row: busy share of `workers` that take the claims as listed or the slowest first, without help for any."""
    def busy(order: Sequence[float]) -> str:
        return f"{sum(seconds) / (workers * makespan(order, workers)):.1%}"

    return {"workers": workers, "as listed": busy(seconds), "slowest first": busy(sorted(seconds, reverse=True)),
            "at most": f"{min(1.0, sum(seconds) / (workers * max(seconds))):.1%}"}


def orders(target: Target, count: int, size: int, blocks: int = 1) -> list[Order]:
    """Orders of `blocks` blocks each at the claim's tight instance."""
    claim = load(target)
    instance = make_instance(claim.tight_at or {}, claim.namespace)
    return [Order(next(NUMBERS), None, instance.encoded, "confirm", size, index * blocks, blocks)
            for index in range(count)]


def row(way: str, count: int, wall: float, here: float) -> dict[str, Any]:
    return {"way": way, "orders": count, "a second": f"{count / wall:.0f}", "ms each": f"{1e3 * wall / count:.2f}",
            "CPU ms each, here": f"{1e3 * here / count:.2f}"}


def through_pool(target: Target, count: int) -> dict[str, Any]:
    """One row: orders given to one worker, two at a time, and their files read."""
    worker = start_worker(SETTINGS)
    todo = orders(target, count + 1, 64)
    with tempfile.TemporaryDirectory() as folder:
        def send(order: Order) -> None:
            worker.send(Errand(target, order, str(Path(folder) / str(order.number))))

        send(todo.pop())
        assert read_blocks(worker.pipe.recv().file)
        started, before = time.perf_counter(), cpu()
        send(todo.pop())
        for index in range(count):
            if index + 1 < count:
                send(todo.pop())
            wait([worker.pipe])
            assert read_blocks(worker.pipe.recv().file)
        wall, here = time.perf_counter() - started, cpu() - before
    worker.stop()
    return row("pool, 1 worker", count, wall, here)


def through_dask(target: Target, count: int, workers: int) -> dict[str, Any]:
    """One row: orders as tasks, all at once; the scheduler and the client are this process."""
    with connected(f"local:{workers}") as client:
        expected = common_fingerprint(client, "local")
        parcel = pack(target)

        def draw(todo: Sequence[Order]) -> None:
            futures = [client.submit(draw_there, parcel, 0, order, expected, key=f"{BLOCKS_KEY}{order.number}",
                                     pure=False) for order in todo]
            assert all(client.gather(futures))

        draw(orders(target, 4 * workers, 64))
        started, before = time.perf_counter(), cpu()
        draw(orders(target, count, 64))
        return row(f"Dask, {workers} workers", count, time.perf_counter() - started, cpu() - before)


def sizes(target: Target) -> list[dict[str, Any]]:
    """Rows: bytes of a task and of its result."""
    import cloudpickle
    import numpy as np

    expected = dict.fromkeys(("distillcheck", "python", "machine", "numpy", "scipy", "numba", "sympy"), "x" * 12)
    order = orders(target, 1, 4096)[0]
    task = len(cloudpickle.dumps((draw_there, pack(target), 0, order, expected)))
    found = {"task (instance, phase, indices, versions)": task,
             "block of 4096 truth values": len(pickle.dumps([np.zeros(4096, bool)], 5)),
             "block of 4096 numbers": len(pickle.dumps([np.zeros(4096)], 5))}
    return [{"what": what, "bytes": f"{count:,}"} for what, count in found.items()]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=str(__doc__), formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--target", action="append", help="claims of the first tables; the catalogue by default")
    parser.add_argument("--budget", default="quick")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--orders", type=int, default=500)
    arguments = parser.parse_args()
    targets = find_targets(arguments.target or [])
    measured, seconds = utilisation(targets, arguments.budget, arguments.jobs)
    print(markdown(list(measured), [measured]), end="\n\n")
    rows = [planned(seconds, workers) for workers in (2, 4, 16, 64)]
    print(markdown(list(rows[0]), rows), end="\n\n")
    target = find_targets([BLOCK_CLAIM])[0]
    rows = [through_pool(target, arguments.orders), through_dask(target, arguments.orders, arguments.jobs)]
    print(markdown(list(rows[0]), rows), end="\n\n")
    rows = sizes(target)
    print(markdown(list(rows[0]), rows))


if __name__ == "__main__":
    main()
