"""Time and memory that run out, workers that die or hang: the others are judged, and what is said is right."""
from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verify import Status, memory, pool
from verify.judging import Event
from verify.ledger import Ledger
from verify.loading import Target, by_path
from verify.runner import Keep, Run, run_many

TEXT = '''
import os, signal, time
from pathlib import Path
import numpy as np
from hypothesis import strategies as st
from verify import Claim

ONCE = Path(__file__).with_suffix(".once")

def sample(p, rng, size):
    {more}
    return rng.random(size) < p

def bound(p, c=1.0):
    return c * p

CLAIM = Claim(title="A coin", source="test", given={{"p": st.sampled_from([0.25, 0.5])}}, sample=sample, bound=bound,
              support=(0, 1), controls=[{{"c": 0.5}}], block=256)
'''
SOUND = "pass"
FIRST_TIME = "first = not ONCE.exists(); ONCE.write_text('')\n    if first: "
HANGS = "time.sleep(1000)"
# Beyond any machine that these tests run on, and beyond what Linux grants at once; see verify/memory.py for the rest.
HUGE = "np.empty((size, 1 << 40))"
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., list[Target]]:
    def write(**claims: str) -> list[Target]:
        for name, more in claims.items():
            (tmp_path / f"{name}.py").write_text(TEXT.format(more=more), encoding="utf-8")
        return [by_path(str(tmp_path / f"{name}.py")) for name in claims]

    return write


def judged(targets: list[Target], **options: Any) -> Run:
    return run_many(targets, **{"alpha": 1e-8, "budget": "micro", "jobs": 2, **options})


def statuses(run: Run) -> list[Status | None]:
    return [verdict and verdict.status for verdict in run.verdicts]


def reason(run: Run, index: int) -> str:
    verdict = run.verdicts[index]
    assert verdict
    return verdict.reason


@pytest.mark.parametrize("accident", ["os.kill(os.getpid(), signal.SIGKILL)", "os.kill(os.getpid(), signal.SIGSEGV)",
                                      "os._exit(3)"])
def test_worker_that_dies_by_accident_costs_its_claim_nothing(written: Callable[..., list[Target]],
                                                              accident: str) -> None:
    straight = judged(written(sound=SOUND, struck=SOUND))
    events: list[Event] = []
    run = judged(written(sound=SOUND, struck=f"{FIRST_TIME}{accident}"), on_event=events.append)
    assert statuses(run) == statuses(straight)
    assert not {Status.ERROR, None} & set(statuses(run))
    assert "waiting to be judged alone" in [event.stage for event in events]


@pytest.mark.parametrize("raised", ["BaseException", "GeneratorExit"])
def test_what_no_except_catches_is_an_error_of_the_claim(written: Callable[..., list[Target]], raised: str) -> None:
    events: list[Event] = []
    verdict, = judged(written(raises=f"raise {raised}('x')"), on_event=events.append).verdicts
    assert verdict
    assert verdict.error == f"raises: a function of the claim raised {raised}: x. A claim's functions must return."
    assert "waiting to be judged alone" not in [event.stage for event in events]


def test_claim_whose_time_is_up_is_inconclusive_and_the_others_are_judged(written: Callable[..., list[Target]],
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "GRACE", 1.0)
    slow = "time.sleep(0.2)"
    run = judged(written(hangs=HANGS, slow=slow, sound=SOUND), timeout=1.5)
    assert statuses(run) == [Status.INCONCLUSIVE, Status.INCONCLUSIVE, statuses(judged(written(sound=SOUND)))[0]]
    assert reason(run, 0) == ("not decided within 1.5 s (--timeout): a function of the claim did not return")
    assert reason(run, 1).startswith("not decided within 1.5 s (--timeout); --resume with more time goes on")
    assert [verdict and verdict.final for verdict in run.verdicts] == [False, False, True]


def test_run_whose_time_is_up_leaves_no_claim_without_a_verdict(written: Callable[..., list[Target]],
                                                                monkeypatch: pytest.MonkeyPatch,
                                                                tmp_path: Path) -> None:
    monkeypatch.setattr(pool, "GRACE", 1.0)
    targets = written(a=HANGS, b="time.sleep(0.2)", c=HANGS)
    ledger = Ledger(tmp_path / "l.db")
    run = judged(targets, run_timeout=2.0, keep=Keep(ledger))
    assert (run.timed_out, run.signal) == (True, None)
    assert statuses(run) == [Status.INCONCLUSIVE] * 3
    assert reason(run, 2) == ("not decided when the run's 2 s were over (--run-timeout); --resume goes on where it "
                              "stopped")
    entries = Ledger(tmp_path / "l.db").history()
    assert {entry.how for entry in entries} == {"timed out"}
    assert all(entry.verdict and not entry.verdict.final for entry in entries)


def test_time_that_is_enough_changes_nothing(written: Callable[..., list[Target]]) -> None:
    run = judged(written(sound=SOUND), timeout=600.0, run_timeout=600.0)
    assert statuses(run) == statuses(judged(written(sound=SOUND)))
    assert not run.timed_out


@pytest.mark.parametrize("limits", [{"timeout": 0.0}, {"run_timeout": -1.0}, {"timeout": float("nan")},
                                    {"timeout": 1.0, "cluster": "local:1"}])
def test_times_that_are_none_are_refused(written: Callable[..., list[Target]], limits: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="timeout is"):
        run_many(written(sound=SOUND), **limits)


def test_clock_that_jumps_changes_nothing(written: Callable[..., list[Target]],
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    days = iter(range(0, -10**9, -86400))
    monkeypatch.setattr(time, "time", lambda: float(next(days)))
    run = judged(written(sound=SOUND), timeout=600.0, run_timeout=600.0)
    assert statuses(run) == statuses(judged(written(sound=SOUND)))


def test_instance_beyond_the_machine_is_reported_and_not_attempted(written: Callable[..., list[Target]]) -> None:
    run = judged(written(huge=HUGE, sound=SOUND))
    assert statuses(run)[0] is Status.INCONCLUSIVE
    assert statuses(run)[1] is not Status.ERROR
    assert reason(run, 0).startswith("sample asks for more memory than there is (Unable to allocate")
    assert "Instance: p=" in reason(run, 0)
    verdict = run.verdicts[0]
    assert verdict
    assert not verdict.final


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux holds a process to its limit of data")
def test_what_linux_would_grant_and_regret_is_refused() -> None:
    import numpy as np

    with memory.limited(1 << 28), pytest.raises(MemoryError):
        np.empty(1 << 28)
    np.empty(1 << 28)
    free = memory.free()
    assert free
    assert memory.share(2) == pytest.approx(0.45 * free, rel=0.2)
    assert memory.share(10**9) == memory.LEAST
    with memory.limited(None):
        np.empty(1)


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_first_signal_ends_the_run_at_the_end_of_a_block(written: Callable[..., list[Target]], tmp_path: Path,
                                                         number: int) -> None:
    ledger, asked = Ledger(tmp_path / "l.db"), []
    before = signal.getsignal(number)
    targets = written(slow="time.sleep(0.1)", other="time.sleep(0.1)")
    timer = threading.Timer(2.5, os.kill, (os.getpid(), number))
    timer.start()
    began = time.monotonic()
    run = judged(targets, keep=Keep(ledger), budget="quick", on_stop=lambda: asked.append(1))
    timer.join()
    assert (run.signal, run.verdicts, asked) == (number, [None, None], [1])
    assert time.monotonic() - began < pool.GRACE
    assert signal.getsignal(number) is before
    assert {entry.how for entry in Ledger(tmp_path / "l.db").history()} == {"interrupted"}


@posix
def test_second_signal_ends_it_at_once(written: Callable[..., list[Target]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "GRACE", 500.0)
    timers = [threading.Timer(at, os.kill, (os.getpid(), signal.SIGINT)) for at in (2.0, 3.0)]
    for timer in timers:
        timer.start()
    run = judged(written(hangs=HANGS, more=HANGS))
    assert (run.signal, run.verdicts) == (signal.SIGINT, [None, None])


@posix
def test_single_claim_judged_here_is_interrupted_and_resumed(tmp_path: Path) -> None:
    from distillcheck.targets import find_targets

    targets = find_targets(["kaplun2022.student_single_teacher"])
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    first = run_many(targets, keep=Keep(Ledger(tmp_path / "l.db")), alpha=1e-8)
    assert (first.signal, first.verdicts) == (signal.SIGINT, [None])
    second = run_many(targets, keep=Keep(Ledger(tmp_path / "l.db"), resume=True), alpha=1e-8)
    assert (second.signal, statuses(second)) == (None, [Status.SUPPORTED])


def test_elsewhere_than_in_the_main_thread_signals_are_left_alone(written: Callable[..., list[Target]]) -> None:
    runs: list[Run] = []
    thread = threading.Thread(target=lambda: runs.append(judged(written(sound=SOUND))))
    thread.start()
    thread.join(60)
    assert runs[0].verdicts[0]
