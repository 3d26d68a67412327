"""A mixture of bets against two hypotheses, E X <= 0.49 and E X >= 0.51, over blocks of uniform draws.

NumPy does it twice: with the running wealth of every bet after each draw, and with one logarithm for each 16 factors.
An answer is the sum of the two logarithmic e-values at the end of a block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from benchmarks.agreement import same_values
from benchmarks.compiled import function
from benchmarks.workload import PROJECT, Answers, C, Route, Run, Workload
from verify.eprocess import BETS, OneSided, log_mixture

PART, BELOW, ABOVE = 4096, 0.49, 0.51
CUMULATIVE, CHUNKS = "NumPy, cumulative", "NumPy, in chunks"
DRAWS = np.random.default_rng(0).random(128 * PART)


def blocks(size: int, block: int) -> Answers:
    """The draws of `size // block` blocks, one a row."""
    return DRAWS[:size // block * block].reshape(-1, block)


def project(block: int) -> Run:
    def run(seed: int, size: int) -> Answers:
        sides = OneSided(BELOW, 1, 0.0, 1.0), OneSided(ABOVE, -1, 0.0, 1.0)
        out = np.empty(size // block)
        for index, draws in enumerate(blocks(size, block)):
            for side in sides:
                side.update(draws)
            out[index] = sides[0].log_e + sides[1].log_e
        return out

    return run


def numpy(block: int, running: Callable[[Answers], Answers]) -> Run:
    """`running` takes factors, of shape (bets, draws), to the logarithm of their product, of shape (bets,)."""
    def run(seed: int, size: int) -> Answers:
        wealth = np.zeros((2, BETS.size))
        out = np.empty(size // block)
        for index, draws in enumerate(blocks(size, block)):
            # Arrays that stay in the cache are what NumPy is fastest with.
            for part in draws.reshape(-1, PART):
                for side, ratios in enumerate((part / BELOW, (1 - part) / (1 - ABOVE))):
                    wealth[side] += running(np.multiply.outer(BETS, ratios - 1))
            out[index] = log_mixture(wealth[0]) + log_mixture(wealth[1])
        return out

    return run


def cumulative(gains: Answers) -> Answers:
    """The wealth after every draw, of which the last one is asked for."""
    return np.cumsum(np.log1p(gains), axis=1)[:, -1]


def in_chunks(gains: Answers) -> Answers:
    """One logarithm for each product of 16 factors."""
    gains += 1
    return np.log(gains.reshape(BETS.size, 16, -1).prod(axis=1)).sum(axis=1)


def c(block: int) -> Run:
    wealth = function("eprocess", "wealth")

    def run(seed: int, size: int) -> Answers:
        out = np.empty(size // block)
        wealth(DRAWS, block, out.size, BELOW, ABOVE, BETS, BETS.size, out)
        return out

    return run


def check(answers: Mapping[str, Answers]) -> None:
    for name in answers:
        same_values(answers, PROJECT, name, tolerance=1e-8)


def workload(name: str, block: int, targets: Mapping[str, float]) -> Workload:
    """Blocks of so many draws, a multiple of PART."""
    return Workload(
        name=name, title=f"e-processes of {BETS.size} bets against two hypotheses, blocks of {block}", unit="draw",
        routes={PROJECT: Route(lambda: project(block), DRAWS.size),
                CUMULATIVE: Route(lambda: numpy(block, cumulative), max(block, 8 * PART)),
                CHUNKS: Route(lambda: numpy(block, in_chunks), max(block, 32 * PART)),
                C: Route(lambda: c(block), DRAWS.size)},
        check=check, targets=targets,
    )
