"""Certificates are found again, as long as nothing that they rest on has changed."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sympy import Interval

from theory import certificates
from theory import kept as by_content
from theory.domain import Domain, variable
from theory.facts import Fact
from theory.goal import Goal
from theory.kernel import inequality
from theory.proof import Proof

UNIT = Interval(0, 1)
x = variable("x", UNIT)
DERIVATION = """
from sympy import Interval
from theory.proving import Domain, Goal, inequality, variable
{imports}
x = variable("x", Interval(0, 1))
RUNS = []

def goal():
    return Goal(x**2, "<=", {right}, Domain({{x: Interval(0, 1)}}))

def derive():
    RUNS.append(1)
    return inequality(x**2, "<=", {right}, Domain({{x: Interval(0, 1)}}))
"""


def square() -> Fact:
    return inequality(x**2, "<=", x, Domain({x: UNIT}))


def square_goal() -> Goal:
    return Goal(x**2, "<=", x, Domain({x: UNIT}))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for certificates."""
    monkeypatch.setenv("DISTILLCHECK_CACHE", str(tmp_path))
    return tmp_path / "certificates"


def written(path: Path, right: str = "x", imports: str = "") -> Any:
    """The module of a file with a derivation."""
    path.write_text(DERIVATION.format(right=right, imports=imports), encoding="utf-8")
    spec: Any = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def module(tmp_path: Path) -> Any:
    return written(tmp_path / "squares.py")


def check(module: Any) -> certificates.Certificate:
    return Proof("squares", module.goal, module.derive).certificate()


def test_a_certificate_is_found_again(kept: Path, module: Any) -> None:
    first = check(module)
    assert first.proved
    assert check(module) == first
    assert len(module.RUNS) == len(list(kept.iterdir())) == 1
    assert json.loads(json.dumps(first.to_json()))["conclusion"] == "x**2 <= x"


@pytest.mark.parametrize("change", ["programs", "a theory source", "the derivation's file"])
def test_a_proof_is_checked_again_once_something_changes(
        kept: Path, module: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: str) -> None:
    theirs = tmp_path / "theory"
    theirs.mkdir()
    (theirs / "kernel.py").write_text("first = 1\n", encoding="utf-8")
    monkeypatch.setattr(by_content, "PACKAGE", theirs)
    check(module)
    check(module)
    assert len(module.RUNS) == 1
    if change == "programs":
        monkeypatch.setattr(by_content, "_versions", lambda programs: "sympy 0.1")
    else:
        file = theirs / "kernel.py" if change == "a theory source" else Path(module.__file__)
        file.write_text(file.read_text(encoding="utf-8") + "second = 2\n", encoding="utf-8")
    check(module)
    assert len(module.RUNS) == 2
    assert len(list(kept.iterdir())) == 2


@pytest.mark.parametrize("imports", ["from constants import BOUND", "import importlib; importlib.reload"])
def test_a_proof_whose_file_reads_others_is_checked_every_time(
        kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imports: str) -> None:
    (tmp_path / "constants.py").write_text("BOUND = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = written(tmp_path / "squares.py", imports=imports)
    assert check(module).proved
    assert check(module).proved
    sys.modules.pop("constants", None)
    assert len(module.RUNS) == 2
    assert not kept.exists()


@pytest.mark.parametrize("damage", [
    pytest.param(lambda text: text[:-9], id="truncated"),
    pytest.param(lambda text: text.replace("x**2 <= x", "x**2 <= 0"), id="edited"),
    pytest.param(lambda text: "", id="empty"),
    pytest.param(lambda text: "\x00" + text, id="not JSON"),
])
def test_a_damaged_certificate_is_ignored(kept: Path, module: Any, damage: Callable[[str], str]) -> None:
    first = check(module)
    (file,) = kept.iterdir()
    file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert check(module) == first
    assert len(module.RUNS) == 2


def test_a_certificate_under_another_name_is_ignored(kept: Path, module: Any, tmp_path: Path) -> None:
    check(module)
    (file,) = kept.iterdir()
    false = written(tmp_path / "wrong.py", right="x**3")
    key = certificates.key("wrong", false.goal, false.derive)
    (kept / f"{key}.json").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    assert not Proof("wrong", false.goal, false.derive).certificate().proved


class Bound:
    """A goal that depends on more than the text of its function."""

    def __init__(self, goal: Goal) -> None:
        self.stated = goal

    def goal(self) -> Goal:
        return self.stated

    def __call__(self) -> Goal:
        return self.stated


def _same(goal: Goal) -> Goal:
    return goal


def _closing(goal: Goal) -> Callable[[], Goal]:
    return lambda: goal


@pytest.mark.parametrize("wrap", [
    pytest.param(lambda goal: lambda goal=goal: goal, id="default"),
    pytest.param(lambda goal: partial(_same, goal), id="partial"),
    pytest.param(_closing, id="closure"),
    pytest.param(lambda goal: Bound(goal).goal, id="method"),
    pytest.param(Bound, id="object"),
])
def test_two_proofs_of_one_name_are_two(kept: Path, wrap: Callable[[Goal], Callable[[], Goal]]) -> None:
    for goal, proved in ((square_goal(), True), (Goal(x, "<=", x**2, Domain({x: UNIT})), False)):
        assert Proof("squares", wrap(goal), square).certificate().proved is proved
    assert not kept.exists()


def test_failures_are_not_kept(kept: Path, tmp_path: Path) -> None:
    false = written(tmp_path / "wrong.py", right="x**3")
    assert not check(false).proved
    assert not kept.exists()


def test_a_folder_that_cannot_be_written_is_no_error(module: Any, monkeypatch: pytest.MonkeyPatch,
                                                     tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("DISTILLCHECK_CACHE", str(blocked))
    assert check(module).proved
    assert check(module).proved
    assert len(module.RUNS) == 2
