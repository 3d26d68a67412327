"""Time to a verdict, from the shell, against the script that a researcher would write.

    python -m benchmarks.verdicts --budget quick

The script draws as many replicates at each point of its grid as Hoeffding's inequality asks for, so that with certainty
1 - alpha over the whole grid no mean of values in [0, 1] is further from its estimate than half of the budget's
`fraction`: the coarsest that a verdict of that budget ever is, and most are finer or exact. That takes hours, so it is
timed on a few replicates at every point of the grid. The script gives no proof, tries no wrong theorem, and looks
nowhere but at its grid.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.many_runs import markdown
from benchmarks.scripts import SCRIPTS, Script
from benchmarks.workload import Unavailable, scikit_learn
from verify.budget import BUDGETS

LEAST_SECONDS = 0.01
HEADER = ("claim", "verdict", "resolution", "seconds", "script with", "points", "replicates each", "script's hours",
          "ratio")


def verdict_of(claim: str, budget: str, alpha: float) -> tuple[dict[str, Any], float]:
    """The verdict's record, and the seconds that `distillcheck verify` took; RuntimeError if it failed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.json"
        command = [sys.executable, "-m", "distillcheck", "verify", claim, "--budget", budget, "--alpha", str(alpha),
                   "--json", str(path)]
        begin = time.perf_counter()
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        seconds = time.perf_counter() - begin
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return json.loads(path.read_text(encoding="utf-8"))["claims"][0], seconds


def replicates(resolution: float, points: int, alpha: float) -> int:
    """Least N with 2 * points * exp(-2 N resolution^2) <= alpha, for values in [0, 1]."""
    return math.ceil(math.log(2 * points / alpha) / (2 * resolution**2))


def seconds_each(script: Script) -> list[float]:
    """Seconds of one replicate at each point of the grid, from calls of at least `LEAST_SECONDS`."""
    rng, found = np.random.default_rng(0), []
    for parameters in script.grid():
        script.draw(rng, 1, **parameters)
        size = 1
        while True:
            begin = time.perf_counter()
            script.draw(rng, size, **parameters)
            seconds = time.perf_counter() - begin
            if seconds >= LEAST_SECONDS or size > 1 << 18:
                break
            size *= 4
        found.append(seconds / size)
    return found


def row(script: Script, budget: str, alpha: float, runs: int) -> dict[str, Any]:
    """One line of the table, verdict and script in turn."""
    times, each = [], []
    record: dict[str, Any] = {}
    verdict_of(script.claim, budget, alpha)
    for _ in range(runs):
        record, seconds = verdict_of(script.claim, budget, alpha)
        times.append(seconds)
        each.append(seconds_each(script))
    points, ours = len(each[0]), statistics.median(times)
    count = replicates(BUDGETS[budget].fraction / 2, points, alpha)
    theirs = count * statistics.median(sum(seconds) for seconds in each)
    return {"claim": script.claim, "verdict": record["status"], "seconds": f"{ours:.1f}",
            "resolution": f"{record['resolution']:.2g}" if record["resolution"] else "exact",
            "script with": script.libraries, "points": points, "replicates each": f"{count:,}",
            "script's hours": f"{theirs / 3600:.3g}", "ratio": f"{theirs / ours:,.3g}", "_ratio": theirs / ours}


def main() -> None:
    """Print the table, and the median ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--budget", default="standard", choices=("quick", "standard"))
    parser.add_argument("--alpha", type=float, default=0.01)
    parser.add_argument("--runs", type=int, default=3, help="runs of each, of which the median counts")
    arguments = parser.parse_args()
    try:
        scikit_learn("neighbors")
    except Unavailable as error:
        parser.error(str(error))
    rows = [row(script, arguments.budget, arguments.alpha, arguments.runs) for script in SCRIPTS]
    print(markdown(HEADER, rows))
    print(f"\nMedian ratio: {statistics.median(row['_ratio'] for row in rows):,.3g}.")


if __name__ == "__main__":
    main()
