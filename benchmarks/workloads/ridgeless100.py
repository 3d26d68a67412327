"""A teacher with 100 features."""

from benchmarks.least_squares import workload

WORKLOAD = workload(p=100, size=500)
