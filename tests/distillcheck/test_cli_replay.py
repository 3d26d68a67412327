"""The command `replay`: the same numbers again, and files that hold something else."""

from __future__ import annotations

import copy
import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

QUICK = ("--budget", "quick")
Change = Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], object]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, coin: Callable[..., str], command: Callable[..., Any],
           kinds: dict[str, dict[str, str]]) -> tuple[Path, dict[str, Any]]:
    """A run with a claim refuted by draws, one refuted exactly, and one that stands; paths with a blank."""
    folder = tmp_path_factory.mktemp("my claims")
    for name, kind in (("drawn", "REFUTED"), ("exactly", "REFUTED_EXACTLY"), ("sound", "SUPPORTED")):
        (folder / f"{name}.py").write_text(coin(**kinds[kind]), encoding="utf-8")
    paths = [str(folder / f"{name}.py") for name in ("drawn", "exactly", "sound")]
    done = command("verify", *paths, *QUICK, "--seed", "7", "--json", "-")
    assert done.returncode == 1
    return folder, json.loads(done.stdout)


@pytest.fixture
def replay(tmp_path: Path, record: tuple[Path, dict[str, Any]], cli: Callable[..., Any]) -> Callable[..., Any]:
    """Replay the run, changed: `change` gets the record, its first claim and that one's counterexample."""
    def run(change: Change = lambda record, claim, evidence: None) -> Any:
        changed = copy.deepcopy(record[1])
        change(changed, changed["claims"][0], changed["claims"][0]["counterexample"])
        (tmp_path / "run.json").write_text(json.dumps(changed), encoding="utf-8")
        return cli("replay", str(tmp_path / "run.json"), "--claims", str(record[0]))

    return run


def test_same_numbers_exit_with_0(replay: Callable[..., Any], record: tuple[Path, dict[str, Any]]) -> None:
    result = replay()
    assert (result.exit_code, result.stderr) == (0, "")
    drawn, exactly, sound = record[1]["claims"]
    assert f"drawn: counterexample the same: {drawn['counterexample']['estimate']!r}" in result.stdout
    assert f"exactly: counterexample the same: {exactly['counterexample']['estimate']!r}" in result.stdout
    assert f"sound: worst the same: {sound['worst']['estimate']!r}" in result.stdout
    assert result.stdout.endswith("3 replayed, all the same.\n")


def test_replay_reads_standard_input(record: tuple[Path, dict[str, Any]], cli: Callable[..., Any]) -> None:
    assert cli("replay", "-", "--claims", str(record[0]), text=json.dumps(record[1])).exit_code == 0


@pytest.mark.parametrize(("field", "claim", "says"), [
    ("estimate", 0, "estimate was"), ("bound", 0, "bound was"), ("exact", 1, "exact was"),
    ("e_value", 0, "e_value was"), ("draws", 0, "draws was"),
])
def test_changed_number_exits_with_1(field: str, claim: int, says: str, replay: Callable[..., Any]) -> None:
    def change(record: dict[str, Any], *_: object) -> None:
        evidence = record["claims"][claim]["counterexample"]
        evidence[field] = {"exact": "1/3", "draws": 1}.get(field) or evidence[field] * (1 + 1e-15)

    result = replay(change)
    assert result.exit_code == 1
    assert says in result.stdout
    assert result.stdout.endswith("3 replayed, some differ.\n")


def test_changed_instance_exits_with_1(replay: Callable[..., Any]) -> None:
    result = replay(lambda record, claim, evidence: evidence["instance"].update(p={"$fraction": "1/3"}))
    assert result.exit_code == 1


def test_other_library_versions_are_noted(replay: Callable[..., Any]) -> None:
    result = replay(lambda record, *_: record["versions"].update(numpy="1.0.0"))
    assert result.exit_code == 0
    assert "note: numpy was 1.0.0 and is " in result.stdout


@pytest.mark.parametrize(("text", "says"), [
    ("", "is no JSON"), ("verdict", "is no JSON"), ('{"version": 1, "claims": [', "is no JSON"),
    ("null", "its version isn't 1"), ("[]", "its version isn't 1"), ('{"version": 2}', "its version isn't 1"),
    ('{"version": 1, "seed": 0}', "seed or versions is missing"), ("[" * 100_000, "is no JSON"),
    ('{"version": 1, "seed": 0, "versions": {}, "claims": 3}', "claims is no list"),
    ('{"version": 1, "seed": 0, "versions": {}, "claims": []}', "holds no numbers to replay"),
    ('{"version": 1, "seed": 0, "versions": {}, "claims": [{}]}', "no name or no target"),
])
def test_file_of_another_kind_exits_with_2(text: str, says: str, tmp_path: Path, cli: Callable[..., Any],
                                           is_paragraph: Callable[[str], bool]) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    result = cli("replay", str(tmp_path / "run.json"))
    assert result.exit_code == 2
    assert says in result.stderr
    assert is_paragraph(result.stderr)


@pytest.mark.parametrize("name", ["missing.json", ".", "bytes.json"])
def test_file_that_cannot_be_read_exits_with_2(name: str, tmp_path: Path, cli: Callable[..., Any],
                                               is_paragraph: Callable[[str], bool]) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    result = cli("replay", str(tmp_path / name))
    assert result.exit_code == 2
    assert "can't be read" in result.stderr
    assert is_paragraph(result.stderr)


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def _value(value: Any) -> Change:
    return lambda record, claim, evidence: evidence["instance"].update(p=value)


def _evidence(**fields: Any) -> Change:
    return lambda record, claim, evidence: evidence.update(fields)


HOSTILE: dict[str, Change] = {
    "a call": _value({"$task": "os:system", "fields": {"command": "echo hostile"}}),
    "a class of another module": _value({"$task": "subprocess:Popen", "fields": {"args": "true"}}),
    "a class that only the claim imports": _value({"$task": "claim:Claim", "fields": {}}),
    "an unknown tag": _value({"$pickle": "gASVAAAA"}),
    "an array of objects": _value({"$array": {"dtype": "O", "shape": [1], "data": [1]}}),
    "an array of nothing known": _value({"$array": {"dtype": "f8,,,", "shape": [1], "data": [1]}}),
    "an array out of range": _value({"$array": {"dtype": "|i1", "shape": [1], "data": [1000]}}),
    "an array of a wrong shape": _value({"$array": {"dtype": "<f8", "shape": [7], "data": [1]}}),
    "a fraction without end": _value({"$fraction": "1e99999999"}),
    "a fraction over zero": _value({"$fraction": "1/0"}),
    "deep nesting": _value(_nested(450)),
    "a text": _value("one half"),
    "no parameters": lambda record, claim, evidence: evidence.update(instance={}),
    "an instance that is a list": _evidence(instance=[1]),
    "negative blocks": _evidence(blocks=-1),
    "blocks that are true": _evidence(blocks=True, draws=256),
    "a phase that is a number": _evidence(phase=7),
    "a negative seed": lambda record, *_: record.update(seed=-1),
    "a target that doesn't exist": lambda record, claim, evidence: claim.update(target="nowhere.py"),
    "a target that is no path": lambda record, claim, evidence: claim.update(target="\0.py"),
    "several targets": lambda record, claim, evidence: claim.update(target="kaplun2022"),
}


@pytest.mark.parametrize(("draws", "blocks"), [(0, 0), (3, 2), (256 * 10**12, 10**12), (10**15, 1), (10**7, 1)])
def test_counts_of_the_file_are_compared_and_never_drawn(draws: int, blocks: int, replay: Callable[..., Any],
                                                         limited: Callable[..., Any]) -> None:
    with limited(5):
        result = replay(_evidence(draws=draws, blocks=blocks))
    assert result.exit_code == 1
    assert f"blocks was {blocks}" in result.stdout or blocks == 1


def test_interval_is_computed_again(replay: Callable[..., Any]) -> None:
    result = replay(lambda record, claim, evidence: evidence["interval"].__setitem__(0, 0.25))
    assert result.exit_code == 1
    assert "interval was [0.25" in result.stdout


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_exits_with_2_quickly(name: str, replay: Callable[..., Any],
                                           is_paragraph: Callable[[str], bool],
                                           limited: Callable[..., Any]) -> None:
    with limited(5):
        result = replay(HOSTILE[name])
    assert result.exit_code == 2, result.output[-300:]
    assert "hostile\n" not in result.stdout
    assert is_paragraph(result.stderr), result.stderr


def test_printed_command_reproduces_the_verdict(record: tuple[Path, dict[str, Any]],
                                                command: Callable[..., Any]) -> None:
    for entry in record[1]["claims"][:2]:
        program, *arguments = shlex.split(entry["counterexample"]["replay"])
        assert program == "distillcheck"
        assert arguments[:2] == ["verify", entry["target"]]
        done = command(*arguments, "--json", "-")
        assert done.returncode == 1
        (again,) = json.loads(done.stdout)["claims"]
        assert {**again, "seconds": 0} == {**entry, "seconds": 0}
