"""What is derived from sources, kept on disk by content.

Something is kept under a hash of everything it depends on: the sources of this package, of the files that hold the
functions it is made by and of the packages they import from here, and the versions of the programs. An edit of any of
them gives another hash, and it is made again. What is made by functions that close over values, or whose files import
other files, is made every time.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import inspect
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

PACKAGE = Path(__file__).resolve().parent
CONSTANTS = (str, int, bool, type(None))
LAMBDA = "<lambda>"
PACKAGES = ("theory", "compiling", "simulate", "verify", "claims", "distillcheck")
PROGRAMS = ("sympy", "python-flint", "mpmath", "z3-solver", "cvc5")
DYNAMIC = ("importlib", "__import__", "exec", "eval", "open")
"""What brings in text that imports don't show."""


def key(name: str, *functions: Callable[..., Any]) -> str | None:
    """Hash of all that what these functions make depends on; None where that can't be told from files."""
    try:
        return _key(name, functions)
    except (OSError, PackageNotFoundError):
        # What is typed into a session has no file, for one.
        return None


def _key(name: str, functions: Sequence[Callable[..., Any]]) -> str | None:
    folders, files, programs = {PACKAGE}, set[Path](), set[str](PROGRAMS)
    digest = hashlib.blake2b(name.encode(), digest_size=20)
    for given in functions:
        function, arguments = _called(given)
        if not _plain(function):
            return None
        digest.update(f"{function.__module__}.{function.__qualname__}{arguments}".encode() + b"\0")
        if function.__qualname__ == LAMBDA:
            code = function.__code__
            digest.update(f"{code.co_firstlineno} {code.co_code.hex()} {code.co_consts} {code.co_names}".encode())
        file = Path(function.__code__.co_filename).resolve()
        if PACKAGE in file.parents:
            continue
        files.add(file)
        state = file.stat()
        for module in _imports(file, state.st_mtime_ns, state.st_size):
            if not module:
                return None
            if module in PACKAGES:
                folders.add(PACKAGE.parent / module)
            elif module not in sys.stdlib_module_names:
                programs.add(module)
    digest.update(_versions(tuple(sorted(programs))).encode())
    for path in sorted({*files, *(path for folder in folders for path in folder.rglob("*.py"))}):
        state = path.stat()
        digest.update(path.name.encode() + b"\0" + _content(path, state.st_mtime_ns, state.st_size))
    return digest.hexdigest()


@lru_cache(maxsize=4096)
def _content(path: Path, modified: int, size: int) -> bytes:
    """Hash of a file, which is read once for as long as it doesn't change."""
    return hashlib.blake2b(path.read_bytes(), digest_size=20).digest()


def _called(function: Any) -> tuple[Any, str]:
    """The function behind a `partial` whose arguments are plain constants, and these as text."""
    if isinstance(function, partial):
        values = (*function.args, *function.keywords.values())
        if all(type(value) in CONSTANTS for value in values):
            return function.func, f"({function.args}, {sorted(function.keywords.items())})"
    return function, ""


def _plain(function: Any) -> bool:
    """A function of a module's text that closes over nothing, so that its file says all about it."""
    return (inspect.isfunction(function) and not function.__closure__ and not function.__defaults__
            and not function.__kwdefaults__ and not hasattr(function, "__wrapped__")
            and (function.__qualname__ == LAMBDA or function.__globals__.get(function.__qualname__) is function))


@lru_cache(maxsize=1024)
def _imports(file: Path, modified: int, size: int) -> set[str]:
    """Top-level names of all modules that a file imports, anywhere in its text; "" for what can't be told."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add("" if node.level else (node.module or "").split(".")[0])
        elif isinstance(node, ast.Name) and node.id in DYNAMIC:
            found.add("")
    return found


@lru_cache(maxsize=16)
def _versions(programs: tuple[str, ...]) -> str:
    """Versions of the programs; PackageNotFoundError for a module that no installed package has."""
    found = [platform.python_version(), platform.machine()]
    for program in programs:
        try:
            found.append(f"{program} {version(program)}")
        except PackageNotFoundError:
            known = packages_distributions()
            if program not in PROGRAMS and program not in known:
                raise
            found.append(f"{program} {[version(each) for each in known.get(program, ())]}")
    return ", ".join(found)


def folder(kind: str) -> Path:
    """Where such things are kept: in DISTILLCHECK_CACHE, else in the user's cache folder."""
    chosen = os.environ.get("DISTILLCHECK_CACHE")
    return (Path(chosen) if chosen else user_cache_path("distillcheck")) / kind


def read(kind: str, name: str) -> str | None:
    """The text kept under this hash; None where there is none that can be read."""
    try:
        text = (folder(kind) / f"{name}.json").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    body, _, seal = text.rpartition("\n")
    return body if seal == _seal(name, body) else None


def write(kind: str, name: str, body: str) -> None:
    """Keep a text; where the folder can't be written, nothing is kept and nothing is lost."""
    where = folder(kind)
    with contextlib.suppress(OSError):
        where.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=where, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{body}\n{_seal(name, body)}")
        os.replace(temporary, where / f"{name}.json")


def _seal(name: str, body: str) -> str:
    """Guards against files cut short or copied under another name, not against forgery."""
    return hashlib.blake2b(f"{name} {body}".encode(), digest_size=16).hexdigest()
