"""Many standard normal numbers from one stream, a few nanoseconds each.

By Box & Muller (1958): two uniform numbers give the radius and the angle of a pair. Logarithm, cosine and sine are
polynomials without a branch, so that LLVM computes several pairs at once. Each number is within 1e-12 (1 + its size)
of what exact functions would give.
"""
import numpy as np

from simulate.jit import kernel
from simulate.streams import State, advance, start, uniform
from simulate.tasks import Floats

_PAIRS = 128
_62, _63 = np.uint64(62), np.uint64(63)
_SIGN = np.uint64(1) << _63
_52, _FRACTION = np.uint64(52), np.uint64((1 << 52) - 1)
_LEAST = np.uint64(0x3FE6A09E667F3BCD)  # the bits of sqrt(1/2)
_SHIFT = np.uint64(0x3FF0000000000000) - _LEAST
_MAGIC_BITS, _MAGIC = np.uint64(1075 << 52), 2.0**52  # integers below 2^52 in its last bits, as floats
_LOG_TWO = np.log(2.0)


@kernel
def _minus_twice_logs(x: Floats) -> None:
    """Replace each number in (0, 1] by -2 ln of it."""
    bits, exponents = x.view(np.uint64), np.empty(x.size)
    raised = exponents.view(np.uint64)
    for i in range(x.size):
        # A share in [sqrt(1/2), sqrt(2)) and a power of two; unsigned shifts are what AVX2 has.
        shifted = bits[i] + _SHIFT
        raised[i] = (shifted >> _52) | _MAGIC_BITS
        bits[i] = (shifted & _FRACTION) + _LEAST
    for i in range(x.size):
        share, exponent = x[i], exponents[i] - (_MAGIC + 1023.0)
        # ln((1 + s)/(1 - s)) = 2 (s + s^3/3 + s^5/5 + ...), |s| < 0.172.
        s = (share - 1.0) / (share + 1.0)
        t = s * s
        series = t * (1 / 17) + 1 / 15
        series = series * t + 1 / 13
        series = series * t + 1 / 11
        series = series * t + 1 / 9
        series = series * t + 1 / 7
        series = series * t + 1 / 5
        series = series * t + 1 / 3
        series = series * t + 1.0
        x[i] = max(-4.0 * s * series - 2.0 * _LOG_TWO * exponent, 0.0)


@kernel
def _turn(turns: Floats, squares: Floats, first: Floats, second: Floats) -> None:
    """Write the coordinates of the points at these squared radii and angles pi/4 + a, |a| = |pi/2 turns| <= pi/4."""
    for i in range(turns.size):
        a = turns[i] * (0.5 * np.pi)
        t = a * a
        sine = t * (1 / 6227020800) - 1 / 39916800
        sine = sine * t + 1 / 362880
        sine = sine * t - 1 / 5040
        sine = sine * t + 1 / 120
        sine = sine * t - 1 / 6
        sine = (sine * t + 1.0) * a
        cosine = t * (1 / 479001600) - 1 / 3628800
        cosine = cosine * t + 1 / 40320
        cosine = cosine * t - 1 / 720
        cosine = cosine * t + 1 / 24
        cosine = cosine * t - 0.5
        cosine = cosine * t + 1.0
        radius = np.sqrt(0.5 * squares[i])
        first[i], second[i] = radius * (cosine - sine), radius * (cosine + sine)


@kernel
def fill_normals(state: State, out: Floats) -> State:
    """Fill the vector `out` with standard normal numbers; returns the next state."""
    squares, turns, words = np.empty(_PAIRS), np.empty(_PAIRS), np.empty(_PAIRS, np.uint64)
    first, second = np.empty(_PAIRS), np.empty(_PAIRS)
    signed_first, signed_second = first.view(np.uint64), second.view(np.uint64)
    for done in range(0, out.size, 2 * _PAIRS):
        pairs = min(_PAIRS, (out.size - done + 1) // 2)
        for i in range(pairs):
            state, u = uniform(state)
            squares[i] = 1.0 - u
            state, words[i] = advance(state)
            turns[i] = (words[i] >> np.uint64(11)) * 2.0**-53 - 0.5
        _minus_twice_logs(squares)
        _turn(turns, squares, first, second)
        for i in range(pairs):
            # The lowest bits, which the angle leaves over, choose the quadrant.
            signed_first[i] ^= words[i] << _63
            signed_second[i] ^= (words[i] << _62) & _SIGN
        out[done:done + pairs] = first[:pairs]
        rest = out[done + pairs:done + 2 * pairs]
        rest[:] = second[:rest.size]
    return state


@kernel
def normals(seed: np.uint64, size: int, length: int) -> Floats:
    """Standard normal numbers of shape (size, length), row r from replicate r's stream."""
    out = np.empty((size, length))
    for r in range(size):
        fill_normals(start(seed, r), out[r])
    return out
