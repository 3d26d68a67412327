"""Runs, kills, resumes, edits and damage in any order: what is said is always what an undisturbed run would say."""
from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from verify.journal import Journal
from verify.judging import Settings, judge_target
from verify.keeping import Keeping
from verify.ledger import Ledger
from verify.loading import by_path
from verify.terms import Stopped
from verify.verdict import Verdict

TEXT = '''
from hypothesis import strategies as st
from verify import Claim

def sample(p, rng, size):
    return rng.beta(2.0 * p, 2.0 * (1 - p), size)

def bound(p, c=1.0):
    return c * p + {more}

CLAIM = Claim(title="A mean is at most p", source="test", given={{"p": st.sampled_from([0.25, 0.5])}}, sample=sample,
              bound=bound, support=(0, 1), controls=[{{"c": 0.5}}], block=64)
'''
NAMES, MORE, SEEDS = ("a", "b"), (0.0, 0.01, -0.01), (0, 1)
# Beyond what a claim of these looks between its first block and its last.
MANY = 10**6


def text(verdict: Verdict) -> str:
    """What is byte-identical: all but seconds, and where the file lies."""
    return json.dumps(replace(verdict, seconds=0.0, target="", replay="").to_json())


@cache
def undisturbed(name: str, more: float, seed: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.py"
        path.write_text(TEXT.format(more=more))
        return text(judge_target(by_path(str(path)), Settings(1e-6, seed, "quick"), lambda stage, done: None))


class Machine(RuleBasedStateMachine):
    """A user with two claims, two seeds and one ledger, on a machine that fails."""

    @initialize()
    def begin(self) -> None:
        self.patch = pytest.MonkeyPatch()
        # Everything is worth keeping, and kept at every block.
        self.patch.setattr("verify.journal.WORTH_KEEPING", 0.0)
        self.patch.setattr("verify.journal.EVERY", 0.0)
        self.patch.setattr("verify.keeping.engine_files", list)
        self.folder = Path(tempfile.mkdtemp(prefix="distillcheck-machine-"))
        self.ledgers = 0
        self.path = self.folder / "0.db"
        self.more = dict.fromkeys(NAMES, 0.0)
        self.damaged = False
        self.stopped: tuple[int, tuple[str, ...]] | None = None
        for name in NAMES:
            self.write(name)

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, name: str) -> None:
        (self.folder / f"{name}.py").write_text(TEXT.format(more=self.more[name]))

    @rule(name=st.sampled_from(NAMES), more=st.sampled_from(MORE))
    def edit(self, name: str, more: float) -> None:
        self.more[name] = more
        self.write(name)

    @rule(seed=st.sampled_from(SEEDS), resume=st.booleans(), names=st.sampled_from([("a",), ("b",), NAMES]),
          looks=st.one_of(st.just(MANY), st.integers(50, 270)), dies=st.booleans())
    def judge(self, seed: int, resume: bool, names: tuple[str, ...], looks: int, dies: bool) -> None:
        """A run, which may be stopped, or killed with what it leaves of its files."""
        told: list[str] = []
        ledger = Ledger(self.path)
        targets = [by_path(str(self.folder / f"{name}.py")) for name in names]
        level = Settings(1e-6, seed, "quick")
        keeping = Keeping(ledger, targets, level, alpha=0.01, command="", resume=resume, tell=told.append)
        assert resume or not keeping.judged
        left = looks

        def stopping() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        try:
            for index, target in enumerate(targets):
                if (verdict := keeping.judged.get(index)) is None:
                    journal = Journal(keeping.states(index), lambda stream, state, at=index:
                                      keeping.keep_state(at, stream, state), stopping)
                    verdict = judge_target(target, level, lambda stage, done: None, None, journal)
                    keeping.keep_verdict(index, verdict)
                assert text(verdict) == undisturbed(target.id, self.more[target.id], seed)
            keeping.end("finished")
        except Stopped:
            self.stopped = seed, names
            if dies:
                self.leave(ledger)
            else:
                keeping.end("interrupted")
        if any("damaged" in said or "can't be used" in said for said in told):
            assert self.damaged, told
            self.damaged = False

    @precondition(lambda self: self.stopped is not None)
    @rule(looks=st.sampled_from([MANY, 100, 200]))
    def go_on(self, looks: int) -> None:
        """What was stopped is resumed."""
        assert self.stopped
        (seed, names), self.stopped = self.stopped, None
        self.judge(seed=seed, resume=True, names=names, looks=looks, dies=looks == 100)

    def leave(self, ledger: Ledger) -> None:
        """What a killed process leaves: its files as they are, with nobody to close them."""
        self.ledgers += 1
        left = self.folder / f"{self.ledgers}.db"
        for suffix in ("", "-wal"):
            if Path(f"{self.path}{suffix}").exists():
                shutil.copy(f"{self.path}{suffix}", f"{left}{suffix}")
        ledger.close()
        self.path = left

    @precondition(lambda self: self.path.exists())
    @rule(at=st.floats(0.0, 1.0), kind=st.sampled_from(["cut", "flip", "grow"]))
    def damage(self, at: float, kind: str) -> None:
        data = bytearray(self.path.read_bytes())
        # The header's mark stays: without it the file is somebody else's, and refused.
        where = 72 + int(at * (len(data) - 73))
        if kind == "cut":
            data = data[:max(where, 512)]
        elif kind == "flip":
            data[where] ^= 0x55
        else:
            data += b"\xa5" * 777
        self.path.write_bytes(data)
        self.damaged = True

    @invariant()
    def history_is_readable_or_damaged(self) -> None:
        if hasattr(self, "path") and self.path.exists() and not self.damaged:
            ledger = Ledger(self.path)
            assert ledger.told == []
            for entry in ledger.history():
                assert entry.verdict is None or entry.verdict.claim == entry.asked.name
            ledger.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_whatever_happens_what_is_said_is_right() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(Machine, settings=settings(
        max_examples=15, stateful_step_count=12, deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]))
