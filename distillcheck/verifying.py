"""The command `verify`: run, show, write JSON, and say it with the exit status."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from distillcheck.live import Display
from distillcheck.targets import find_targets
from verify.runner import run_many
from verify.terms import exit_code
from verify.verdict import Verdict
from verify.versions import versions

FORMAT_VERSION = 1
INTERRUPTED = 130


def verify_command(spelled: Sequence[str], *, alpha: float, seed: int, budget: str, jobs: int | None,
                   cluster: str | None, json_file: str | None) -> int:
    """Judge the targets; returns the exit status.

    Raises:
        ValueError: an argument is out of range, the cluster can't be used, or FILE can't be written.
    """
    targets = find_targets(spelled)
    if json_file not in (None, "-"):
        _check_writable(Path(json_file or ""))
    stream: TextIO = sys.stderr if json_file == "-" else sys.stdout
    started = time.perf_counter()
    with Display([target.id for target in targets], stream) as display:
        run = run_many(targets, alpha=alpha, seed=seed, budget=budget, jobs=jobs, cluster=cluster,
                       on_event=display.note)
    done = [verdict for verdict in run.verdicts if verdict is not None]
    display.summary(done, alpha, time.perf_counter() - started, run.interrupted or run.failure is not None)
    if json_file is not None:
        _write(json_file, document(done, alpha=alpha, seed=seed, budget=budget))
    if run.failure is not None:
        raise ValueError(run.failure)
    return INTERRUPTED if run.interrupted else exit_code(verdict.status for verdict in done)


def document(verdicts: Sequence[Verdict], *, alpha: float, seed: int, budget: str) -> dict[str, Any]:
    """The JSON of a run; `verify/schema.json` describes it."""
    return {"version": FORMAT_VERSION, "versions": versions(), "alpha": alpha, "seed": seed, "budget": budget,
            "claims": [verdict.to_json() for verdict in verdicts]}


def _check_writable(path: Path) -> None:
    folder = path.absolute().parent
    if path.is_dir() or not folder.is_dir():
        what = "is a folder" if path.is_dir() else "lies in a folder that doesn't exist"
        raise ValueError(f"--json {path} {what}. Name a file in a folder that exists.")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise ValueError(f"--json {path} can't be written: permission denied. Name a file in a folder you may write "
                         "to.")


def _write(json_file: str, record: dict[str, Any]) -> None:
    text = json.dumps(record, indent=1, allow_nan=False) + "\n"
    if json_file == "-":
        sys.stdout.write(text)
        return
    try:
        Path(json_file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ValueError(f"--json {json_file} can't be written: {error.strerror}. Name a file in a folder you may "
                         "write to.") from error

