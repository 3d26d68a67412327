"""Runs of the whole catalogue, killed at random moments and resumed: `python -m benchmarks.kills --kills 200`.

A run is started in a process group of its own, killed with SIGKILL (all its workers with it) after a time drawn
uniformly between 0 and what an undisturbed run takes, and resumed until it ends. Its verdicts must be those of the
undisturbed run, byte for byte but for the seconds, every claim must have one, and no claim may have been taken up under
another text or other versions than it is judged with. With `--chain`, resumed runs are killed again, again and again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Course:
    """One run with its kills: what came of it and how long each part took."""

    kills: list[float]
    digest: str
    seconds: float
    resumed: str


def start(folder: Path, budget: str, targets: list[str], *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "distillcheck", "verify", *targets, "--budget", budget, "--alpha", "1e-8",
               "--ledger", str(folder / "ledger.db"), "--json", str(folder / "run.json"), *more]
    with (folder / "out.txt").open("ab") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)


def kill(process: subprocess.Popen[bytes], after: float) -> float | None:
    """Kill a run and its workers after some seconds; when that was, None if it had ended by itself."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return after
    return None


def verdicts(folder: Path) -> str:
    """Hash of a finished run's JSON without its seconds."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    for entry in record["claims"]:
        entry["seconds"] = 0
    digest = hashlib.blake2b(json.dumps(record).encode(), digest_size=8).hexdigest()
    return f"{digest} ({len(record['claims'])} claims)"


def course(budget: str, targets: list[str], whole: float, draw: random.Random, kills: int) -> Course:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder, times, more = Path(name), [], []
        for _ in range(kills):
            at = kill(start(folder, budget, targets, *more), draw.uniform(0.0, whole))
            if at is None:
                break
            times.append(at)
            more = ["--resume"]
        code = start(folder, budget, targets, "--resume").wait()
        lines = (folder / "out.txt").read_text(encoding="utf-8", errors="replace").splitlines()
        notes = "; ".join(line for line in lines if line.startswith("note: "))
        if code not in (0, 3) or "damaged" in notes or "anew" in notes:
            raise SystemExit(f"a resumed run ended with {code}: {notes}\n" + "\n".join(lines[-20:]))
        return Course(times, verdicts(folder), time.monotonic() - began, notes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--chain", type=int, default=1, help="kills of one run before it is left to end")
    parser.add_argument("--budget", default="micro")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("targets", nargs="*", help="the whole catalogue by default")
    options = parser.parse_args()
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        # The first time everything is compiled and all proofs are checked; the shortest of the others is taken.
        whole = math.inf
        for _ in range(4):
            began = time.monotonic()
            start(Path(name), options.budget, options.targets).wait()
            whole = min(whole, time.monotonic() - began)
        expected = verdicts(Path(name))
    print(f"undisturbed: {whole:.1f} s, verdicts {expected}", flush=True)
    done, same, killed = 0, 0, 0
    while killed < options.kills:
        one = course(options.budget, options.targets, whole, draw, options.chain)
        done, same, killed = done + 1, same + (one.digest == expected), killed + len(one.kills)
        print(f"{done}: killed after {', '.join(f'{at:.1f}' for at in one.kills) or 'nothing'} s, in all "
              f"{one.seconds:.1f} s, {one.digest}{'' if one.digest == expected else ' DIFFERENT'}; {one.resumed}",
              flush=True)
    print(f"{killed} kills in {done} runs: {same} ended with the verdicts of the undisturbed run")
    sys.exit(0 if same == done else 1)


if __name__ == "__main__":
    main()
