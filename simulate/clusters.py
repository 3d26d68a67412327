"""Class-conditional label noise over clusters, and rules that answer with a training point's label.

A point is a pair (cluster, place); places are 0, ..., PLACES - 1, equally likely. Every point of cluster i has the
clean label clean[i], and its observed label is j with probability noise[clean[i]][j], independently. A rule gets n
labelled points and a query at place 0 of a cluster. It is *local* if it answers with the label of a training point of
the query's cluster, where there is one, else of any training point, and which point that is depends on the inputs
alone. `RULES` has three local rules, and two that look at the labels.
"""
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from scipy.special import gammaln, xlog1py, xlogy

from simulate.jit import kernel
from simulate.streams import pick, seed_of, start, uniform
from simulate.tasks import Floats, Number, as_floats, cumulate, probability_vector

Integers = npt.NDArray[np.int64]
Table = tuple[tuple[Fraction, ...], ...]

PLACES = 2
RULES = ("first", "nearest", "crowded", "majority", "smallest")
LOCAL = RULES[:3]
LARGEST = 1300
"""Samples that are enumerated at most."""


def label_law(clean: Sequence[int], noise: Sequence[Sequence[Number]]) -> tuple[tuple[Number, ...], ...]:
    """The law of an observed label in each cluster: noise[clean[i]]; ValueError for a clean label without a row."""
    rows = tuple(probability_vector(row, f"clusters: noise[{y}]") for y, row in enumerate(noise))
    if any(len(row) != len(rows) for row in rows):
        raise ValueError(f"clusters: noise has rows of lengths {[len(r) for r in rows]}; give a square matrix.")
    if any(not 0 <= y < len(rows) for y in clean):
        raise ValueError(f"clusters: clean = {tuple(clean)!r} must be labels 0, ..., {len(rows) - 1}; give such.")
    return tuple(rows[y] for y in clean)


def chosen(rule: str, inputs: Sequence[tuple[int, int]], labels: Sequence[int], cluster: int) -> int:
    """The label that a rule of `RULES` gives at place 0 of `cluster`, from n >= 1 labelled points.

    Where the cluster has no training point, it is that of the first point of all. Else, among the cluster's points:
    the label of the first one; of the nearest one (ties: the first); of the last one at the place where most are
    (ties: place 0); the commonest label (ties: the lowest); the lowest label. ValueError for another rule.
    """
    inside = [i for i, (where, _) in enumerate(inputs) if where == cluster]
    if not inside:
        return labels[0]
    if rule == "majority":
        return min(range(max(labels) + 1), key=lambda y: -sum(labels[i] == y for i in inside))
    if rule == "smallest":
        return min(labels[i] for i in inside)
    if rule == "first":
        return labels[inside[0]]
    if rule == "nearest":
        return labels[min(inside, key=lambda i: inputs[i][1])]
    if rule == "crowded":
        places = [inputs[i][1] for i in inside]
        most = max(range(PLACES), key=places.count)
        return labels[[i for i in inside if inputs[i][1] == most][-1]]
    raise ValueError(f"clusters: rule = {rule!r} is none of {', '.join(RULES)}; name one of them.")


def replicated_law(mass: Sequence[Number], law: Sequence[Sequence[Number]], n: int, cluster: int, rule: str
                   ) -> Table | None:
    """(P(hit, label = j), P(missed, label = j)) for each j, by going through all labelled samples of size n.

    `law[i]` is that of a label in cluster i; hit means that the sample has a point of `cluster`. None where there are
    more than `LARGEST` samples or an entry is no Fraction.
    """
    cells = _cells(tuple(mass), tuple(tuple(row) for row in law))
    if cells is None or len(cells[0]) ** n > LARGEST:
        return None
    return _replicated(cells, n, cluster, rule, len(law[0]))


def distance_from_noise(mass: Sequence[Number], law: Sequence[Sequence[Number]], n: int, cluster: int, rule: str
                        ) -> Fraction | None:
    """The total variation between the law of a rule's label in `cluster` and law[cluster]; None as above."""
    found = replicated_law(mass, law, n, cluster, rule)
    if found is None:
        return None
    gaps = [abs(a + b - Fraction(t)) for a, b, t in zip(*found, law[cluster], strict=True)]
    return sum(gaps, Fraction(0)) / 2


@lru_cache(maxsize=256)
def _cells(mass: tuple[Number, ...], law: tuple[tuple[Number, ...], ...]
           ) -> tuple[tuple[tuple[tuple[int, int], int, int], ...], int] | None:
    """((input, label, weight) of one labelled point, common denominator), without those of weight 0."""
    weights = [(((i, place), y), p * q / PLACES) for i, (p, row) in enumerate(zip(mass, law, strict=True))
               for place in range(PLACES) for y, q in enumerate(row) if p * q]
    fractions = [w for _, w in weights if isinstance(w, Fraction)]
    if len(fractions) < len(weights):
        return None
    unit = lcm(*(w.denominator for w in fractions))
    return tuple((*cell, int(w * unit)) for (cell, _), w in zip(weights, fractions, strict=True)), unit


@lru_cache(maxsize=512)
def _replicated(cells: tuple[tuple[tuple[tuple[int, int], int, int], ...], int], n: int, cluster: int, rule: str,
                classes: int) -> Table:
    points, unit = cells
    totals = [[0] * classes, [0] * classes]
    for sample in product(points, repeat=n):
        weight = 1
        for _, _, share in sample:
            weight *= share
        inputs, labels = [cell for cell, _, _ in sample], [y for _, y, _ in sample]
        missed = all(where != cluster for where, _ in inputs)
        totals[missed][chosen(rule, inputs, labels, cluster)] += weight
    return tuple(tuple(Fraction(total, unit**n) for total in row) for row in totals)


@kernel
def _draw(seed: np.uint64, hits: Floats, others: Floats, law: Floats, n: int, cluster: int, rule: int,
          size: int) -> Integers:
    """`hits` are the running chances of 0, ..., n points in the cluster, `others` those of the other clusters."""
    out = np.empty(size, np.int64)
    places, labels, counts = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(law.shape[1], np.int64)
    for r in range(size):
        state, u = uniform(start(seed, r))
        found, fallback = pick(hits, u), -1
        if found == 0:
            state, u = uniform(state)
            where = pick(others, u)
            state, u = uniform(state)
            fallback = pick(law[where], u)
        for i in range(found):
            # One number for both: the place is its whole part, and what is left is uniform again.
            state, u = uniform(state)
            places[i] = int(u * PLACES)
            labels[i] = pick(law[cluster], u * PLACES - places[i])
        out[r] = _answer(places, labels, found, fallback, rule, counts)
    return out


@kernel
def _answer(places: Integers, labels: Integers, found: int, fallback: int, rule: int, counts: Integers) -> int:
    """The answer of rule number `rule` given the cluster's `found` points; `fallback` where there are none."""
    if found == 0:
        return fallback
    if rule == 0:
        return labels[0]
    if rule == 1:
        best = 0
        for i in range(1, found):
            if places[i] < places[best]:
                best = i
        return labels[best]
    if rule == 2:
        at_zero = 0
        for i in range(found):
            at_zero += places[i] == 0
        most = 0 if 2 * at_zero >= found else 1
        last = 0
        for i in range(found):
            if places[i] == most:
                last = i
        return labels[last]
    counts[:] = 0
    lowest = labels[0]
    for i in range(found):
        counts[labels[i]] += 1
        lowest = min(lowest, labels[i])
    return int(np.argmax(counts)) if rule == 3 else lowest


def replicated_labels(mass: Sequence[Number], law: Sequence[Sequence[Number]], n: int, cluster: int, rule: str,
                      rng: np.random.Generator, size: int, *, hit: bool = False) -> Integers:
    """`size` i.i.d. labels that a rule gives in `cluster`, a new labelled sample of size n for each.

    Drawn of a sample is what a rule looks at: how many points the cluster has, and these; the first of all where it
    has none. With `hit`, given that the sample has a point of the cluster. ValueError for n < 1,
    a cluster that isn't there or, with `hit`, has mass 0.
    """
    _check(mass, n, cluster, rule, hit)
    rows, others = cumulate(as_floats(as_floats(row) for row in law)), as_floats(mass)
    inside, others[cluster] = others[cluster], 0.0
    # No other cluster is asked for where there is none.
    others = cumulate(others) if others.any() else np.ones(others.size)
    hits = _hit_chances(inside, n)
    if hit:
        hits[0] = 0.0
    return _draw(seed_of(rng), cumulate(hits), others, rows, n, cluster, RULES.index(rule), size)


def _hit_chances(inside: float, n: int) -> Floats:
    """P(k of n points are in a cluster of mass `inside`), k = 0, ..., n."""
    k = np.arange(n + 1)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.exp(ways + xlogy(k, inside) + xlog1py(n - k, -inside))


def replicated_labels_numpy(mass: Sequence[Number], law: Sequence[Sequence[Number]], n: int, cluster: int, rule: str,
                            rng: np.random.Generator, size: int, *, hit: bool = False) -> Integers:
    """Twin of `replicated_labels`: whole samples through `chosen`; with `hit`, those without one are drawn anew."""
    _check(mass, n, cluster, rule, hit)
    out: list[int] = []
    weights, rows = as_floats(mass), [as_floats(row) for row in law]
    while len(out) < size:
        inputs = [(int(i), int(rng.integers(PLACES))) for i in rng.choice(weights.size, size=n, p=weights)]
        labels = [int(rng.choice(rows[i].size, p=rows[i])) for i, _ in inputs]
        if not hit or any(i == cluster for i, _ in inputs):
            out.append(chosen(rule, inputs, labels, cluster))
    return np.array(out)


def noisy_clusters(rules: Sequence[str] = LOCAL, clusters: tuple[int, int] = (1, 3), max_points: int = 40
                   ) -> SearchStrategy[dict[str, Any]]:
    """{"mass", "clean", "noise", "n", "cluster", "label", "rule"}: noise over some clusters, and what is asked.

    `clusters` is the least and the largest number of them; there are 2 or 3 classes and 1 to `max_points` training
    points, mostly few; the cluster asked about has positive mass.
    """
    noises = {classes: st.tuples(*[st.tuples(*[st.integers(0, 6)] * classes).filter(any)] * classes)
              for classes in (2, 3)}

    @st.composite
    def instances(draw: st.DrawFn) -> dict[str, Any]:
        classes = draw(st.integers(2, 3))
        noise = tuple(tuple(Fraction(v, sum(row)) for v in row) for row in draw(noises[classes]))
        size = draw(st.integers(*clusters))
        weights = draw(st.tuples(*[st.integers(1, 8)] * size))
        return {"mass": tuple(Fraction(w, sum(weights)) for w in weights),
                "clean": draw(st.tuples(*[st.integers(0, classes - 1)] * size)), "noise": noise,
                "n": draw(st.one_of(st.integers(1, 4), st.integers(1, max_points))),
                "cluster": draw(st.integers(0, size - 1)), "label": draw(st.integers(0, classes - 1)),
                "rule": draw(st.sampled_from(tuple(rules)))}

    return instances()


def _check(mass: Sequence[Number], n: int, cluster: int, rule: str, hit: bool) -> None:
    if n < 1:
        raise ValueError(f"clusters: n = {n} training points; give at least 1.")
    if not 0 <= cluster < len(mass):
        raise ValueError(f"clusters: cluster = {cluster} is none of 0, ..., {len(mass) - 1}; name one of them.")
    if hit and mass[cluster] == 0:
        raise ValueError(f"clusters: cluster {cluster} has mass 0, so it is never hit; give it some.")
    if rule not in RULES:
        raise ValueError(f"clusters: rule = {rule!r} is none of {', '.join(RULES)}; name one of them.")

