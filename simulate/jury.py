"""Votes that are right with one probability, whatever the Bayes label is."""
import numpy as np
import numpy.typing as npt

from simulate.tasks import Number, probabilities

Bools = npt.NDArray[np.bool_]


def few_right(right: Number, k: int, rng: np.random.Generator, size: int) -> Bools:
    """1{at most (k - 1)/2 of k independent votes are right}, each with the probability `right`; k odd."""
    (value,) = probabilities((right,), "jury: right")
    if k < 1 or k % 2 == 0:
        raise ValueError(f"jury: k = {k} voters can tie or are none; give an odd k >= 1.")
    return 2 * rng.binomial(k, float(value), size=size) < k


def few_right_numpy(right: Number, k: int, rng: np.random.Generator, size: int) -> Bools:
    """Twin of `few_right`, vote by vote."""
    votes = rng.random((size, k)) < float(right)
    return votes.sum(axis=1) <= (k - 1) // 2
