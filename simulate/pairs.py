"""Hypothesis strategies for teachers and students side by side; everything rational, hence exact."""
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from simulate import strategies
from simulate.strategies import Instances
from simulate.tasks import Binary, Finite


def binary_pairs(max_points: int = 6) -> Instances:
    """{"task": Binary, "teacher": a label per point, "student": P(the student's label = 1) at each point}."""
    def pair(drawn: dict[str, Any]) -> dict[str, Any]:
        return {"task": drawn["task"], "teacher": drawn["hypotheses"][0], "student": drawn["teacher"]}

    return strategies.binary_with_class_and_teacher(max_points, 1).map(pair)


def finite_pairs(max_points: int = 4, max_classes: int = 5) -> Instances:
    """{"task": Finite, "teacher": a label per point, "student": a label per point, as often as not the teacher's}."""
    def pair(task: Finite, labels: list[tuple[int, int]]) -> dict[str, Any]:
        here = labels[:task.points]
        return {"task": task, "teacher": tuple(label % task.classes for label, _ in here),
                "student": tuple((label + shift) % task.classes for label, shift in here)}

    labels = st.tuples(st.integers(0, max_classes - 1), st.sampled_from((0, 0, 1, 2)))
    return st.builds(pair, strategies.finite_tasks(max_points, max_classes),
                     st.lists(labels, min_size=max_points, max_size=max_points))


def class_and_teachers(max_points: int = 4, max_hypotheses: int = 8) -> Instances:
    """{"mass", "hypotheses", "teachers"}: a class, and one to three labellings that the teacher may turn out to be.

    The teachers are members of the class or labellings beside it.
    """
    def instance(drawn: dict[str, Any], beside: int, member: int) -> dict[str, Any]:
        rows = drawn["hypotheses"]
        if 0 < beside < len(rows):
            return {"mass": drawn["task"].mass, "hypotheses": rows[:-beside], "teachers": rows[-beside:]}
        first = member % len(rows)
        return {"mass": drawn["task"].mass, "hypotheses": rows, "teachers": rows[first:first + max(beside, 1)]}

    return st.builds(instance, strategies.binary_with_class(max_points, max_hypotheses), st.integers(0, 3),
                     st.integers(0, max_hypotheses - 1))


def task_and_teachers(max_points: int = 4, max_hypotheses: int = 8) -> Instances:
    """As `class_and_teachers`, with a whole `Binary` task in place of the masses."""
    def instance(drawn: dict[str, Any], etas: list[Fraction]) -> dict[str, Any]:
        mass = drawn.pop("mass")
        return {"task": Binary(mass, tuple(etas[:len(mass)])), **drawn}

    etas = st.lists(strategies.fractions01(), min_size=max_points, max_size=max_points)
    return st.builds(instance, class_and_teachers(max_points, max_hypotheses), etas)


def vectors(least: int = 1, most: int = 5) -> st.SearchStrategy[tuple[int, ...]]:
    """Vectors of `least` to `most` small integers, not all 0."""
    entries = st.lists(st.integers(-9, 9), min_size=least, max_size=most)
    return entries.filter(any).map(tuple)


def two_vectors(first: str, second: str, most: int = 5) -> Instances:
    """{first: vector, second: vector} of one length from 1 to `most`, neither of them 0."""
    rows = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=most)
    pairs = rows.map(lambda drawn: tuple(zip(*drawn, strict=True))).filter(lambda pair: all(map(any, pair)))
    return pairs.map(lambda pair: {first: pair[0], second: pair[1]})


def pupils() -> Instances:
    """What one student's logit is trained on: fields of `logits.Pupil`, 0 < soft_ratio < 1, temperature >= 1/2."""
    return st.fixed_dictionaries({
        "soft_ratio": strategies.fractions01(100).filter(lambda share: 0 < share < 1),
        "weight": quotients(1, 40, 4), "temperature": quotients(1, 16, 2), "teacher_logit": quotients(-32, 32, 4),
        "label": st.integers(0, 1)})


def quotients(low: int, high: int, denominator: int) -> st.SearchStrategy[Fraction]:
    """Fractions j/denominator, low <= j <= high, every other one whole; ValueError unless some of them is whole."""
    first, last = -(-low // denominator), high // denominator
    if first > last:
        raise ValueError(f"quotients: no whole number lies between {low}/{denominator} and {high}/{denominator}; widen "
                         "the range.")
    whole = st.integers(first, last).map(Fraction)
    return st.one_of(whole, st.integers(low, high).map(lambda j: Fraction(j, denominator)))
