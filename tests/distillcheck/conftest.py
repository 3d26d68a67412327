"""Small claim files, and the command in this process or in one of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from typer.testing import CliRunner, Result

COIN = '''"""A coin shows heads with probability p."""
import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from verify import Claim

{extra}
def sample(p, rng, size):
    {sample}

def exact(p):
    {exact}

def bound(p, c=1):
    {bound}

CLAIM = Claim(title="A coin shows heads with probability at most p", source="folklore", given={given},
              sample=sample, exact={use_exact}, bound=bound, relation="{relation}", support={support},
              controls={controls}, block=256, {more})
'''
PIECES = {
    "extra": "", "sample": "return rng.random(size) < p", "exact": "return p", "bound": "return c * p",
    "given": '{"p": st.sampled_from([Fraction(1, 2), Fraction(1, 4)])}', "use_exact": "exact", "relation": "<=",
    "support": "(0, 1)", "controls": '[{"c": Fraction(1, 2)}]', "more": "",
}
COMMAND = Path(sysconfig.get_path("scripts")) / "distillcheck"
# What a terminal or a build server sets would change what the command prints.
NEUTRAL = {name: value for name, value in os.environ.items()
           if name not in ("COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "PYTHONPATH", "TTY_COMPATIBLE")}

SUPPORTED: dict[str, str] = {}
REFUTED_EXACTLY = {"bound": "return c * p * Fraction(9, 10)"}
REFUTED_BY_DRAWS = {"bound": "return c * p / 2", "use_exact": "None", "controls": '[{"c": Fraction(1, 4)}]'}
INCONCLUSIVE = {"use_exact": "None", "given": '{"p": st.floats(0.1, 0.9)}'}
UNDERPOWERED = {"controls": '[{"c": 2}]'}
BROKEN = {"sample": "return 2.0 * (rng.random(size) < p)"}


@pytest.fixture(scope="session")
def coin() -> Callable[..., str]:
    """Text of a claim about coins, with some pieces replaced."""
    def text(**pieces: str) -> str:
        return COIN.format(**{**PIECES, **pieces})

    return text


@pytest.fixture(scope="session")
def kinds() -> dict[str, dict[str, str]]:
    """Pieces that give a coin each verdict."""
    return {"SUPPORTED": SUPPORTED, "REFUTED": REFUTED_BY_DRAWS, "REFUTED_EXACTLY": REFUTED_EXACTLY,
            "INCONCLUSIVE": INCONCLUSIVE, "UNDERPOWERED": UNDERPOWERED, "ERROR": BROKEN}


@pytest.fixture
def claim(tmp_path: Path, coin: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Write `name`.py in the current folder, a temporary one; returns its name."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, **pieces: str) -> str:
        (tmp_path / f"{name}.py").write_text(coin(**pieces), encoding="utf-8")
        return f"{name}.py"

    return write


@pytest.fixture(autouse=True)
def same_imports() -> Iterator[None]:
    """Claim files run in this process leave no folder on the import path."""
    before = list(sys.path)
    yield
    sys.path[:] = before


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line in this process."""
    from distillcheck.cli import app

    monkeypatch.setenv("COLUMNS", "100")

    def invoke(*arguments: str, text: str | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=text)

    return invoke


@pytest.fixture(scope="session")
def command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The installed command in a process of its own."""
    def run(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(COMMAND), *arguments], cwd=cwd, env={**NEUTRAL, **environment}, text=True,
                              capture_output=True, timeout=120, check=False)

    return run


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[str]]:
    """The installed command, started in a process group of its own."""
    def popen(*arguments: str, cwd: Path, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen([str(COMMAND), *arguments], cwd=cwd, env={**NEUTRAL, "TERM": "xterm"},
                                text=True, start_new_session=True, **options)

    return popen


@pytest.fixture(scope="session")
def is_paragraph() -> Callable[[str], bool]:
    """Whether a text is one clear paragraph of the command, and no traceback."""
    def judge(text: str) -> bool:
        lines = text.strip().splitlines()
        ends = len(lines) == 1 and (lines[0].endswith(".") or re.search(r"\. Instance: .*$", lines[0]))
        return bool(ends) and lines[0].startswith("distillcheck: ") and len(lines[0]) < 700

    return judge


@pytest.fixture
def limited() -> Callable[[int], AbstractContextManager[None]]:
    """A context that fails, rather than hangs, after some seconds."""
    @contextmanager
    def limit(seconds: int) -> Iterator[None]:
        def ring(*_: object) -> NoReturn:
            pytest.fail(f"still running after {seconds} s")

        before = signal.signal(signal.SIGALRM, ring)
        signal.alarm(seconds)
        try:
            yield
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)

    return limit
