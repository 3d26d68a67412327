"""The 1-NN teacher on the torus of 5 dimensions."""

from benchmarks.torus import workload

WORKLOAD = workload(dim=5, n=2000, size=60, margin=0.25)
