"""Samplers' labels, and majorities of them, at random points of a finite task.

A sampler's label at x is an independent draw from the law of Y given x. Every function draws `size` i.i.d.
replicates, an array of shape (size,), and checks its parameters (ValueError). Beside each stands a twin
`*_numpy` with the same arguments: plain NumPy, another generator, no shared code; slow.

The number of ones among k labels is drawn by inversion: the least j with u < P(at most j ones). A majority needs
no more of it than whether u < P(at most (k - 1)/2 ones), so its k votes cost one comparison.

The loops are too short (2 to 10 ns a replicate) for threads to pay on blocks of some thousand.
"""
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from simulate.jit import kernel
from simulate.streams import pick, seed_of, start, uniform
from simulate.tasks import Binary, Finite, Floats, Number, as_floats, cumulate, probabilities

Bools = npt.NDArray[np.bool_]
Signs = npt.NDArray[np.int8]


def sampler_errors(task: Binary | Finite, rng: np.random.Generator, size: int) -> Bools:
    """1{teacher(X) != Y}: X ~ mass, the teacher's label and Y independent draws from the law at X.

    The mean is `task.sampler_risk()` (Cover & Hart 1967).
    """
    mass, law = _law(task)
    return _errors(cumulate(mass), cumulate(law), cumulate(law), seed_of(rng), size)


def sampler_errors_numpy(task: Binary | Finite, rng: np.random.Generator, size: int) -> Bools:
    """Twin of `sampler_errors`."""
    mass, law = _law(task)
    x = rng.choice(task.points, size=size, p=mass / mass.sum())
    return _labels_numpy(law[x], rng) != _labels_numpy(law[x], rng)


def teacher_errors(task: Binary, teacher: Sequence[Number], rng: np.random.Generator, size: int) -> Bools:
    """1{teacher(X) != Y}: as `sampler_errors`, but the teacher's label at x is 1 with probability teacher[x].

    `teacher` has one entry in [0, 1] per point. The mean is E[teacher (1 - eta) + (1 - teacher) eta].
    """
    mass, law = _law(task)
    return _errors(cumulate(mass), cumulate(law), cumulate(_teacher_law(task, teacher)), seed_of(rng), size)


def teacher_errors_numpy(task: Binary, teacher: Sequence[Number], rng: np.random.Generator,
                         size: int) -> Bools:
    """Twin of `teacher_errors`."""
    mass, eta = task.arrays()
    x = rng.choice(task.points, size=size, p=mass / mass.sum())
    return (rng.random(size) < as_floats(teacher)[x]) != (rng.random(size) < eta[x])


def sampler_regrets(task: Binary | Finite, rng: np.random.Generator, size: int) -> Signs:
    """1{teacher(X) != Y} - 1{f*(X) != Y}, each -1, 0 or 1: the sampler's loss beyond the Bayes classifier's.

    The mean is `task.sampler_risk() - task.bayes_risk()`.
    """
    mass, law = _law(task)
    best = np.array(task.bayes_classifier(), dtype=np.int64)
    return _regrets(cumulate(mass), cumulate(law), best, seed_of(rng), size)


def sampler_regrets_numpy(task: Binary | Finite, rng: np.random.Generator, size: int) -> Signs:
    """Twin of `sampler_regrets`."""
    mass, law = _law(task)
    x = rng.choice(task.points, size=size, p=mass / mass.sum())
    label, drawn = _labels_numpy(law[x], rng), _labels_numpy(law[x], rng)
    best = np.array(task.bayes_classifier())[x]
    return (drawn != label).astype(np.int8) - (best != label).astype(np.int8)


def majority_errors(eta: Number, k: int, rng: np.random.Generator, size: int) -> Bools:
    """1{the majority of k samplers' labels at one point is not the Bayes label}, k odd, P(label = 1) = eta.

    The Bayes label is 1 iff eta >= 1/2.
    """
    _check_odd(k)
    (value,) = probabilities((eta,), "votes: eta")
    return _minorities(float(value), 2 * value >= 1, k, seed_of(rng), size)


def majority_errors_numpy(eta: Number, k: int, rng: np.random.Generator, size: int) -> Bools:
    """Twin of `majority_errors`, through the binomial number of ones."""
    ones = rng.binomial(k, float(eta), size=size)
    return (2 * ones > k) != (2 * eta >= 1)


def majority_excess(task: Binary, k: int, rng: np.random.Generator, size: int,
                    teacher: Sequence[Number] | None = None) -> Floats:
    """g(X) 1{the majority of k labels at X is not f*(X)}, in [0, 1]; g is the margin |2 eta - 1|, k odd.

    Each label is 1 with probability teacher[X], by default eta[X]. Given X a wrong label costs g(X) more than
    the right one, so the mean is the majority's risk minus the Bayes risk.
    """
    _check_odd(k)
    mass, eta = task.arrays()
    votes = eta if teacher is None else _teacher_law(task, teacher)[:, 1]
    best = np.array(task.bayes_classifier(), dtype=np.bool_)
    return _excess(cumulate(mass), votes, as_floats(task.margin()), best, k, seed_of(rng), size)


def majority_excess_numpy(task: Binary, k: int, rng: np.random.Generator, size: int,
                          teacher: Sequence[Number] | None = None) -> Floats:
    """Twin of `majority_excess`, through the binomial number of ones."""
    mass, eta = task.arrays()
    x = rng.choice(task.points, size=size, p=mass / mass.sum())
    ones = rng.binomial(k, eta[x] if teacher is None else as_floats(teacher)[x])
    return np.abs(2 * eta[x] - 1) * ((2 * ones > k) != (2 * eta[x] >= 1))


@kernel
def _errors(mass: Floats, law: Floats, teacher: Floats, seed: np.uint64, size: int) -> Bools:
    out = np.empty(size, np.bool_)
    for r in range(size):
        state = start(seed, r)
        state, point = uniform(state)
        x = pick(mass, point)
        state, truth = uniform(state)
        state, drawn = uniform(state)
        out[r] = pick(law[x], truth) != pick(teacher[x], drawn)
    return out


@kernel
def _regrets(mass: Floats, law: Floats, best: npt.NDArray[np.int64], seed: np.uint64, size: int) -> Signs:
    out = np.empty(size, np.int8)
    for r in range(size):
        state = start(seed, r)
        state, point = uniform(state)
        x = pick(mass, point)
        state, truth = uniform(state)
        state, drawn = uniform(state)
        label = pick(law[x], truth)
        out[r] = int(pick(law[x], drawn) != label) - int(best[x] != label)
    return out


@kernel
def _minority(eta: float, k: int) -> float:
    """P(at most (k - 1)/2 of k labels are 1), k odd, within a share of some k 2^-52."""
    mode = min(k, int((k + 1) * eta))
    odds = eta / (1 - eta)
    fewer, more = (1.0, 0.0) if 2 * mode < k else (0.0, 1.0)
    # Probabilities in units of the likeliest one, from there outwards: each term is positive, and none overflows.
    term = 1.0
    for j in range(mode, k):
        term *= odds * (k - j) / (j + 1)
        if 2 * (j + 1) < k:
            fewer += term
        else:
            more += term
    term = 1.0
    for j in range(mode, 0, -1):
        term *= j / (odds * (k - j + 1))
        if 2 * (j - 1) < k:
            fewer += term
        else:
            more += term
    return fewer / (fewer + more)


@kernel
def _minorities(eta: float, best: bool, k: int, seed: np.uint64, size: int) -> Bools:
    out = np.empty(size, np.bool_)
    minority = _minority(eta, k)
    for r in range(size):
        _, u = uniform(start(seed, r))
        out[r] = (u >= minority) != best
    return out


@kernel
def _excess(mass: Floats, votes: Floats, margin: Floats, best: Bools, k: int, seed: np.uint64,
            size: int) -> Floats:
    out, minority = np.empty(size), np.empty(votes.size)
    for x in range(votes.size):
        minority[x] = _minority(votes[x], k)
    for r in range(size):
        state, point = uniform(start(seed, r))
        x = pick(mass, point)
        _, u = uniform(state)
        out[r] = margin[x] * ((u >= minority[x]) != best[x])
    return out


def _law(task: Binary | Finite) -> tuple[Floats, Floats]:
    """(mass, law) with one column per class."""
    mass, law = task.arrays()
    return mass, np.column_stack((1 - law, law)) if isinstance(task, Binary) else law


def _teacher_law(task: Binary, teacher: Sequence[Number]) -> Floats:
    ones = as_floats(probabilities(teacher, "votes: teacher", task.points))
    return np.column_stack((1 - ones, ones))


def _labels_numpy(rows: Floats, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """One label per row of probabilities: the clock that rings first, exponential at that rate."""
    with np.errstate(divide="ignore"):
        return np.argmin(rng.exponential(size=rows.shape) / rows, axis=1)


def _check_odd(k: int) -> None:
    if k < 1 or k % 2 == 0:
        raise ValueError(f"votes: k = {k} voters can tie or are none; give an odd k >= 1.")
