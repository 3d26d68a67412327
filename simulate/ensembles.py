"""Finite ensembles of predictors: one of them is drawn with probability `mass`, and predicts a number or a law.

Strategies draw them with rational weights and predictions; `draws` picks members. A draw of a loss is the loss of a
member that is picked, so its mean is the average over the ensemble.
"""
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from simulate.strategies import Instances, by_size, fractions01, weights
from simulate.tasks import Floats, as_floats

_EDGE = Fraction(1, 1000)  # predictions whose logarithm is taken keep this far from 0 and 1


def reals(scale: int = 4) -> SearchStrategy[Fraction]:
    """Fractions in [-scale, scale]; shrinks to 0."""
    signs = st.sampled_from((1, -1))
    return st.tuples(signs, fractions01(64)).map(lambda drawn: drawn[0] * scale * drawn[1])


def inside01() -> SearchStrategy[Fraction]:
    """Fractions in [1/1000, 999/1000]; shrinks to the lower end."""
    return fractions01(99).map(lambda share: _EDGE + share * (1 - 2 * _EDGE))


def positives(largest: int = 4) -> SearchStrategy[Fraction]:
    """Fractions in [1/50, largest + 1/50]."""
    return fractions01(64).map(lambda share: Fraction(1, 50) + largest * share)


def members(predictions: SearchStrategy[Any], max_members: int = 5) -> Instances:
    """{"mass": weights that sum to 1, "predictions": one per member}: 1 to `max_members` members."""
    records = st.lists(st.tuples(weights(), predictions), max_size=max_members)

    def instance(drawn: list[tuple[int, Any]]) -> dict[str, Any]:
        total = sum(weight for weight, _ in drawn)
        return {"mass": tuple(Fraction(weight, total) for weight, _ in drawn),
                "predictions": tuple(each for _, each in drawn)}

    return records.filter(lambda drawn: any(weight for weight, _ in drawn)).map(instance)


def positive_laws(classes: int) -> SearchStrategy[tuple[Fraction, ...]]:
    """Probability vectors of this many positive entries; shrinks to the uniform one."""
    counts = st.one_of(st.integers(1, 8), st.integers(1, 200))
    return st.tuples(*[counts] * classes).map(lambda drawn: tuple(Fraction(v, sum(drawn)) for v in drawn))


def members_of_classes(max_members: int = 3, max_classes: int = 3) -> Instances:
    """{"mass", "predictions": one law per member, "law": the law of Y}, all laws positive on 2 classes or more."""
    def instance(classes: int) -> Instances:
        laws = positive_laws(classes)
        parts = st.tuples(members(laws, max_members), laws)
        return parts.map(lambda drawn: {**drawn[0], "law": drawn[1]})

    return by_size(st.integers(2, max_classes), instance)


def conditional_laws(max_points: int = 3, outcomes: int = 3) -> Instances:
    """{"mass", "law", "values"}: at each point a law on some real outcomes of its own."""
    laws = st.tuples(*[weights()] * outcomes).filter(any).map(
        lambda drawn: tuple(Fraction(v, sum(drawn)) for v in drawn))
    rows = st.tuples(laws, st.tuples(*[reals()] * outcomes))
    return members(rows, max_points).map(lambda drawn: {
        "mass": drawn["mass"], "law": tuple(row[0] for row in drawn["predictions"]),
        "values": tuple(row[1] for row in drawn["predictions"])})


def flattened(mass: Sequence[Any], law: Sequence[Sequence[Any]], values: Sequence[Sequence[Any]]) -> tuple[Any, Any]:
    """The joint law of point and outcome, and the outcomes."""
    joint = [p * share for p, row in zip(mass, law, strict=True) for share in row]
    return joint, [value for row in values for value in row]


def in_order(mass: Sequence[Any], values: Sequence[Any], other_mass: Sequence[Any],
             other_values: Sequence[Any]) -> list[tuple[Any, Any, Any]]:
    """The joint law (probability, value, other value) with both in increasing order: the comonotone coupling."""
    left = sorted(zip(values, mass, strict=True))
    right = sorted(zip(other_values, other_mass, strict=True))
    joint, i, j, used, other_used = [], 0, 0, Fraction(0), Fraction(0)
    while i < len(left) and j < len(right):
        step = min(left[i][1] - used, right[j][1] - other_used)
        joint.append((step, left[i][0], right[j][0]))
        used, other_used = used + step, other_used + step
        if used == left[i][1]:
            i, used = i + 1, Fraction(0)
        if j < len(right) and other_used == right[j][1]:
            j, other_used = j + 1, Fraction(0)
    return joint


def average(mass: Sequence[Any], values: Sequence[Any]) -> Any:
    """The sum of mass * value; members of mass 0 are left out."""
    return sum((p * value for p, value in zip(mass, values, strict=True) if p), start=Fraction(0))


def draws(mass: Sequence[Any], values: Sequence[Any], rng: np.random.Generator, size: int) -> Floats:
    """`size` i.i.d. values, each that of a member drawn with probability `mass`."""
    share = as_floats(mass)
    return as_floats(values)[rng.choice(share.size, size=size, p=share / share.sum())]


def draws_numpy(mass: Sequence[Any], values: Sequence[Any], rng: np.random.Generator, size: int) -> Floats:
    """Twin of `draws`: how often each member is drawn, then shuffled."""
    share = as_floats(mass)
    return rng.permutation(np.repeat(as_floats(values), rng.multinomial(size, share / share.sum())))


def reach(values: Sequence[Any]) -> tuple[float, float]:
    """The smallest and the largest value: the support of `draws`."""
    found = [float(value) for value in values]
    return min(found), max(found)
