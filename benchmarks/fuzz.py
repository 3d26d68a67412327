"""Thousands of inputs of each kind that nobody would write on purpose: `python -m benchmarks.fuzz --count 10000`.

None may raise what nobody catches, hang, or end with a wrong exit status. Claims are judged at a micro budget. What an
input is depends on the seed and its number alone, so that a finding can be looked at again with --first.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import FrameType
from typing import NoReturn

from benchmarks.fuzzing import claims, ledgers, records

SECONDS = 60
Kind = Callable[[Random, Path], str]
KINDS: dict[str, Kind] = {
    "claims": lambda draw, folder: claims.judged(claims.definition(draw).encode("utf-8", "surrogatepass"), folder),
    "files": lambda draw, folder: claims.judged(claims.changed(draw), folder),
    "ledgers": ledgers.opened,
    "states": ledgers.restored,
    "records": records.replayed,
}


class Hangs(BaseException):
    """An input took too long; no claim's `except Exception` catches it."""


def alarm(number: int, frame: FrameType | None) -> NoReturn:
    raise Hangs(f"still running after {SECONDS} s")


def fuzz(kind: str, first: int, count: int, seed: int) -> tuple[Counter[str], list[int]]:
    """What became of the inputs, and the numbers of those that should not have become it."""
    found: Counter[str] = Counter()
    bad = []
    signal.signal(signal.SIGALRM, alarm)
    for number in range(first, first + count):
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            signal.alarm(SECONDS)
            path = list(sys.path)
            try:
                found[KINDS[kind](Random(f"{kind} {seed} {number}"), Path(folder))] += 1
            except BaseException:
                if sys.exc_info()[0] is KeyboardInterrupt and not bad:
                    raise
                bad.append(number)
                print(f"{kind} {number}:\n{traceback.format_exc()}", flush=True)
            finally:
                signal.alarm(0)
                sys.path[:] = path
    return found, bad


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(KINDS)}; all by default")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    failed = False
    for kind in options.kinds or KINDS:
        began = time.monotonic()
        found, bad = fuzz(kind, options.first, options.count, options.seed)
        counts = ", ".join(f"{count} {name}" for name, count in found.most_common())
        seconds = time.monotonic() - began
        print(f"{kind}: {options.count} inputs in {seconds:.0f} s, {len(bad)} bad; {counts}", flush=True)
        failed |= bool(bad)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
