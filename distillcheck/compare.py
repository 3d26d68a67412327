"""The command `compare`: bound, exact value and simulation along one parameter."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from distillcheck.cells import write_csv
from distillcheck.history import last_verdict
from distillcheck.targets import find_target
from verify.api import valid_seed
from verify.claim import Claim, Statement
from verify.draws import Drawer, support_at
from verify.eprocess import lower_limit, upper_limit
from verify.exact import as_number
from verify.identity import text_of
from verify.instance import Instance, decode_instance, make_instance, show
from verify.loading import load
from verify.search import call_user, simplest
from verify.terms import ClaimError, Relation

FIGURES = (".png", ".svg", ".pdf")
COLUMNS = ("bound", "exact", "simulation", "low", "high")


@dataclass(frozen=True)
class Row:
    """One value of the parameter; NaN where there is nothing."""

    value: Any
    bound: float
    exact: float = math.nan
    simulation: float = math.nan
    low: float = math.nan
    high: float = math.nan


def compare_command(spelled: str, over: str, *, outputs: Sequence[Path], at: str | None, points: int, draws: int,
                    alpha: float, seed: int) -> None:
    """Print the table; write figures and CSV files.

    Raises:
        ValueError: an argument is unusable, or the claim is broken.
    """
    for output in outputs:
        if output.suffix not in (*FIGURES, ".csv"):
            raise ValueError(f"--output {output} ends in {output.suffix or 'nothing'!r}; it ends in "
                             f"{', '.join(FIGURES)} or .csv.")
    if points < 1 or draws < 1 or not 0 < alpha < 1:
        raise ValueError(f"points={points}, draws={draws}, alpha={alpha}: the first two are at least 1, alpha is in "
                         "(0, 1).")
    valid_seed(seed)
    target = find_target(spelled)
    claim = load(target)
    name, values = parse_range(over, points)
    rows = sweep(claim, name, values, at=at, draws=draws, alpha=alpha, seed=seed)
    fixed = base_instance(claim, at)
    held = ", ".join(f"{key}={show(value)}" for key, value in fixed.values.items() if key != name)
    console = Console(highlight=False)
    console.print(_table(rows, name, f"{target.id}: left-hand side {claim.relation} bound"
                         + (f" at {held}" if held else "")))
    if said := last_verdict(target.id, target.path, text_of(target).digest):
        console.print(Text(said, "dim"), soft_wrap=True)
    for output in outputs:
        try:
            if output.suffix == ".csv":
                write_csv(output, (name, *COLUMNS),
                          [(row.value, *(getattr(row, column) for column in COLUMNS)) for row in rows])
            else:
                _draw(output, rows, name, claim, held)
        except OSError as error:
            raise ValueError(f"--output {output} can't be written: {error.strerror}. Name a file in a folder you may "
                             "write to.") from error
        console.print(f"wrote {output}", soft_wrap=True)


def parse_range(text: str, points: int) -> tuple[str, list[Any]]:
    """`n=2:256` (whole numbers, geometric), `p=0.1:0.9` (evenly spaced) or `k=1,3,5`.

    Raises:
        ValueError: it is none of these.
    """
    name, _, body = text.partition("=")
    numbers = re.split("[:,]", body)
    try:
        parsed = [_number(number) for number in numbers]
    except (ValueError, ZeroDivisionError):
        parsed = []
    if not name.isidentifier() or not parsed or (":" in body and (len(parsed) != 2 or parsed[0] > parsed[1])):
        raise ValueError(f"--over {text!r} is no range; write a parameter and low:high, or a list: n=2:256, "
                         "p=0.1:0.9, k=1,3,5.")
    if ":" not in body:
        return name, parsed
    low, high = parsed
    if isinstance(low, int) and isinstance(high, int):
        if high - low < points:
            return name, list(range(low, high + 1))
        grid = np.geomspace(max(low, 1), high, points) if low >= 0 else np.linspace(low, high, points)
        return name, sorted({low, high, *(round(value) for value in grid)})
    return name, [float(value) for value in np.linspace(float(low), float(high), points)]


def _number(text: str) -> Any:
    text = text.strip()
    if re.fullmatch(r"[+-]?\d+", text):
        return int(text)
    number = Fraction(text) if "/" in text else float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def base_instance(claim: Claim, at: str | None) -> Instance:
    """The instance whose one parameter is varied.

    Raises:
        ValueError: `at` is no instance.
    """
    if at is not None:
        try:
            return decode_instance(json.loads(at), claim.namespace)
        except json.JSONDecodeError as error:
            raise ValueError(f"--at {at!r} is no JSON: {error}. Copy an instance from the JSON of verify.") from error
    if claim.tight_at is not None:
        return make_instance(claim.tight_at, claim.namespace)
    return simplest(claim.statement())


def sweep(claim: Claim, name: str, values: Sequence[Any], *, at: str | None, draws: int, alpha: float,
          seed: int) -> list[Row]:
    """One row for each value that satisfies the claim's hypotheses.

    Raises:
        ValueError: the parameter doesn't exist, or no value satisfies the hypotheses.
    """
    base = base_instance(claim, at)
    if name not in base.values:
        raise ValueError(f"{claim.id} has no parameter {name!r}; it has {', '.join(base.values) or 'none'}.")
    statement = claim.statement()
    rows, problem = [], ClaimError("assume doesn't hold there")
    for value in values:
        # A range may run over values that the theorem excludes, such as even numbers of votes: try the next one.
        for near in (value, value + 1) if isinstance(value, int) and value < values[-1] else (value,):
            instance = make_instance({**base.values, name: near}, claim.namespace)
            try:
                if call_user("assume", instance, statement.holds_hypotheses, instance.values):
                    rows.append(_row(statement, instance, near, draws, alpha / len(values), seed))
                    break
            except ClaimError as error:
                problem = error
    if not rows:
        raise ValueError(f"no value of {name} gives an instance of {claim.id} with the other parameters at {base}: "
                         f"{problem}. Choose others with --at.")
    return list({row.value: row for row in rows}.values())


def _row(statement: Statement, instance: Instance, value: Any, draws: int, level: float, seed: int) -> Row:
    bound = float(call_user("bound", instance, lambda: as_number(statement.bound(instance.values), "bound")))
    left = call_user("exact", instance, statement.exact, instance.values)
    exact = math.nan if left is None else float(as_number(left, "exact"))
    if statement.claim.sample is None:
        return Row(value, bound, exact)
    support = call_user("support", instance, support_at, statement, instance)
    drawer, block = Drawer(statement, seed), statement.claim.block
    blocks = [call_user("sample", instance, drawer.fresh, instance, "compare", index, block)
              for index in range(math.ceil(draws / block))]
    drawn = np.concatenate(blocks)
    return Row(value, bound, exact, float(drawn.mean()), lower_limit(drawn, support.low, level / 2),
               upper_limit(drawn, support.high, level / 2))


def _table(rows: Sequence[Row], name: str, title: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in (name, *COLUMNS):
        table.add_column(column, justify="right")
    for row in rows:
        cells = [getattr(row, column) for column in COLUMNS]
        table.add_row(show(row.value), *("" if math.isnan(cell) else f"{cell:.6g}" for cell in cells))
    return table


def _draw(output: Path, rows: Sequence[Row], name: str, claim: Claim, held: str) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.5), layout="constrained")
    at = [float(row.value) for row in rows]
    heights = [height for row in rows for height in (row.bound, row.exact, row.simulation) if math.isfinite(height)]
    sense = {Relation.AT_MOST: "upper bound", Relation.AT_LEAST: "lower bound", Relation.EQUAL: "stated value"}
    # Markers tell the curves apart in grey print as well.
    axes.plot(at, [row.bound for row in rows], "-s", ms=4, label=sense[Relation(claim.relation)])
    if any(math.isfinite(row.exact) for row in rows):
        axes.plot(at, [row.exact for row in rows], "--x", label="exact")
    if any(math.isfinite(row.simulation) for row in rows):
        sides = np.array([[row.simulation - row.low, row.high - row.simulation] for row in rows]).T
        axes.errorbar(at, [row.simulation for row in rows], yerr=np.where(np.isfinite(sides), sides, 0.0), fmt="o",
                      ms=4, capsize=3, label="simulation, anytime-valid interval")
    if len(at) > 2 and min(at) > 0 and max(at) / min(at) > 20:
        axes.set_xscale("log")
    if heights and min(heights) > 0 and max(heights) / min(heights) > 20:
        axes.set_yscale("log")
    axes.set_xlabel(name)
    axes.set_ylabel("left-hand side")
    axes.set_title(claim.title + (f"\nat {held}" if len(held) < 90 and held else ""), fontsize=10, wrap=True)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(output, dpi=150)
    plt.close(figure)
