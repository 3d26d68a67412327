"""One random stream per replicate, the same for any number of threads.

A block of replicates gets one 64-bit seed; replicate r runs xoshiro256++ (Blackman & Vigna 2021, "Scrambled
linear pseudorandom number generators") from a state that is a hash of (seed, r). Adding a multiple of r to a
splitmix64 seed instead would make neighbouring streams share three of their four state words.

The state is a value, never shared, and every draw returns its successor first. Inside a kernel only: handed
to Python, the state's words become plain integers and can't be handed back.

    state = start(seed, r)
    state, x = uniform(state)          # [0, 1)
    state, i = below(state, points)    # 0, ..., points - 1
    state, heads = successes(state, 0.5, k)
"""
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from simulate.jit import kernel

State = tuple[np.uint64, np.uint64, np.uint64, np.uint64]

# Every constant is a uint64: Numba promotes uint64 with int64 to float64.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)
_LOW = np.uint64(0xFFFFFFFF)
_ZERO, _ONE, _TWO, _FOUR, _56, _63 = (np.uint64(i) for i in (0, 1, 2, 4, 56, 63))
_FULL = np.uint64(0xFFFFFFFFFFFFFFFF)
_11, _17, _23, _27 = np.uint64(11), np.uint64(17), np.uint64(23), np.uint64(27)
_30, _31, _32, _45, _64 = np.uint64(30), np.uint64(31), np.uint64(32), np.uint64(45), np.uint64(64)


def seed_of(rng: np.random.Generator) -> np.uint64:
    """One 64-bit seed for one call of a kernel; it advances `rng`, so the next call gets another."""
    return np.uint64(rng.integers(0, 2**64 - 1, dtype=np.uint64, endpoint=True))


@kernel
def _rotate(x: np.uint64, k: np.uint64) -> np.uint64:
    return (x << k) | (x >> (_64 - k))


@kernel
def mix(x: np.uint64) -> np.uint64:
    """The finaliser of splitmix64 (Steele, Lea & Flood 2014), a bijection of the 64-bit integers."""
    x = (x ^ (x >> _30)) * _MIX1
    x = (x ^ (x >> _27)) * _MIX2
    return x ^ (x >> _31)


@kernel
def start(seed: np.uint64, r: int) -> State:
    """State of replicate r's stream: splitmix64's first four outputs from a hash of (seed, r).

    Different r never share a state under one seed, as the hash is a bijection of r; and a state is never all
    zero, as splitmix64 visits zero once.
    """
    key = mix(mix(np.uint64(seed) + _GOLDEN) ^ (np.uint64(r) * _GOLDEN + _MIX2))
    first = key + _GOLDEN
    second = first + _GOLDEN
    third = second + _GOLDEN
    return mix(first), mix(second), mix(third), mix(third + _GOLDEN)


@kernel
def advance(state: State) -> tuple[State, np.uint64]:
    """The next state and 64 random bits."""
    a, b, c, d = state
    bits = _rotate(a + d, _23) + a
    shifted = b << _17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    return (a, b, c, _rotate(d, _45)), bits


@kernel
def uniform(state: State) -> tuple[State, float]:
    """The next state and a multiple of 2^-53, uniform in [0, 1)."""
    state, bits = advance(state)
    return state, (bits >> _11) * 2.0**-53


@kernel
def below(state: State, n: int) -> tuple[State, int]:
    """The next state and an integer uniform in 0, ..., n - 1, exactly, for 1 <= n < 2^32 (Lemire 2019)."""
    width = np.uint64(n)
    state, bits = advance(state)
    product = (bits >> _32) * width
    if (product & _LOW) < width:
        rejected = (_LOW + np.uint64(1) - width) % width
        while (product & _LOW) < rejected:
            state, bits = advance(state)
            product = (bits >> _32) * width
    return state, np.int64(product >> _32)  # pyright: ignore[reportReturnType]


@kernel
def successes(state: State, probability: float, k: int) -> tuple[State, int]:
    """The next state and the number of successes in k independent trials, 0 <= probability <= 1.

    Sixty-four trials at a time: the bits of 64 uniforms are compared with those of `probability`, the highest
    first, until every comparison is decided. That takes about 8 words of random bits instead of 64. Exact for
    probabilities that are multiples of 2^-64, as are all floats from 2^-11 on; others are rounded down.
    """
    if probability >= 1.0:
        return state, k
    digits = np.uint64(probability * 2.0**64)
    total = 0
    while k > 0:
        undecided = _FULL if k >= 64 else (_ONE << np.uint64(k)) - _ONE
        below_it, rest = _ZERO, digits
        while undecided != _ZERO and rest != _ZERO:
            state, bits = advance(state)
            if rest >> _63:
                below_it |= undecided & ~bits
                undecided &= bits
            else:
                undecided &= ~bits
            rest <<= _ONE
        total += _bits_set(below_it)
        k -= 64
    return state, total


@kernel
def _bits_set(x: np.uint64) -> int:
    x = x - ((x >> _ONE) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> _TWO) & np.uint64(0x3333333333333333))
    x = (x + (x >> _FOUR)) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> _56)  # pyright: ignore[reportReturnType]


@kernel
def pick(cumulative: npt.NDArray[np.float64], u: float) -> int:
    """The index i with cumulative[i-1] <= u < cumulative[i], for 0 <= u < 1 and sums that `cumulate` made."""
    i = 0
    while u >= cumulative[i]:
        i += 1
    return i


@kernel
def fill(state: State, out: npt.NDArray[np.float64]) -> State:
    """Fill the vector `out` with uniforms in [0, 1); returns the next state."""
    for i in range(out.size):
        state, out[i] = uniform(state)
    return state


def reference_stream(seed: int, r: int) -> Iterator[int]:
    """Twin of `start` and `advance` in Python integers: replicate r's 64-bit outputs, one after another."""
    ring = 2**64

    def rotate(x: int, k: int) -> int:
        return (x << k | x >> (64 - k)) % ring

    def mixed(x: int) -> int:
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 % ring
        x = (x ^ x >> 27) * 0x94D049BB133111EB % ring
        return x ^ x >> 31

    golden = 0x9E3779B97F4A7C15
    key = mixed(mixed((seed + golden) % ring) ^ (r * golden + 0x94D049BB133111EB) % ring)
    s = [mixed((key + j * golden) % ring) for j in range(1, 5)]
    while True:
        yield (rotate((s[0] + s[3]) % ring, 23) + s[0]) % ring
        shifted = (s[1] << 17) % ring
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotate(s[3], 45)
