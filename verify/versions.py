"""What a number may depend on: versions of programs, and for workers elsewhere the very sources and the processor."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from verify.loading import HOUSE

LIBRARIES = ("numpy", "scipy", "numba", "hypothesis", "sympy", "python-flint")
ROOMS = ("theory", "simulate", "verify", "claims")


def versions() -> dict[str, str]:
    """Versions of everything a number may depend on."""
    found = {"distillcheck": _version("distillcheck"), "python": platform.python_version(),
             "machine": platform.machine()}
    return {**found, **{library: _version(library) for library in LIBRARIES}}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def sources(rooms: Sequence[str]) -> str:
    """Hash of our own sources in these rooms."""
    digest = hashlib.blake2b(digest_size=8)
    for room in rooms:
        for path in sorted((Path(HOUSE) / room).rglob("*.py")):
            digest.update(path.relative_to(HOUSE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def fingerprint() -> dict[str, str]:
    """Versions, a hash of our own sources, and the kind of processor that compiled kernels are made for."""
    import llvmlite.binding

    return {**versions(), "sources": sources(ROOMS), "processor": str(llvmlite.binding.get_host_cpu_name())}
