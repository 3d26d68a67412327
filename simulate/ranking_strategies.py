"""Hypothesis strategies for rankings: laws with a teacher's rows, label probabilities, pair losses, scores.

They shrink to few labels and simple fractions, like those of `simulate.strategies`.
"""
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from simulate.strategies import Instances, by_size, fractions01, weights
from simulate.tasks import Binary, Finite

INNER = fractions01(64).map(lambda f: (1 + 62 * f) / 64)
"""Fractions in [1/64, 63/64]."""


def normalised(numbers: Sequence[int]) -> tuple[Fraction, ...]:
    """The numbers divided by their sum."""
    total = sum(numbers)
    return tuple(Fraction(value, total) for value in numbers)


def teachers_of_classes(max_points: int = 3, max_classes: int = 6) -> Instances:
    """{"task": Finite, "teacher": a probability row per point, "k"}: at the law, moved from it, or any; 1 <= k <= L."""
    def instances(classes: int) -> Instances:
        row = st.tuples(*[weights()] * classes).filter(any).map(normalised)
        record = st.tuples(weights(), row, row, fractions01(64))
        records = st.lists(record, max_size=max_points).filter(lambda drawn: any(r[0] for r in drawn))
        return st.builds(instance, records, st.integers(1, classes))

    def instance(records: list[tuple[Any, ...]], k: int) -> dict[str, Any]:
        teacher = tuple(tuple(p + r[3] * (q - p) for p, q in zip(r[1], r[2], strict=True)) for r in records)
        return {"task": Finite(normalised([r[0] for r in records]), tuple(r[1] for r in records)),
                "teacher": teacher, "k": k}

    return by_size(st.integers(2, max_classes), instances)


def nearly_right_teachers(max_points: int = 3, max_classes: int = 5) -> Instances:
    """As `teachers_of_classes`, k < L, with mistakes around half of the gap after the k-th probability, or none.

    At every point the teacher raises a label and lowers another by the same share of the gap, often those beside it.
    """
    def instances(classes: int) -> Instances:
        row = st.tuples(*[weights()] * classes).filter(any).map(normalised)
        pairs = st.one_of(st.none(), st.tuples(st.integers(0, classes - 1), st.integers(0, classes - 1)))
        shares = st.one_of(st.sampled_from((Fraction(1, 2), Fraction(2, 5), Fraction(11, 20))), fractions01(64))
        record = st.tuples(weights(), row, pairs, shares)
        records = st.lists(record, max_size=max_points).filter(lambda drawn: any(r[0] for r in drawn))
        return st.builds(instance, records, st.integers(1, classes - 1))

    def moved(row: tuple[Fraction, ...], pair: tuple[int, int] | None, share: Fraction, k: int
              ) -> tuple[Fraction, ...]:
        ordered = sorted(range(len(row)), key=lambda label: -row[label])
        low, high = pair or (ordered[k - 1], ordered[k])
        step = min(share * (row[ordered[k - 1]] - row[ordered[k]]), row[low], 1 - row[high])
        return tuple(p + step * ((i == high) - (i == low)) for i, p in enumerate(row))

    def instance(records: list[tuple[Any, ...]], k: int) -> dict[str, Any]:
        return {"task": Finite(normalised([r[0] for r in records]), tuple(r[1] for r in records)),
                "teacher": tuple(moved(r[1], r[2], r[3], k) for r in records), "k": k}

    return by_size(st.integers(2, max_classes), instances)


def scored_labels(max_labels: int = 5) -> Instances:
    """{"probabilities", "odds"}: p_i in (0, 1) and scores f_i as odds exp(f_i) > 0: near those of p_i, tied, or any."""
    def instance(records: list[tuple[Fraction, Fraction, Fraction]], flat: bool) -> dict[str, Any]:
        fitted = [p / (1 - p) for p, _, _ in records]
        odds = [Fraction(1) if flat else (own + move * (other / (1 - other) - own))
                for own, (_, other, move) in zip(fitted, records, strict=True)]
        return {"probabilities": tuple(r[0] for r in records), "odds": tuple(odds)}

    records = st.lists(st.tuples(INNER, INNER, fractions01(64)), min_size=2, max_size=max_labels)
    return st.builds(instance, records, st.booleans())


def pair_losses(count: int) -> SearchStrategy[tuple[tuple[Fraction, ...], ...]]:
    """A loss in [0, 1] for every pair of `count` labels or points."""
    return st.tuples(*[st.tuples(*[fractions01(32)] * count)] * count)


def multi_labels(max_labels: int = 4) -> Instances:
    """{"probabilities", "weights", "losses"}: independent labels, a law w > 0 of negatives, and losses of pairs."""
    def instances(count: int) -> Instances:
        positive = st.tuples(*[st.integers(1, 12)] * count).map(normalised)
        return st.fixed_dictionaries({"probabilities": st.tuples(*[fractions01(32)] * count), "weights": positive,
                                      "losses": pair_losses(count)})

    return by_size(st.integers(2, max_labels), instances)


def binary_with_losses(max_points: int = 3, max_n: int = 4) -> Instances:
    """{"task": Binary, "losses": one per pair of points, "n": points in the sample, 2 to `max_n`}."""
    def instances(count: int) -> Instances:
        masses = st.tuples(*[st.integers(1, 8)] * count).map(normalised)
        tasks = st.builds(Binary, masses, st.tuples(*[fractions01(32)] * count))
        return st.fixed_dictionaries({"task": tasks, "losses": pair_losses(count), "n": st.integers(2, max_n)})

    return by_size(st.integers(1, max_points), instances)


def binary_with_scores(max_points: int = 5) -> Instances:
    """{"task": Binary with both classes, "scores": one in [0, 1] per point, often tied}."""
    scores = st.one_of(st.sampled_from((Fraction(0), Fraction(1, 2), Fraction(1))), fractions01(64))
    records = st.lists(st.tuples(weights(), fractions01(), scores), max_size=max_points)

    def instance(drawn: list[tuple[Any, ...]]) -> dict[str, Any]:
        task = Binary(normalised([r[0] for r in drawn]), tuple(r[1] for r in drawn))
        return {"task": task, "scores": tuple(r[2] for r in drawn)}

    usable = records.filter(lambda drawn: any(r[0] for r in drawn)).map(instance)
    return usable.filter(lambda found: 0 < sum(
        p * eta for p, eta in zip(found["task"].mass, found["task"].eta, strict=True)) < 1)


def binary_with_ranker(max_points: int = 5) -> Instances:
    """{"task": Binary with both classes, "teacher": probabilities per point}: at eta, near it, or any, often tied."""
    def instance(drawn: dict[str, Any], share: Fraction) -> dict[str, Any]:
        said = tuple(eta + share * (score - eta) for eta, score in zip(drawn["task"].eta, drawn["scores"], strict=True))
        return {"task": drawn["task"], "teacher": said}

    return st.builds(instance, binary_with_scores(max_points), st.one_of(st.just(Fraction(1)), fractions01(64)))
