"""The double-descent figure: its exact curves run through its simulated intervals.

Sixteen comparisons at 6.1 standard errors, a false alarm of 1e-9 each for normal means; seeds are fixed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import double_descent

COMPARED = [("teacher", p) for p in (2, 6, 10, 30, 33, 40, 50, 60)] + [
    ("student", p) for p in (12, 13, 14, 30, 33, 40, 50, 60)]
WIDER = 6.1 / double_descent.QUANTILE


@pytest.mark.parametrize(("who", "p"), COMPARED)
def test_exact_curves_lie_within_the_simulated_intervals(who: str, p: int) -> None:
    exact = double_descent.teacher_risk(p) if who == "teacher" else double_descent.student_risk(p)
    found = double_descent.simulated(who, p, 1000)
    assert abs(found.mean - exact) <= WIDER * found.radius
    assert found.radius < 0.2 * exact


def test_the_curves_descend_twice_and_the_student_ends_below_its_teacher() -> None:
    teacher = [double_descent.teacher_risk(p) for p in double_descent.sizes(2, 0)]
    turns = [i for i in range(1, len(teacher) - 1)
             if (teacher[i] - teacher[i - 1]) * (teacher[i + 1] - teacher[i]) < 0]
    assert len(turns) >= 2
    assert teacher[1] < teacher[0]
    assert double_descent.student_risk(60) < double_descent.direct_risk() < double_descent.student_risk(22)
    assert double_descent.student_risk(60) < double_descent.teacher_risk(60)


def test_the_figure_is_written(tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    double_descent.figure(path, 200)
    text = path.read_text(encoding="utf-8")
    for words in ("teacher, exact", "its student", "simulated", "directly", "number p of the teacher"):
        assert words in text
    assert len(text) < 200_000
