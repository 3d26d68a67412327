"""The 1-NN teacher on the torus of 2 dimensions."""

from benchmarks.torus import workload

WORKLOAD = workload(dim=2, n=1000, size=300, margin=0.1)
