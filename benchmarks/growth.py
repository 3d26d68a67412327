"""How time and memory grow with the training points n, the fresh points m, the dimension and the replicates.

    python -m benchmarks.growth -o growth.svg

Every point is measured in a process of its own, on one thread: processor time after compilation, and the most memory
that the process held beyond what it held before. Replicates are drawn in blocks, as the engine does.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.many_runs import markdown
from benchmarks.report import duration, machine
from benchmarks.timing import threads
from simulate import Circle, Torus, cells, grids, students

CIRCLE = Circle((Fraction(0), Fraction(1), Fraction(1, 4), Fraction(3, 4)))
BLOCK = 512
KNOTS = (Fraction(0), Fraction(1))

# Each draws `size` replicates with n training points, m fresh ones and `dim` dimensions.
KERNELS: dict[str, Callable[[int, int, int, np.random.Generator, int], object]] = {
    "circle, integrated": lambda n, m, dim, rng, size: cells.circle_means(CIRCLE, n, rng, size),
    "circle, sampled": lambda n, m, dim, rng, size: cells.sampled_risks(CIRCLE, n, m, rng, size),
    "threshold student": lambda n, m, dim, rng, size: students.single_teacher_excess(CIRCLE, 100, n, m, rng, size),
    "torus": lambda n, m, dim, rng, size: grids.torus_means(Torus(dim, KNOTS), n, m, rng, size),
}
POWERS = (100, 1000, 10_000, 100_000)


@dataclass(frozen=True)
class Job:
    """One point of the figure."""

    kernel: str
    along: str
    n: int = 1000
    m: int = 1000
    dim: int = 2
    replicates: int = 20

    @property
    def x(self) -> int:
        """Where it stands along its axis."""
        return getattr(self, self.along)


@dataclass(frozen=True)
class Point:
    """Seconds of processor time and megabytes of memory of a job."""

    job: Job
    seconds: float
    megabytes: float


def jobs() -> list[Job]:
    """All points of the figure."""
    varied = [Job(kernel, "n", n=n) for kernel in KERNELS for n in POWERS]
    varied += [Job(kernel, "m", m=m) for kernel in KERNELS if kernel != "circle, integrated" for m in POWERS]
    varied += [Job("torus", "dim", dim=dim) for dim in (1, 2, 3, 4, 5, 8)]
    return varied + [Job(kernel, "replicates", n=20, m=20, replicates=count)
                     for kernel in KERNELS for count in (1000, 10_000, 100_000, 1_000_000)]


def measured(job: Job) -> Point:
    """Run a job in this process, after one replicate that loads or compiles the kernel."""
    rng, kernel = np.random.default_rng(0), KERNELS[job.kernel]
    with threads(1):
        kernel(2, 2, job.dim, rng, 1)
        held, before = _peak(), time.process_time()
        for done in range(0, job.replicates, BLOCK):
            kernel(job.n, job.m, job.dim, rng, min(BLOCK, job.replicates - done))
        return Point(job, time.process_time() - before, max(_peak() - held, 0.0))


def _peak() -> float:
    """The most megabytes that this process has held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def measure(chosen: Sequence[Job], workers: int = 1) -> list[Point]:
    """Each job in a process of its own."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        return list(pool.map(measured, chosen))


def table(points: Sequence[Point]) -> str:
    """A Markdown table with a line per point."""
    return markdown(("kernel", "along", "value", "time a replicate", "memory"), [
        {"kernel": point.job.kernel, "along": point.job.along, "value": point.job.x,
         "time a replicate": duration(point.seconds / point.job.replicates), "memory": f"{point.megabytes:.1f} MB"}
        for point in points])


def figure(path: Path, points: Sequence[Point]) -> None:
    """Time above, memory below; the same bytes for the same points."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "growth", "svg.fonttype": "none", "axes.spines.top": False,
                         "axes.spines.right": False}):
        canvas = Figure(figsize=(11, 5), layout="constrained")
        draw(canvas.subplots(2, 4, sharex="col", sharey="row"), points)
        canvas.savefig(path, dpi=150, metadata={"Date": None} if path.suffix == ".svg" else None)


def draw(axes: Any, points: Sequence[Point]) -> None:
    """A column of two axes for each parameter."""
    names = {"n": "training points n", "m": "fresh points m", "dim": "dimension", "replicates": "replicates"}
    marks = dict(zip(KERNELS, "os^D", strict=True))
    for column, (along, name) in enumerate(names.items()):
        for kernel, mark in marks.items():
            chosen = [point for point in points if point.job.along == along and point.job.kernel == kernel]
            for row, values in enumerate(([p.seconds for p in chosen], [max(p.megabytes, 0.05) for p in chosen])):
                axes[row][column].loglog([p.job.x for p in chosen], values, marker=mark, label=kernel)
        axes[1][column].set_xlabel(name)
    axes[0][2].set_xscale("linear")
    for axis in axes.flat:
        axis.minorticks_off()
    axes[0][0].set_ylabel("seconds (20 replicates, but on the right)")
    axes[1][0].set_ylabel("MB beyond start (0.05: none seen)")
    axes[0][0].legend(fontsize=8, frameon=False)


def main() -> None:
    """Parse the command line, print the table and write the figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    chosen = parser.parse_args()
    points = measure(jobs())
    figure(chosen.output, points)
    print(f"{machine()}.\n\n{table(points)}")


if __name__ == "__main__":
    main()
