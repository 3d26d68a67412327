"""Hypothesis strategies for `Linear` tasks with the sizes of teachers and students on them; everything rational.

Sizes are drawn as gaps, so that they shrink towards few features and the least gap. With a gap of 10 between the
numbers of features and of points the risk given the design has four moments, as simulations need; from a gap of 2 it
has a mean. Coefficients are drawn as a short list that is laid out over the features: strategies that depend on earlier
draws are slow.
"""
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from simulate.linear import Linear
from simulate.strategies import Instances

SIMULATED, EDGE = 10, 2
"""Gaps from which the risk has four moments, and from which it has a mean."""

COEFFICIENTS = tuple(Fraction(v, 2) for v in (0, 2, -2, 1, -1, 3, -3, 4, -4, 6, 20))
DEVIATIONS = (Fraction(1), Fraction(0), Fraction(1, 2), Fraction(2), Fraction(1, 10), Fraction(5))
_LAYOUTS = ("first", "last", "repeated")


def laid_out(values: tuple[Fraction, ...], layout: str, dim: int) -> tuple[Fraction, ...]:
    """`dim` coefficients: these values on the first features, on the last ones, or over and over; the others are 0."""
    kept, zeros = values[:dim], (Fraction(0),) * max(dim - len(values), 0)
    if layout == "repeated" and values:
        return tuple(values[i % len(values)] for i in range(dim))
    return (*zeros, *kept) if layout == "last" else (*kept, *zeros)


def _instances(sizes: Callable[..., dict[str, int]], *ranges: tuple[int, int], signal: bool = True) -> Instances:
    """Instances from integers in these ranges: `sizes` makes "dim" and the other sizes of them."""
    def instance(drawn: tuple[int, ...], values: list[Fraction], layout: str, sigma: Fraction) -> dict[str, Any]:
        found = sizes(*drawn)
        dim = found.pop("dim")
        return {"task": Linear(laid_out(tuple(values), layout, dim), sigma), **found}

    values = st.lists(st.sampled_from(COEFFICIENTS), max_size=5 if signal else 0)
    return st.builds(instance, st.tuples(*(st.integers(low, high) for low, high in ranges)), values,
                     st.sampled_from(_LAYOUTS), st.sampled_from(DEVIATIONS))


def least_squares(gap: int = SIMULATED, features: int = 12) -> Instances:
    """{"task", "n", "p"} with 0 <= p <= n - gap, p <= features, n >= 2."""
    return _instances(lambda p, more, extra: {"n": max(p + gap + more, 2), "p": p, "dim": max(p + extra, 1)},
                      (0, features), (0, 6), (0, 6))


def interpolating(gap: int = SIMULATED, points: int = 10) -> Instances:
    """{"task", "n", "p"} with 1 <= n <= points, p >= n + gap."""
    return _instances(lambda n, more, extra: {"n": n, "p": n + gap + more, "dim": n + gap + more + extra},
                      (1, points), (0, 6), (0, 6))


def distilled(gap: int = SIMULATED, points: int = 8) -> Instances:
    """{"task", "n", "p", "s", "m"}: an interpolating teacher, p >= n + gap; a student of s <= p and m >= s + gap."""
    def sizes(n: int, more: int, extra: int, s: int, labels: int) -> dict[str, int]:
        p = n + gap + more
        return {"n": n, "p": p, "s": min(s, p), "m": min(s, p) + gap + labels, "dim": p + extra}

    return _instances(sizes, (1, points), (0, 6), (0, 4), (0, 16), (0, 8))


def distilled_under(gap: int = SIMULATED, features: int = 8) -> Instances:
    """{"task", "n", "p", "s", "m"}: least squares, 1 <= p <= n - gap; a student of s <= p and m >= s + gap."""
    def sizes(p: int, more: int, extra: int, s: int, labels: int) -> dict[str, int]:
        return {"n": p + gap + more, "p": p, "s": min(s, p), "m": min(s, p) + gap + labels, "dim": p + extra}

    return _instances(sizes, (1, features), (0, 6), (0, 4), (0, 8), (0, 8))


def random_features_under(gap: int = SIMULATED, features: int = 6) -> Instances:
    """{"task", "n", "p"} with 0 <= p <= n - gap, p <= features and a dim near n - 1 or above, rarely below."""
    def sizes(p: int, more: int, extra: int) -> dict[str, int]:
        n = p + gap + more
        return {"n": n, "p": p, "dim": max(n - 1 + extra, p, 1)}

    return _instances(sizes, (0, features), (0, 5), (-3, 6))


def direct(gap: int = SIMULATED, features: int = 4, *, signal: bool = True) -> Instances:
    """{"task", "n", "p", "s", "m"} with s <= n - gap, p >= n + gap, m >= s + gap: the student could learn directly."""
    def sizes(s: int, more: int, wider: int, extra: int, labels: int) -> dict[str, int]:
        n = s + gap + more
        return {"n": n, "p": n + gap + wider, "s": s, "m": s + gap + labels, "dim": n + gap + wider + extra}

    return _instances(sizes, (1, features), (0, 4), (0, 4), (0, 2), (0, 8), signal=signal)


def wide_student(gap: int = SIMULATED, points: int = 4) -> Instances:
    """{"task", "n", "p", "s", "m"} with s >= n + gap, p >= s, m >= s + gap: the student could interpolate directly."""
    def sizes(n: int, more: int, wider: int, extra: int, labels: int) -> dict[str, int]:
        s = n + gap + more
        return {"n": n, "p": s + wider, "s": s, "m": s + gap + labels, "dim": s + wider + extra}

    return _instances(sizes, (1, points), (0, 4), (0, 6), (0, 2), (0, 8))


def at_the_peak(nearest: int = -1, furthest: int = 1) -> Instances:
    """{"task", "n", "p", "s", "m"} with s - n in this range, p >= max(n, s) + 2, m >= s + 2."""
    def sizes(n: int, apart: int, wider: int, extra: int, labels: int) -> dict[str, int]:
        s = max(n + apart, 1)
        p = max(n, s) + 2 + wider
        return {"n": n, "p": p, "s": s, "m": s + 2 + labels, "dim": p + extra}

    return _instances(sizes, (1, 8), (nearest, furthest), (0, 6), (0, 2), (0, 20))


def irrelevant(gap: int = SIMULATED, points: int = 8) -> Instances:
    """Teachers of both kinds as above, with a beta that is 0 on the teacher's features that the student hasn't."""
    def without(drawn: dict[str, Any]) -> dict[str, Any]:
        task, s, p = drawn["task"], drawn["s"], drawn["p"]
        beta = (*task.beta[:s], *[Fraction(0)] * (p - s), *task.beta[p:])
        return {**drawn, "task": Linear(beta, task.sigma)}

    return st.one_of(distilled(gap, points), distilled_under(gap, points)).map(without)


def designs(points: int = 4, features: int = 6, entry: int = 3) -> Instances:
    """{"task", "design", "p", "s"}: a matrix of small integers as a tuple of rows, 1 <= p, s <= dim <= features."""
    def instance(drawn: tuple[int, ...], codes: list[int], values: list[Fraction], sigma: Fraction) -> dict[str, Any]:
        dim, p, s = drawn
        design = tuple(_row(code, dim, entry) for code in codes)
        task = Linear(laid_out(tuple(values), "first", dim), sigma)
        return {"task": task, "design": design, "p": min(p, dim), "s": min(s, dim)}

    codes = st.integers(0, (2 * entry + 1) ** features - 1)
    return st.builds(instance, st.tuples(*[st.integers(1, features)] * 3),
                     st.lists(codes, min_size=1, max_size=points),
                     st.lists(st.sampled_from(COEFFICIENTS), max_size=features), st.sampled_from(DEVIATIONS))


def _row(code: int, dim: int, entry: int) -> tuple[int, ...]:
    """The digits of a number as integers of size at most `entry`, 0 first, then 1, -1, 2, ..."""
    digits: list[int] = []
    for _ in range(dim):
        code, digit = divmod(code, 2 * entry + 1)
        digits.append((digit + 1) // 2 * (1 if digit % 2 else -1))
    return tuple(digits)
