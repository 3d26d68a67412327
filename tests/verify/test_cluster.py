"""On a cluster, verdicts are those of a run without one, whatever happens to the workers."""
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from dask import config
from distributed import LocalCluster

from verify import Status
from verify.cluster import IGNORE_INTERRUPTS, QUIET, common_fingerprint
from verify.judging import Event, Settings, broken
from verify.loading import Target, by_path, load
from verify.remote import BLOCKS_KEY, CLAIM_KEY, ClusterCrew, ClusterError, pack, unlike, unpack
from verify.runner import Run, run_many
from verify.versions import fingerprint

# Each true claim below fails with probability at most 1e-9, whatever the seed: its share of alpha.
ALPHA = 3e-9
TEXT = '''
import os
from hypothesis import strategies as st
from verify import Claim

def sample(p, rng, size):
    return {sample}

def bound(p, c=1.2):
    return c * p

CLAIM = Claim(title="A statement", source="test", given={{"p": st.floats(0.2, 0.6)}}, sample=sample, bound=bound,
              support=(0, 1), controls=[{{"c": 0.5}}], block=256)
'''
FILES = {"sound": {}, "false": {"sample": "rng.random(size) < 2 * p"},
         "dies": {"sample": "os._exit(3)"}}


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., list[Target]]:
    def write(*names: str) -> list[Target]:
        for name in names:
            pieces = {"sample": "rng.random(size) < p", **FILES[name]}
            (tmp_path / f"{name}.py").write_text(TEXT.format(**pieces), encoding="utf-8")
        return [by_path(str(tmp_path / f"{name}.py")) for name in names]

    return write


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler that calls a task a killer at its first dead worker."""
    with (config.set({"distributed.scheduler.allowed-failures": 0}),
          LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=None,
                       preload=[IGNORE_INTERRUPTS], silence_logs=QUIET) as started):
        yield started


def plain(run: Run) -> list[str]:
    return [json.dumps(replace(verdict, seconds=0.0).to_json()) for verdict in run.verdicts if verdict]


def statuses(run: Run) -> list[Status]:
    return [verdict.status for verdict in run.verdicts if verdict]


def test_verdicts_are_byte_identical_for_any_workers_and_when_all_are_killed(
        written: Callable[..., list[Target]], cluster: Any) -> None:
    targets = written("sound", "false")
    settings: Any = {"alpha": ALPHA, "seed": 5, "budget": "quick"}
    here = run_many(targets, **settings, jobs=1)
    assert statuses(here) == [Status.SUPPORTED, Status.REFUTED]
    for workers in (1, 2, 4):
        cluster.scale(workers)
        cluster.wait_for_workers(workers, timeout=60)
        assert plain(run_many(targets, **settings, cluster=cluster.scheduler_address)) == plain(here), workers
    killed: list[int] = []

    def kill(event: Any) -> None:
        if not killed:
            killed.extend(nanny.process.pid for nanny in cluster.workers.values())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    assert plain(run_many(targets, **settings, cluster=cluster.scheduler_address, on_event=kill)) == plain(here)
    assert len(killed) == 4


def test_claim_that_kills_its_workers_is_an_error_and_the_others_are_judged(
        written: Callable[..., list[Target]], cluster: Any) -> None:
    cluster.scale(1)
    run = run_many(written("dies", "false"), alpha=ALPHA, budget="quick", cluster=cluster.scheduler_address)
    assert statuses(run) == [Status.ERROR, Status.REFUTED]
    assert run.verdicts[0]
    assert str(run.verdicts[0].error).startswith("dies: the workers that judged it died, again and again.")


@pytest.mark.parametrize(("address", "message"), [
    ("local:0", "local: is followed by a number of workers"), ("local:two", "local: is followed by a number"),
    ("nonsense", "no Dask scheduler answered .*missing port"), ("tls://127.0.0.1:1", "no Dask scheduler answered"),
    ("tcp://127.0.0.1:1", "no Dask scheduler answered .*Give its address"),
])
def test_wrong_address_is_an_error_with_the_remedy(address: str, message: str,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.cluster.CONNECT_SECONDS", 0.5)
    with pytest.raises(ClusterError, match=message):
        run_many([], cluster=address)


def test_missing_library_is_an_error_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"needs dask.distributed, .*pip install \"distillcheck\[cluster\]\""):
        run_many([], cluster="local:1")


def test_workers_and_jobs_are_not_given_together() -> None:
    with pytest.raises(ValueError, match="jobs is 2 and cluster is 'local:2'"):
        run_many([], jobs=2, cluster="local:2")


class Workers:
    """A client whose two workers say these things about themselves."""

    def __init__(self, *found: dict[str, str]):
        self.found = {f"tcp://worker-{number}": each for number, each in enumerate(found)}

    def wait_for_workers(self, count: int, timeout: float) -> None:
        if len(self.found) < count:
            raise TimeoutError

    def run(self, function: Any) -> dict[str, dict[str, str]]:
        if not all(self.found.values()):
            raise ModuleNotFoundError("No module named 'verify'")
        return self.found


@pytest.mark.parametrize(("workers", "message"), [
    ([{"numpy": "0.1"}], r"on the worker tcp://worker-0 numpy is 0.1 and not .*\. Verdicts are the same only with"),
    ([{"sources": "a"}, {"sources": "b"}], "sources is a and not"),
    ([{"processor": "a"}, {"processor": "b"}], "on the worker tcp://worker-1 processor is b and not a"),
])
def test_workers_unlike_us_or_one_another_are_refused(workers: list[dict[str, str]], message: str) -> None:
    client = Workers(*({**fingerprint(), **worker} for worker in workers))
    with pytest.raises(ClusterError, match=message):
        common_fingerprint(client, "tcp://a:1")


def test_workers_may_have_another_processor_than_this_machine() -> None:
    theirs = {**fingerprint(), "processor": "another"}
    assert common_fingerprint(Workers(theirs, theirs), "tcp://a:1") == theirs


def test_no_workers_and_workers_without_distillcheck_are_errors_with_the_remedy() -> None:
    with pytest.raises(ClusterError, match=r"has had no worker for 60 s. Start workers, such as dask worker"):
        common_fingerprint(Workers(), "tcp://a:1")
    with pytest.raises(ClusterError, match=r"No module named 'verify'.*Install distillcheck there"):
        common_fingerprint(Workers({}), "tcp://a:1")


def test_what_differs_is_said_and_a_processor_may_be_ignored() -> None:
    mine, theirs = {"numpy": "2.0", "processor": "a"}, {"numpy": "2.1", "processor": "b"}
    assert unlike(mine, theirs) == "numpy is 2.1 and not 2.0, processor is b and not a"
    assert unlike({"processor": "a"}, theirs, ignore="processor") == ""
    assert unlike(fingerprint(), dict(fingerprint())) == ""


def test_file_that_is_not_on_the_workers_disk_is_brought_along(written: Callable[..., list[Target]],
                                                               tmp_path: Path) -> None:
    target, = written("sound")
    parcel = pack(target)
    assert unpack(parcel, tmp_path) == target
    Path(target.path).write_text("CLAIM = 3\n", encoding="utf-8")
    other = unpack(parcel, tmp_path)
    assert other.path != target.path
    assert load(other).id == load(unpack(parcel, tmp_path)).id == "sound"
    assert replace(other, path=target.path) == target


def test_failure_of_the_cluster_keeps_what_is_done(written: Callable[..., list[Target]],
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    targets = written("sound", "false")
    verdict = broken(targets[1], Settings(0.01, 0, "quick"), "an error")

    def judge(targets: Any, order: Any, settings: Any, note: Callable[[Event], None], limits: Any, done: bool) -> None:
        if done:
            note(Event(1, "done", 1.0, verdict))
        raise ClusterError("the scheduler is gone")

    def join(done: bool) -> None:
        workers = SimpleNamespace(judge=partial(judge, done=done), common={"processor": "x"})
        monkeypatch.setattr("verify.runner.joined", lambda address: nullcontext(workers))

    join(done=True)
    run = run_many(targets, cluster="tcp://a:1")
    assert (run.verdicts, run.failure, run.interrupted) == ([None, verdict], "the scheduler is gone", False)
    join(done=False)
    with pytest.raises(ClusterError, match="the scheduler is gone"):
        run_many(targets, cluster="tcp://a:1")


def test_helpers_are_shared_among_the_claims_and_orders_grow_with_their_number(
        written: Callable[..., list[Target]]) -> None:
    crew = ClusterCrew(pack(written("sound")[0]), 0, {})
    claims, others = ({f"tcp://{kind}-{number}": [key] for number in range(count)}
                      for kind, key, count in (("judging", f"{CLAIM_KEY}0", 3), ("free", f"{BLOCKS_KEY}0", 100)))
    crew.client = SimpleNamespace(processing=lambda: {**claims, **others})
    assert crew.hands() == 34
    assert crew.free == list(others)
    assert crew.grain == pytest.approx(0.5)


def test_command_line_with_a_worker_of_its_own(written: Callable[..., list[Target]], tmp_path: Path) -> None:
    written("false")
    command = [sys.executable, "-m", "distillcheck", "verify", "false.py", "--budget", "quick", "--json", "-"]
    here, there = (subprocess.run([*command, *more], cwd=tmp_path, capture_output=True, text=True, timeout=120,
                                  check=False) for more in ([], ["--cluster", "local:1"]))
    assert here.returncode == there.returncode == 1
    first, second = (json.loads(done.stdout) for done in (here, there))
    for record in (first, second):
        record["claims"][0]["seconds"] = 0
    assert first == second
    assert there.stderr.startswith("REFUTED       false")
    assert "Traceback" not in there.stderr
    assert "Warning" not in there.stderr
