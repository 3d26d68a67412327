"""Compiled kernels, with an on-disk cache that notices every edit of the package that they belong to.

Numba keys its own cache on the file of the decorated function alone, so a kernel whose callee lives in
another module goes on returning the old result after that callee is edited. Here the cache directory is named
after a hash of all of the package's sources and of the versions of Numba, llvmlite and NumPy.
"""
import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, overload

import llvmlite
import numba
import numpy as np
from numba.core import config

F = TypeVar("F", bound=Callable[..., Any])

_CONFIG: Any = config  # its options are set at run time, where no type checker sees them
_HERE = Path(__file__).resolve()
_KEPT = 8  # caches of that many versions of the sources stay, so that going back to a branch costs nothing
_DECORATING = Lock()


class Compiler:
    """The decorator `@kernel` of one package, made once there: `kernel = Compiler(Path(__file__).parent)`.

    It compiles a function with Numba on its first call, without the GIL, and keeps the result on disk. Used as
    `@kernel` or `@kernel(parallel=True)`. Division follows IEEE 754 (`error_model="numpy"`): x / 0 is infinite or
    NaN and never raises, which is what lets LLVM vectorise it. Threads pay (`parallel=True` with `numba.prange` over
    replicates) only for jobs beyond 10 ms; each replicate then has its own stream (`simulate.streams`) and its own
    cell of the output, so results don't depend on the number of threads.

    A kernel's callees must be kernels of the same package, or live in the kernel's own module: edits elsewhere go
    unnoticed.
    """

    def __init__(self, package: Path) -> None:
        self._package = package.resolve()

    @overload
    def __call__(self, function: F, *, parallel: bool = False) -> F: ...
    @overload
    def __call__(self, function: None = None, *, parallel: bool = False) -> Callable[[F], F]: ...

    def __call__(self, function: F | None = None, *, parallel: bool = False) -> F | Callable[[F], F]:
        """Decorate a function."""
        if function is None:
            return lambda decorated: self._compiled(decorated, parallel)
        return self._compiled(function, parallel)

    def _compiled(self, function: F, parallel: bool) -> F:
        directory = self.cache_directory
        # Numba reads the directory once, when it decorates, so other users of Numba keep their own setting.
        with _DECORATING:
            before = _CONFIG.CACHE_DIR
            if directory is not None:
                _CONFIG.CACHE_DIR = str(directory)
            try:
                cached = directory is not None
                decorate: Any = numba.njit(cache=cached, error_model="numpy", nogil=True, parallel=parallel)
                return decorate(function)
            finally:
                _CONFIG.CACHE_DIR = before

    @cached_property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that change with any source file of the package, this file and compiler versions.

        Read once, when the first kernel is decorated: that is the text which this process compiles.
        """
        digest = hashlib.blake2b(digest_size=16)
        for version in (numba.__version__, llvmlite.__version__, np.__version__):
            digest.update(f"{version}\0".encode())
        for path in (_HERE, *sorted(self._package.glob("*.py"))):
            source = path.read_bytes()
            digest.update(f"{path.name}\0{len(source)}\0".encode())
            digest.update(source)
        return digest.hexdigest()

    @cached_property
    def cache_directory(self) -> Path | None:
        """Where compiled kernels are kept, created if need be; None where no candidate is writable.

        NUMBA_CACHE_DIR if it is set, else `__pycache__` beside the sources, else the user's cache directory.
        """
        name = f"kernels-{self.fingerprint}"
        for parent in self._candidates():
            directory = parent / name
            try:
                directory.mkdir(parents=True, exist_ok=True)
            except OSError:
                continue
            if os.access(directory, os.W_OK):
                _prune(parent, name)
                return directory
        return None

    def _candidates(self) -> list[Path]:
        # Packages stay apart, for each keeps so many of its own caches.
        if _CONFIG.CACHE_DIR:
            return [Path(_CONFIG.CACHE_DIR) / self._package.name]
        return [self._package / "__pycache__", _user_cache() / "distillcheck" / self._package.name]


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _prune(parent: Path, used: str) -> None:
    """Remove all but the newest caches. A process that still uses one compiles again and writes it anew."""
    def age(path: Path) -> float:
        try:
            return -path.stat().st_mtime
        except OSError:
            return 0.0

    for old in sorted(parent.glob("kernels-*"), key=age)[_KEPT:]:
        if old.name != used:
            shutil.rmtree(old, ignore_errors=True)
