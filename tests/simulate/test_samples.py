"""Averages over samples: enumeration against the definition, draws against their twin, and what must not matter.

Tests by draws fail by chance with probability below 1e-8 each, were the seeds not fixed.
"""
from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from simulate import Finite, samples

F = Fraction
TASK = Finite((F(1, 4), F(3, 4)), ((F(1, 2), F(1, 3), F(1, 6)), (F(0), F(1, 5), F(4, 5))))
LOSS = ((F(0), F(1, 2), F(1)), (F(1, 4), F(1), F(0)))
TEACHER = ((F(1), F(0), F(0)), (F(1, 3), F(1, 3), F(1, 3)))


def mean_over_samples(n: int, name: str, power: int) -> Fraction:
    """E average^power by going through all ordered samples of points and labels."""
    total = F(0)
    cells = [(x, y) for x in range(2) for y in range(3)]
    for sample in product(cells, repeat=n):
        chance, charged = F(1), F(0)
        for x, y in sample:
            chance *= F(TASK.mass[x]) * F(TASK.law[x][y])
            charged += {"hard": LOSS[x][y], "plain": sum(LOSS[x]) / 3,
                        "soft": sum(p * v for p, v in zip(TASK.law[x], LOSS[x], strict=True)),
                        "taught": sum(p * v for p, v in zip(TEACHER[x], LOSS[x], strict=True))}[name]
        total += chance * (charged / n) ** power
    return total


@pytest.mark.parametrize("name", ["hard", "soft", "plain", "taught"])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_moments_of_averages_are_those_of_all_ordered_samples(name: str, n: int) -> None:
    law = samples.over(samples.examples(TASK, LOSS, TEACHER), n)
    assert law is not None
    assert sum(law.weights) == 1
    assert law.mean(name) == mean_over_samples(n, name, 1)
    assert law.square_error(name, F(0)) == mean_over_samples(n, name, 2)


@pytest.mark.parametrize("n", [1, 4, 60])
def test_draws_have_the_moments_of_the_law_and_of_their_twin(n: int) -> None:
    one, size = samples.examples(TASK, LOSS, TEACHER), 40_000
    drawn = samples.draw(one, n, np.random.default_rng(1), size)
    other = samples.draw_numpy(one, n, np.random.default_rng(2), size)
    assert set(drawn) == set(other) == {"hard", "soft", "plain", "taught"}
    for name, column in drawn.items():
        # Six standard errors of a difference of means.
        radius = 6 * np.sqrt(2 * float(one.variance(name)) / n / size) + 1e-12
        assert abs(column.mean() - float(one.mean(name))) < radius
        assert abs(column.mean() - other[name].mean()) < radius
        squares = [(values - float(one.mean(name))) ** 2 for values in (column, other[name])]
        assert abs(squares[0].mean() - squares[1].mean()) < 6 * np.sqrt(2 * squares[1].var() / size) + 1e-12


def test_permuting_labels_and_points_changes_nothing() -> None:
    def turned(rows: tuple) -> tuple:
        return tuple(tuple(row[y] for y in (2, 0, 1)) for row in reversed(rows))

    first = samples.over(samples.examples(TASK, LOSS, TEACHER), 3)
    task = Finite(tuple(reversed(TASK.mass)), turned(TASK.law))
    second = samples.over(samples.examples(task, turned(LOSS), turned(TEACHER)), 3)
    assert first is not None and second is not None
    for name in ("hard", "soft", "plain", "taught"):
        assert first.mean(name) == second.mean(name)
        assert first.covariance(name, "hard") == second.covariance(name, "hard")


def test_splitting_a_point_changes_nothing() -> None:
    split = Finite((F(1, 8), F(1, 8), F(3, 4)), (TASK.law[0], TASK.law[0], TASK.law[1]))
    loss, teacher = (LOSS[0], *LOSS), (TEACHER[0], *TEACHER)
    assert dict(sorted(rows(TASK, LOSS, TEACHER))) == dict(sorted(rows(split, loss, teacher)))


def rows(task: Finite, loss: tuple, teacher: tuple) -> list:
    one = samples.examples(task, loss, teacher)
    return list(zip(zip(*one.columns.values(), strict=True), one.weights, strict=True))


def test_points_and_labels_of_no_mass_leave_no_row() -> None:
    task = Finite((F(0), F(1)), ((F(1), F(0)), (F(0), F(1))))
    one = samples.examples(task, ((F(1), F(1)), (F(0), F(1, 3))))
    assert one.table() == ((1,), {"hard": (F(1, 3),), "soft": (F(1, 3),), "plain": (F(1, 6),)})


def test_a_mixture_lies_between_its_parts() -> None:
    one = samples.examples(TASK, LOSS, TEACHER)
    assert one.with_mixture(F(0)).columns["mixed"] == one.columns["hard"]
    assert one.with_mixture(F(1)).columns["mixed"] == one.columns["taught"]
    assert one.with_mixture(F(1, 4), "plain").mean("mixed") == F(3, 4) * one.mean("hard") + one.mean("plain") / 4


def test_noise_replaces_labels_by_the_first_class() -> None:
    assert samples.noisy(TASK, F(1)).law == ((1, 0, 0), (1, 0, 0))
    assert samples.noisy(TASK, F(0)) is TASK
    assert samples.moved(((F(0), F(1)),), F(1, 5)) == ((F(1, 5), F(4, 5)),)
    with pytest.raises(ValueError, match="noise"):
        samples.moved(TASK.law, F(2))


def test_a_calibrated_teacher_knows_the_mean_of_its_cell() -> None:
    assert samples.calibrated(TASK, (0, 1)) == TASK.law
    pooled = samples.calibrated(TASK, (0, 0))
    assert pooled[0] == pooled[1] == tuple(a / 4 + 3 * b / 4 for a, b in zip(*TASK.law, strict=True))
    empty = Finite((F(0), F(1)), ((F(1), F(0)), (F(0), F(1))))
    assert samples.calibrated(empty, (7, 8))[0] == (1, 0)
    with pytest.raises(ValueError, match="1 entries for 2 points"):
        samples.calibrated(TASK, (0,))


def test_what_is_too_large_or_not_rational_is_not_enumerated() -> None:
    one = samples.examples(TASK, LOSS)
    assert samples.over(one, 50) is None
    assert samples.over(samples.examples(Finite((0.5, 0.5), TASK.law), LOSS), 2) is None
    assert samples.label_laws(TASK, LOSS, 50)["S"] is None
    assert set(samples.teacher_laws(TASK, LOSS, 2, TEACHER)["S"][1]) == {
        "hard_risk", "soft_risk", "plain_risk", "taught_risk"}


def test_bad_input_is_refused() -> None:
    one = samples.examples(TASK, LOSS)
    for call in (samples.over, lambda law, n: samples.draw(law, n, np.random.default_rng(), 1)):
        with pytest.raises(ValueError, match="n = 0 examples"):
            call(one, 0)
    with pytest.raises(ValueError, match="1 rows for 2 points"):
        samples.examples(TASK, (LOSS[0],))
    with pytest.raises(ValueError, match=r"not in \[0, 1\]"):
        samples.examples(TASK, (LOSS[0], (F(2), F(0), F(0))))
    with pytest.raises(ValueError, match="sums to"):
        samples.examples(TASK, LOSS, (TEACHER[0], (F(1), F(1), F(0))))
    with pytest.raises(ValueError, match="2 entries for 1 weights"):
        samples.Examples((F(1),), {"hard": (F(1), F(0))})


def test_norms_over_the_classes() -> None:
    apart, largest, centres = samples.squared_norms(TASK, LOSS, TEACHER, centred=False)
    assert apart == [F(1, 4) + F(1, 9) + F(1, 36), F(1, 9) + F(2, 15) ** 2 + F(7, 15) ** 2]
    assert largest == F(5, 4)
    assert centres == [0, 0]
    assert samples.squared_norms(TASK, LOSS, TEACHER, centred=True)[1:] == (F(13, 24), [F(1, 2), F(5, 12)])


def test_the_table_of_classes_is_a_law_with_the_teachers_mean_loss() -> None:
    table = samples.class_table(TASK, LOSS, TEACHER, lambda square: float(square) ** 0.5,
                                lambda square, other: float(square / other) ** 0.25, centred=True)
    weights, columns = table["XK"]
    one = samples.examples(TASK, LOSS, TEACHER)
    assert sum(weights) == 1
    assert 3 * sum(p * v for p, v in zip(weights, columns["told_share"], strict=True)) == one.mean("taught")
    products = zip(weights, columns["told"], columns["loss"], strict=True)
    assert 3 * sum(p * q * v for p, q, v in products) == one.mean("taught")
    assert all(low == pytest.approx(1 / high) for low, high in zip(columns["lean"], columns["back"], strict=True))
