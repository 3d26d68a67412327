"""A run that was ended and resumed gives the verdicts of one that never was; what was changed is judged anew."""
from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from verify import Status, identity
from verify.journal import Journal
from verify.judging import Settings, judge_target
from verify.keeping import Keeping
from verify.ledger import Ledger
from verify.loading import Target, by_path
from verify.runner import Keep, Run, run_many
from verify.terms import Stopped
from verify.verdict import Verdict

TEXT = '''
from hypothesis import strategies as st
from verify import Claim

def sample(p, rng, size):
    {more}
    return rng.beta(2.0 * p, 2.0 * (1 - p), size)

def bound(p, c=1.0):
    return c * p

CLAIM = Claim(title="A mean is at most p", source="test", given={{"p": st.floats(0.1, 0.9)}}, sample=sample,
              bound=bound, support=(0, 1), controls=[{{"c": 0.9}}], relation="{relation}", block=512)
'''
SETTINGS = Settings(1e-8, 5, "quick")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Target]:
    def write(name: str = "beta", more: str = "pass", relation: str = "<=") -> Target:
        (tmp_path / f"{name}.py").write_text(TEXT.format(more=more, relation=relation), encoding="utf-8")
        return by_path(str(tmp_path / f"{name}.py"))

    return write


def text(verdict: Verdict | None) -> str:
    assert verdict
    return json.dumps(replace(verdict, seconds=0.0).to_json())


class Interrupted:
    """A journal that stops its claim after a number of looks, and keeps all that it was given."""

    def __init__(self, states: dict[str, bytes], looks: int):
        self.states, self.left = states, looks

    def stopping(self) -> bool:
        self.left -= 1
        return self.left < 0

    def journal(self) -> Journal:
        return Journal(dict(self.states), self.states.__setitem__, self.stopping)


@pytest.mark.parametrize("relation", ["<=", "=="])
@pytest.mark.parametrize("pauses", [[400], [150, 300, 450, 600], [500] * 4])
def test_verdict_is_the_same_however_often_it_is_interrupted(written: Callable[..., Target], relation: str,
                                                             pauses: list[int],
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    target = written(relation=relation)
    straight = judge_target(target, SETTINGS, lambda stage, done: None)
    monkeypatch.setattr("verify.journal.WORTH_KEEPING", 0.0)
    states: dict[str, bytes] = {}
    stops = 0
    for looks in pauses:
        try:
            judge_target(target, SETTINGS, lambda stage, done: None, None, Interrupted(states, looks).journal())
        except Stopped:
            stops += 1
    assert stops
    assert states
    resumed = judge_target(target, SETTINGS, lambda stage, done: None, None, Journal(states, lambda *_: None,
                                                                                     lambda: False))
    assert text(resumed) == text(straight)


def test_what_was_found_is_not_drawn_again(written: Callable[..., Target], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.journal.WORTH_KEEPING", 0.0)
    target, states = written(), {}
    looks: list[list[None]] = []
    for _ in range(2):
        looks.append([])
        journal = Journal(dict(states), states.__setitem__, lambda: bool(looks[-1].append(None)))
        judge_target(target, SETTINGS, lambda stage, done: None, None, journal)
    # Each block looks once; the confirmations are most of them.
    assert len(looks[1]) < len(looks[0]) / 2


def kept(path: Path, targets: list[Target], *, resume: bool, **options: Any) -> tuple[Run, list[str]]:
    ledger, told = Ledger(path), []
    options = {"alpha": 1e-8, "budget": "micro", "jobs": 1, **options}
    run = run_many(targets, keep=Keep(ledger, resume, "verify", told.append), **options)
    ledger.close()
    return run, told


def test_claims_judged_before_are_not_judged_again(written: Callable[..., Target], tmp_path: Path) -> None:
    path, log = tmp_path / "l.db", tmp_path / "log"
    targets = [written("a", f"open({str(log)!r}, 'a').write('a')"), written("b")]
    first, told = kept(path, targets, resume=False)
    assert told == []
    size = log.stat().st_size
    second, told = kept(path, targets, resume=True)
    assert told == ["resuming: 2 of 2 claims were judged before"]
    assert (log.stat().st_size, second.resumed, second.verdicts) == (size, {0, 1}, first.verdicts)
    third, told = kept(path, targets, resume=False)
    assert log.stat().st_size == 2 * size
    assert [text(verdict) for verdict in third.verdicts] == [text(verdict) for verdict in first.verdicts]


def test_edited_claim_is_judged_anew_and_the_user_is_told(written: Callable[..., Target], tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    targets = [written("a"), written("b")]
    kept(path, targets, resume=False)
    written("a", "size = size + 0")
    run, told = kept(path, targets, resume=True)
    assert run.resumed == {1}
    assert told == ["resuming: 1 of 2 claims were judged before",
                    f"judged anew: {tmp_path / 'a.py'} (changed since)"]
    written("a")
    assert kept(path, targets, resume=True)[0].resumed == {0, 1}


def test_edited_helper_of_a_claim_counts_as_its_text(written: Callable[..., Target], tmp_path: Path) -> None:
    target = written("a", "import helping.more")
    (tmp_path / "helping").mkdir()
    (tmp_path / "helping" / "__init__.py").write_text("")
    more = tmp_path / "helping" / "more.py"
    more.write_text("X = 1")
    before = identity.text_of(target)
    assert {file.name for file in before.files} == {"a.py", "__init__.py", "more.py"}
    more.write_text("X = 2")
    assert identity.text_of(target).digest != before.digest


def test_relative_imports_count_as_text(tmp_path: Path) -> None:
    lab = tmp_path / "lab"
    (lab / "deep").mkdir(parents=True)
    texts = {"__init__": "", "core": "from .data import T\nfrom .deep import low", "data": "T = 1", "far": "F = 1",
             "deep/__init__": "", "deep/low": "from ..far import F", "other": "O = 1"}
    for name, text in texts.items():
        (lab / f"{name}.py").write_text(text)
    (tmp_path / "claim.py").write_text("import lab.core")
    target = by_path(str(tmp_path / "claim.py"))
    before = identity.text_of(target).digest
    for name, counts in (("data", True), ("deep/low", True), ("far", True), ("other", False)):
        file = lab / f"{name}.py"
        text = file.read_text()
        file.write_text(f"{text}\nX = 2")
        assert (identity.text_of(target).digest != before) == counts, name
        file.write_text(text)


def test_states_of_another_text_are_not_taken_up(written: Callable[..., Target], tmp_path: Path) -> None:
    target, path = written(), tmp_path / "l.db"
    settings = Settings(1e-8, 0, "micro")

    def keeping() -> Keeping:
        return Keeping(Ledger(path), [target], settings, alpha=1e-8, command="", resume=True, tell=lambda text: None)

    first = keeping()
    first.keep_state(0, "stream", b"state")
    first.end("interrupted")
    second = keeping()
    assert second.states(0) == {"stream": b"state"}
    # Edited while it waits for a worker.
    written(relation=">=")
    assert second.states(0) == {}
    second.end("finished")


def test_resumed_verdict_names_its_file_as_it_is_named_now(written: Callable[..., Target], tmp_path: Path) -> None:
    target, path = written(), tmp_path / "l.db"
    kept(path, [target], resume=False)
    run, _ = kept(path, [replace(target, spelled="elsewhere/beta.py")], resume=True)
    verdict = run.verdicts[0]
    assert verdict
    assert (run.resumed, verdict.target) == ({0}, "elsewhere/beta.py")
    assert verdict.replay
    assert verdict.replay.startswith("distillcheck verify elsewhere/beta.py ")


@pytest.mark.parametrize("change", [{"seed": 1}, {"alpha": 1e-7}, {"budget": "quick"}])
def test_other_settings_are_another_run(written: Callable[..., Target], tmp_path: Path, change: dict[str, Any]) -> None:
    path, targets = tmp_path / "l.db", [written()]
    kept(path, targets, resume=False)
    run, told = kept(path, targets, resume=True, **change)
    assert run.resumed == frozenset()
    assert told == [f"nothing to resume: {path} has no run of beta with this alpha, seed and budget. Judging from the "
                    "start"]


def test_other_versions_or_machines_are_judged_anew(written: Callable[..., Target], tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    path, targets = tmp_path / "l.db", [written()]
    kept(path, targets, resume=False)
    changed = {**identity.numerics(), "numpy": "0.1", "processor": "x"}
    monkeypatch.setattr("verify.keeping.numerics", lambda: changed)
    run, told = kept(path, targets, resume=True)
    assert run.resumed == frozenset()
    was = identity.numerics()["numpy"]
    assert told == [f"judged anew: {tmp_path / 'beta.py'} (numpy was {was} and is 0.1, another processor)"]


def test_claim_edited_while_it_is_judged_is_reported_and_judged_again(written: Callable[..., Target],
                                                                      tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    touches = "open(__file__, 'a').write('# edited\\n')"
    run, told = kept(path, [written("a", touches)], resume=False)
    assert run.verdicts[0]
    assert run.verdicts[0].status is not Status.ERROR
    assert told == [f"{tmp_path / 'a.py'} was changed while it was judged: its verdict is reported, and judged again "
                    "by --resume"]
    ledger = Ledger(path)
    assert [entry.verdict.final for entry in ledger.history() if entry.verdict] == [False]
    assert ledger.connection.execute("SELECT count(*) FROM state").fetchone() == (0,)


def test_engine_edited_while_it_runs_keeps_nothing(written: Callable[..., Target], tmp_path: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source.py"
    source.write_text("x = 1")
    monkeypatch.setattr("verify.keeping.engine_files", lambda: [source])
    target = written("a", f"open({str(source)!r}, 'a').write('#')")
    run, told = kept(tmp_path / "l.db", [target], resume=False)
    assert run.verdicts[0]
    assert "distillcheck or a library was changed while it ran" in told[0]
    assert kept(tmp_path / "l.db", [target], resume=True)[0].resumed == frozenset()


def test_ledger_that_fails_ends_the_keeping_and_not_the_run(written: Callable[..., Target], tmp_path: Path) -> None:
    ledger, told = Ledger(tmp_path / "l.db"), []
    pages, = ledger.connection.execute("PRAGMA page_count").fetchone()
    # What SQLite says where the disk is full.
    ledger.connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    targets = [written(name) for name in "abcdefgh"]
    run = run_many(targets, alpha=1e-8, budget="micro", jobs=2, keep=Keep(ledger, False, "verify" * 1000, told.append))
    assert all(run.verdicts)
    assert told == [f"the ledger {tmp_path / 'l.db'} can't be used any more (database or disk is full); what is found "
                    "from here on is reported and not kept"]


def test_damage_found_on_the_way_takes_nothing_from_the_ledger(written: Callable[..., Target], tmp_path: Path) -> None:
    path, targets = tmp_path / "l.db", [written()]
    kept(path, targets, resume=False)
    ledger = Ledger(path)
    ledger.connection.execute("UPDATE verdict SET record = x'00'")
    ledger.close()
    run, told = kept(path, targets, resume=True)
    assert run.resumed == frozenset()
    assert run.verdicts[0]
    assert "is damaged (a row of verdict isn't what was written); it was set aside as l.db.damaged-1" in told[0]
    assert kept(path, targets, resume=True)[0].resumed == {0}


def test_hashes_follow_everything_that_numbers_depend_on(written: Callable[..., Target],
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    target = written()
    now = identity.text_of(target)
    works = {identity.work_of(each, settings, now, numbers)
             for each in (target, replace(target, path="/x.py"))
             for settings in (SETTINGS, replace(SETTINGS, seed=6), replace(SETTINGS, level=1e-7))
             for numbers in (identity.numerics(), {**identity.numerics(), "processor": "x"})}
    assert len(works) == 12
    names = {"sources", "builds", "processor", "environment", "python", "numpy", "numba"}
    assert names <= identity.numerics().keys()
    before = identity.numerics()["environment"]
    identity.numerics.cache_clear()
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    assert identity.numerics()["environment"] != before
    monkeypatch.undo()
    identity.numerics.cache_clear()


def test_unreadable_file_has_no_text_and_still_a_verdict(tmp_path: Path) -> None:
    target = by_path(str(tmp_path / "absent.py"))
    assert identity.text_of(target).digest == ""
    run, _ = kept(tmp_path / "l.db", [target], resume=False)
    assert run.verdicts[0]
    assert run.verdicts[0].status is Status.ERROR
    assert not os.path.exists(target.path)
