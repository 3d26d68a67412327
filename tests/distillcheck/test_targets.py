"""From what a user types to claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from distillcheck import targets
from distillcheck.targets import find_target, find_targets


@pytest.fixture(autouse=True)
def small_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "claims"
    for name in ("__init__", "older/__init__", "older/alpha", "older/shared", "newer/beta", "newer/shared"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(targets, "CATALOGUE", folder)
    monkeypatch.chdir(tmp_path)
    return folder


def ids(*spelled: str) -> list[str]:
    return [target.id for target in find_targets(spelled)]


def test_nothing_means_the_whole_catalogue_in_order() -> None:
    assert ids() == ["newer.beta", "newer.shared", "older.alpha", "older.shared"]


@pytest.mark.parametrize(("spelled", "found"), [
    ("older.alpha", ["older.alpha"]), ("alpha", ["older.alpha"]), ("newer", ["newer.beta", "newer.shared"]),
    ("shared", ["newer.shared", "older.shared"]),
])
def test_id_last_part_and_paper(spelled: str, found: list[str]) -> None:
    assert ids(spelled) == found


def test_each_claim_is_found_once() -> None:
    assert ids("older.alpha", "alpha", "older", "claims/older/alpha.py") == ["older.alpha", "older.shared"]


def test_order_is_that_of_the_arguments() -> None:
    assert ids("older.alpha", "newer.beta") == ["older.alpha", "newer.beta"]


@pytest.mark.parametrize("spelled", ["mine.py", "./mine.py", "some/where/mine.py", "alpha.py"])
def test_path_is_the_users_own_file(spelled: str) -> None:
    (target,) = find_targets([spelled])
    assert target.id == Path(spelled).stem
    assert Path(target.path) == (Path.cwd() / spelled).resolve()
    assert target.spelled == spelled


def test_unknown_name_suggests_close_ones() -> None:
    with pytest.raises(ValueError, match=r"'older.alpa' is no claim, .* Did you mean older\.alpha"):
        find_targets(["older.alpa"])


def test_unknown_name_without_close_ones_points_to_the_list() -> None:
    with pytest.raises(ValueError, match=r"path of a \.py file\. distillcheck list shows the catalogue\."):
        find_targets(["zzz"])


def test_one_claim_is_asked_for_and_several_are_named() -> None:
    assert find_target("alpha").id == "older.alpha"
    with pytest.raises(ValueError, match=r"'shared' names 2 claims; name one, such as newer\.shared"):
        find_target("shared")
