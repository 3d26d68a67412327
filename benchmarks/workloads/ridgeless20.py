"""A teacher with fewer features than points: least squares."""

from benchmarks.least_squares import workload

WORKLOAD = workload(p=20, size=2000)
