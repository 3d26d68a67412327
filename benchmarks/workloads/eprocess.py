"""All draws in one block: what the arithmetic takes."""

from benchmarks.wealth import CUMULATIVE, DRAWS, workload
from benchmarks.workload import C

WORKLOAD = workload("eprocess", DRAWS.size, {CUMULATIVE: 8, C: 1.2})
