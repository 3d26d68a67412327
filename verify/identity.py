"""What a verdict depends on, as hashes: the claim's own text, and everything that numbers are computed with.

Two verdicts of one claim, seed, budget and level are equal if these are. A file that a claim reads, and a module that
it brings in by other means than an import statement, are not seen.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import platform
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from verify.judging import Settings
from verify.loading import HOUSE, Target
from verify.versions import LIBRARIES, sources, versions

ENGINE = ("theory", "simulate", "verify", "compiling")
# llvmlite makes the machine code of kernels.
# Those that proofs are checked with are here, too: which of them there are decides what can be proved.
BUILDS = (*LIBRARIES, "llvmlite", "threadpoolctl", "mpmath", "z3-solver", "cvc5")
# Begin the names of what may choose other machine code for the same sources.
CHOOSING = ("OPENBLAS_CORETYPE", "MKL_", "NPY_", "NUMBA_", "OMP_", "BLIS_", "ATLAS_", "VECLIB_")
# Threads and places change no number.
HARMLESS = ("NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
# What is a hash, where it differs.
IN_WORDS = {"sources": "other sources of distillcheck", "builds": "another build of a library",
            "processor": "another processor", "environment": "environment variables that choose machine code"}
PROCESSOR = Path("/proc/cpuinfo")
OF_PROCESSOR = ("model name", "flags", "CPU implementer", "CPU part", "CPU variant", "Features")


@lru_cache(maxsize=1)
def numerics() -> dict[str, str]:
    """Versions, and hashes of our sources, the libraries' builds, the processor and what chooses code on it."""
    chosen = {name: value for name, value in os.environ.items()
              if name.startswith(CHOOSING) and name not in HARMLESS}
    return {**versions(), "sources": sources(ENGINE), "builds": _digest(_builds()), "processor": _digest(_processor()),
            "environment": _digest(f"{name}={chosen[name]}" for name in sorted(chosen))}


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """What differs between two `numerics`, in words; empty where nothing does."""
    found = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    return ", ".join(IN_WORDS.get(name) or f"{name} was {before.get(name)} and is {now.get(name)}" for name in found)


def _builds() -> Iterator[str]:
    """Lists of the files that were installed, with their hashes: a rebuilt library has the same version."""
    for name in BUILDS:
        try:
            yield f"{name} {distribution(name).read_text('RECORD') or distribution(name).version}"
        except PackageNotFoundError:
            yield f"{name} is missing"


def _processor() -> Iterator[str]:
    yield from (platform.machine(), platform.processor(), platform.system())
    try:
        lines = PROCESSOR.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    found = {line.partition(":")[0].strip(): line for line in reversed(lines) if ":" in line}
    yield from (found[name] for name in OF_PROCESSOR if name in found)


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


@dataclass(frozen=True)
class Text:
    """What a claim is written in: a hash of its files, empty if they can't be read, and their stamps before that."""

    digest: str
    watched: Watched

    @property
    def files(self) -> tuple[Path, ...]:
        """The files, the claim's own first."""
        return tuple(self.watched.before)


def text_of(target: Target) -> Text:
    """The claim's file; of a user's own, with the files beside it that it imports."""
    path = Path(target.path)
    watched = Watched([path])
    try:
        texts = {path: path.read_bytes()}
        if target.own:
            _follow(path, path.parent, texts, watched)
    except (OSError, ValueError, RecursionError):
        return Text("", watched)
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(texts):
        digest.update(os.fsencode(os.path.relpath(file, path.parent)) + b"\0" + texts[file] + b"\0")
    return Text(digest.hexdigest(), watched)


class Watched:
    """Files whose times and sizes are as they were when they were first looked at."""

    def __init__(self, files: Iterable[Path]):
        self.before = {file: _stamp(file) for file in files}

    def add(self, file: Path) -> None:
        """Watch another file, which is not yet read."""
        self.before[file] = _stamp(file)

    @property
    def unchanged(self) -> bool:
        """Whether none has been touched since."""
        return all(_stamp(file) == stamp for file, stamp in self.before.items())


def _stamp(file: Path) -> tuple[int, int, int, int] | None:
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino


def engine_files() -> list[Path]:
    """Our own sources, and the lists of what was installed of the libraries."""
    folders = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}
    lists = [path for folder in folders for name in BUILDS
             for path in folder.glob(f"{name.replace('-', '_')}-*.dist-info/RECORD")]
    return [*lists, *(path for room in ENGINE for path in (Path(HOUSE) / room).rglob("*.py"))]


def _follow(path: Path, folder: Path, texts: dict[Path, bytes], watched: Watched) -> None:
    """Add the files below `folder` that a file imports, and those that they import."""
    waiting = [path]
    while waiting:
        importing = waiting.pop()
        for level, name in _imports(texts[importing]):
            # A relative import starts from the importing file's own folder, or one above it for each further dot.
            base = importing.parents[min(level, len(importing.parents)) - 1] if level else folder
            parts = [part for part in name.split(".") if part]
            for length in range(len(parts) + 1):
                stem = base.joinpath(*parts[:length])
                for file in (stem.with_suffix(".py"), stem / "__init__.py") if length else (stem / "__init__.py",):
                    if file not in texts and (length or level) and file.is_file():
                        watched.add(file)
                        texts[file] = file.read_bytes()
                        waiting.append(file)


def _imports(text: bytes) -> set[tuple[int, str]]:
    """Levels (0 if absolute) and dotted names that a source imports, as modules or from them."""
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    plain = {(0, alias.name) for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {(node.level, f"{node.module or ''}.{alias.name}".strip(".")) for node in nodes
                    if isinstance(node, ast.ImportFrom) for alias in node.names}


def work_of(target: Target, settings: Settings, text: Text, computed_with: Mapping[str, str]) -> str:
    """Hash of all that a verdict depends on; `computed_with` is `numerics()`, or a cluster's."""
    record = [target.id, target.own and target.path, text.digest, settings.level.hex(), settings.seed, settings.budget,
              dict(computed_with)]
    return hashlib.blake2b(json.dumps(record, sort_keys=True).encode(), digest_size=16).hexdigest()
