"""Totals of m independent rows from a finite law: what empirical risks, averages and votes are made of.

Instead of one row after another, hands of several rows are drawn, each with one uniform number. The law of a hand's
total is written down beforehand, by how often each row is in it, and drawn from by the alias method (Walker 1977; Vose
1991). Hands hold as many rows as keep that list short. Probabilities are exact but for rounding, 1e-13 or so.
"""
from math import comb, exp, log

import numpy as np
import numpy.typing as npt

from simulate.jit import kernel
from simulate.streams import State, seed_of, start, uniform

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

LONGEST = 512
"""Totals of one hand that are listed at most."""
MOST_HANDS = 8
"""Hands for each cell beyond which NumPy's multinomial numbers are quicker."""


@kernel
def _hand(weights: Floats, rows: npt.NDArray, rows_in_hand: int, length: int) -> tuple[Floats, npt.NDArray]:
    """(probability, total) of a hand, for each of the `length` ways to choose how often each row is in it."""
    columns, cells = rows.shape
    chances, totals = np.empty(length), np.zeros((columns, length), rows.dtype)
    log_factorials, counts = np.zeros(rows_in_hand + 1), np.zeros(cells, np.int64)
    for i in range(1, rows_in_hand + 1):
        log_factorials[i] = log_factorials[i - 1] + log(i)
    counts[cells - 1] = rows_in_hand
    logs = np.log(weights / weights.sum())
    for entry in range(length):
        value = log_factorials[rows_in_hand]
        for cell in range(cells):
            count = counts[cell]
            if count:
                value += count * logs[cell] - log_factorials[count]
                for column in range(columns):
                    totals[column, entry] += count * rows[column, cell]
        chances[entry] = exp(value)
        # The next way in lexicographic order: one more in the last cell that has something behind it to take from.
        left, cell = counts[cells - 1], cells - 2
        counts[cells - 1] = 0
        while cell >= 0 and left == 0:
            left, counts[cell] = counts[cell], 0
            cell -= 1
        if cell >= 0:
            counts[cell] += 1
            counts[cells - 1] = left - 1
    return chances, totals


@kernel
def _aliases(chances: Floats) -> tuple[Floats, Integers]:
    """(thresholds, aliases): entry i, all picked equally often, becomes aliases[i, u >= thresholds[i]], u uniform."""
    size = chances.size
    thresholds, aliases = chances * (size / chances.sum()), np.empty((size, 2), np.int64)
    small, large = np.empty(size, np.int64), np.empty(size, np.int64)
    smalls = larges = 0
    for i in range(size):
        aliases[i] = i
        if thresholds[i] < 1.0:
            small[smalls] = i
            smalls += 1
        else:
            large[larges] = i
            larges += 1
    while smalls and larges:
        smalls -= 1
        i, j = small[smalls], large[larges - 1]
        aliases[i, 1] = j
        thresholds[j] -= 1.0 - thresholds[i]
        if thresholds[j] < 1.0:
            larges -= 1
            small[smalls] = j
            smalls += 1
    # What is left is 1 but for rounding.
    for i in range(smalls):
        thresholds[small[i]] = 1.0
    return thresholds, aliases


@kernel
def _deal(state: State, thresholds: Floats, aliases: Integers, dealt: Integers) -> State:
    """Fill `dealt` with entries of a list."""
    for hand in range(dealt.size):
        state, u = uniform(state)
        place = u * thresholds.size
        entry = int(place)
        # Looked up, as a branch would be mispredicted every third time.
        dealt[hand] = aliases[entry, int(place - entry >= thresholds[entry])]
    return state


@kernel
def _totals(seed: np.uint64, weights: Floats, rows: npt.NDArray, m: int, hands: int, lengths: Integers,
            size: int) -> npt.NDArray:
    """`lengths` are those of the lists of a hand of m // hands rows, and of one row more."""
    fewer, longer = m // hands, m % hands
    chances, totals_of_fewer = _hand(weights, rows, fewer, lengths[0])
    thresholds, aliases = _aliases(chances)
    chances, totals_of_more = _hand(weights, rows, fewer + 1, lengths[1] if longer else 1)
    more_thresholds, more_aliases = _aliases(chances)
    out, dealt = np.empty((rows.shape[0], size), rows.dtype), np.empty(hands, np.int64)
    for r in range(size):
        state = _deal(start(seed, r), thresholds, aliases, dealt[longer:])
        _deal(state, more_thresholds, more_aliases, dealt[:longer])
        for column in range(rows.shape[0]):
            total = rows.dtype.type(0)
            for hand in range(longer):
                total += totals_of_more[column, dealt[hand]]
            for hand in range(longer, hands):
                total += totals_of_fewer[column, dealt[hand]]
            out[column, r] = total
    return out


def totals(weights: npt.ArrayLike, rows: npt.ArrayLike, m: int, rng: np.random.Generator, size: int) -> npt.NDArray:
    """`size` totals of m independent rows, row i drawn with probability proportional to weights[i].

    `rows` has shape (cells, columns), of floats or integers; the totals have shape (columns, size) and that kind.
    ValueError for m < 1, for another number of weights than of rows, and for weights that are negative or all 0.
    """
    shares, values = _checked(weights, rows, m)
    merged: dict[bytes, int] = {}
    firsts: list[int] = []
    place = [merged.setdefault(row.tobytes(), i) for i, row in enumerate(values)]
    for i, first in enumerate(place):
        if first == i:
            firsts.append(i)
        else:
            shares[first] += shares[i]
    shares, values = shares[firsts], np.ascontiguousarray(values[firsts].T)
    hands = _hands(shares.size, m)
    if hands > MOST_HANDS * shares.size:
        return values @ rng.multinomial(m, shares / shares.sum(), size=size).T
    lengths = [comb(m // hands + more + shares.size - 1, shares.size - 1) for more in (0, 1)]
    return _totals(seed_of(rng), shares, values, m, hands, np.array(lengths), size)


def totals_numpy(weights: npt.ArrayLike, rows: npt.ArrayLike, m: int, rng: np.random.Generator, size: int
                 ) -> npt.NDArray:
    """Twin of `totals`, row after row; of memory size * m * columns."""
    shares, values = _checked(weights, rows, m)
    return values[rng.choice(shares.size, size=(size, m), p=shares / shares.sum())].sum(axis=1).T


def first_least(values: npt.NDArray) -> Integers:
    """For each column of `values`, of shape (rows, size), the first row that holds its smallest entry."""
    least, row = values[0], np.zeros(values.shape[1], np.int64)
    for i in range(1, len(values)):
        row = np.where(values[i] < least, i, row)
        least = np.minimum(least, values[i])
    return row


def _hands(cells: int, m: int) -> int:
    """The fewest hands that hold m rows with at most `LONGEST` totals each, or with one row each."""
    most = 1
    while most < m and comb(most + cells, cells - 1) <= LONGEST:
        most += 1
    return -(-m // most)


def _checked(weights: npt.ArrayLike, rows: npt.ArrayLike, m: int) -> tuple[Floats, npt.NDArray]:
    """Copies without the rows of weight 0."""
    shares, values = np.array(weights, dtype=np.float64), np.asarray(rows)
    if m < 1 or values.ndim != 2 or shares.shape != values.shape[:1]:
        raise ValueError(f"totals: {m} rows from a table of shape {values.shape} with {shares.size} weights; give "
                         "m >= 1 and one weight for each row.")
    if not (shares >= 0).all() or not 0 < shares.sum() < np.inf:
        raise ValueError(f"totals: the weights {shares} must be finite numbers >= 0, not all 0.")
    present = shares > 0
    return shares[present], values[present]
