"""Judging one claim many times with different seeds, over all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

from verify import Budget, Claim, Status, Verdict, run


def judge_many(make: Callable[[str], Claim], name: str, runs: int, *, alpha: float, budget: str | Budget,
               jobs: int | None = None) -> list[Verdict]:
    """Verdicts on the claim `make(name)` for the seeds 0 .. runs - 1."""
    work = partial(_one, make, name, alpha, budget)
    size = jobs or os.cpu_count() or 1
    if size == 1:
        return [work(seed) for seed in range(runs)]
    with ProcessPoolExecutor(size, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, range(runs), chunksize=max(1, runs // (16 * size))))


def _one(make: Callable[[str], Claim], name: str, alpha: float, budget: str | Budget, seed: int) -> Verdict:
    return run(make(name), alpha=alpha, budget=budget, seed=seed)


def count(verdicts: Sequence[Verdict], status: Status) -> int:
    """How many verdicts have this status."""
    return sum(verdict.status is status for verdict in verdicts)


def markdown(header: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
    lines += ["| " + " | ".join(str(row[name]) for name in header) + " |" for row in rows]
    return "\n".join(lines)
