"""The benchmark of estimators finds every draw of the catalogue and a plain route that can stand in for it."""
from __future__ import annotations

import inspect
from pathlib import Path

import numpy as np
import pytest

from benchmarks import estimators as bench
from verify.loading import catalogue, load

TARGETS = catalogue(bench.CATALOGUE)
USED = {target.id: bench.estimators(Path(target.path).read_text(encoding="utf-8")) for target in TARGETS}
NAMES = sorted(set().union(*USED.values()))
BY_ID = {target.id: target for target in TARGETS}


@pytest.mark.parametrize(("source", "found"), [
    ("from simulate import votes\nvotes.f(1, rng, 2)", {"votes.f"}),
    ("from simulate import features as geometry\ngeometry.f(rng)\ngeometry.g(1)", {"features.f"}),
    ("from simulate.samples import draw\ndraw(rng, 1)", {"samples.draw"}),
    ("import numpy as np\nnp.sort(rng)\nrng.random(3)", set())])
def test_estimators_are_what_is_called_with_the_generator(source: str, found: set[str]) -> None:
    assert bench.estimators(source) == found


def test_many_are_found() -> None:
    assert len(NAMES) > 50
    assert {name for name in bench.CHANCES | bench.RISKS | set(bench.PLAIN) if name not in NAMES} == set()


@pytest.mark.parametrize("name", NAMES)
def test_plain_routes_take_the_same_arguments(name: str) -> None:
    route = bench.plain_route(name)
    if route is not None:
        module, _, function = route[1].partition(".")
        own = getattr(__import__(f"simulate.{module}", fromlist=[function]), function)
        plain = inspect.signature(route[2]).parameters
        named = [p.name for p in inspect.signature(own).parameters.values() if p.kind is not p.KEYWORD_ONLY]
        assert list(plain)[:len(named)] == named or "arguments" in plain


@pytest.mark.parametrize("claim", ["kaplun2022.student_massart", "cotter2021.hard_label_student",
                                   "ji2020.soft_labels_help_norm", "ji2020.data_inefficiency_norm",
                                   "classics.chernoff", "menon2020.unbiased_soft"])
def test_a_claim_draws_through_its_plain_route_while_that_is_in_place(claim: str) -> None:
    loaded = load(BY_ID[claim])
    (name,) = USED[claim]
    route = bench.plain_route(name)
    assert route is not None
    calls = []

    def counted(*arguments: object, **named: object) -> object:
        calls.append(name)
        return route[2](*arguments, **named)

    (instance,) = bench.instances(loaded, 1)
    with bench.replaced(loaded, route[1], counted):
        draws = loaded.statement().sample(instance.values, np.random.default_rng(0), 16)
    assert draws.shape == (16,)
    during = len(calls)
    loaded.statement().sample(instance.values, np.random.default_rng(0), 16)
    assert 0 < during == len(calls)
