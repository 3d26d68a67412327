"""The compiled kernels' cache follows the sources."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
from numba.core import config

from simulate import jit

SCRIPT = """
import numpy
from simulate import votes
print(int(votes.majority_errors(0.75, 3, numpy.random.default_rng(0), 1000).sum()))
"""


def run_in(directory: Path) -> int:
    foreign = ("NUMBA", "PYTHON")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=directory, env=environment, capture_output=True,
                          check=False, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_an_edited_callee_in_another_module_is_recompiled(tmp_path: Path) -> None:
    package = tmp_path / "simulate"
    shutil.copytree(Path(jit.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    callee = package / "streams.py"
    source = callee.read_text()
    before = run_in(tmp_path)
    assert source.count("    return state, total\n") == 1
    callee.write_text(source.replace("    return state, total\n", "    return state, 0\n"))
    assert before < 1000
    assert run_in(tmp_path) == 1000  # no ones at all: every majority is wrong
    callee.write_text(source)
    assert run_in(tmp_path) == before
    assert len(list((package / "__pycache__").glob("kernels-*"))) == 2


def test_decorating_leaves_the_numba_setting_of_others_alone() -> None:
    before = config.CACHE_DIR  # pyright: ignore[reportAttributeAccessIssue]

    @jit.kernel
    def double(x: float) -> float:
        return 2 * x

    assert double(3.0) == 6.0
    after = config.CACHE_DIR  # pyright: ignore[reportAttributeAccessIssue]
    assert after == before


def test_division_by_zero_follows_ieee() -> None:
    @jit.kernel
    def ratio(x: float, y: float) -> float:
        return x / y

    assert ratio(1.0, 0.0) == np.inf


def test_only_the_newest_caches_are_kept(tmp_path: Path) -> None:
    for age in range(12):
        old = tmp_path / f"kernels-{age:02d}"
        old.mkdir()
        os.utime(old, (1000 - age, 1000 - age))
    jit._prune(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"kernels-{age:02d}" for age in range(8)]
