"""Double descent of a linear teacher and of its student: exact and simulated risks against the teacher's features.

    python -m benchmarks.double_descent -o figure.png

The teacher has the first p of 60 features and 20 noisy labels, the student the first 12 and 60 fresh points that the
teacher labels. Curves are the closed forms of `theory`; points are means of simulated risks with 99.9% intervals, drawn
where the risk given the designs has a variance. The format of the figure follows its name: png, svg or pdf.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from simulate import Linear, ridgeless
from theory.distilled_regression import distilled_risk
from theory.double_descent import LEAST_SQUARES_RISK, RIDGELESS_RISK

POINTS, STUDENT, LABELLED, DIM = 20, 12, 60, 60
TASK = Linear(tuple(Fraction(2, 3 + j) for j in range(DIM)), Fraction(1))
FEWEST_APART, SIMULATED_APART = 2, 4
QUANTILE = 3.29
"""Of the normal law, for two-sided intervals of 99.9%."""

# Okabe and Ito's colours, told apart by colour-blind readers; markers and dashes tell them apart in grey.
TEACHER, TAUGHT, DIRECT = "#0072B2", "#D55E00", "#009E73"


@dataclass(frozen=True)
class Simulated:
    """A mean of simulated risks, with half the width of its interval."""

    features: int
    mean: float
    radius: float


def sizes(apart: int, least: int) -> list[int]:
    """Numbers of the teacher's features that are this far from its number of points."""
    return [p for p in range(least, DIM + 1) if abs(p - POINTS) >= apart]


def teacher_risk(p: int) -> float:
    """The teacher's mean risk, in closed form; for p at least 2 from the number of points."""
    if p < POINTS:
        return float(LEAST_SQUARES_RISK(n=POINTS, p=p, omega=TASK.noise(p), c=1))
    return float(RIDGELESS_RISK(n=POINTS, p=p, omega=TASK.noise(p), beta_teacher=TASK.signal(p), c=1))


def student_risk(p: int) -> float:
    """Its student's mean risk, in closed form."""
    return float(distilled_risk(TASK.beta, TASK.sigma, POINTS, p, STUDENT, LABELLED))


def direct_risk() -> float:
    """The mean risk of the student trained on the teacher's points."""
    return float(LEAST_SQUARES_RISK(n=POINTS, p=STUDENT, omega=TASK.noise(STUDENT), c=1))


def simulated(who: str, p: int, draws: int, seed: int = 0) -> Simulated:
    """The mean over `draws` designs of the teacher's or the student's risk; a stream of its own for each p."""
    rng = np.random.default_rng([seed, who == "student", p])
    found = (ridgeless.teacher_risks(TASK, POINTS, p, rng, draws) if who == "teacher" else
             ridgeless.distilled_risks(TASK, POINTS, p, STUDENT, LABELLED, rng, draws))
    return Simulated(p, float(found.mean()), QUANTILE * float(found.std(ddof=1)) / draws**0.5)


def _branches(values: list[int]) -> list[list[int]]:
    return [[p for p in values if p < POINTS], [p for p in values if p > POINTS]]


def draw(axes: Any, draws: int) -> None:
    """Curves and points on matplotlib axes."""
    taught = f"its student ({STUDENT} features, {LABELLED} points)"
    kinds = (("teacher", "teacher", teacher_risk, 0, TEACHER, "o", "-"),
             ("student", taught, student_risk, STUDENT, TAUGHT, "s", "--"))
    for who, label, exact, least, colour, marker, dashes in kinds:
        for branch, values in enumerate(_branches(sizes(FEWEST_APART, least))):
            axes.plot(values, [exact(p) for p in values], color=colour, linestyle=dashes, linewidth=1.6,
                      label=None if branch else f"{label}, exact")
        # Few enough markers to leave the curves visible.
        shown = [p for p in sizes(SIMULATED_APART, least) if p < POINTS or p % 3 == 0]
        points = [simulated(who, p, draws) for p in shown]
        axes.errorbar([each.features for each in points], [each.mean for each in points],
                      yerr=[each.radius for each in points], color=colour, marker=marker, markersize=4,
                      linestyle="none", capsize=2.5, markerfacecolor="white", label=f"{label}, simulated")
    axes.axhline(direct_risk(), color=DIRECT, linestyle=":", linewidth=1.8,
                 label=f"the student trained on the {POINTS} points directly")
    axes.axvspan(POINTS - 1, POINTS + 1, color="0.9", linewidth=0)
    axes.annotate(f"n = {POINTS} labels: within\none of it the risk is infinite", (POINTS + 1, 0.03),
                  xycoords=("data", "axes fraction"), xytext=(4, 0), textcoords="offset points",
                  fontsize=8, color="0.3")
    axes.set_yscale("log")
    axes.set_yticks([2, 3, 5, 10, 20], labels=["2", "3", "5", "10", "20"])
    axes.minorticks_off()
    axes.set_xlim(-1, DIM + 1)
    axes.set_xlabel("number p of the teacher's features")
    axes.set_ylabel("expected squared error at a fresh point")
    axes.set_title("Double descent of a linear teacher and of its student", fontsize=11)
    axes.legend(fontsize=8, frameon=False, loc="upper right")


def figure(path: Path, draws: int) -> None:
    """Write the figure, the same bytes each time."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "double descent", "svg.fonttype": "none", "axes.spines.top": False,
                         "axes.spines.right": False}):
        canvas = Figure(figsize=(7.2, 4.4), layout="constrained")
        draw(canvas.subplots(), draws)
        canvas.savefig(path, dpi=150, metadata={"Date": None} if path.suffix == ".svg" else None)


def main() -> None:
    """Parse the command line and write the figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    parser.add_argument("--draws", type=int, default=4000, help="designs for each simulated point")
    chosen = parser.parse_args()
    figure(chosen.output, chosen.draws)


if __name__ == "__main__":
    main()
