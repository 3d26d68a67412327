"""The growth figure: what is measured of a job, and how it is shown."""

from __future__ import annotations

import numba
import pytest

from benchmarks import growth


@pytest.mark.parametrize("kernel", growth.KERNELS)
def test_a_job_is_measured_in_blocks_and_leaves_the_number_of_threads_alone(kernel: str) -> None:
    before = numba.get_num_threads()
    point = growth.measured(growth.Job(kernel, "replicates", n=5, m=5, replicates=1000))
    assert numba.get_num_threads() == before
    assert point.job.x == 1000
    assert point.seconds > 0
    assert point.megabytes >= 0


def test_every_kernel_and_every_parameter_has_a_line_in_the_figure(tmp_path) -> None:
    points = [growth.Point(job, 1e-3 * job.x, 0.0) for job in growth.jobs()]
    assert {point.job.along for point in points} == {"n", "m", "dim", "replicates"}
    growth.figure(tmp_path / "growth.svg", points)
    text = (tmp_path / "growth.svg").read_text(encoding="utf-8")
    assert all(kernel in text for kernel in growth.KERNELS)
    growth.figure(tmp_path / "again.svg", points)
    assert (tmp_path / "again.svg").read_text(encoding="utf-8") == text


def test_the_table_has_a_line_per_point() -> None:
    point = growth.Point(growth.Job("torus", "dim", dim=3), 0.5, 1.25)
    assert growth.table([point]).splitlines()[-1] == "| torus | dim | 3 | 25 ms | 1.2 MB |"
