"""Workers without a claim draw blocks for those that have one."""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from verify import Status, ahead
from verify.loading import Target, by_path
from verify.runner import run_many

# Asks for help soon, and after some blocks waits for as many processes as the test expects to have drawn one.
TEXT = '''
import os, signal, time
from pathlib import Path
from hypothesis import strategies as st
from verify import Claim, ahead

ahead.PATIENCE = 0.1
LOG, EXPECTED = (Path(__file__).with_suffix(suffix) for suffix in (".log", ".expected"))
CALLS = []

def sample(p, rng, size):
    with LOG.open("a") as log:
        log.write(f"{{os.getpid()}}\\n")
    CALLS.append(size)
    {more}
    for _ in range(600):
        if len(CALLS) < 80 or len(set(LOG.read_text().split())) >= int(EXPECTED.read_text()):
            break
        time.sleep(0.05)
    time.sleep(0.005)
    return rng.random(size) < p

def bound(p, c=1.0):
    return c * p

CLAIM = Claim(title="A statement", source="test", given={{"p": st.just(0.5)}}, sample=sample, bound=bound,
              support=(0, 1), controls=[{{"c": 0.5}}], block=1024)
'''
KILLS = 'if LOG.read_text().split()[0] != str(os.getpid()): os.kill(os.getpid(), signal.SIGKILL)'
# At this level a quick run's hundred blocks decide nothing (with probability above 1 - 1e-9), so all are drawn.
ALPHA = 1e-9


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Target]:
    def write(name: str, more: str = "pass") -> Target:
        (tmp_path / f"{name}.py").write_text(TEXT.format(more=more), encoding="utf-8")
        return by_path(str(tmp_path / f"{name}.py"))

    return write


def judged(target: Target, jobs: int, expected: int) -> str:
    """What the verdict says, once `expected` processes have drawn for it."""
    log, file = (Path(target.path).with_suffix(suffix) for suffix in (".log", ".expected"))
    file.write_text(str(expected), encoding="utf-8")
    run = run_many([target], alpha=ALPHA, budget="quick", jobs=jobs)
    drew = len(set(log.read_text(encoding="utf-8").split()))
    log.unlink()
    assert (drew == 1) == (expected == 1)
    assert drew >= expected
    verdict, = run.verdicts
    assert verdict
    assert verdict.status is Status.INCONCLUSIVE, verdict.error
    return json.dumps(replace(verdict, seconds=0.0).to_json())


def test_idle_workers_draw_blocks_and_change_nothing(written: Callable[..., Target]) -> None:
    target = written("slow")
    assert judged(target, 3, 3) == judged(target, 1, 1)


def test_helpers_that_die_change_nothing(written: Callable[..., Target]) -> None:
    target = written("slow", KILLS)
    assert judged(target, 2, 2) == judged(target, 1, 1)


@pytest.mark.parametrize("more", ["pass", KILLS])
def test_claim_judged_in_this_process_gets_helpers_too(written: Callable[..., Target], more: str,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    # The claim's file changes it in this process as well.
    monkeypatch.setattr("verify.ahead.PATIENCE", ahead.PATIENCE)
    target = replace(written("slow", more), own=False)
    assert judged(target, 2, 2) == judged(target, 1, 1)
