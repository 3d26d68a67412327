"""The command `report`: the last verdict of every claim in the ledger, as one page that needs nothing else.

Everything on the page is escaped: titles, reasons and instances are texts of claims, and may hold anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import jinja2
import typer

from distillcheck.history import reading
from distillcheck.verifying import check_writable, write_whole
from verify.identity import changes, numerics
from verify.ledger import Entry
from verify.terms import Status
from verify.verdict import Verdict, describe

TEMPLATE = Path(__file__).with_name("report.html.j2")
OWN = "Other claims"


@dataclass(frozen=True)
class Section:
    """A claim as the page shows it; `rows` are names with texts."""

    name: str
    anchor: str
    verdict: Verdict
    rows: Sequence[tuple[str, str]]

    @property
    def tightness(self) -> str:
        """To three digits, empty where there is none."""
        return "" if self.verdict.tightness is None else f"{self.verdict.tightness:.3f}"


def report_command(output: Path, ledger: Path | None) -> None:
    """Write the page.

    Raises:
        ValueError: there is no ledger, it holds no verdict, or the file can't be written.
    """
    if output.suffix.lower() not in (".html", ".htm"):
        raise ValueError(f"--output {output} ends in {output.suffix or 'nothing'!r}; it ends in .html.")
    check_writable("--output", output)
    with reading(ledger) as book:
        entries, where = book.latest(), book.path
    if not entries:
        raise ValueError(f"the ledger {where} holds no verdict yet. Judge a claim first (distillcheck verify).")
    try:
        write_whole(output, page(entries, str(where)))
    except OSError as error:
        raise ValueError(f"--output {output} can't be written: {error.strerror}. Name a file in a folder you may write "
                         "to.") from error
    typer.echo(f"wrote {output}")


def page(entries: Sequence[Entry], ledger: str) -> str:
    """The page about these entries of a ledger, all with verdicts, as HTML."""
    by_name = sorted(entries, key=lambda entry: (entry.asked.name, entry.asked.path))
    sections = [_section(number, entry) for number, entry in enumerate(by_name)]
    counts = Counter(section.verdict.status for section in sections)
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    text = template.render(
        counts=[(str(status), counts[status]) for status in Status if counts[status]], ledger=ledger,
        papers=[(paper or OWN, list(group)) for (_, paper), group in groupby(sorted(sections, key=_paper), _paper)],
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"))
    # A lone surrogate in a claim's text is no character, and can't be written.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _paper(section: Section) -> tuple[bool, str]:
    """Sorts claims by paper; the user's own files come last, under none."""
    paper, dot, _ = section.name.partition(".")
    return not dot, paper if dot else ""


def _section(number: int, entry: Entry) -> Section:
    verdict = entry.verdict
    assert verdict
    different = changes(entry.numerics, numerics())
    rows = [("judged", f"{entry.started[:16].replace('T', ' ')} UTC, budget {entry.budget}, level "
                       f"{entry.asked.level:.2g}, seed {entry.seed}"),
            ("since then", different), ("evidence", ", ".join(verdict.labels)), ("figures", verdict.figures),
            ("error", verdict.error or ""),
            ("counterexample", describe(verdict.counterexample) if verdict.counterexample else ""),
            ("worst instance", describe(verdict.worst) if verdict.worst and not verdict.counterexample else ""),
            ("wrong twins", "; ".join(f"{control.override}: {control.status or 'not asked'}"
                                      for control in verdict.controls)),
            ("proof", verdict.proof_line), ("searched", _searched(verdict)), ("to reproduce", verdict.replay or "")]
    return Section(entry.asked.name, f"claim-{number}", verdict, [(name, text) for name, text in rows if text])


def _searched(verdict: Verdict) -> str:
    """Number of instances and the parameters that were drawn."""
    names = ", ".join(verdict.searched)
    return f"{verdict.instances} instances of {names}" if names else ""
