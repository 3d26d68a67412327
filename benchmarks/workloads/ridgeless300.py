"""A teacher with 300 features."""

from benchmarks.least_squares import workload

WORKLOAD = workload(p=300, size=200)
