"""One target judged: what every process that judges does, wherever it runs.

The engine is imported where a claim is judged, so that a process which only hands claims on starts at once.
"""

from __future__ import annotations

import contextlib
import os
import shlex
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from verify.api import valid_budget
from verify.loading import Target, load
from verify.memory import limited
from verify.orders import Crew
from verify.terms import ClaimError, Status, Stopped
from verify.verdict import Verdict

if TYPE_CHECKING:
    from verify.journal import Journal
    from verify.judge import Progress

COLLECT_SELDOM = (50_000, 20, 100)
"""Thresholds of the garbage collector in workers."""


@dataclass(frozen=True)
class Settings:
    """What a run has in common; `level` is alpha divided by the number of claims requested."""

    level: float
    seed: int
    budget: str


@dataclass(frozen=True)
class Event:
    """News of one claim: a stage with the fraction done, or its verdict and the CPU seconds it took."""

    index: int
    stage: str
    done: float
    verdict: Verdict | None = None
    cpu: float | None = None


def judge_target(target: Target, settings: Settings, progress: Progress, crew: Crew | None = None,
                 journal: Journal | None = None, memory: int | None = None) -> Verdict:
    """Load one file and judge its claim; whatever is wrong with it becomes a verdict of ERROR.

    Args:
        target, settings, progress, crew, journal: see `verify.judge.Judge`.
        memory: bytes that this process may take from here on, None for no limit.

    Raises:
        Stopped: the journal says that the verdict isn't wanted any more.
    """
    from threadpoolctl import threadpool_limits

    from verify.judge import Judge

    try:
        claim = load(target)
    except ClaimError as error:
        return broken(target, settings, str(error))
    try:
        # What a claim prints would tear the table, or the JSON, on the user's terminal.
        # BLAS may round differently on two threads, and processes share the cores.
        with (open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere),
              threadpool_limits(limits=1, user_api="blas"), limited(memory)):
            verdict = Judge(claim, settings.level, settings.seed, valid_budget(settings.budget), progress,
                            partial(load, target), crew, journal).verdict()
    except (Stopped, KeyboardInterrupt):
        raise
    except SystemExit as error:
        return broken(target, settings, f"{target.id}: a function of the claim ended the process (SystemExit: "
                                        f"{error.code}). A claim's functions must return.")
    except BaseException as error:
        return broken(target, settings, f"{target.id}: a function of the claim raised {type(error).__name__}: {error}. "
                                        "A claim's functions must return.")
    return respelled(verdict, target, settings)


def respelled(verdict: Verdict, target: Target, settings: Settings) -> Verdict:
    """The verdict on a target as it is named now."""
    command = (f"distillcheck verify {shlex.quote(target.spelled)} --alpha {settings.level!r} --seed {settings.seed} "
               f"--budget {settings.budget}")
    return replace(verdict, claim=target.id, target=target.spelled, replay=command)


def broken(target: Target, settings: Settings, message: str, *, final: bool = True) -> Verdict:
    """Verdict on a claim that never came to be judged."""
    return Verdict(target.id, target.spelled, Status.ERROR, settings.level, settings.seed, settings.budget,
                   target=target.spelled, error=message, reason=Status.ERROR.meaning, final=final)


def undecided(target: Target, settings: Settings, reason: str) -> Verdict:
    """Verdict on a claim whose judging was ended by time, memory or an accident."""
    return Verdict(target.id, target.spelled, Status.INCONCLUSIVE, settings.level, settings.seed, settings.budget,
                   target=target.spelled, reason=reason, final=False)
