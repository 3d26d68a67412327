"""Random records of runs for `replay`: values of the JSON exchanged, nested, cut, or bytes changed."""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from typer.testing import CliRunner

from benchmarks.fuzzing.claims import HEAD, SOUND, WHOLE
from distillcheck.cli import app

VALUES: list[Any] = [None, True, 0, -1, 1, 0.5, 1e308, 10**30, "", "x", [], {}, [[]], {"$fraction": "1/0"},
                     {"$fraction": "1e9"}, {"$float": "inf"}, {"$float": "x"}, {"$task": "os:system", "fields": {}},
                     {"$task": "claim:os", "fields": {}}, {"$task": "simulate:Binary", "fields": {"mass": 1}},
                     {"$array": {"dtype": "O", "shape": [1], "data": [1]}},
                     {"$array": {"dtype": "<f8", "shape": [10**12], "data": [1]}}, {"$tuple": 5}, "../x.py",
                     "/etc/passwd",
                     "classics.markov", "quick", "<=", "confirm", "\x00", "\ud800", "a" * 10**5]
CLAIM = HEAD + WHOLE.format(**SOUND)


@lru_cache(maxsize=1)
def good() -> str:
    """The JSON of a run over a small claim."""
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        before = os.getcwd()
        os.chdir(folder)
        try:
            Path("fuzzed.py").write_text(CLAIM)
            CliRunner().invoke(app, ["verify", "fuzzed.py", "--budget", "micro", "--no-ledger", "--json", "run.json"])
            return Path("run.json").read_text()
        finally:
            os.chdir(before)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inside for place in places(item, (*path, key)))]


def changed(draw: Random) -> str:
    """The record with some values exchanged."""
    record = copy.deepcopy(json.loads(good()))
    for _ in range(draw.choice([1, 1, 2, 3, 6])):
        *way, last = draw.choice([place for place in places(record) if place])
        inner = record
        for key in way:
            inner = inner[key]
        kind = draw.random()
        if kind < 0.7:
            inner[last] = copy.deepcopy(draw.choice(VALUES))
        elif kind < 0.8:
            del inner[last]
        elif kind < 0.9:
            for _ in range(draw.choice([3, 200, 3000])):
                inner[last] = [inner[last]] if draw.random() < 0.5 else {"$tuple": [inner[last]]}
        elif isinstance(inner[last], int | float):
            inner[last] += draw.choice([1, -1, 1e-9, 10**9])
    return record


def replayed(draw: Random, folder: Path) -> str:
    """What `replay` makes of it: its exit status; an unusable one is one paragraph."""
    (folder / "fuzzed.py").write_text(CLAIM)
    try:
        text = json.dumps(changed(draw))
    except RecursionError:
        text = "[" * 10**5
    if draw.random() < 0.2:
        data = bytearray(text.encode())
        for _ in range(draw.choice([1, 3, 30])):
            data[draw.randrange(len(data))] = draw.randrange(256)
        (folder / "run.json").write_bytes(bytes(data))
    else:
        (folder / "run.json").write_text(text)
    import os

    before = os.getcwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(app, ["replay", "run.json"])
    finally:
        os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in (0, 1, 2), result
    assert "Traceback" not in result.output
    if result.exit_code == 2:
        assert result.stderr.startswith("distillcheck: "), result.stderr
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    return f"exit {result.exit_code}"
