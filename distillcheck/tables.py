"""The command `tables`: what each paper's abstract says and the whole catalogue, with a run's verdicts, in Markdown.

What a paper says stands in `claims/<paper>/abstract.toml`: its title and the sentences that claim something, each with
the claims that check it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from distillcheck.records import read_run
from distillcheck.rooms import CATALOGUE

Entry = Mapping[str, Any]
REGION = re.compile(r"<!-- (abstract|catalogue): (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def tables_command(file: str, into: Sequence[Path]) -> None:
    """Print the tables of a run, or put them between the marks of files.

    Raises:
        ValueError: FILE is no record of a run or lacks a claim, or a file in `into` can't be used.
    """
    entries = {entry["claim"]: entry for entry in read_run(file)["claims"]}
    for path in into:
        try:
            text = path.read_text(encoding="utf-8")
            path.write_text(filled(text, entries, str(path)), encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"--into {path} can't be read and written: {error}. Name a text file of yours.") from error
    if not into:
        for paper in papers():
            typer.echo(f"## {paper}\n")
            for kind in ("abstract", "catalogue"):
                typer.echo("\n".join([*table(kind, paper, entries), ""]))


def filled(text: str, entries: Mapping[str, Entry], where: str) -> str:
    """The text with every table between its marks made anew.

    The marks are `<!-- abstract: PAPER -->` or `<!-- catalogue: PAPER -->`, and `<!-- end -->`.

    Raises:
        ValueError: there is no such region, or a claim isn't among the entries.
    """
    def anew(found: re.Match[str]) -> str:
        kind, paper = found[1], found[2]
        if paper not in papers():
            raise ValueError(f"{where} asks for the paper {paper!r}, which the catalogue doesn't have. It has "
                             f"{', '.join(papers())}.")
        return "\n".join([f"<!-- {kind}: {paper} -->", *table(kind, paper, entries), "<!-- end -->"])

    made, count = REGION.subn(anew, text)
    if not count:
        raise ValueError(f"{where} has no place for a table. Put <!-- abstract: PAPER --> or <!-- catalogue: PAPER --> "
                         "and <!-- end --> on lines of their own.")
    return made


def papers() -> list[str]:
    """The folders of the catalogue."""
    return sorted(folder.name for folder in CATALOGUE.iterdir() if (folder / "__init__.py").is_file())


def table(kind: str, paper: str, entries: Mapping[str, Entry]) -> Iterator[str]:
    """The lines of one table; `kind` is abstract or catalogue."""
    if kind == "abstract":
        yield from ("| the abstract says | checked by | verdict | evidence |", "| --- | --- | --- | --- |")
        for sentence in sentences(paper):
            says = sentence["says"]
            for claim in sentence["claims"]:
                entry = _entry(claim if "." in claim else f"{paper}.{claim}", entries)
                yield _row([says, f"`{entry['claim']}`", entry["status"], ", ".join(entry["labels"])])
                says = ""
        return
    yield from ("| claim | statement | verdict | evidence | tightness |", "| --- | --- | --- | --- | --- |")
    for claim in sorted(file.stem for file in (CATALOGUE / paper).glob("*.py") if not file.name.startswith("_")):
        entry = _entry(f"{paper}.{claim}", entries)
        yield _row([f"`{entry['claim']}`", entry["title"], entry["status"], ", ".join(entry["labels"]),
                    _tightness(entry)])


def sentences(paper: str) -> list[dict[str, Any]]:
    """What the paper's abstract claims: `says`, one sentence of it, and `claims`, by slug or id; none for classics."""
    path = CATALOGUE / paper / "abstract.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["sentence"] if path.is_file() else []


def _entry(claim: str, entries: Mapping[str, Entry]) -> Entry:
    if claim not in entries:
        raise ValueError(f"the run has no verdict of {claim}. Judge the whole catalogue: distillcheck verify --json "
                         "FILE.")
    return entries[claim]


def _tightness(entry: Entry) -> str:
    found, vacuous = entry["tightness"], entry["vacuous"]
    shown = "" if found is None else f"{found:.3f}"
    return f"{shown}, vacuous {vacuous:.0%}".removeprefix(", ") if vacuous and vacuous >= 0.005 else shown


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
