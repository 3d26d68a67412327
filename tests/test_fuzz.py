"""Some of the inputs of `benchmarks.fuzz`, which has thousands more; and one kill of `benchmarks.kills`."""
from __future__ import annotations

import math
import sys
from pathlib import Path
from random import Random

import pytest

from benchmarks.fuzz import KINDS, fuzz
from benchmarks.kills import course

COUNTS = {"claims": 60, "files": 60, "ledgers": 50, "states": 300, "records": 40}


@pytest.mark.skipif(sys.platform == "win32", reason="hanging inputs are noticed by SIGALRM")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", KINDS)
def test_no_input_raises_what_nobody_catches_or_hangs(kind: str) -> None:
    # Other inputs than the benchmark's first ones.
    found, bad = fuzz(kind, 10**6, COUNTS[kind], seed=1)
    assert bad == []
    assert len(found) > 1


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")
def test_killed_run_is_resumed_by_the_benchmark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[1])
    killed = course("micro", ["classics.markov"], 1.0, Random(2), 1)
    whole = course("micro", ["classics.markov"], math.inf, Random(0), 0)
    assert len(killed.kills) == 1
    assert killed.digest == whole.digest
    assert killed.digest.endswith("(1 claims)")
