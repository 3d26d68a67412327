"""The command `history`: what the ledger knows of a claim, or of all runs."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from distillcheck.cells import write_csv
from distillcheck.live import COLOURS, WIDEST_STATUS
from distillcheck.targets import find_targets
from verify.identity import changes
from verify.ledger import Entry, Ledger
from verify.ledger_file import Damaged, LedgerError, place, words
from verify.terms import ClaimError, Status
from verify.verdict import compact

CLAIM_COLUMNS = ("asked", "verdict", "tightness", "draws", "seconds", "budget", "level", "seed", "remarks")
RUN_COLUMNS = ("run", "began", "ended", "judged", "verdicts", "budget", "alpha", "seed", "command")


def history_command(spelled: str | None, *, ledger: Path | None, output: Path | None, last: int) -> None:
    """Print the history of a claim, or the last runs; write it as CSV.

    Args:
        spelled: id, path or bare name of a claim; None for the runs.
        ledger: the file; the usual one when None.
        output: a .csv file.
        last: how many runs.

    Raises:
        ValueError: there is no ledger, it knows nothing of the claim, or the output can't be written.
    """
    if output is not None and output.suffix != ".csv":
        raise ValueError(f"--output {output} ends in {output.suffix or 'nothing'!r}; it ends in .csv.")
    if last < 1:
        raise ValueError(f"--last is {last}; it is a number of runs, at least 1.")
    with reading(ledger) as book:
        entries = book.recent(last) if spelled is None else _of_claim(book, spelled)
        where = book.path
    if not entries:
        raise ValueError(f"the ledger {where} knows nothing of {spelled or 'any claim'}. Judge it first (distillcheck "
                         "verify), or name another ledger (--ledger).")
    rows = _runs(entries) if spelled is None else _judgements(entries)
    header = RUN_COLUMNS if spelled is None else CLAIM_COLUMNS
    console = Console(highlight=False, soft_wrap=True)
    for row in rows:
        for line in (_run_lines if spelled is None else _judgement_lines)(row):
            console.print(line)
    if output is not None:
        try:
            write_csv(output, header, rows)
        except OSError as error:
            raise ValueError(f"--output {output} can't be written: {error.strerror}. Name a file in a folder you may "
                             "write to.") from error


@contextmanager
def reading(named: Path | None) -> Iterator[Ledger]:
    """The ledger, to be read.

    Raises:
        ValueError: there is none, or it can't be read.
    """
    path, explicit = place(named)
    if not path.exists():
        raise LedgerError(f"there is no ledger {path}: nothing has been kept yet. Judge a claim first (distillcheck "
                          "verify), or name another ledger (--ledger).")
    try:
        with closing(Ledger(path, explicit=explicit)) as ledger:
            for told in ledger.told:
                raise LedgerError(f"{told}.")
            yield ledger
    except (sqlite3.Error, Damaged) as error:
        raise LedgerError(f"the ledger {path} can't be read: {words(error)}. Move it away, and judge again.") from error


def _of_claim(ledger: Ledger, spelled: str) -> list[Entry]:
    """A claim whose file is gone is still known by its name."""
    try:
        targets = find_targets([spelled])
    except ClaimError:
        raise
    except ValueError:
        return ledger.history(spelled)
    if len(targets) != 1:
        raise ValueError(f"{spelled!r} names {len(targets)} claims; name one, such as {targets[0].id}.")
    return ledger.history(targets[0].id, targets[0].path)


def last_verdict(name: str, path: str, digest: str) -> str:
    """What the ledger last said of a claim, in a sentence; empty if there is no ledger or it says nothing."""
    try:
        with reading(None) as ledger:
            judged = [entry for entry in ledger.history(name, path) if entry.verdict]
    except LedgerError:
        return ""
    if not judged:
        return ""
    entry = judged[-1]
    assert entry.verdict
    changed = "" if entry.asked.content == digest else "; the file has changed since"
    return (f"last verdict: {entry.verdict.status} on {entry.started[:10]}, budget {entry.budget}, level "
            f"{entry.asked.level:.2g}{changed}")


def _judgements(entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for before, entry in zip([None, *entries], entries, strict=False):
        verdict, remarks = entry.verdict, []
        if before is not None and before.asked.content != entry.asked.content:
            remarks.append("the file was changed")
        if before is not None and (different := changes(before.numerics, entry.numerics)):
            remarks.append(different)
        if verdict is None:
            remarks.append(f"the run was {entry.how}" if entry.how != "running" else "being judged")
        elif not verdict.final:
            remarks.append("to be judged again")
        rows.append((_minute(entry.started), verdict.status if verdict else "", verdict.tightness if verdict else None,
                     verdict.replicates if verdict else None, verdict.seconds if verdict else None, entry.budget,
                     entry.asked.level, entry.seed, "; ".join(remarks)))
    return rows


def _runs(entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    by_run: dict[int, list[Entry]] = {}
    for entry in entries:
        by_run.setdefault(entry.run, []).append(entry)
    rows = []
    for number, asked in sorted(by_run.items()):
        first = asked[0]
        counts = Counter(entry.verdict.status for entry in asked if entry.verdict)
        rows.append((number, _minute(first.started), first.how, f"{counts.total()} of {len(asked)}",
                     ", ".join(f"{counts[status]} {status}" for status in Status if counts[status]), first.budget,
                     first.alpha, str(first.seed), first.command))
    return rows


def _minute(time: str) -> str:
    """Date and time of day to the minute, in universal time."""
    return f"{time[:16].replace('T', ' ')} UTC"


def _run_lines(row: Sequence[Any]) -> Iterator[Text]:
    run, began, ended, judged, verdicts, *_, command = row
    yield Text(f"{run:>4}  {began}  {ended:<11}  {judged} judged{': ' if verdicts else ''}{verdicts}")
    yield Text(f"      {command}", "dim")


def _judgement_lines(row: Sequence[Any]) -> Iterator[Text]:
    asked, status, tightness, draws, seconds, budget, level, seed, remarks = row
    figures = [f"tightness {tightness:.3f}" if tightness is not None else "",
               f"{compact(draws)} draws" if draws else "", f"{seconds:.1f} s" if seconds is not None else ""]
    line = Text(f"{asked}  ").append(f"{status:<{WIDEST_STATUS}}", COLOURS.get(status, ""))
    yield line.append(f"  {budget}, level {level:.2g}, seed {seed}" + "".join(f", {each}" for each in figures if each))
    if remarks:
        yield Text(f"{'':<{len(asked)}}  {remarks}", "yellow")
