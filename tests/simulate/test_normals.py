"""Normal numbers by the polynomials, against the functions of the standard library on the same bits."""
import math

import numpy as np
import pytest

from simulate.normals import _PAIRS, _minus_twice_logs, fill_normals, normals
from simulate.streams import reference_stream, start

SEED = 7


def expected(r: int, length: int) -> list[float]:
    """The first numbers of replicate r, by math.log, cos and sin."""
    words, out = reference_stream(SEED, r), []
    while len(out) < length:
        pairs = min(_PAIRS, (length - len(out) + 1) // 2)
        block = []
        for _ in range(pairs):
            radius = math.sqrt(-2 * math.log(1 - (next(words) >> 11) * 2.0**-53))
            word = next(words)
            angle = math.pi / 2 * (word >> 11) * 2.0**-53
            block.append((radius * math.cos(angle) * (-1) ** word, radius * math.sin(angle) * (-1) ** (word >> 1)))
        out += [first for first, _ in block] + [second for _, second in block]
    return out[:length]


@pytest.mark.parametrize("length", [1, 2, 7, 2 * _PAIRS - 1, 2 * _PAIRS, 2 * _PAIRS + 1, 1000])
def test_every_number_is_what_exact_functions_give(length: int) -> None:
    found = normals(np.uint64(SEED), 3, length)
    assert found.shape == (3, length)
    for r in range(3):
        assert found[r] == pytest.approx(expected(r, length), rel=1e-12, abs=1e-12)


def test_logarithms_are_right_at_the_ends_and_where_the_exponent_changes() -> None:
    x = np.array([1.0, 1 - 2.0**-53, 0.75, np.sqrt(0.5), np.nextafter(np.sqrt(0.5), 0), 0.5, 2.0**-52, 2.0**-53])
    found = x.copy()
    _minus_twice_logs(found)
    assert found == pytest.approx(-2 * np.log(x), rel=1e-13, abs=1e-15)
    assert (found >= 0).all()


def test_numbers_are_independent_and_normal() -> None:
    """Moments of a million numbers, within 6.1 standard errors: a false alarm of 1e-9 each. The seed is fixed."""
    x = normals(np.uint64(1), 1000, 1000)
    products = x[:, :500] * x[:, 500:]
    for values, mean, variance in ((x, 0, 1), (x**2, 1, 2), (x**3, 0, 15), (x**4, 3, 96), (products, 0, 1),
                                   (x[1:] * x[:-1], 0, 1), (np.abs(x) > 3, math.erfc(3 / 2**0.5), 0.0027)):
        assert abs(values.mean() - mean) <= 6.1 * (variance / values.size) ** 0.5


def test_the_stream_goes_on_after_the_numbers() -> None:
    """An odd number takes as many words as the next even one."""
    from simulate.jit import kernel
    from simulate.streams import advance

    @kernel
    def next_word(seed: np.uint64, length: int) -> int:
        state = fill_normals(start(seed, 0), np.empty(length))
        return advance(state)[1]  # pyright: ignore[reportReturnType]

    words = reference_stream(SEED, 0)
    taken = [next(words) for _ in range(9)]
    assert [next_word(np.uint64(SEED), length) for length in (3, 4, 8)] == [taken[4], taken[4], taken[8]]
