"""The command `replay`: compute the numbers of a run's JSON again.

The file is data: it is validated and decoded, never evaluated. What it names as a
`target` is loaded as `verify` would load it, and a claim file is a program: replay files of people you trust.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.text import Text

from distillcheck.targets import find_target
from distillcheck.verifying import FORMAT_VERSION, versions
from verify.claim import Statement
from verify.draws import Drawer, support_at
from verify.exact import as_number, show_number
from verify.instance import Instance, decode_instance
from verify.loading import load
from verify.search import call_user

SAME, DIFFERENT = 0, 1


def replay_command(file: str) -> int:
    """Replay every number of FILE; 0 if all are the same, 1 if any differs.

    Raises:
        ValueError: FILE can't be read or isn't what `verify --json` writes.
    """
    record = _read(file)
    console = Console(highlight=False, soft_wrap=True)
    changed = {name: (was, versions().get(name)) for name, was in record["versions"].items()
               if versions().get(name) != was}
    for name, (was, now) in changed.items():
        console.print(Text(f"note: {name} was {was} and is {now}; numbers may differ in the last digits.", "yellow"))
    code, replayed = SAME, 0
    for entry in record["claims"]:
        for role in ("counterexample", "worst"):
            evidence = entry.get(role)
            if evidence is None or (role == "worst" and entry.get("counterexample")):
                continue
            differences = _replay(entry, evidence, record["seed"])
            replayed += 1
            code = DIFFERENT if differences else code
            word = "; ".join(differences) if differences else f"the same: {evidence['estimate']!r}"
            console.print(Text(f"{entry['claim']}: {role} {word}", "red" if differences else ""))
    if not replayed:
        raise ValueError(f"{file} holds no numbers to replay: none of its claims was evaluated. Run verify again.")
    console.print(f"{replayed} replayed, {'all the same' if code == SAME else 'some differ'}.")
    return code


def _read(file: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file} can't be read: {error}. Name a file written by verify --json.") from error
    try:
        record = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"{file} is no JSON: {error}. Name a file written by verify --json.") from error
    problem = _problem(record)
    if problem:
        raise ValueError(f"{file} is no record of a run: {problem}. Name a file written by verify --json.")
    return record


def _problem(record: Any) -> str | None:
    if not isinstance(record, dict) or record.get("version") != FORMAT_VERSION:
        return f"its version isn't {FORMAT_VERSION}"
    if not isinstance(record.get("seed"), int) or not isinstance(record.get("versions"), dict):
        return "seed or versions is missing"
    claims = record.get("claims")
    if not isinstance(claims, list) or not all(isinstance(entry, dict) for entry in claims):
        return "claims is no list of objects"
    for entry in claims:
        if not isinstance(entry.get("claim"), str) or not isinstance(entry.get("target"), str):
            return "a claim has no name or no target"
        for role in ("worst", "counterexample"):
            evidence = entry.get(role)
            if evidence is not None and not _well_formed(evidence):
                return f"{role} of {entry['claim']} is malformed"
    return None


def _well_formed(evidence: Any) -> bool:
    if not isinstance(evidence, dict) or not isinstance(evidence.get("instance"), dict):
        return False
    sizes = [evidence.get("draws"), evidence.get("blocks")]
    return all(isinstance(size, int) and size >= 0 for size in sizes) and "estimate" in evidence


def _replay(entry: dict[str, Any], evidence: dict[str, Any], seed: int) -> list[str]:
    """What is different now, in words."""
    claim = load(find_target(entry["target"]))
    statement = claim.statement()
    instance = decode_instance(evidence["instance"], claim.namespace)
    bound = call_user("bound", instance, lambda: as_number(statement.bound(instance.values), "bound"))
    pairs = [("bound", evidence.get("bound"), float(bound))]
    if evidence.get("exact") is not None:
        left = call_user("exact", instance, lambda: as_number(statement.exact(instance.values), "exact"))
        pairs += [("exact value", evidence["exact"], show_number(left))]
    else:
        pairs += [("estimate", evidence["estimate"], _estimate(statement, instance, evidence, seed))]
    return [f"{name} was {was}, is {now}" for name, was, now in pairs if not _same(was, now)]


def _estimate(statement: Statement, instance: Instance, evidence: dict[str, Any], seed: int) -> float:
    blocks = evidence["blocks"]
    if blocks == 0 or evidence["draws"] % blocks or not isinstance(evidence.get("phase"), str):
        raise ValueError("blocks, draws and phase don't fit together; the file was edited. Run verify again.")
    call_user("support", instance, support_at, statement, instance)
    drawer = Drawer(statement, seed)
    size = evidence["draws"] // blocks
    draws = [call_user("sample", instance, drawer.fresh, instance, evidence["phase"], index, size)
             for index in range(blocks)]
    return float(np.concatenate(draws).mean())


def _same(was: Any, now: Any) -> bool:
    if isinstance(now, float) and not math.isfinite(now):
        return was is None
    return was == now
