"""The same algorithms in C, compiled on the spot from `benchmarks/c`."""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.workload import Unavailable

SOURCES = Path(__file__).resolve().parent / "c"
FLAGS = ("-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-shared", "-fPIC")


def compiler() -> list[str]:
    """The command in $CC, else `cc`; Unavailable where there is none."""
    command = shlex.split(os.environ.get("CC") or "cc")
    if shutil.which(command[0]) is None:
        raise Unavailable(f"there is no C compiler {command[0]!r} (set CC to one)")
    return command


@lru_cache
def library(name: str) -> ctypes.CDLL:
    """`benchmarks/c/<name>.c`, compiled and loaded; Unavailable without a compiler that takes our flags."""
    command = compiler()
    with TemporaryDirectory() as directory:
        target = Path(directory) / f"{name}.so"
        done = subprocess.run([*command, *FLAGS, str(SOURCES / f"{name}.c"), "-o", str(target), "-lm"],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unavailable(f"{command[0]} could not compile {name}.c: {done.stderr.strip()[:200]}")
        return ctypes.CDLL(str(target))


def function(name: str, symbol: str) -> Callable[..., None]:
    """`symbol` of `benchmarks/c/<name>.c`, a function of no value; Unavailable as for `library`.

    Integers are passed as 64 bits, floats as double, and arrays by the address of their first entry, so they must be
    contiguous and of the type that the C source names; ValueError for an array that is not contiguous.
    """
    called = library(name)[symbol]
    called.restype = None

    def call(*arguments: int | float | npt.NDArray[Any]) -> None:
        called(*(_passed(value) for value in arguments))

    return call


def _passed(value: int | float | npt.NDArray[Any]) -> ctypes.c_int64 | ctypes.c_double | ctypes.c_void_p:
    if isinstance(value, np.ndarray):
        if not value.flags.c_contiguous:
            raise ValueError(f"function: an array with strides {value.strides} is not contiguous; copy it first.")
        return ctypes.c_void_p(value.ctypes.data)
    return ctypes.c_double(value) if isinstance(value, float) else ctypes.c_int64(value)
