"""Certificates: what a proof's check found, as plain data, kept on disk by content.

A certificate is kept under a hash of everything its check depends on: the sources of this package and of the file that
holds the proof, and the versions of the programs. An edit of any of them gives another hash, and the proof is checked
again. Only certificates of proofs that check are kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import inspect
import json
import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

PACKAGE = Path(__file__).resolve().parent
PROGRAMS = ("sympy", "python-flint", "mpmath", "z3-solver", "cvc5")
FORMAT = 1


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


def key(name: str, *functions: Callable[..., Any]) -> str:
    """Hash of all that the check of a proof of this name depends on."""
    digest = hashlib.blake2b(f"{FORMAT} {name}".encode(), digest_size=20)
    digest.update(_programs().encode())
    for function in functions:
        digest.update(_which(function).encode() + b"\0")
    for path in sorted({*PACKAGE.rglob("*.py"), *(_file(function) for function in functions)}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _programs() -> str:
    found = [platform.python_version(), platform.machine()]
    for program in PROGRAMS:
        try:
            found.append(f"{program} {version(program)}")
        except PackageNotFoundError:
            found.append(f"no {program}")
    return ", ".join(found)


def _which(function: Callable[..., Any]) -> str:
    """Which function of its file this is, with the values that it closes over: two proofs may share name and file."""
    if isinstance(function, partial):
        return f"{_which(function.func)} {function.args} {function.keywords}"
    inner = inspect.unwrap(function)
    closed = [cell.cell_contents for cell in getattr(inner, "__closure__", None) or ()]
    closed += [getattr(inner, "__defaults__", None), getattr(inner, "__kwdefaults__", None)]
    line = getattr(getattr(inner, "__code__", None), "co_firstlineno", 0)
    return f"{getattr(inner, '__module__', '')}.{getattr(inner, '__qualname__', inner)}:{line} {closed}"


def _file(function: Callable[..., Any]) -> Path:
    while isinstance(function, partial):
        function = function.func
    try:
        return Path(inspect.getsourcefile(inspect.unwrap(function)) or __file__).resolve()
    except TypeError:
        return PACKAGE / "proof.py"


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
