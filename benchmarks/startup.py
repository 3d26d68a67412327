"""From the shell to an answer: what the command takes beside the imports it can't do without.

    python -m benchmarks.startup [CLAIM...]

Every line is a process of its own with warm caches. They run in turn, A B C A B C ..., after a round that
doesn't count.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks.many_runs import markdown
from benchmarks.timing import Spread

CLAIMS = ("classics.markov", "kaplun2022.cover_hart", "kaplun2022.student_fresh_teachers")
LIBRARIES = ("numpy", "hypothesis", "numba", "sympy")


def commands(claims: Sequence[str]) -> dict[str, list[str]]:
    """What is timed, by the text that names it."""
    imports = {f"import {name}": ["-c", f"import {name}"] for name in LIBRARIES}
    imports["import all four"] = ["-c", f"import {', '.join(LIBRARIES)}"]
    ours = {"--help": ["--help"], "list": ["list"],
            **{f"verify {claim}": ["verify", claim, "--budget", "quick"] for claim in claims}}
    return imports | {f"distillcheck {text}": ["-m", "distillcheck", *words] for text, words in ours.items()}


def seconds(arguments: Sequence[str]) -> float:
    """The time on the wall of one process; RuntimeError if it fails."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], check=False, capture_output=True, text=True)
    taken = time.perf_counter() - started
    if done.returncode != 0:
        raise RuntimeError(f"python {' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return taken


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="*", default=CLAIMS, help="claims to verify")
    parser.add_argument("--rounds", type=int, default=11)
    arguments = parser.parse_args()
    todo = commands(arguments.claims)
    rounds = [{text: seconds(words) for text, words in todo.items()} for _ in range(arguments.rounds + 1)][1:]
    rows = []
    for text in todo:
        spread = Spread.of([each[text] for each in rounds])
        ratio = Spread.of([each[text] / each["import all four"] for each in rounds])
        rows.append({"process": f"`{text}`", "seconds": f"{spread.median:.2f} ({spread.low:.2f} to {spread.high:.2f})",
                     "over the four imports": f"{ratio.median:.2f}"})
    print(markdown(("process", "seconds", "over the four imports"), rows))


if __name__ == "__main__":
    main()
