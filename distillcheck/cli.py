"""The command line."""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from distillcheck import __version__
from distillcheck.rooms import misplaced_rooms

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)



def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"distillcheck {__version__}")
        raise typer.Exit


@app.callback()
def options(version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True,
                                                  help="Print the version.")] = False) -> None:
    """Check theorems about knowledge distillation.

    By exact arithmetic, and by Monte Carlo whose error guarantee survives an adversarial search.
    """
    for stream in (sys.stdout, sys.stderr):
        # A claim's texts may hold what the terminal's encoding doesn't.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


Alpha = Annotated[float, typer.Option(help="Probability that the run calls any true claim REFUTED or ERROR.")]
Seed = Annotated[int, typer.Option(help="Seed of everything random, at least 0.")]
LedgerFile = Annotated[Path | None, typer.Option("--ledger", metavar="FILE", help="Where runs are kept; with the "
                                                 "user's data by default.")]
BudgetName = Annotated[str, typer.Option(help="quick, standard or deep.")]


def fail(message: str) -> NoReturn:
    """A user's mistake: one paragraph on standard error, exit status 2."""
    typer.echo(f"distillcheck: {message}", err=True)
    raise typer.Exit(2)


@app.command()
def verify(
    targets: Annotated[list[str] | None, typer.Argument(
        metavar="[TARGET]...", help="Claims by id (kaplun2022.cover_hart), paper (kaplun2022) or path "
                                    "(my_theorem.py); the whole catalogue if none.")] = None,
    alpha: Alpha = 0.01,
    seed: Seed = 0,
    budget: BudgetName = "standard",
    jobs: Annotated[int | None, typer.Option(help="Worker processes; the number of cores by default.")] = None,
    cluster: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Judge on the workers of a Dask scheduler, "
                                                "such as tcp://host:8786, or local:N to start N here.")] = None,
    json_file: Annotated[str | None, typer.Option("--json", metavar="FILE", help="Write the verdicts as JSON "
                                                  "(- for standard output).")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an earlier run of the same command stopped.")
                      ] = False,
    ledger: LedgerFile = None,
    no_ledger: Annotated[bool, typer.Option("--no-ledger", help="Keep nothing of this run.")] = False,
    timeout: Annotated[str | None, typer.Option(metavar="TIME", help="Give up on a claim after this time (90, 15m, "
                                                "2h): it is INCONCLUSIVE.")] = None,
    run_timeout: Annotated[str | None, typer.Option(metavar="TIME", help="End the run after this time.")] = None,
) -> None:
    """Judge claims. Exit status: 1 something REFUTED; else 2 usage or an ERROR; else 3 something INCONCLUSIVE or
    UNDERPOWERED; else 0; 130 after Ctrl-C."""
    from distillcheck.verifying import Asked, verify_command

    try:
        code = verify_command(Asked(targets or [], alpha, seed, budget, jobs, cluster, json_file, resume, ledger,
                                    not no_ledger, timeout, run_timeout))
    except ValueError as error:
        fail(str(error))
    raise typer.Exit(code)


@app.command(name="list")
def list_claims() -> None:
    """The catalogue, a line a claim."""
    from distillcheck.listing import list_command

    list_command()


@app.command()
def show(
    claim: Annotated[str, typer.Argument(help="Id or path of a claim.")],
    latex: Annotated[bool, typer.Option("--latex", help="Print the theorem as a LaTeX fragment.")] = False,
) -> None:
    """One theorem: statement, hypotheses, source, controls, its proof step by step, and its note."""
    from distillcheck.showing import show_command

    try:
        show_command(claim, latex)
    except ValueError as error:
        fail(str(error))


@app.command()
def compare(
    claim: Annotated[str, typer.Argument(help="Id or path of a claim.")],
    over: Annotated[str, typer.Option(help="Parameter and range, such as n=2:256, p=0.1:0.9 or k=1,3,5.")],
    output: Annotated[list[Path] | None, typer.Option("-o", "--output", help="Figure (.png, .svg, .pdf) or table "
                                                      "(.csv); may be repeated.")] = None,
    at: Annotated[str | None, typer.Option(help="JSON of the other parameters, as in a verdict's instance; else "
                                           "tight_at, else the simplest instance.")] = None,
    points: Annotated[int, typer.Option(help="Most points along the range.")] = 12,
    draws: Annotated[int, typer.Option(help="Draws at each point.")] = 100_000,
    alpha: Alpha = 0.01,
    seed: Seed = 0,
) -> None:
    """Bound, exact value and simulation side by side along one parameter."""
    from distillcheck.compare import compare_command

    try:
        compare_command(claim, over, outputs=output or [], at=at, points=points, draws=draws, alpha=alpha, seed=seed)
    except ValueError as error:
        fail(str(error))


@app.command()
def replay(
    file: Annotated[str, typer.Argument(help="JSON written by verify --json (- for standard input).")],
    claims: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the claim files that it names must lie; "
                                         "they are programs, and are run.")] = Path(),
) -> None:
    """Compute a run's numbers again from its JSON. Exit status: 0 the same, 1 different, 2 unusable."""
    from distillcheck.replaying import replay_command

    try:
        code = replay_command(file, claims)
    except ValueError as error:
        fail(str(error))
    raise typer.Exit(code)


@app.command()
def history(
    claim: Annotated[str | None, typer.Argument(help="Id or path of a claim; the last runs if none.")] = None,
    ledger: LedgerFile = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the table as CSV.")] = None,
    last: Annotated[int, typer.Option(help="How many runs are listed.")] = 20,
) -> None:
    """What was found of a claim before, or which runs there were last."""
    from distillcheck.history import history_command

    try:
        history_command(claim, ledger=ledger, output=output, last=last)
    except ValueError as error:
        fail(str(error))


@app.command()
def report(
    output: Annotated[Path, typer.Option("-o", "--output", help="The page, a file that ends in .html.")] = Path(
        "report.html"),
    ledger: LedgerFile = None,
) -> None:
    """The last verdict of every claim that was judged, as one HTML page that needs nothing else."""
    from distillcheck.report import report_command

    try:
        report_command(output, ledger)
    except ValueError as error:
        fail(str(error))


@app.command()
def tables(
    file: Annotated[str, typer.Argument(help="JSON written by verify --json (- for standard input).")],
    into: Annotated[list[Path] | None, typer.Option(help="Text file whose tables are made anew, between "
                                                    "<!-- abstract: PAPER --> or <!-- catalogue: PAPER --> and "
                                                    "<!-- end -->; may be repeated.")] = None,
) -> None:
    """What the papers say and the whole catalogue with a run's verdicts, as Markdown tables."""
    from distillcheck.tables import tables_command

    try:
        tables_command(file, into or [])
    except ValueError as error:
        fail(str(error))


def main() -> None:
    """Entry point of the command."""
    problem = misplaced_rooms()
    if problem:
        typer.echo(f"distillcheck: {problem}", err=True)
        sys.exit(2)
    from verify.judging import COLLECT_SELDOM

    # Before anything heavy: while libraries are imported there is nothing to collect, and a search leaves little.
    gc.set_threshold(*COLLECT_SELDOM)
    app()
