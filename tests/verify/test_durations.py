"""What took long before comes first; nothing else depends on it."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from verify import durations
from verify.durations import Durations
from verify.loading import Target, by_path


def targets(*names: str) -> list[Target]:
    return [Target(name, f"claims/{name}.py", name) for name in names]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DISTILLCHECK_CACHE", str(tmp_path / "cache"))
    return tmp_path


def remember(budget: str, **seconds: float) -> None:
    kept = Durations(budget)
    for name, each in seconds.items():
        kept.note(targets(name)[0], each)
    kept.keep()


def test_slowest_come_first_and_unknown_ones_before_them() -> None:
    remember("quick", a=1.0, b=3.0, c=2.0)
    assert Durations("quick").slowest_first(targets("a", "b", "new", "c", "newer")) == [2, 4, 1, 3, 0]


def test_nothing_known_leaves_the_order() -> None:
    assert Durations("quick").slowest_first(targets("b", "a", "c")) == [0, 1, 2]


def test_each_budget_has_its_own_and_stands_in_for_another() -> None:
    remember("quick", a=1.0, b=2.0, c=3.0)
    remember("deep", a=30.0, b=20.0)
    assert Durations("quick").slowest_first(targets("a", "b")) == [1, 0]
    assert Durations("deep").slowest_first(targets("c", "b", "a")) == [2, 1, 0]


def test_own_files_are_known_by_their_place(folder: Path) -> None:
    here, there = by_path(str(folder / "a.py")), by_path(str(folder / "other" / "a.py"))
    kept = Durations("quick")
    kept.note(here, 1.0)
    kept.note(there, 5.0)
    kept.keep()
    assert Durations("quick").slowest_first([here, there]) == [1, 0]


@pytest.mark.parametrize("text", ["", "[]", "nonsense", '{"a": 3}', '{"a": {"quick": "long"}, "b": {"quick": NaN}}',
                                  "[" * 100_000])
def test_file_that_makes_no_sense_is_as_if_there_were_none(text: str) -> None:
    durations.file().parent.mkdir(parents=True)
    durations.file().write_text(text, encoding="utf-8")
    assert Durations("quick").slowest_first(targets("a", "b")) == [0, 1]
    remember("quick", b=1.0, a=0.5)
    assert json.loads(durations.file().read_text(encoding="utf-8"))["b"] == {"quick": 1.0}
    assert Durations("quick").slowest_first(targets("a", "b")) == [1, 0]


def test_folder_that_cannot_be_written_loses_nothing(folder: Path) -> None:
    (folder / "cache").write_text("a file", encoding="utf-8")
    remember("quick", a=1.0)
    assert Durations("quick").slowest_first(targets("a")) == [0]
