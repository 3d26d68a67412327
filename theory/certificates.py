"""Certificates: what a proof's check found, as plain data, kept on disk by content.

A certificate is kept under a hash of everything its check depends on: the sources of this package, of the file that
holds the proof and of the packages it imports from here, and the versions of the programs. An edit of any of them gives
another hash, and the proof is checked again. A proof whose functions close over values, or whose file imports other
files, is checked every time. Only certificates of proofs that check are kept.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import inspect
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

PACKAGE = Path(__file__).resolve().parent
PACKAGES = ("theory", "simulate", "verify", "claims", "distillcheck")
PROGRAMS = ("sympy", "python-flint", "mpmath", "z3-solver", "cvc5")
DYNAMIC = ("importlib", "__import__", "exec", "eval", "open")
"""What brings in text that imports don't show."""
FORMAT = 2


@dataclass(frozen=True)
class Line:
    """One step: what it states and on which domain, the rule, who checked it, and the numbers of the steps it uses."""

    number: int
    statement: str
    rule: str
    checked_by: str
    uses: tuple[int, ...]
    note: str = ""
    domain: str = ""
    latex: str = ""


@dataclass(frozen=True)
class Certificate:
    """Whether a proof checks, its conclusion, the hypotheses it declares, what it trusts, and every step."""

    proved: bool
    failure: str
    relation: str
    conclusion: str
    statement: str
    domain: str = ""
    premises: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    steps: tuple[Line, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)

    def latex(self) -> str:
        """The conclusion in LaTeX."""
        return self.statement


def key(name: str, *functions: Callable[..., Any]) -> str | None:
    """Hash of all that the check of a proof of this name depends on; None where that can't be told from files."""
    folders, files, programs = {PACKAGE}, set[Path](), set[str](PROGRAMS)
    digest = hashlib.blake2b(f"{FORMAT} {name}".encode(), digest_size=20)
    for function in functions:
        if not _plain(function):
            return None
        digest.update(f"{function.__module__}.{function.__qualname__}".encode() + b"\0")
        file = Path(function.__code__.co_filename).resolve()
        if PACKAGE in file.parents:
            continue
        files.add(file)
        for module in _imports(file):
            if not module:
                return None
            if module in PACKAGES:
                folders.add(PACKAGE.parent / module)
            elif module not in sys.stdlib_module_names:
                programs.add(module)
    try:
        digest.update(_versions(tuple(sorted(programs))).encode())
    except PackageNotFoundError:
        return None
    for path in sorted({*files, *(path for folder in folders for path in folder.rglob("*.py"))}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _plain(function: Any) -> bool:
    """A function of a module's text that closes over nothing, so that its file says all about it."""
    return (inspect.isfunction(function) and not function.__closure__ and not function.__defaults__
            and not function.__kwdefaults__ and not hasattr(function, "__wrapped__")
            and function.__globals__.get(function.__qualname__) is function)


def _imports(file: Path) -> set[str]:
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
    known = packages_distributions()
    for program in programs:
        try:
            found.append(f"{program} {version(program)}")
        except PackageNotFoundError:
            if program not in PROGRAMS and program not in known:
                raise
            found.append(f"{program} {[version(each) for each in known.get(program, ())]}")
    return ", ".join(found)


def folder() -> Path:
    """Where certificates are kept: DISTILLCHECK_CACHE, else the user's cache folder."""
    chosen = os.environ.get("DISTILLCHECK_CACHE")
    return (Path(chosen) if chosen else user_cache_path("distillcheck")) / "certificates"


def recall(name: str) -> Certificate | None:
    """The certificate kept under this hash; None where there is none that can be read."""
    try:
        text = (folder() / f"{name}.json").read_text(encoding="utf-8")
        body, _, seal = text.rpartition("\n")
        if seal != _seal(name, body):
            return None
        record = json.loads(body)
        steps = tuple(Line(**{**line, "uses": tuple(line["uses"])}) for line in record.pop("steps"))
        premises, trusted = tuple(record.pop("premises")), tuple(record.pop("trusted"))
        return Certificate(**record, premises=premises, trusted=trusted, steps=steps)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def remember(name: str, certificate: Certificate) -> None:
    """Keep a certificate; where the folder can't be written, nothing is kept and nothing is lost."""
    if not certificate.proved:
        return
    body = json.dumps(certificate.to_json(), allow_nan=False)
    with contextlib.suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder(), suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{body}\n{_seal(name, body)}")
        os.replace(temporary, folder() / f"{name}.json")


def _seal(name: str, body: str) -> str:
    """Guards against files cut short or copied under another name, not against forgery."""
    return hashlib.blake2b(f"{name} {body}".encode(), digest_size=16).hexdigest()
