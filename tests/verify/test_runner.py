"""Many claims side by side: nothing sinks a run, and nothing depends on how it is spread out."""
import json
from dataclasses import replace

import pytest

from verify import Status, Verdict
from verify.loading import by_path, catalogue, load
from verify.runner import Run, run_many
from verify.terms import ClaimError

HEAD = """
import os, signal, sys
import numpy as np
from hypothesis import strategies as st
from verify import Claim

def sample(p, rng, size):
    return rng.random(size) < p

def bound(p, c=1.2):
    return c * p

FIELDS = dict(title="A statement", source="test", given={"p": st.floats(0.2, 0.6)}, sample=sample, bound=bound,
              support=(0, 1), controls=[{"c": 0.5}], block=256)
"""
FILES = {
    "sound": HEAD + "CLAIM = Claim(**FIELDS)\n",
    "false": HEAD + "CLAIM = Claim(**{**FIELDS, 'bound': lambda p, c=0.2: c * p})\n",
    "chatty": HEAD + "print('loading')\nCLAIM = Claim(**{**FIELDS, 'given': {'p': st.floats(0.2, 0.3)}})\n",
    "exits": HEAD + "def sample(p, rng, size):\n    os._exit(3)\nCLAIM = Claim(**{**FIELDS, 'sample': sample})\n",
    "killed": HEAD + "def sample(p, rng, size):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
                     "CLAIM = Claim(**{**FIELDS, 'sample': sample})\n",
    "leaves": HEAD + "def sample(p, rng, size):\n    sys.exit(0)\nCLAIM = Claim(**{**FIELDS, 'sample': sample})\n",
    "unparsed": "CLAIM = Claim(\n",
    "empty": "",
    "wrong_kind": "CLAIM = 3\n",
    "raises": "x = 1\n1 / 0\n",
    "quits": "import sys\nsys.exit(0)\n",
    "rejected": HEAD + "CLAIM = Claim(**{**FIELDS, 'controls': [{'d': 1}]})\n",
    "enumerated": HEAD + "from enum import IntEnum\nclass Mode(IntEnum):\n    LOW = 1\n    HIGH = 2\n"
                         "MODES = {'p': st.just(0.3), 'mode': st.sampled_from(Mode)}\n"
                         "CLAIM = Claim(**{**FIELDS, 'given': MODES})\n",
    "huge": HEAD + "CLAIM = Claim(title='A', source='B', given={'n': st.integers(1, 5000)}, exact=lambda n: n, "
                   "bound=lambda n, c=1: c * 2**n, controls=[{'c': -1}])\n",
}


@pytest.fixture
def written(tmp_path):
    def write(*names):
        for name in names:
            (tmp_path / f"{name}.py").write_text(FILES[name])
        return [by_path(str(tmp_path / f"{name}.py")) for name in names]

    return write


def plain(run: Run) -> list[str]:
    assert not run.interrupted
    assert all(isinstance(verdict, Verdict) for verdict in run.verdicts)
    return [json.dumps(replace(verdict, seconds=0.0).to_json()) for verdict in run.verdicts if verdict]


def statuses(run: Run) -> list[Status]:
    return [verdict.status for verdict in run.verdicts if verdict]


def test_verdicts_are_byte_identical_for_one_and_two_workers_and_for_a_claim_alone(written):
    # alpha = 3e-9, so the two true claims fail with probability below 2e-9.
    targets = written("sound", "false", "chatty")
    one, two = (run_many(targets, alpha=3e-9, seed=5, budget="quick", jobs=jobs) for jobs in (1, 2))
    assert statuses(one) == [Status.SUPPORTED, Status.REFUTED, Status.SUPPORTED]
    assert plain(one) == plain(two)
    alone = [plain(run_many([target], alpha=3e-9 / 3, seed=5, budget="quick"))[0] for target in targets]
    assert plain(one) == alone
    assert run_many(targets[:1], alpha=3e-9 / 3, seed=6, budget="quick").verdicts != one.verdicts[:1]


def test_alpha_is_divided_among_the_claims_requested_and_the_replay_command_says_so(written):
    run = run_many(written("false", "false"), alpha=0.01, seed=2, budget="quick", jobs=1)
    for verdict in run.verdicts:
        assert verdict is not None
        assert verdict.level == 0.005
        assert verdict.target.endswith("false.py")
        assert verdict.replay == f"distillcheck verify {verdict.target} --alpha 0.005 --seed 2 --budget quick"


def test_worker_that_dies_makes_its_claim_an_error_and_the_others_are_judged(written):
    run = run_many(written("exits", "false", "killed", "leaves", "false"), alpha=1e-6, budget="quick", jobs=2)
    assert statuses(run) == [Status.ERROR, Status.REFUTED, Status.INCONCLUSIVE, Status.ERROR, Status.REFUTED]
    errors = [verdict.error for verdict in run.verdicts if verdict and verdict.error]
    starts = ("exits: the process that judged it exited with status 3, and again when nothing else ran. ",
              "leaves: a function of the claim ended the process (SystemExit: 0). ")
    for error, start in zip(errors, starts, strict=True):
        assert error.startswith(f"{start}A claim's functions must return")
    # Nobody can tell a claim that kills its process from a machine without memory.
    killed = run.verdicts[2]
    assert killed
    assert killed.reason.startswith("the process that judged it was killed, and again when nothing else ran: ")
    assert not killed.final


def test_file_that_holds_no_judgeable_claim_is_an_error_and_the_others_are_judged(written, tmp_path):
    names = ("unparsed", "empty", "wrong_kind", "raises", "quits", "rejected")
    targets = [*written(*names), by_path(str(tmp_path / "absent.py")), *written("false")]
    run = run_many(targets, alpha=1e-6, budget="quick", jobs=1)
    assert statuses(run) == [Status.ERROR] * 7 + [Status.REFUTED]


@pytest.mark.parametrize(("name", "message"), [
    ("unparsed", "the file doesn't parse: .* \\(line 1\\). Mend the line."),
    ("empty", "the file has no CLAIM. It ends with CLAIM = Claim"),
    ("wrong_kind", "the file has a CLAIM that is a int. It ends with"),
    ("raises", "running the file raised ZeroDivisionError: division by zero \\(line 2\\). Mend it"),
    ("quits", "running the file raised SystemExit: 0 \\(line 2\\). Mend it"),
    ("rejected", "A statement: the control {'d': 1} names 'd'"),
])
def test_file_error_names_the_target_and_the_line(written, name, message):
    target, = written(name)
    with pytest.raises(ClaimError, match=message) as caught:
        load(target)
    assert str(caught.value).startswith(f"{target.spelled}: ")


def test_values_that_only_the_claims_file_can_rebuild_do_not_sink_the_run(written):
    run = run_many(written("enumerated", "false"), alpha=1e-6, budget="quick", jobs=1)
    assert statuses(run)[1] is Status.REFUTED


def test_integers_beyond_floating_point_do_not_sink_the_judge(written):
    assert statuses(run_many(written("huge"), alpha=1e-6, budget="quick")) == [Status.SUPPORTED]


def test_news_of_every_claim_arrives_and_ends_with_its_verdict(written):
    events = []
    run = run_many(written("false", "empty"), alpha=1e-6, budget="quick", jobs=2, on_event=events.append)
    for index in (0, 1):
        mine = [event for event in events if event.index == index]
        assert mine[-1].verdict == run.verdicts[index]
        assert all(event.verdict is None and 0 <= event.done <= 1 for event in mine[:-1])
    assert any(event.stage == "exploring" for event in events)


def test_interrupted_run_keeps_what_is_done(written):
    def stop(event):
        if event.verdict is not None:
            raise KeyboardInterrupt

    run = run_many(written("empty", "empty"), budget="quick", jobs=1, on_event=stop)
    assert run.interrupted
    assert [verdict is None for verdict in run.verdicts] == [False, True]


@pytest.mark.parametrize(("setting", "message"), [
    ({"alpha": 0.0}, "alpha is 0.0; it is an error probability"), ({"alpha": 0.6}, "alpha is 0.6"),
    ({"seed": -1}, "seed is -1; it is a whole number"), ({"budget": "vast"}, "budget is 'vast'; it is one of quick,"),
    ({"jobs": 0}, "jobs is 0; it is a number of processes"),
])
def test_setting_out_of_range_is_rejected(setting, message):
    with pytest.raises(ValueError, match=message):
        run_many([], **setting)


def test_catalogue_lists_claims_by_paper_and_slug(tmp_path):
    for name in ("b2020/second.py", "a1999/first.py", "a1999/_private.py", "a1999/notes.txt", "top.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert [target.id for target in catalogue(tmp_path)] == ["a1999.first", "b2020.second"]


def test_teacher_kept_in_a_variable_of_the_file_is_an_error(tmp_path):
    """Replays bit for bit, and its block means don't vary at all: only the file run afresh tells."""
    (tmp_path / "cached.py").write_text(HEAD + (
        "KEPT = []\n"
        "def sample(p, rng, size):\n"
        "    if not KEPT:\n"
        "        KEPT.append(rng.random() / 5)\n"
        "    return rng.random(size) < p + KEPT[0]\n"
        "CLAIM = Claim(**{**FIELDS, 'sample': sample})\n"), encoding="utf-8")
    (verdict,) = run_many([by_path(str(tmp_path / "cached.py"))], alpha=1e-6, budget="quick").verdicts
    assert verdict
    assert verdict.status is Status.ERROR
    assert "sample keeps something between calls" in (verdict.error or "")
