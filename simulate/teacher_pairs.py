"""Pairs of random teachers at one point, whose accuracies and whose soft risks disagree on which one is better.

At the point the true law p* and both teachers' laws are independent and uniform on the simplex. A teacher's accuracy is
p* of its likeliest class; its soft risk is off by (p_t - p*).l. The pair is *misranked* where the teacher of higher
accuracy has the larger squared error. All is said given that the accuracies differ, that is, given that the likeliest
classes do.
"""
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulate.tasks import Floats

Bools = npt.NDArray[np.bool_]
Function = Callable[[Fraction], Fraction]

THIRD, HALF, ONE = Fraction(1, 3), Fraction(1, 2), Fraction(1)
_WEIGHTS = (41, 216, 27, 272, 27, 216, 41)  # of Newton and Cotes on seven points: exact for polynomials up to degree 7


def misranked(classes: int, rng: np.random.Generator, size: int, *, zero_one: bool) -> Bools:
    """`size` draws of 1{the pair is misranked}; losses 1{y is the first class}, or independent and uniform in [0, 1].

    ValueError for fewer than two classes.
    """
    _check(classes)
    law, first, second = (_simplex(classes, rng, size) for _ in range(3))
    loss = np.eye(classes)[np.zeros(size, np.int64)] if zero_one else rng.random((size, classes))
    one = rng.integers(classes, size=size)
    other = (one + rng.integers(1, classes, size=size)) % classes
    rows = np.arange(size)
    for teacher, top in ((first, one), (second, other)):
        # By symmetry the law given that class `top` is the likeliest: the largest entry changes places with that one.
        at = teacher.argmax(axis=1)
        teacher[rows, at], teacher[rows, top] = teacher[rows, top].copy(), teacher[rows, at].copy()
    return _disagree(law, first, second, loss, one, other)


def misranked_numpy(classes: int, rng: np.random.Generator, size: int, *, zero_one: bool) -> Bools:
    """Twin of `misranked`: pairs of equal accuracy are drawn too, and left out."""
    _check(classes)
    kept: list[Bools] = []
    while sum(map(len, kept)) < size:
        law, first, second = rng.dirichlet(np.ones(classes), (3, 2 * size))
        loss = np.zeros((2 * size, classes)) if zero_one else rng.random((2 * size, classes))
        loss[:, 0] = 1 if zero_one else loss[:, 0]
        one, other = first.argmax(axis=1), second.argmax(axis=1)
        kept.append(_disagree(law, first, second, loss, one, other)[one != other])
    return np.concatenate(kept)[:size]


def frequency(classes: int) -> Fraction:
    """P(misranked) for the loss 1{y is the first class}, by exact integration; ValueError unless there are 2 or 3."""
    if classes not in _SHAPES:
        raise ValueError(f"teacher_pairs: classes = {classes}; the integral is known for {sorted(_SHAPES)}.")
    share = Fraction(2, classes)
    # Where neither likeliest class is the first, the two errors have one law, whatever the accuracies.
    return (1 - share) / 2 + share * _with_the_first(_SHAPES[classes])


def _disagree(law: Floats, first: Floats, second: Floats, loss: Floats, one: npt.NDArray[np.int64],
              other: npt.NDArray[np.int64]) -> Bools:
    rows = np.arange(len(law))
    errors = [np.abs(((teacher - law) * loss).sum(axis=1)) for teacher in (first, second)]
    return (law[rows, one] > law[rows, other]) == (errors[0] > errors[1])


def _simplex(classes: int, rng: np.random.Generator, size: int) -> Floats:
    waits = rng.exponential(size=(size, classes))
    return waits / waits.sum(axis=1, keepdims=True)


def _check(classes: int) -> None:
    if classes < 2:
        raise ValueError(f"teacher_pairs: classes = {classes} can't be told apart; give at least 2.")


def _integral(function: Function, ends: Iterable[Fraction]) -> Fraction:
    """The integral of a function that is a polynomial of degree <= 7 between neighbouring ends."""
    total, points = Fraction(0), sorted(set(ends))
    for low, high in pairwise(points):
        step = (high - low) / 6
        total += step / 140 * sum((w * function(low + i * step) for i, w in enumerate(_WEIGHTS)), Fraction(0))
    return total


def _with_the_first(shape: "_Shape") -> Fraction:
    """P(misranked) where the first class is one of the two likeliest ones."""
    def larger(t: Fraction) -> Fraction:
        """P(|u - t| > |v - t|): v lies between u and its mirror image."""
        def at(u: Fraction) -> Fraction:
            return shape.top(u) * (shape.below(max(u, 2 * t - u)) - shape.below(min(u, 2 * t - u)))

        marks = (Fraction(0), THIRD, HALF, ONE)
        return _integral(at, [x for x in (*marks, t, *(2 * t - m for m in marks)) if shape.least <= x <= 1])

    def at_first(t: Fraction) -> Fraction:
        return shape.wins(t) * larger(t) + shape.loses(t) * (1 - larger(t))

    return _integral(at_first, [Fraction(k, 12) for k in range(13)])


@dataclass(frozen=True)
class _Shape:
    """Laws of the first entry u of a teacher that has its largest entry there, v of one that has it elsewhere.

    u has the density `top` on [least, 1], v the distribution function `below`; t, the first entry of p*, has the
    density `wins` where it exceeds the other teacher's class and `loses` where that exceeds it. At t = 1/2, where these
    may jump, both orders are as likely.
    """

    least: Fraction
    top: Function
    below: Function
    wins: Function
    loses: Function


def _below_three(v: Fraction) -> Fraction:
    low, high = min(max(v, Fraction(0)), THIRD), min(max(v, THIRD), HALF)
    return 3 * (low - low * low / 2) + 6 * ((high - high * high) - (THIRD - THIRD * THIRD))


_SHAPES = {
    2: _Shape(HALF, lambda u: Fraction(2), lambda v: 2 * min(max(v, Fraction(0)), HALF),
              lambda t: Fraction(t >= HALF), lambda t: Fraction(t < HALF)),
    3: _Shape(THIRD, lambda u: 6 * min(3 * u - 1, 1 - u), _below_three,
              lambda t: 2 * min(t, 1 - t), lambda t: 2 * (1 - t) - 2 * min(t, 1 - t)),
}
