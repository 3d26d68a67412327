"""How often does the engine refute a false claim?

    python -m benchmarks.power --runs 200

Four ways to be slightly wrong, at the standard budget: a bounded mean off by 5%; an equality off by 0.5% of a mean of
1/3 with standard deviation 0.3; a bound that fails by 0.04 on 2% of a two-dimensional box and holds with equality
elsewhere; a probability of 1/1000 off by a factor of two.
"""

from __future__ import annotations

import argparse
from typing import Any

from hypothesis import strategies as st
from scipy.stats import binomtest

from benchmarks.many_runs import count, judge_many, markdown
from verify import Claim, Status

# Beta(A, B) has mean 1/3 and standard deviation 0.3.
TOTAL = (2 / 9) / 0.09 - 1
A, B = TOTAL / 3, 2 * TOTAL / 3
CORNER = (0.31, 0.62)
SIDE = 0.02**0.5
UNIT = st.floats(0, 1)


def beta(x, rng, size):
    return rng.beta(A, B, size)


def uniform(x, rng, size):
    return rng.random(size)


def rare(x, rng, size):
    return rng.random(size) < 0.002


def half(x, y, rng, size):
    return rng.random(size) < 0.5


def corner_bound(x, y, c=1.0):
    inside = CORNER[0] <= x <= CORNER[0] + SIDE and CORNER[1] <= y <= CORNER[1] + SIDE
    return c * (0.46 if inside else 0.5)


CLAIMS: dict[str, tuple[float, dict[str, Any]]] = {
    "mean off by 5%": (0.99, {"sample": uniform, "bound": lambda x, c=1.0: c * 0.5 / 1.05}),
    "equality off by 0.5%": (0.95, {"sample": beta, "bound": lambda x, c=1.0: c * 1.005 / 3, "relation": "=="}),
    "2% of a box, by 0.04": (0.95, {"sample": half, "bound": corner_bound, "given": {"x": UNIT, "y": UNIT}}),
    "1/1000 off by a factor 2": (0.99, {"sample": rare, "bound": lambda x, c=1.0: c * 0.001}),
}


def claim(name: str) -> Claim:
    """A false claim."""
    fields = {"given": {"x": UNIT}, **CLAIMS[name][1]}
    return Claim(title=name, source="made to be false", support=(0, 1), controls=[{"c": 0.5}], **fields)


def row(name: str, runs: int, budget: str, jobs: int | None) -> dict[str, Any]:
    """One line of the table."""
    verdicts = judge_many(claim, name, runs, alpha=0.01, budget=budget, jobs=jobs)
    refuted = count(verdicts, Status.REFUTED)
    low = binomtest(refuted, runs).proportion_ci(0.95, "exact").low
    missed = ", ".join(f"{count(verdicts, status)} {status}" for status in Status
                       if status is not Status.REFUTED and count(verdicts, status))
    return {"claim": name, "runs": runs, "refuted": f"{refuted / runs:.1%} (at least {low:.1%})",
            "wanted": f"{CLAIMS[name][0]:.0%}", "missed": missed or "none",
            "reached": "yes" if refuted >= CLAIMS[name][0] * runs else "NO"}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=str(__doc__), formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=100, help="runs of each claim")
    parser.add_argument("--budget", default="standard")
    parser.add_argument("--jobs", type=int, default=None, help="processes; all cores by default")
    parser.add_argument("--claim", choices=CLAIMS, action="append", help="only this one; may be repeated")
    arguments = parser.parse_args()
    rows = [row(name, arguments.runs, arguments.budget, arguments.jobs) for name in arguments.claim or CLAIMS]
    print(markdown(list(rows[0]), rows))


if __name__ == "__main__":
    main()
