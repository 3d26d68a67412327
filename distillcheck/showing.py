"""The command `show`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from distillcheck.latex import docstring, fragment
from distillcheck.listing import evidence
from distillcheck.rooms import NOTES
from distillcheck.targets import find_target
from verify.claim import Claim
from verify.instance import make_instance
from verify.loading import Target, load
from verify.proofs import Proof, certificate_of
from verify.terms import ClaimError
from verify.verdict import show_override

EQUATION = re.compile(r"( .*\S)\s{2,}(\s\(\d+\))")


def show_command(spelled: str, latex: bool = False) -> None:
    """Print one theorem.

    Args:
        spelled: its id or path.
        latex: print a LaTeX fragment and nothing else.

    Raises:
        ValueError: there is no such claim, its file is broken, or --latex finds a proof that can't be asked.
    """
    target = find_target(spelled)
    claim = load(target)
    if latex:
        typer.echo(fragment(spelled, claim))
        return
    console = Console(highlight=False)
    show_claim(console, target, claim)
    if claim.proof is not None:
        show_proof(console, claim.proof)
    note = NOTES / Path(*target.id.split(".")).with_suffix(".md")
    if not target.own and note.is_file():
        console.rule()
        _print(console, Text(note.read_text(encoding="utf-8")))


def show_claim(console: Console, target: Target, claim: Claim) -> None:
    """Title, docstring and fields."""
    _print(console, Text(f"{target.id}: {claim.title}", "bold"))
    text = docstring(claim)
    _print(console, Text((unwrapped(text, console.width) if console.is_terminal else text) + "\n"))
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, value in _fields(target, claim):
        table.add_row(Text(name, "dim"), Text(value))
    console.print(table)


def show_proof(console: Console, proof: Proof) -> None:
    """The certificate: what is concluded, whether that checks, each step, premises, what is trusted."""
    console.print()
    try:
        record = certificate_of(proof)
    except ClaimError as error:
        _print(console, Text(f"The proof can't be asked: {error}", "red"))
        return
    count = len(record["steps"])
    steps = f"{count} step{'s' if count > 1 else ''}"
    if record["proved"]:
        _print(console, Text(f"Proof {proof.name}: {steps}, all checked", "bold green"))
    else:
        _print(console, Text(f"Proof {proof.name}: does not check", "bold red"))
        _hang(console, "  ", record["failure"])
    _hang(console, "  ", record["conclusion"])
    if record["domain"]:
        _hang(console, "  where ", record["domain"], "dim")
    width = len(str(max((step["number"] for step in record["steps"]), default=0))) + 4
    domain = ""
    for step in record["steps"]:
        console.print()
        _hang(console, f"{step['number']:>{width - 2}}. ", step["statement"])
        for text in _grounds(step, domain):
            _hang(console, " " * width, text, "dim")
        domain = step["domain"] or domain
    if record["proved"]:
        _list(console, "Premises, declared and not checked", record["premises"])
        _list(console, "Trusted", record["trusted"])
        console.print()
        _print(console, Text("distillcheck verify also compares this conclusion with the claim itself.", "dim"))


def _grounds(step: Mapping[str, Any], domain: str) -> Iterable[str]:
    uses = f" from {', '.join(str(number) for number in step['uses'])}" if step["uses"] else ""
    yield f"by {step['rule']}{uses}" + (f"; checked by {step['checked_by']}" if step["checked_by"] else "")
    if step["note"]:
        yield step["note"]
    if step["domain"] not in ("", domain):
        yield f"where {step['domain']}"


def _list(console: Console, title: str, items: Iterable[str]) -> None:
    items = list(items)
    console.print()
    _print(console, Text(f"{title}:" if items else f"{title}: none", "bold"))
    for item in items:
        _hang(console, "  - ", item)


def _print(console: Console, text: Text) -> None:
    """Wrapped at words on a terminal; in a pipe a line stays a line."""
    console.print(text, soft_wrap=not console.is_terminal)


def _hang(console: Console, lead: str, text: str, style: str = "") -> None:
    """Text after a lead; on a terminal further lines are aligned with the first."""
    if not console.is_terminal:
        _print(console, Text(lead + text.replace("\n", "\n" + " " * len(lead)), style))
        return
    grid = Table.grid()
    grid.add_column(width=len(lead), no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(lead, style), Text(text, style))
    console.print(grid)


def unwrapped(text: str, width: int) -> str:
    """The text with the lines joined that were broken for their length alone, to be wrapped to a terminal's width.

    A line was broken if the next one's first word would have made it longer than the longest; indented lines stay, but
    an equation's number is moved to the left where it would not fit.
    """
    lines = text.splitlines()
    longest = max((len(line) for line in lines), default=0)
    joined: list[str] = []
    last = ""
    for line in lines:
        words = re.findall(r"\S+", line)
        flowing = bool(words) and not line[0].isspace() and bool(last) and not last[0].isspace()
        if flowing and len(last) + 1 + len(words[0]) > min(longest, 100):
            joined[-1] += " " + line
        else:
            equation = EQUATION.fullmatch(line) if len(line) > width else None
            joined.append(f"{equation[1]:<{width - len(equation[2])}}{equation[2]}" if equation else line)
        last = line
    return "\n".join(joined)


def _fields(target: Target, claim: Claim) -> list[tuple[str, str]]:
    given = ", ".join(claim.given) if isinstance(claim.given, Mapping) else "drawn together"
    rows = [("source", f"{claim.source} ({claim.fidelity})"), ("relation", str(claim.statement().relation)),
            ("parameters", given), ("evidence", " + ".join(evidence(claim))),
            ("controls", "; ".join(show_override(control) for control in claim.controls))]
    if claim.tight_at is not None:
        rows.append(("tight at", str(make_instance(claim.tight_at, claim.namespace))))
    return [*rows, ("file", target.path)]
