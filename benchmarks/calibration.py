"""How often does the engine call a true claim REFUTED or ERROR?

    python -m benchmarks.calibration --runs 4000

Every claim here is true and holds with equality at every instance, the worst case for false refutations. The
whole engine runs each time: search, soundness tests, confirmation, controls. It runs at alpha = 0.01; whether it
would have refuted at alpha = 0.05 is read off the run's largest e-value. Each rate is tested against its alpha by an
exact binomial test.
"""

from __future__ import annotations

import argparse
import math
from typing import Any

from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from benchmarks.many_runs import count, judge_many, markdown
from verify import Budget, Claim, Status, Verdict
from verify.plan import REFUTATION_SHARE

ALPHAS = (0.05, 0.01)
SMALL = Budget("small", instances=16, explore_draws=64, candidates=3, blocks=128, shrink_calls=20,
               fraction=0.04, floor=0.01)
BLOCK = 128
PARAMETERS = {"p": st.floats(0.1, 0.9)}


def coin(p, rng, size):
    return rng.random(size) < p


def uniform(p, rng, size):
    return 2 * p * rng.random(size)


def exponential(p, rng, size):
    return rng.exponential(p, size)


def mean(p, factor=1.0):
    return factor * p


CLAIMS: dict[str, dict[str, Any]] = {
    "coin": {"sample": coin, "support": (0, 1)},
    "coin, at least": {"sample": coin, "support": (0, 1), "relation": ">=", "controls": [{"factor": 1.3}]},
    "uniform": {"sample": uniform, "support": lambda p: (0, 2 * p)},
    "exponential": {"sample": exponential, "support": (0, math.inf)},
    "two-sided": {"sample": uniform, "support": lambda p: (0, 2 * p), "relation": "=="},
    "single coin": {"sample": coin, "support": (0, 1), "given": {"p": st.just(0.5)}},
}


def claim(name: str) -> Claim:
    """A true claim that holds with equality everywhere."""
    fields: dict[str, Any] = {"given": PARAMETERS, "controls": [{"factor": 0.7}], **CLAIMS[name]}
    return Claim(title=f"The mean of a {name} is its mean", source="definition", bound=mean, block=BLOCK, **fields)


def false_refutations(verdicts: list[Verdict], alpha: float) -> int:
    """How many runs would have been refuted at this alpha."""
    threshold = -math.log(REFUTATION_SHARE * alpha)
    return sum(v.log_e_value is not None and v.log_e_value >= threshold for v in verdicts)


def row(name: str, runs: int, jobs: int | None) -> dict[str, Any]:
    """One line of the table."""
    verdicts = judge_many(claim, name, runs, alpha=min(ALPHAS), budget=SMALL, jobs=jobs)
    errors = count(verdicts, Status.ERROR)
    line: dict[str, Any] = {"claim": name, "runs": runs, "false ERROR at 0.01": errors}
    for alpha in ALPHAS:
        found = false_refutations(verdicts, alpha) + (errors if alpha == min(ALPHAS) else 0)
        test = binomtest(found, runs, alpha, alternative="greater")
        high = binomtest(found, runs, alpha).proportion_ci(0.99, "exact").high
        line[f"at {alpha:g}"] = f"{found} ({found / runs:.2%}, at most {high:.2%}; p = {test.pvalue:.2g})"
    line["within alpha"] = "yes" if all("p = 0.00" not in line[f"at {a:g}"] for a in ALPHAS) else "NO"
    # Too few refutations at a single instance would mean that the test is duller than it claims to be.
    least = false_refutations(verdicts, max(ALPHAS))
    dull = binom.cdf(least, runs, max(ALPHAS) / 20)
    line["not below alpha / 20"] = f"{'yes' if dull > 1e-3 else 'NO'} ({least / runs:.2%})" if name.startswith(
        "single") else "-"
    return line


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=str(__doc__), formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000, help="runs of each claim")
    parser.add_argument("--jobs", type=int, default=None, help="processes; all cores by default")
    arguments = parser.parse_args()
    rows = [row(name, arguments.runs, arguments.jobs) for name in CLAIMS]
    print(markdown(list(rows[0]), rows))


if __name__ == "__main__":
    main()
