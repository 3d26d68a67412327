"""The command `list`: titles and evidence, read off the claim files without running them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.text import Text

from distillcheck.rooms import CATALOGUE
from verify.loading import Target, catalogue, load
from verify.terms import ClaimError

if TYPE_CHECKING:
    from verify.claim import Claim

EVIDENCE = "exact", "sample", "proof"


class Entry(NamedTuple):
    """A claim's title, and which kinds of evidence it has."""

    title: str
    evidence: tuple[str, ...]


def list_command() -> None:
    """Print the catalogue, one line a claim."""
    console = Console(highlight=False, soft_wrap=True)
    targets = catalogue(CATALOGUE)
    width = max((len(target.id) for target in targets), default=0)
    for target in targets:
        line = Text(f"{target.id:<{width}}  ", "bold")
        try:
            entry = entry_of(target)
        except ClaimError as error:
            console.print(line.append(f"broken: {error}", "not bold red"))
            continue
        console.print(line.append(f"{' + '.join(entry.evidence):<22}  ", "dim").append(entry.title, "not bold"))


def entry_of(target: Target) -> Entry:
    """As the file's text says; a file that doesn't write its claim down in the usual way is run.

    Raises:
        ClaimError: it can't be run, or holds no claim.
    """
    return _read(Path(target.path)) or _run(target)


def _read(path: Path) -> Entry | None:
    """What the only `CLAIM = Claim(title="...", ...)` says; None where there is none such."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None
    stored = [node for node in ast.walk(tree)
              if isinstance(node, ast.Name) and node.id == "CLAIM" and isinstance(node.ctx, ast.Store)]
    calls = [node.value for node in tree.body if isinstance(node, ast.Assign) and node.targets == stored]
    match calls:
        case [ast.Call(func=ast.Name(id="Claim"), args=[], keywords=keywords)]:
            given = {keyword.arg: keyword.value for keyword in keywords}
            title = given.get("title")
            if None not in given and isinstance(title, ast.Constant) and isinstance(title.value, str):
                return Entry(title.value, tuple(name for name in EVIDENCE if _is_there(given.get(name))))
    return None


def _is_there(value: ast.expr | None) -> bool:
    return value is not None and not (isinstance(value, ast.Constant) and value.value is None)


def _run(target: Target) -> Entry:
    claim = load(target)
    return Entry(claim.title, evidence(claim))


def evidence(claim: Claim) -> tuple[str, ...]:
    """Which of `EVIDENCE` the claim has."""
    return tuple(name for name in EVIDENCE if getattr(claim, name) is not None)
