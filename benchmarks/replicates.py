"""One claim, very many replicates: memory and time.

    python -m benchmarks.replicates

Confirms a claim at a resolution that no number of draws below the limit can settle, so all of them are made: the mean
of uniform numbers against 1/2. Each count runs in a process of its own, whose largest memory is reported.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from multiprocessing import get_context
from typing import Any

from benchmarks.many_runs import markdown
from verify import BUDGETS, Claim
from verify.confirm import confirm
from verify.draws import Drawer
from verify.explore import Explorer
from verify.instance import make_instance
from verify.plan import Plan
from verify.terms import Relation

BLOCK = 4096
UNDECIDABLE = 1e-9
MEMORY_LIMIT_MB = 500
# ru_maxrss is in kilobytes on Linux and in bytes on macOS.
RSS_UNIT = 2**20 if sys.platform == "darwin" else 2**10


def sample(rng, size):
    return rng.random(size)


def claim() -> Claim:
    """Uniform numbers have mean 1/2."""
    return Claim(title="Uniform numbers have mean 1/2", source="folklore", given={}, sample=sample, support=(0, 1),
                 bound=lambda c=0.5: c, controls=[{"c": 0.4}], block=BLOCK)


def measure(replicates: int) -> dict[str, Any]:
    """One row: `replicates` draws, rounded up to whole blocks."""
    statement = claim().statement()
    drawer = Drawer(statement, 0)
    point = Explorer(statement, drawer, BUDGETS["deep"]).evaluate(make_instance({}, statement.claim.namespace))
    before = resource.getrusage(resource.RUSAGE_SELF)
    plan = Plan(Relation.AT_MOST, UNDECIDABLE, 1e-12, 1e-12, "confirm", -(-replicates // BLOCK), BLOCK)
    started = time.perf_counter()
    outcome = confirm(drawer, point, plan)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    low, high = outcome.interval
    return {"replicates": f"{outcome.draws:,}", "decision": str(outcome.decision), "wall s": f"{seconds:.2f}",
            "CPU s": f"{cpu:.2f}", "CPU ns each": f"{1e9 * cpu / outcome.draws:.1f}",
            "memory before MB": round(before.ru_maxrss * 1024 / RSS_UNIT / 1024),
            "peak MB": round(after.ru_maxrss * 1024 / RSS_UNIT / 1024),
            "interval": f"{low:.6f} ... {high:.6f}"}


def main() -> None:
    """Print the table; exit status 1 if memory is beyond its limit."""
    parser = argparse.ArgumentParser(description=str(__doc__), formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--replicates", type=float, nargs="*", default=[1e6, 6e6, 1e7, 1e8])
    rows = []
    for replicates in parser.parse_args().replicates:
        with get_context("spawn").Pool(1) as pool:
            rows.append(pool.apply(measure, (int(replicates),)))
    print(markdown(list(rows[0]), rows))
    largest = max(row["peak MB"] for row in rows)
    print(f"\nlargest peak {largest} MB, limit {MEMORY_LIMIT_MB} MB")
    sys.exit(largest > MEMORY_LIMIT_MB)


if __name__ == "__main__":
    main()
