"""Rankings by a teacher's probabilities: top-k sets, pairwise losses, negatives, and the area under the curve.

What is enumerated is exact where the entries are rational. Every simulation draws `size` i.i.d. replicates with NumPy;
they are short vector operations. Ties are broken in the worst case: by the lowest true probability.
"""
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt
from flint import arb, ctx, fmpq

from simulate.tasks import Binary, Finite, Floats, Number, as_floats, cumulate

Signs = npt.NDArray[np.int8]
Rows = Sequence[Sequence[Number]]


def top_sets(scores: Sequence[Number], k: int) -> list[tuple[int, ...]]:
    """Every set of k labels whose scores are the k largest: more than one where scores tie.

    By enumeration of all sets. ValueError for k outside 1, ..., the number of labels.
    """
    if not 1 <= k <= len(scores):
        raise ValueError(f"ranking: k = {k} of {len(scores)} labels; give at least 1 and at most all of them.")
    sums = {chosen: sum(scores[i] for i in chosen) for chosen in combinations(range(len(scores)), k)}
    most = max(sums.values())
    return [chosen for chosen, total in sums.items() if total == most]


def chosen_set(truth: Sequence[Number], scores: Sequence[Number], k: int) -> tuple[int, ...]:
    """The top k by scores that has the least true mass."""
    return min(top_sets(scores, k), key=lambda chosen: sum(truth[i] for i in chosen))


def lost_mass(truth: Sequence[Number], scores: Sequence[Number], k: int) -> Number:
    """How much less true mass the top k by scores has than the best k labels; ties in the worst case."""
    best, chosen = top_sets(truth, k)[0], chosen_set(truth, scores, k)
    return sum((truth[i] for i in best), Fraction(0)) - sum(truth[i] for i in chosen)


def label_table(task: Finite, teacher: Rows, k: int) -> tuple[list[Number], dict[str, list[Number]]]:
    """(weights, columns) of a point drawn from the task and a label drawn uniformly, one row for each pair.

    Columns: truth and teacher (the label's probabilities), best and chosen (1 where it is in the top k by either, as in
    `lost_mass`), cut (the teacher's k-th largest probability), distance (its largest mistake at the point), share
    (k/L), balance (0: both sets have k labels).
    """
    weights: list[Number] = []
    columns: dict[str, list[Number]] = {name: [] for name in ("truth", "teacher", "best", "chosen", "cut", "distance",
                                                             "share", "balance")}
    for mass, true, said in zip(task.mass, task.law, teacher, strict=True):
        best, chosen = top_sets(true, k)[0], chosen_set(true, said, k)
        cut, distance = sorted(said)[-k], max(abs(t - p) for t, p in zip(said, true, strict=True))
        for i in range(task.classes):
            weights.append(mass / task.classes)
            row = (true[i], said[i], Fraction(i in best), Fraction(i in chosen), cut, distance,
                   Fraction(k, task.classes), Fraction(0))
            for column, value in zip(columns.values(), row, strict=True):
                column.append(value)
    return weights, columns


def top_k_losses(task: Finite, teacher: Rows, k: int, rng: np.random.Generator, size: int) -> Signs:
    """1{Y among the top k by the law} - 1{Y among the top k by the teacher's row}, each -1, 0 or 1.

    Ties in the teacher's row are broken in the worst case. The mean is E lost_mass at X.
    """
    best, chosen = (_hits(task, rows, k) for rows in (task.law, teacher))
    points, labels = _examples(task, rng, size)
    return (best.astype(np.int8) - chosen)[points, labels]


def top_k_hits(task: Finite, scores: Rows, k: int, rng: np.random.Generator, size: int) -> npt.NDArray[np.bool_]:
    """1{Y among the top k by the scores of X's row}, ties broken in the worst case."""
    return _hits(task, scores, k)[_examples(task, rng, size)]


def _examples(task: Finite, rng: np.random.Generator, size: int) -> tuple[npt.NDArray[np.int64], ...]:
    mass, law = task.arrays()
    points = np.searchsorted(cumulate(mass), rng.random(size), side="right")
    return points, (rng.random(size)[:, None] >= cumulate(law)[points]).sum(axis=1)


def _hits(task: Finite, scores: Rows, k: int) -> npt.NDArray[np.bool_]:
    """Whether a label is in the top k of its row; among equal scores the less probable labels come first."""
    hits = np.zeros((task.points, task.classes), np.bool_)
    for x, (true, row) in enumerate(zip(task.law, scores, strict=True)):
        # Compared as they are given: two fractions may be one float.
        ordered = sorted(zip([-score for score in row], true, range(task.classes), strict=True))
        hits[x, [label for _, _, label in ordered[:k]]] = True
    return hits


def pairwise_loss(probabilities: Sequence[Fraction], odds: Sequence[Fraction], negative: Number = 1) -> arb:
    """sum_ij p_i w_j ln(1 + exp(-(f_i - f_j))), f_i = ln odds_i, as a ball of some 200 bits; i = j takes part.

    w_j = 1 - p_j for negative = 1, p_j for negative = 0, and in between for others.
    """
    with ctx.workprec(240):
        total = arb(0)
        for p, first in zip(probabilities, odds, strict=True):
            for q, second in zip(probabilities, odds, strict=True):
                ratio = 1 + Fraction(second) / first
                weight = p * (negative * (1 - q) + (1 - negative) * q)
                total += _rational(weight) * arb(_rational(ratio)).log()
        return total


def _rational(value: Number) -> fmpq:
    exact = Fraction(value)
    return fmpq(exact.numerator, exact.denominator)


def logit_odds(probabilities: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """p/(1 - p) for every probability, the odds of the scores logit(p); ValueError outside (0, 1)."""
    if not all(0 < p < 1 for p in probabilities):
        raise ValueError(f"ranking: probabilities = {tuple(map(str, probabilities))} have no finite odds; keep them "
                         "inside (0, 1).")
    return tuple(Fraction(p) / (1 - p) for p in probabilities)


def pair_table(probabilities: Sequence[Fraction], odds: Sequence[Fraction]
               ) -> tuple[list[Fraction], dict[str, list[Fraction]]]:
    """(weights, columns) of a pair (i, j) drawn uniformly, i = j included.

    Columns: first and second (p_i and p_j), odds (exp(f_i - f_j)), wrong (1 where p and f order the pair differently or
    f doesn't, else 0).
    """
    count = len(probabilities)
    rows = [(p, q, one / other, Fraction(p != q and (p - q) * (one - other) <= 0))
            for p, one in zip(probabilities, odds, strict=True) for q, other in zip(probabilities, odds, strict=True)]
    columns = {name: list(column) for name, column in zip(("first", "second", "odds", "wrong"), zip(*rows, strict=True),
                                                          strict=True)}
    return [Fraction(1, count**2)] * count**2, columns


def rank_gain(scores: Sequence[Number], values: Sequence[Number]) -> list[list[Fraction]]:
    """1 where scores[i] > scores[j], 1/2 where they tie, else 0; for values that are numbers, one per score."""
    if len(scores) != len(values):
        raise ValueError(f"ranking: {len(scores)} scores for {len(values)} points; give one per point.")
    return [[Fraction((first > second) + (first >= second), 2) for second in scores] for first in scores]


def area(task: Binary, scores: Sequence[Number]) -> Number:
    """P(scores[X] > scores[X'] | Y = 1, Y' = 0) + half the probability of a tie; ValueError where a class is empty."""
    positives = [p * eta for p, eta in zip(task.mass, task.eta, strict=True)]
    negatives = [p * (1 - eta) for p, eta in zip(task.mass, task.eta, strict=True)]
    if not sum(positives) or not sum(negatives):
        raise ValueError(f"ranking: eta = {task.eta} leaves a class without mass; the area needs both classes.")
    gain = rank_gain(scores, task.eta)
    total = sum((a * b * gain[i][j] for i, a in enumerate(positives) for j, b in enumerate(negatives)), Fraction(0))
    return total / (sum(positives) * sum(negatives))


def area_gains(task: Binary, scores: Sequence[Number], rng: np.random.Generator, size: int) -> Floats:
    """1 where X has the higher score, 1/2 where they tie, else 0, for X and X' drawn given Y = 1 and Y' = 0."""
    first, second = _positive_and_negative(task, rng, size)
    return as_floats(rank_gain(scores, task.eta))[first, second]


def area_losses(task: Binary, scores: Sequence[Number], rng: np.random.Generator, size: int) -> Floats:
    """The gain of eta's ranking less that of the scores at X, X' drawn given Y = 1, Y' = 0; in [-1, 1].

    The mean is area(task, task.eta) - area(task, scores).
    """
    first, second = _positive_and_negative(task, rng, size)
    difference = as_floats(rank_gain(task.eta, task.eta)) - as_floats(rank_gain(scores, task.eta))
    return difference[first, second]


def _positive_and_negative(task: Binary, rng: np.random.Generator, size: int) -> tuple[npt.NDArray[np.int64], ...]:
    mass, eta = task.arrays()
    laws = (mass * eta, mass * (1 - eta))
    first, second = (np.searchsorted(cumulate(law), rng.random(size), side="right") for law in laws)
    return first, second


def area_table(task: Binary, scores: Sequence[Number]) -> tuple[list[Number], dict[str, list[Number]]]:
    """(weights, columns) of two independent points x and x'.

    Columns: first and second (eta at them), said and also (the scores), miss and other (how far the scores are from
    eta), sign and order (the signs, -1, 0 or 1, of the differences of eta and of the scores); forward (eta's gain less
    the scores' where x is positive and x' negative, times the probability of that) and backward (the same with x and x'
    exchanged); placed and mirrored (half of the order in place of the gains' difference).
    """
    points = list(zip(task.mass, task.eta, scores, strict=True))
    weights, rows = [], []
    for mass, eta, said in points:
        for other_mass, other_eta, also in points:
            sign, order = (Fraction((a > b) - (a < b)) for a, b in ((eta, other_eta), (said, also)))
            there, back = eta * (1 - other_eta), other_eta * (1 - eta)
            weights.append(mass * other_mass)
            rows.append((eta, other_eta, said, also, abs(said - eta), abs(also - other_eta), sign, order,
                         there * (sign - order) / 2, back * (order - sign) / 2, there * order / 2, -back * order / 2))
    names = ("first", "second", "said", "also", "miss", "other", "sign", "order", "forward", "backward", "placed",
             "mirrored")
    return weights, {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def base_rate(task: Binary) -> Number:
    """P(Y = 1)."""
    return sum((p * eta for p, eta in zip(task.mass, task.eta, strict=True)), Fraction(0))
