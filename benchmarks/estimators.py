"""What each estimator of the catalogue gains on plain sampling: variance ratio, time ratio and their product.

    python -m benchmarks.estimators [module.name ...] [--instances 4] [--rounds 5]

An estimator is a function of `simulate` that claims draw with. Its plain route is its twin: labels, points and matrices
one after another, by NumPy. Both are called through the claims' own `sample`, in turn, at instances that the claims'
strategies draw from a fixed seed; ratios are medians over rounds and geometric means over instances. Where an estimator
draws a conditional mean, the variance is compared with that of what it is the mean of; elsewhere the law is the same.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.many_runs import markdown
from verify.claim import Claim
from verify.instance import Instance
from verify.loading import catalogue, load
from verify.search import explore
from verify.worker import ONE_THREAD

CATALOGUE = Path(__file__).resolve().parent.parent / "claims"
MOST_DRAWS, FEWEST_DRAWS = 4096, 64
SECONDS = 0.2  # that one block of the plain route may take
MOST_CLAIMS = 3  # per estimator, from which instances are drawn


def _whole_matrices(n: int, p: int, labellings: Sequence[Any], rng: np.random.Generator, size: int) -> Any:
    from simulate.interpolation import square_norms

    seed = int(rng.integers(2**63))
    return np.sqrt([square_norms(n, p, h, np.random.default_rng(seed), size) for h in labellings])


def _least_squares(teacher: Sequence[Any], n: int, rng: np.random.Generator, size: int) -> Any:
    from simulate.projections import students_numpy

    return np.linalg.norm(students_numpy(teacher, n, rng, size), axis=1)


def _whole_vectors(dim: int, m: int, rng: np.random.Generator, size: int) -> Any:
    from simulate.hard_labels import mean_signed_vectors

    along, orthogonal = mean_signed_vectors((1,) + (0,) * (dim - 1), m, rng, size)
    return np.arctan2(np.sqrt(orthogonal), along) / np.pi


def _labelled_points(*arguments: Any) -> Any:
    from simulate.students import fresh_teacher_excess

    return fresh_teacher_excess(*arguments, compiled=False)


def _row_by_row(*arguments: Any) -> Any:
    from simulate.totals import totals_numpy

    return totals_numpy(*arguments)


def _errors(name: str, *arguments: Any) -> Any:
    module, _, function = name.partition(".")
    return getattr(importlib.import_module(f"simulate.{module}"), function)(*arguments)


PLAIN: Mapping[str, tuple[str, Callable[..., Any]]] = {
    "tallies.student_excess": ("tallies.student_excess", _labelled_points),
    "disagreement.largest_deviations": ("disagreement.totals", _row_by_row),
    "disagreement.student_disagreements": ("disagreement.totals", _row_by_row),
    "disagreement.student_excesses": ("disagreement.totals", _row_by_row),
    "sums.mean_exceeds": ("totals.totals", _row_by_row),
    "tails.sample_event": ("totals.totals", _row_by_row),
    "hard_labels.student_angles": ("hard_labels.student_angles", _whole_vectors),
    "projections.lengths": ("projections.lengths", _least_squares),
    "projections.squared_cosines": ("projections.lengths", _least_squares),
    "gaussians.bayes_risks": ("gaussians.bayes_risks", partial(_errors, "gaussians.bayes_errors")),
    "laplace.bayes_risks": ("laplace.bayes_risks", partial(_errors, "laplace.bayes_errors")),
    "pieces.bayes_risks": ("pieces.bayes_risks", partial(_errors, "pieces.bayes_errors")),
    "pieces.circle_risks": ("pieces.circle_risks", partial(_errors, "pieces.circle_errors")),
    "interpolation.norms": ("interpolation.norms", _whole_matrices),
}
"""Plain routes that are not a twin `*_numpy` or `compiled=False`: what is replaced, and by what."""

CHANCES = {"cells.circle_means", "neighbours.cosine_risks", "cube.cube_risks", "grids.torus_means",
           "clouds.neighbour_errors", "features.transfer_risks", "hard_labels.student_angles", "votes.majority_excess",
           "gaussians.bayes_risks", "laplace.bayes_risks", "pieces.bayes_risks", "pieces.circle_risks"}
"""Draws that are conditional probabilities: plain sampling draws the events, of variance p (1 - p) at mean p."""
RISKS = {"ridgeless.teacher_risks", "ridgeless.distilled_risks", "ridgeless.random_features_risks"}
"""Draws that are conditional mean squares of a Gaussian: plain sampling draws the squares."""


@dataclass(frozen=True)
class Row:
    """One estimator: the ratios are None where there is no other route."""

    name: str
    plain: str
    claims: int
    nanoseconds: float
    variance: float | None = None
    time: float | None = None


def estimators(source: str) -> set[str]:
    """The functions `module.name` of `simulate` that a claim's source calls with `rng`."""
    tree = ast.parse(source)
    homes: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "simulate":
            prefix = (node.module or "").partition(".")[2]
            homes |= {alias.asname or alias.name: f"{prefix}.{alias.name}".strip(".") for alias in node.names}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and any(isinstance(a, ast.Name) and a.id == "rng" for a in node.args):
            first, *rest = ast.unparse(node.func).split(".")
            if first in homes:
                found.add(".".join([homes[first], *rest]))
    return {name for name in found if name.count(".") == 1}


def plain_route(name: str) -> tuple[str, str, Callable[..., Any]] | None:
    """(what it is called, what is replaced, by what) for an estimator; None where it is the plain route itself."""
    if name in PLAIN:
        target, twin = PLAIN[name]
        called = twin.args[0] if isinstance(twin, partial) else twin.__name__.strip("_").replace("_", " ")
        return called, target, twin
    module, _, function = name.partition(".")
    home = importlib.import_module(f"simulate.{module}")
    if twin := getattr(home, f"{function}_numpy", None):
        return twin.__name__, name, twin
    own = getattr(home, function)
    if "compiled" in inspect.signature(own).parameters:
        return "compiled=False", name, partial(own, compiled=False)
    return None


@contextmanager
def replaced(claim: Claim, target: str, twin: Callable[..., Any]) -> Iterator[None]:
    """`simulate.target` is the twin, in its module and in the claim's file."""
    module, _, function = target.partition(".")
    home = importlib.import_module(f"simulate.{module}")
    own, names = getattr(home, function), getattr(claim.sample, "__globals__", {})
    with ExitStack() as stack:
        stack.enter_context(patch.object(home, function, twin))
        stack.enter_context(patch.dict(names, {name: twin for name, value in names.items() if value is own}))
        yield


def instances(claim: Claim, count: int) -> list[Instance]:
    """The first instances that a search of the claim draws."""
    found: dict[str, Instance] = {}

    def score(instance: Instance) -> float:
        found.setdefault(instance.key, instance)
        return -float(len(found))

    explore(claim.statement(), score, examples=count + 2, seed="benchmarks.estimators")
    return list(found.values())[-count:]


def block(claim: Claim, instance: Instance, size: int, seed: int) -> float:
    """CPU seconds a draw of one block."""
    rng, started = np.random.default_rng(seed), time.thread_time()
    claim.statement().sample(instance.values, rng, size)
    return (time.thread_time() - started) / size


def variance_ratio(name: str, claim: Claim, instance: Instance, size: int) -> float | None:
    """Variance of plain sampling over that of the estimator; 1 where they have the same law, None where it is 0."""
    if name not in CHANCES | RISKS:
        return 1.0
    module, _, function = name.partition(".")
    own, recorded = getattr(importlib.import_module(f"simulate.{module}"), function), []

    def recording(*arguments: Any, **named: Any) -> Any:
        recorded.append(own(*arguments, **named))
        return recorded[-1]

    with replaced(claim, name, recording):
        block(claim, instance, size, 0)
    if isinstance(recorded[0], tuple):
        # Several means of one training set, of which the claim takes one.
        recorded[0] = claim.statement().sample(instance.values, np.random.default_rng(0), size)
    draws = np.asarray(recorded[0], np.float64)
    mean, variance = float(draws.mean()), float(draws.var())
    if variance <= 1e-12 * mean**2:
        return None
    # Given a draw r the event has mean r and variance r (1 - r); a Gaussian's square has mean r and variance 2 r^2.
    return mean * (1 - mean) / variance if name in CHANCES else 1 + 2 * float((draws**2).mean()) / variance


def compare(name: str, claim: Claim, instance: Instance, route: tuple[str, str, Callable[..., Any]] | None, rounds: int
            ) -> tuple[float, float | None, float | None]:
    """(seconds a draw, variance ratio, time ratio) at one instance; None for a ratio that can't be had."""
    most = min(MOST_DRAWS, claim.block)
    block(claim, instance, FEWEST_DRAWS, 0)
    size = most
    if route is not None:
        with replaced(claim, *route[1:]):
            first = block(claim, instance, FEWEST_DRAWS, 0)
        size = int(min(most, max(FEWEST_DRAWS, SECONDS / first)))
    ours, times = [], []
    for seed in range(rounds):
        ours.append(block(claim, instance, most, seed))
        if route is not None:
            with replaced(claim, *route[1:]):
                times.append(block(claim, instance, size, rounds + seed) / ours[-1])
    return statistics.median(ours), variance_ratio(name, claim, instance, most), \
        statistics.median(times) if times else None


def measure(name: str, claims: Sequence[Claim], count: int, rounds: int) -> Row:
    """One estimator, at instances of up to three of its claims."""
    route = plain_route(name)
    found = [compare(name, claim, instance, route, rounds)
             for claim in claims[:MOST_CLAIMS] for instance in instances(claim, count)]
    seconds, *ratios = ([value for value in column if value is not None] for column in zip(*found, strict=True))
    variance, faster = (statistics.geometric_mean(each) if each else None for each in ratios)
    return Row(name, route[0] if route else "itself", len(claims), 1e9 * statistics.geometric_mean(seconds), variance,
               faster if route else 1.0)


def shown(row: Row) -> dict[str, str]:
    """A row of the table."""
    gain = None if row.variance is None or row.time is None else row.variance * row.time
    numbers = {"variance": row.variance, "time": row.time, "gain": gain}
    return {"estimator": f"`{row.name}`", "plain route": row.plain, "claims": str(row.claims),
            "ns/draw": f"{row.nanoseconds:.0f}",
            **{key: "-" if value is None else f"{value:.2g}" for key, value in numbers.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="estimators, as module.name; all of them by default")
    parser.add_argument("--instances", type=int, default=4, help="of each claim")
    parser.add_argument("--rounds", type=int, default=5, help="blocks of each route at each instance")
    chosen = parser.parse_args()
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    users: dict[str, list[Claim]] = defaultdict(list)
    for target in catalogue(CATALOGUE):
        claim = load(target)
        if claim.sample is not None:
            for name in estimators(Path(target.path).read_text(encoding="utf-8")):
                users[name].append(claim)
    if unknown := set(chosen.names) - set(users):
        parser.error(f"no claim draws with {', '.join(sorted(unknown))}; there are {', '.join(sorted(users))}.")
    with threadpool_limits(limits=1):
        rows = [measure(name, users[name], chosen.instances, chosen.rounds) for name in sorted(chosen.names or users)]
    rows.sort(key=lambda row: -(row.variance or 1) * (row.time or 0))
    header = ("estimator", "plain route", "claims", "ns/draw", "variance", "time", "gain")
    print(markdown(header, [shown(row) for row in rows]))


if __name__ == "__main__":
    main()
