"""The command `verify`: run, show, write JSON, and say it with the exit status."""

from __future__ import annotations

import json
import math
import os
import re
import shlex
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from distillcheck.live import Display
from distillcheck.targets import find_targets
from verify.runner import Keep, run_many
from verify.terms import exit_code
from verify.verdict import Verdict
from verify.versions import versions

if TYPE_CHECKING:
    from verify.ledger import Ledger

FORMAT_VERSION = 1
# As shells have it: a process that a signal ended has this and the signal's number as its status.
SIGNALLED = 128


@dataclass(frozen=True)
class Asked:
    """What the user asked of `verify`; see its help."""

    targets: Sequence[str]
    alpha: float = 0.01
    seed: int = 0
    budget: str = "standard"
    jobs: int | None = None
    cluster: str | None = None
    json_file: str | None = None
    resume: bool = False
    ledger: Path | None = None
    keep: bool = True
    timeout: str | None = None
    run_timeout: str | None = None

    @property
    def command(self) -> str:
        """What to type to ask it again, with what changes verdicts."""
        parts = ["distillcheck", "verify", *self.targets]
        for name in ("alpha", "seed", "budget"):
            value = getattr(self, name)
            if value != getattr(Asked, name):
                parts += [f"--{name}", str(value)]
        if self.ledger is not None:
            parts += ["--ledger", str(self.ledger)]
        return shlex.join(parts)


def verify_command(asked: Asked) -> int:
    """Judge the targets; returns the exit status.

    Raises:
        ValueError: an argument is out of range, the cluster or the ledger can't be used, or FILE can't be written.
    """
    targets, json_file = find_targets(asked.targets), asked.json_file
    limits = {name: seconds(f"--{name.replace('_', '-')}", getattr(asked, name)) for name in ("timeout", "run_timeout")}
    if json_file not in (None, "-"):
        check_writable("--json", Path(json_file or ""))
    stream: TextIO = sys.stderr if json_file == "-" else sys.stdout
    started = time.perf_counter()
    with ExitStack() as stack, Display([target.id for target in targets], stream) as display:
        ledger = stack.enter_context(_opened(asked, display.tell))
        keep = Keep(ledger, asked.resume, asked.command, display.tell)
        run = run_many(targets, alpha=asked.alpha, seed=asked.seed, budget=asked.budget, jobs=asked.jobs,
                       cluster=asked.cluster, keep=keep, on_event=display.note, on_stop=display.stopping, **limits)
    done = [verdict for verdict in run.verdicts if verdict is not None]
    display.summary(done, asked.alpha, time.perf_counter() - started)
    if run.signal is not None or run.failure is not None or run.timed_out:
        display.unfinished(len(targets) - len(done), f"{asked.command} --resume" if ledger else None)
    if json_file is not None:
        _write(json_file, document(done, alpha=asked.alpha, seed=asked.seed, budget=asked.budget))
    if run.failure is not None:
        raise ValueError(run.failure)
    if display.unread:
        return SIGNALLED + 13  # SIGPIPE, which Python turns into an exception and Windows doesn't have
    return SIGNALLED + run.signal if run.signal is not None else exit_code(verdict.status for verdict in done)


@contextmanager
def _opened(asked: Asked, tell: Callable[[str], None]) -> Iterator[Ledger | None]:
    """The ledger, if one is wanted; where the usual place can't be written, the run goes on without.

    Raises:
        LedgerError: the user named one, or wants to resume, and it can't be used.
    """
    if not asked.keep:
        if asked.resume or asked.ledger:
            raise ValueError("--no-ledger keeps nothing, and --resume and --ledger are about what is kept. Leave one "
                             "out.")
        yield None
        return
    from verify.ledger import Ledger
    from verify.ledger_file import LedgerError, place

    path, explicit = place(asked.ledger)
    try:
        ledger = Ledger(path, explicit=explicit)
    except LedgerError as error:
        if explicit or asked.resume:
            raise
        tell(f"nothing is kept of this run: {error}".removesuffix("."))
        yield None
        return
    with closing(ledger):
        yield ledger


def seconds(option: str, text: str | None) -> float | None:
    """A time such as 90, 90s, 15m or 2h, in seconds; None for none.

    Raises:
        ValueError: it is none of these.
    """
    if text is None:
        return None
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([smh]?)", text.strip())
    value = float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[match[2]] if match else 0.0
    if not 0.0 < value < math.inf:
        raise ValueError(f"{option} {text!r} is no time above 0; write seconds, or a number with s, m or h: 90, 15m, "
                         "2h.")
    return value


def document(verdicts: Sequence[Verdict], *, alpha: float, seed: int, budget: str) -> dict[str, Any]:
    """The JSON of a run; `verify/schema.json` describes it."""
    return {"version": FORMAT_VERSION, "versions": versions(), "alpha": alpha, "seed": seed, "budget": budget,
            "claims": [verdict.to_json() for verdict in verdicts]}


def check_writable(option: str, path: Path) -> None:
    """Whether a file can be written, before anything long is begun.

    Raises:
        ValueError: it can't.
    """
    folder = path.absolute().parent
    if path.is_dir() or not folder.is_dir():
        what = "is a folder" if path.is_dir() else "lies in a folder that doesn't exist"
        raise ValueError(f"{option} {path} {what}. Name a file in a folder that exists.")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise ValueError(f"{option} {path} can't be written: permission denied. Name a file in a folder you may write "
                         "to.")


def _write(json_file: str, record: dict[str, Any]) -> None:
    text = json.dumps(record, indent=1, allow_nan=False) + "\n"
    if json_file == "-":
        sys.stdout.write(text)
        return
    try:
        write_whole(Path(json_file), text)
    except OSError as error:
        raise ValueError(f"--json {json_file} can't be written: {error.strerror}. Name a file in a folder you may "
                         "write to; the verdicts are in the ledger (--resume).") from error


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all: what was there stays until all is written.

    Raises:
        OSError: it can't be written.
    """
    if path.exists() and not path.is_file():
        # A pipe or a device has no old text to keep.
        path.write_text(text, encoding="utf-8")
        return
    real = path.resolve()
    handle, part = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(part, real.stat().st_mode if real.exists() else 0o666 & ~_umask())
        os.replace(part, real)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

