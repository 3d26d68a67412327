"""Soft teachers: strategies for a task with a teacher's probabilities away from 0 and 1, and what their labels lose."""
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from simulate import classifiers, divergences, ensembles, strategies
from simulate.tasks import HALF, Binary, Finite, Number

NEAR = st.sampled_from((Fraction(1), Fraction(1, 2), Fraction(1, 8), Fraction(1, 64)))
"""The share of the way from the truth to another law that a whole teacher goes."""


def binary_with_soft_teacher(max_points: int = 5) -> strategies.Instances:
    """{"task": Binary, "teacher"}, probabilities in [1/1000, 999/1000]; the teacher is often near eta, or at 1/2."""
    def teacher(eta: Fraction, other: Fraction, kind: int, near: Fraction) -> Fraction:
        return eta + near * ((other, HALF, 1 - eta)[kind] - eta)

    def instance(drawn: tuple[dict[str, Any], Fraction]) -> dict[str, Any]:
        members, near = drawn
        return {"task": Binary(members["mass"], tuple(eta for eta, _, _ in members["predictions"])),
                "teacher": tuple(teacher(eta, other, kind, near) for eta, other, kind in members["predictions"])}

    records = st.tuples(ensembles.inside01(), ensembles.inside01(), st.integers(0, 2))
    return st.tuples(ensembles.members(records, max_points), NEAR).map(instance)


def finite_with_soft_teacher(max_points: int = 3, max_classes: int = 4) -> strategies.Instances:
    """{"task": Finite, "teacher": one law per point}."""
    def instance(classes: int) -> SearchStrategy[Any]:
        laws = st.one_of(ensembles.positive_laws(classes),
                         st.integers(0, classes - 1).map(lambda y: tuple(Fraction(z == y) for z in range(classes))))
        return st.tuples(ensembles.members(st.tuples(laws, laws), max_points), NEAR).map(lambda drawn: {
            "task": Finite(drawn[0]["mass"], tuple(law for law, _ in drawn[0]["predictions"])),
            "teacher": tuple(tuple(p + drawn[1] * (q - p) for p, q in zip(*pair, strict=True))
                             for pair in drawn[0]["predictions"])})

    return strategies.by_size(st.integers(2, max_classes), instance)


def labels(task: Binary, teacher: Sequence[Number], threshold: Number = HALF) -> tuple[int, ...]:
    """1 where the teacher's probability is above `threshold`, 0 below; there, the less likely label: the worst rule."""
    return tuple(int(q > threshold) if q != threshold else int(eta < HALF)
                 for eta, q in zip(task.eta, teacher, strict=True))


def classes(task: Finite, teacher: Sequence[Sequence[Number]]) -> tuple[int, ...]:
    """The teacher's likeliest class, of several the one that is least likely in truth."""
    return tuple(min((y for y in range(task.classes) if row[y] == max(row)), key=lambda y, law=law: law[y])
                 for law, row in zip(task.law, teacher, strict=True))


def regret(task: Binary | Finite, labels: Sequence[int]) -> Number:
    """The excess risk of the labels, by enumeration."""
    return classifiers.risk(task, labels) - task.bayes_risk()


def mean(task: Binary | Finite, values: Sequence[Any]) -> Any:
    """The mean over the points."""
    return ensembles.average(task.mass, values)


def distances(task: Binary, teacher: Sequence[Number]) -> list[Number]:
    """|teacher - eta| at every point: the total variation of the two laws."""
    return [abs(q - eta) for q, eta in zip(teacher, task.eta, strict=True)]


def variations(task: Finite, teacher: Sequence[Sequence[Number]]) -> list[Number]:
    """The total variation of the teacher's law and the true one at every point."""
    return [sum((abs(p - q) for p, q in zip(law, row, strict=True)), Fraction(0)) / 2
            for law, row in zip(task.law, teacher, strict=True)]


def divergence(task: Binary, teacher: Sequence[Number]) -> Any:
    """E KL(eta || teacher), the excess log loss, as a ball."""
    return divergences.mean(task.mass, divergence_at(task, teacher))


def divergence_at(task: Binary, teacher: Sequence[Number]) -> list[Any]:
    """KL(eta || teacher) at every point."""
    return [divergences.kl((eta, 1 - eta), (q, 1 - q)) for eta, q in zip(task.eta, teacher, strict=True)]


def least_margin(task: Binary) -> Number:
    """The smallest |2 eta - 1| at a point of positive mass."""
    return min(g for p, g in zip(task.mass, task.margin(), strict=True) if p)
