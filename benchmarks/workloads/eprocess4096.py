"""Blocks as the engine draws them: what a look at the evidence takes as well."""

from benchmarks.wealth import CUMULATIVE, PART, workload

WORKLOAD = workload("eprocess4096", PART, {CUMULATIVE: 8})
