"""How long the proofs of the catalogue take to check, each from nothing, two at a time.

    python -m benchmarks.proofs [--jobs 2] [--slowest 10]
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from pathlib import Path

from verify.loading import Target, catalogue, load

CATALOGUE = Path(__file__).resolve().parent.parent / "claims"


def check(target: Target) -> tuple[str, bool, int, float] | None:
    """One proof: id, whether it checks, steps, seconds without loading the file."""
    proof = load(target).proof
    if proof is None:
        return None
    started = time.perf_counter()
    certificate = proof.certificate()
    return target.id, certificate.proved, len(certificate.steps), time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--slowest", type=int, default=10, help="proofs to list")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as empty:
        os.environ["DISTILLCHECK_CACHE"] = empty
        started = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(chosen.jobs) as pool:
            found = [row for row in pool.imap_unordered(check, catalogue(CATALOGUE)) if row is not None]
        cold = time.perf_counter() - started
        started = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(chosen.jobs) as pool:
            list(pool.imap_unordered(check, catalogue(CATALOGUE)))
        warm = time.perf_counter() - started
    print("| proof | checks | steps | s |\n| --- | --- | --- | --- |")
    for name, proved, steps, seconds in sorted(found, key=lambda row: -row[3])[: chosen.slowest]:
        print(f"| {name} | {'yes' if proved else 'NO'} | {steps} | {seconds:.1f} |")
    print(f"\n{sum(row[1] for row in found)} of {len(found)} proofs check, {sum(row[2] for row in found)} steps, "
          f"{cold:.0f} s from nothing and {warm:.0f} s from kept certificates, with {chosen.jobs} processes.")


if __name__ == "__main__":
    main()
