"""Long blocks: what the arithmetic takes."""

from benchmarks.wealth import CHUNKS, CUMULATIVE, PART, workload
from benchmarks.workload import C

WORKLOAD = workload("eprocess", 16 * PART, {CUMULATIVE: 8, CHUNKS: 1, C: 1.2})
