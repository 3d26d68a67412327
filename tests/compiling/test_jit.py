"""The compiled kernels' cache follows the sources."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba.core import config

from compiling import jit
from simulate.jit import kernel

HOUSE = Path(__file__).resolve().parent.parent.parent

VOTES = """
import numpy
from simulate import Binary, votes
print(int(votes.sampler_errors(Binary((1,), (0.5,)), numpy.random.default_rng(0), 1000).sum()))
"""
WEALTH = """
import numpy
from verify import products, products_compiled
print(int(products.products(numpy.ones(20), 0.0, 1.0, numpy.full(1, 2.0))[1].item()))
"""


def run_in(directory: Path, script: str) -> int:
    foreign = ("NUMBA", "PYTHON")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    done = subprocess.run([sys.executable, "-c", script], cwd=directory, env=environment, capture_output=True,
                          check=False, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.parametrize(("room", "file", "line", "edited", "script", "expected"), [
    # Two labels drawn from a uniform number that is always 0 never differ.
    ("simulate", "streams.py", "(bits >> _11) * 2.0**-53", "(bits >> _11) * 0.0", VOTES, 0),
    # Twenty factors 2, filled up to 24 in place of 32.
    ("verify", "products.py", "CHUNK = 16\n", "CHUNK = 8\n", WEALTH, 24),
])
def test_an_edited_callee_in_another_module_is_recompiled(tmp_path: Path, room: str, file: str, line: str, edited: str,
                                                          script: str, expected: int) -> None:
    package = tmp_path / room
    shutil.copytree(HOUSE / room, package, ignore=shutil.ignore_patterns("__pycache__"))
    callee = package / file
    source = callee.read_text()
    assert source.count(line) == 1
    before = run_in(tmp_path, script)
    callee.write_text(source.replace(line, edited))
    assert run_in(tmp_path, script) == expected != before
    callee.write_text(source)
    assert run_in(tmp_path, script) == before
    assert len(list((package / "__pycache__").glob("kernels-*"))) == 2


def test_decorating_leaves_the_numba_setting_of_others_alone() -> None:
    before = config.CACHE_DIR  # pyright: ignore[reportAttributeAccessIssue]

    @kernel
    def double(x: float) -> float:
        return 2 * x

    assert double(3.0) == 6.0
    after = config.CACHE_DIR  # pyright: ignore[reportAttributeAccessIssue]
    assert after == before


def test_division_by_zero_follows_ieee() -> None:
    @kernel
    def ratio(x: float, y: float) -> float:
        return x / y

    assert ratio(1.0, 0.0) == np.inf


def test_only_the_newest_caches_are_kept(tmp_path: Path) -> None:
    for age in range(12):
        old = tmp_path / f"kernels-{age:02d}"
        old.mkdir()
        os.utime(old, (1000 - age, 1000 - age))
    jit._prune(tmp_path, "kernels-00")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"kernels-{age:02d}" for age in range(8)]
