"""The commands `list` and `show`."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from distillcheck.rooms import CATALOGUE, NOTES
from distillcheck.targets import find_target
from verify.claim import Claim
from verify.instance import make_instance
from verify.loading import Target, catalogue, load
from verify.terms import ClaimError
from verify.verdict import show_override


def list_command() -> None:
    """Print the catalogue, one line a claim."""
    console = Console(highlight=False, soft_wrap=True)
    targets = catalogue(CATALOGUE)
    width = max((len(target.id) for target in targets), default=0)
    for target in targets:
        try:
            claim = load(target)
        except ClaimError as error:
            console.print(Text(f"{target.id:<{width}}  ", "bold").append(f"broken: {error}", "not bold red"))
            continue
        console.print(Text(f"{target.id:<{width}}  ", "bold").append(f"{_evidence(claim):<14}  ", "dim")
                      .append(claim.title, "not bold"))


def show_command(spelled: str) -> None:
    """Print one theorem.

    Raises:
        ValueError: there is no such claim, or its file is broken.
    """
    target = find_target(spelled)
    claim = load(target)
    console = Console(highlight=False)
    console.print(Text(f"{target.id}: {claim.title}", "bold"), soft_wrap=True)
    console.print(Text(inspect.cleandoc(str(claim.namespace.get("__doc__") or "")) + "\n"), soft_wrap=True)
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, value in _fields(target, claim):
        table.add_row(Text(name, "dim"), Text(value))
    console.print(table)
    note = NOTES / Path(*target.id.split(".")).with_suffix(".md")
    if not target.own and note.is_file():
        console.rule()
        console.print(Text(note.read_text(encoding="utf-8")), soft_wrap=True)


def _fields(target: Target, claim: Claim) -> list[tuple[str, str]]:
    given = ", ".join(claim.given) if isinstance(claim.given, Mapping) else "drawn together"
    rows = [("source", f"{claim.source} ({claim.fidelity})"), ("relation", str(claim.statement().relation)),
            ("parameters", given), ("evidence", _evidence(claim)),
            ("controls", "; ".join(show_override(control) for control in claim.controls))]
    if claim.tight_at is not None:
        rows.append(("tight at", str(make_instance(claim.tight_at, claim.namespace))))
    return [*rows, ("file", target.path)]


def _evidence(claim: Claim) -> str:
    return " + ".join(name for name in ("exact", "sample") if getattr(claim, name) is not None)
