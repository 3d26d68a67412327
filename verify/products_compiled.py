"""The kernel of `verify.products`, in a file of its own so that Numba is loaded only when it is used."""

from pathlib import Path

import numpy as np

from compiling.jit import Compiler
from verify.products import CHUNK, HALF, SLAB, FloatArray, IntArray

kernel = Compiler(Path(__file__).parent)

# A double in [1, 2) has the exponent's bits of 1. Unsigned shifts are what AVX2 has.
BIAS = 1023
FRACTION_BITS, FRACTION, ONE = np.uint64(52), np.uint64((1 << 52) - 1), np.uint64(BIAS << 52)


@kernel
def multiply(draws: FloatArray, low: float, scale: float, offsets: FloatArray, mantissas: FloatArray,
             exponents: IntArray) -> None:
    """Write what `products.products` returns into the last two arguments."""
    ratios, product = np.empty(CHUNK), np.empty(offsets.size)
    bits = product.view(np.uint64)
    for slab in range(mantissas.shape[0]):
        mantissa, exponent = mantissas[slab], exponents[slab]
        mantissa[:] = 1.0
        exponent[:] = 0
        end = min(draws.size, (slab + 1) * SLAB * CHUNK)
        for start in range(slab * SLAB * CHUNK, end, CHUNK):
            if start + CHUNK <= end:
                for k in range(CHUNK):
                    ratios[k] = (draws[start + k] - low) * scale - 1.0
            else:
                ratios[:] = 0.0
                for k in range(end - start):
                    ratios[k] = (draws[start + k] - low) * scale - 1.0
            # Short loops over the offsets, each on its own, are what LLVM vectorises.
            for j in range(offsets.size):
                first, second = ratios[0] + offsets[j], ratios[HALF] + offsets[j]
                for k in range(1, HALF):
                    first *= ratios[k] + offsets[j]
                    second *= ratios[HALF + k] + offsets[j]
                product[j] = first * second
            for j in range(offsets.size):
                exponent[j] += np.int64(bits[j] >> FRACTION_BITS) - BIAS
                bits[j] = (bits[j] & FRACTION) | ONE
            for j in range(offsets.size):
                mantissa[j] *= product[j]
