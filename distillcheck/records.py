"""Reading the JSON of a run: data from anywhere, validated before it is used."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from distillcheck.verifying import FORMAT_VERSION
from verify.budget import budget_of
from verify.plan import CONFIRM_PHASE

REPLAYED = ("estimate", "interval", "bound", "label", "exact", "bound_exact", "draws", "blocks", "phase", "e_value")
# Who checked a step is left out: another version of the same program is no other proof.
CERTIFIED = ("proved", "relation", "conclusion", "premises")


def read_run(file: str) -> dict[str, Any]:
    """The record that `verify --json` wrote to FILE (- for standard input).

    Raises:
        ValueError: FILE can't be read or isn't such a record.
    """
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
    if not isinstance(record, dict) or type(record.get("version")) is not int or record["version"] != FORMAT_VERSION:
        return f"its version isn't {FORMAT_VERSION}"
    seed = record.get("seed")
    if type(seed) is not int or seed < 0 or not isinstance(record.get("versions"), dict):
        return "seed or versions is missing"
    claims = record.get("claims")
    if not isinstance(claims, list) or not all(isinstance(entry, dict) for entry in claims):
        return "claims is no list of objects"
    for entry in claims:
        if not isinstance(entry.get("claim"), str) or not isinstance(entry.get("target"), str):
            return "a claim has no name or no target"
        if budget_of(entry.get("budget")) is None:
            return f"the budget of {entry['claim']} is {entry.get('budget')!r}"
        if not isinstance(entry.get("level"), float) or not 0.0 < entry["level"] <= 0.5:
            return f"the level of {entry['claim']} is {entry.get('level')!r}"
        for role, well_formed in (("worst", _well_formed), ("counterexample", _well_formed), ("proof", _is_proof)):
            if entry.get(role) is not None and not well_formed(entry[role]):
                return f"{role} of {entry['claim']} is malformed"
    return None


def _well_formed(evidence: Any) -> bool:
    if not isinstance(evidence, dict) or not isinstance(evidence.get("instance"), dict):
        return False
    counts = [evidence.get(name) for name in ("candidates", "draws", "blocks")]
    return (all(type(count) is int and count >= 0 for count in counts) and all(name in evidence for name in REPLAYED)
            and evidence["phase"] in (None, CONFIRM_PHASE))


def _is_proof(proof: Any) -> bool:
    steps = proof.get("steps") if isinstance(proof, dict) else None
    return (isinstance(steps, list) and all(isinstance(step, dict) for step in steps)
            and all(name in proof for name in CERTIFIED))
