"""Memory and throughput of a deep run over time: `python -m benchmarks.endurance --minutes 30 -o endurance.svg`.

Claims whose bound is attained, so that every candidate takes all its draws, are judged at the deep budget by two
workers until the time is up. Every few seconds the resident memory of all processes of the run is read from the system,
and the draws taken in so far from the states in the ledger, which is how far a run would be resumed from.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from verify.states import Ended, Midway

TEXT = '''
import numpy as np
from hypothesis import strategies as st
from verify import Claim

def sample(p, rng, size):
    """Means of a few draws, so that the values are many and a block takes about a millisecond."""
    return {draws}

def bound(p, c=1.0):
    return c * p

CLAIM = Claim(title="A mean is at most p", source="benchmark", given={{"p": st.floats(0.2, 0.8)}}, sample=sample,
              bound=bound, support={support}, controls=[{{"c": 0.5}}])
'''
LAWS = {"bounded": ("rng.beta(2.0 * p, 2.0 * (1 - p), (size, 2)).mean(axis=1)", "(0, 1)"),
        "unbounded": ("rng.exponential(p, (size, 2)).mean(axis=1)", "(0, float('inf'))")}
EVERY = 5.0
DECODER = msgspec.msgpack.Decoder(Midway | Ended)


@dataclass
class Reading:
    """At a time: resident bytes of all processes, and draws taken in by all confirmations so far."""

    seconds: float
    memory: int
    draws: int


def processes(group: int) -> list[int]:
    """The processes of a group."""
    listed = subprocess.run(["ps", "-eo", "pid=,pgid="], capture_output=True, text=True, check=True).stdout
    pairs = [line.split() for line in listed.splitlines()]
    return [int(pid) for pid, pgid in pairs if int(pgid) == group]


def resident(group: int) -> int:
    """Bytes that the processes of a group hold in memory, what they share counted once a process."""
    total = 0
    for pid in processes(group):
        try:
            found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
        except OSError:
            continue
        total += int(found[1]) << 10 if found else 0
    return total


def draws(ledger: Path) -> int:
    """Draws of all confirmations that the ledger holds a state of."""
    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as connection:
        states = [DECODER.decode(state) for state, in connection.execute("SELECT state FROM state")]
    connection.close()
    return sum(state.draws if isinstance(state, Ended) else state.size for state in states)


def watch(minutes: float, folder: Path) -> list[Reading]:
    """A deep run, looked at every few seconds."""
    for name, (law, support) in LAWS.items():
        (folder / f"{name}.py").write_text(TEXT.format(draws=law, support=support), encoding="utf-8")
    command = [sys.executable, "-m", "distillcheck", "verify", *(str(folder / f"{name}.py") for name in LAWS),
               "--budget", "deep", "--alpha", "1e-8", "--jobs", "2", "--ledger", str(folder / "ledger.db"),
               "--run-timeout", f"{minutes}m"]
    began, readings = time.monotonic(), []
    with (folder / "out.txt").open("w") as out, subprocess.Popen(command, stdout=out, stderr=out,
                                                                start_new_session=True) as run:
        try:
            while run.poll() is None:
                time.sleep(EVERY)
                if (folder / "ledger.db").exists() and run.poll() is None:
                    readings.append(Reading(time.monotonic() - began, resident(run.pid), draws(folder / "ledger.db")))
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
    print((folder / "out.txt").read_text(encoding="utf-8").strip())
    return readings


def summary(readings: list[Reading], parts: int = 6) -> list[str]:
    """Median memory and throughput of equal parts of the time after the search."""
    confirming = [reading for reading in readings if reading.draws]
    size = max(len(confirming) // parts, 2)
    lines = ["minutes        memory MB (least, median, most)   million draws a second"]
    for start in range(0, len(confirming) - size + 1, size):
        part = confirming[start:start + size]
        memory = [reading.memory / 1e6 for reading in part]
        rate = (part[-1].draws - part[0].draws) / (part[-1].seconds - part[0].seconds)
        lines.append(f"{part[0].seconds / 60:5.1f} - {part[-1].seconds / 60:5.1f}  {min(memory):9.0f} "
                     f"{statistics.median(memory):9.0f} {max(memory):9.0f}   {rate / 1e6:21.2f}")
    return lines


def draw(readings: list[Reading], output: Path) -> None:
    """Both over time, one above the other."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, (above, below) = plt.subplots(2, 1, figsize=(7, 4.5), sharex=True, layout="constrained")
    above.plot([reading.seconds / 60 for reading in readings], [reading.memory / 1e6 for reading in readings])
    above.set_ylabel("resident memory, MB")
    above.set_ylim(bottom=0)
    below.plot([reading.seconds / 60 for reading in readings], [reading.draws / 1e9 for reading in readings])
    below.set_ylabel("draws, billions")
    below.set_xlabel("minutes")
    below.set_ylim(bottom=0)
    for axes in (above, below):
        axes.grid(alpha=0.3)
    figure.savefig(output, metadata={"Date": None} if output.suffix == ".svg" else None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("-o", "--output", type=Path, help="figure, .svg or .png")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        readings = watch(options.minutes, Path(folder))
    print("\n".join(summary(readings)))
    if options.output:
        draw(readings, options.output)


if __name__ == "__main__":
    main()
