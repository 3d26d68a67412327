"""Products of many factors: the kernel is its twin to the bit, and both are the exact product but for rounding."""
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from verify.eprocess import BETS
from verify.products import CHUNK, LARGEST_FACTOR, SLAB, multiply_numpy, products
from verify.products_compiled import multiply

OFFSETS = 1 / BETS
SIZES = [1, CHUNK // 2, CHUNK - 1, CHUNK, CHUNK + 1, 100, CHUNK * SLAB - 1, CHUNK * SLAB, CHUNK * SLAB + 1, 40_000]


def both(draws, low, scale):
    """What the kernel and its twin write."""
    shape = (-(-draws.size // (CHUNK * SLAB)), OFFSETS.size)
    written = [(np.empty(shape), np.empty(shape, np.int64)) for _ in range(2)]
    for route, out in zip((multiply, multiply_numpy), written, strict=True):
        route(draws, low, scale, OFFSETS, *out)
    return written


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [1e-12, 1.7, LARGEST_FACTOR])
def test_kernel_is_its_twin_to_the_bit(size, scale):
    draws = np.random.default_rng(size).random(size) - 0.25
    (mantissas, exponents), (twins, powers) = both(draws, -0.25, scale)
    assert mantissas.tolist() == twins.tolist()
    assert exponents.tolist() == powers.tolist()
    assert ((mantissas >= 1) & (mantissas < 2.0**SLAB)).all()


@pytest.mark.parametrize("draws", [np.zeros(9000), np.ones(9000)], ids=["low end", "high end"])
def test_longest_products_of_the_extremes_stay_finite(draws):
    for mantissas, _ in both(draws, 0.0, LARGEST_FACTOR):
        assert np.isfinite(mantissas).all()


@pytest.mark.parametrize("size", [1, 33, 700])
def test_product_is_the_exact_one_within_the_stated_rounding(size):
    """Dyadic draws, whose ratios are exact; places that are filled up multiply by the offset."""
    draws = np.random.default_rng(1).integers(0, 2**20, size) / 2.0**20
    mantissas, exponents = products(draws, 0.0, 2.0, OFFSETS)
    filled = -size % CHUNK
    for offset, mantissa, exponent in zip(OFFSETS, mantissas[0], exponents[0], strict=True):
        exact = Fraction(offset) ** filled
        for draw in draws:
            exact *= 2 * Fraction(draw) - 1 + Fraction(offset)
        ratio = Fraction(mantissa) * Fraction(2) ** int(exponent) / exact
        assert abs(ratio - 1) <= (2 * size + 31) * 2.0**-53


def test_numba_is_not_loaded_for_a_few_draws():
    code = ("import sys, numpy; from verify.eprocess import log_wealth; log_wealth(numpy.ones(4096), 0.0, 0.4); "
            "print('numba' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "False\n"
