"""Results as a Markdown table."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterable
from pathlib import Path

import numba
import numpy as np
import scipy

from benchmarks.compiled import FLAGS, compiler
from benchmarks.many_runs import markdown
from benchmarks.timing import Measured, Result, Spread
from benchmarks.workload import PROJECT, C, Unavailable

HEADER = ("workload", "route", "time", "ratio", "target", "reached")
CAPTION = ("Medians (quartiles) of {rounds} interleaved rounds. A ratio is the route's time over the project's, "
           "and for C the project's over C's.")


def table(results: Iterable[Result]) -> str:
    """One line per route of every workload."""
    return markdown(HEADER, [_line(measured) for result in results for measured in result.measured])


def notes(results: Iterable[Result]) -> list[str]:
    """What was left out, each reason once."""
    reasons: dict[str, list[str]] = {}
    for result in results:
        for route, why in result.left_out.items():
            reasons.setdefault(f"{route} is left out: {why}", []).append(result.workload.name)
    return [f"{reason} ({', '.join(where)})." for reason, where in reasons.items()]


def duration(seconds: float) -> str:
    """Three digits in the unit that fits."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def machine() -> str:
    """Processor, compiler and versions."""
    try:
        command = compiler()
        version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False).stdout
        built = f"{version.partition(chr(10))[0]} {' '.join(FLAGS[:4])}"
    except Unavailable:
        built = "no C compiler"
    return (f"{_processor()}; Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}, "
            f"Numba {numba.__version__}; {built}")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
                platform.machine())


def _line(measured: Measured) -> dict[str, str]:
    target = measured.workload.targets.get(measured.route)
    limit = "at most" if measured.route == C else "at least"
    workload = measured.workload
    return {
        "workload": f"`{workload.name}`: {workload.title}" if measured.route == PROJECT else "",
        "route": measured.route,
        "time": f"{duration(measured.seconds.median)} a {workload.unit}",
        "ratio": "" if measured.ratio is None else _spread(measured.ratio),
        "target": "" if target is None else f"{limit} {target:g}",
        "reached": "" if measured.reached is None else "yes" if measured.reached else "NO",
    }


def _spread(ratio: Spread) -> str:
    return f"{ratio.median:.3g} ({ratio.low:.3g} to {ratio.high:.3g})"
