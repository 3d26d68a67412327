"""The command starts only with its own packages."""

from __future__ import annotations

from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

from distillcheck import rooms


def test_rooms_lie_side_by_side() -> None:
    assert rooms.misplaced_rooms() is None
    assert rooms.CATALOGUE.is_dir()
    for room in rooms.ROOMS:
        assert (rooms.HOUSE / room / "__init__.py").is_file()


@pytest.mark.parametrize("room", rooms.ROOMS)
def test_room_of_another_project_is_named(room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = rooms.find_spec
    other = ModuleSpec(room, None, origin=str(tmp_path / room / "__init__.py"))
    other.submodule_search_locations = [str(tmp_path / room)]
    monkeypatch.setattr(rooms, "find_spec", lambda name: other if name == room else right(name))
    problem = rooms.misplaced_rooms() or ""
    assert f"the package {room} that Python finds is {(tmp_path / room).resolve()}, not the one beside" in problem
    assert problem.endswith("look at PYTHONPATH.")


def test_missing_room_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "find_spec", lambda name: None)
    assert (rooms.misplaced_rooms() or "").startswith("the package theory is missing beside")


def test_command_refuses_to_start_with_a_foreign_room(command: Callable[..., Any], tmp_path: Path,
                                                      is_paragraph: Callable[[str], bool]) -> None:
    (tmp_path / "verify").mkdir()
    (tmp_path / "verify" / "__init__.py").write_text("raise RuntimeError('the wrong verify')\n", encoding="utf-8")
    result = command("list", PYTHONPATH=str(tmp_path))
    assert result.returncode == 2
    assert result.stdout == ""
    assert is_paragraph(result.stderr)
    assert f"the package verify that Python finds is {(tmp_path / 'verify').resolve()}" in result.stderr
