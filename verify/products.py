"""Products of very many factors r_i + v, for several v at once, without a logarithm for each factor.

The order of operations is part of the contract, so that the compiled kernel and its NumPy twin agree to the bit. r_i is
(x_i - low) * scale - 1. Each chunk of CHUNK factors is the product of its two halves, each multiplied from its first
factor to its last; the last chunk is filled up with r = 0. A chunk's product is split into a mantissa in [1, 2) and
an exponent; a slab of SLAB chunks multiplies its mantissas, first to last, and adds its exponents.

Every factor costs two roundings, filled-up ones too: given the r_i, the product of n factors is off by a factor within
(1 + 2^-53)^(2n + 30) of 1, which moves the logarithm of 10^8 factors by less than 3e-8. Rounded r_i amount to a null
mean that is off by a few 2^-53 of its distance from `low`, which the slack of `verify.draws` covers 10^6 times over.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

CHUNK = 16
HALF = CHUNK // 2
SLAB = 512
# CHUNK factors of this size can't overflow a double, and SLAB mantissas never do.
LARGEST_FACTOR = 1e18
# Loading Numba takes as long as the twin does for so many draws: claims that end earlier never pay for it.
DRAWS_BEFORE_LOADING = 1 << 24
# What Numba imports at the first call of a kernel, which is most of the cost.
AT_FIRST_CALL = "numba.np.arraymath"


def products(draws: FloatArray, low: float, scale: float, offsets: FloatArray) -> tuple[FloatArray, IntArray]:
    """For each v of `offsets`, the product of (x - low) scale - 1 + v over the draws x, and of v over filled-up places.

    Args:
        draws: shape (n,), n >= 1, with 0 <= (x - low) scale <= LARGEST_FACTOR.
        offsets: shape (k,), between 1.01 and 1e9.

    Returns:
        Mantissas in [1, 2^SLAB) and exponents of two, one row for each slab: shape (ceil(n / (CHUNK SLAB)), k).
    """
    shape = (-(-draws.size // (CHUNK * SLAB)), offsets.size)
    found = np.empty(shape), np.empty(shape, np.int64)
    _route(draws.size)(draws, low, scale, offsets, *found)
    return found


Route = Callable[[FloatArray, float, float, FloatArray, FloatArray, IntArray], None]


class _Loading:
    """How many draws the twin has taken."""

    taken = 0


def _route(draws: int) -> Route:
    if AT_FIRST_CALL in sys.modules or _Loading.taken > DRAWS_BEFORE_LOADING:
        from verify.products_compiled import multiply

        return multiply
    _Loading.taken += draws
    return multiply_numpy


def multiply_numpy(draws: FloatArray, low: float, scale: float, offsets: FloatArray, mantissas: FloatArray,
                   exponents: IntArray) -> None:
    """Twin of `products_compiled.multiply`: writes what `products` returns into the last two arguments."""
    chunks = -(-draws.size // CHUNK)
    ratios = np.zeros(chunks * CHUNK)
    ratios[:draws.size] = (draws - low) * scale - 1.0
    # Place in its half, offset, half, chunk.
    factors = np.ascontiguousarray(ratios.reshape(chunks, 2, HALF).T)[:, None] + offsets[:, None, None]
    running = factors[0]
    for k in range(1, HALF):
        running *= factors[k]
    halves, powers = np.frexp(running[:, 0] * running[:, 1])
    for slab in range(mantissas.shape[0]):
        part = slice(slab * SLAB, (slab + 1) * SLAB)
        # The last of the running products: its order is the definition's.
        mantissas[slab] = np.multiply.accumulate(2.0 * halves[:, part], axis=1)[:, -1]
        exponents[slab] = (powers[:, part] - 1).sum(axis=1)
