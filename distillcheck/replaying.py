"""The command `replay`: compute the numbers of a run's JSON again.

The file is data: it is validated and decoded, never evaluated. What it names as a `target` is loaded as `verify` would
load it, and a claim file is a program: only the catalogue's and those in a folder that the user chose are run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from distillcheck.records import CERTIFIED, REPLAYED, read_run
from distillcheck.targets import find_target
from verify.api import valid_budget
from verify.confirm import confirm
from verify.draws import Drawer
from verify.explore import Explorer
from verify.instance import decode_instance
from verify.loading import Target, load
from verify.plan import CONFIRM_PHASE, level_each, plan_for
from verify.proofs import certificate_of
from verify.report import exact_evidence, sampled_evidence
from verify.versions import versions

SAME, DIFFERENT = 0, 1


def replay_command(file: str, folder: Path) -> int:
    """Replay every number of FILE; 0 if all are the same, 1 if any differs.

    Args:
        file: written by `verify --json`; - for standard input.
        folder: the claim files that it names must lie there.

    Raises:
        ValueError: FILE can't be read or isn't what `verify --json` writes, or names a file elsewhere.
    """
    record = read_run(file)
    for entry in record["claims"]:
        _check_place(file, find_target(entry["target"]), folder)
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
            try:
                differences = _replay(entry, evidence, record["seed"])
            except RecursionError as error:
                raise ValueError(f"{file} is no record of a run: {role} of {entry['claim']} is nested too deeply. Name "
                                 "a file written by verify --json.") from error
            replayed += 1
            code = DIFFERENT if differences else code
            word = "; ".join(differences) if differences else f"the same: {evidence['estimate']!r}"
            console.print(Text(f"{entry['claim']}: {role} {word}", "red" if differences else ""))
        if entry.get("proof"):
            differences = _replay_proof(entry)
            replayed += 1
            code = DIFFERENT if differences else code
            word = "; ".join(differences) if differences else f"the same: {len(entry['proof']['steps'])} steps"
            console.print(Text(f"{entry['claim']}: proof {word}", "red" if differences else ""))
    if not replayed:
        raise ValueError(f"{file} holds no numbers to replay: none of its claims was evaluated. Run verify again.")
    console.print(f"{replayed} replayed, {'all the same' if code == SAME else 'some differ'}.")
    return code


def _check_place(file: str, target: Target, folder: Path) -> None:
    if target.own and not Path(target.path).is_relative_to(folder.resolve()):
        raise ValueError(f"{file} names the claim file {target.path}, which isn't in {folder.resolve()}. A claim file "
                         "is a program, and to replay it is to run it: if you trust it, name its folder (--claims).")


def _replay_proof(entry: dict[str, Any]) -> list[str]:
    """What checking the proof again finds different, in words."""
    claim, was = load(find_target(entry["target"])), entry["proof"]
    if claim.proof is None:
        raise ValueError(f"{claim.id} no longer has a proof. Run verify again.")
    now = certificate_of(claim.proof)
    different = [f"{name} was {was[name]}, is {now[name]}" for name in CERTIFIED if was[name] != now[name]]
    if different and now["failure"]:
        different.append(now["failure"])
    before, after = ([step.get("statement") for step in steps] for steps in (was["steps"], now["steps"]))
    if before != after and not different:
        different.append(f"had {len(before)} steps, has {len(after)}" if len(before) != len(after)
                         else "has steps that state something else")
    return different


def _replay(entry: dict[str, Any], evidence: dict[str, Any], seed: int) -> list[str]:
    """What is different now, in words."""
    claim = load(find_target(entry["target"]))
    statement, budget = claim.statement(), valid_budget(entry["budget"])
    drawer = Drawer(statement, seed)
    point = Explorer(statement, drawer, budget).evaluate(decode_instance(evidence["instance"], claim.namespace))
    now = exact_evidence(point) if point.comparison else None
    if evidence["exact"] is None:
        if claim.sample is None:
            raise ValueError(f"{claim.id} no longer has a sample; its numbers can't be drawn again. Run verify again.")
        plan = plan_for(point, statement.relation, point.bound_value, budget=budget, block=claim.block,
                        level=entry["level"], violated_level=level_each(entry["level"], evidence["candidates"]),
                        blocks=budget.blocks, phase=CONFIRM_PHASE)
        now = sampled_evidence(confirm(drawer, point, plan), evidence["candidates"])
    if now is None:
        raise ValueError(f"{claim.id} no longer has an exact value there. Run verify again.")
    found = now.to_json()
    return [f"{name} was {evidence[name]}, is {found[name]}" for name in REPLAYED if evidence[name] != found[name]]
