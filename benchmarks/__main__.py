"""How fast is the project beside NumPy/SciPy, scikit-learn and C?

    python -m benchmarks                      all workloads
    python -m benchmarks circle torus2        some of them
    python -m benchmarks --list               their names

Every workload is done by each route, after a check that all give the same answers, and a Markdown table is printed.
Exit status: 1 if answers differ, 2 for a name that there is not.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.report import CAPTION, machine, notes, table
from benchmarks.timing import Result, measure
from benchmarks.workload import Workload, load, names


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("workload", nargs="*", help="names of workloads; all by default")
    parser.add_argument("--rounds", type=_positive, default=21, help="rounds of every workload, 21 by default")
    parser.add_argument("--list", action="store_true", help="print the workloads and stop")
    chosen = parser.parse_args(arguments)
    try:
        workloads = [load(name) for name in chosen.workload or names()]
    except ValueError as error:
        parser.error(str(error))
    if chosen.list:
        for workload in workloads:
            print(f"{workload.name:16}{workload.title}")
        return 0
    return _report(workloads, chosen.rounds)


def _report(workloads: list[Workload], rounds: int) -> int:
    results: list[Result] = []
    wrong = 0
    for workload in workloads:
        print(f"{workload.name} ...", file=sys.stderr, flush=True)
        try:
            results.append(measure(workload, rounds))
        except AssertionError as error:
            print(f"{workload.name}: routes disagree, so none is timed: {error}", file=sys.stderr)
            wrong = 1
    if results:
        print("\n\n".join((machine() + ".", CAPTION.format(rounds=rounds), table(results))))
        for note in notes(results):
            print(f"\n{note}")
    return wrong


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} rounds give no median; give an integer of at least 1.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
