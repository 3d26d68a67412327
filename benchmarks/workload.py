"""A workload: the same work by several routes, and how much faster the project has to be than each of them.

A module of `benchmarks/workloads` defines one `WORKLOAD` and is named after it. Its routes are prepared only when they
are run: what a route needs beyond the project (a compiler, scikit-learn) may be missing, and says so by `Unavailable`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import numpy as np
import numpy.typing as npt

from benchmarks import workloads

Answers = npt.NDArray[np.float64]
Run = Callable[[int, int], Answers]
Check = Callable[[Mapping[str, Answers]], None]

PROJECT, NUMPY, SKLEARN, C = "project", "NumPy/SciPy", "scikit-learn", "C"


class Unavailable(Exception):
    """A route can't be run here; the message says what is missing."""


@dataclass(frozen=True)
class Route:
    """One way to do the work: `prepare()` returns `run(seed, size)`, which returns one answer per replicate.

    `size` is how many replicates a timed call makes; it should take 10 to 100 ms. `checked` is how many are
    compared with the other routes, by default `size`. More than one thread is timed by the clock on the wall.
    """

    prepare: Callable[[], Run]
    size: int
    checked: int | None = None
    threads: int = 1


@dataclass(frozen=True)
class Workload:
    """Routes to the same answers; the one named `project` is measured against all others.

    `check` receives every route's answers for one seed and raises AssertionError if they are not the same; see
    `benchmarks.agreement`. A target for `C` is the most that the project may take, as a multiple of C's time; one for
    any other route is the least that the route must take, as a multiple of the project's. ValueError for
    routes without `project`, and for a target that belongs to no route.
    """

    name: str
    title: str
    routes: Mapping[str, Route]
    check: Check
    targets: Mapping[str, float] = field(default_factory=dict)
    unit: str = "replicate"

    def __post_init__(self) -> None:
        """Check the names."""
        if PROJECT not in self.routes:
            raise ValueError(f"Workload {self.name}: routes = {list(self.routes)} lack {PROJECT!r}; add it.")
        if strangers := [name for name in self.targets if name not in self.routes or name == PROJECT]:
            raise ValueError(f"Workload {self.name}: targets for {strangers} belong to no other route; "
                             f"give targets for {[name for name in self.routes if name != PROJECT]}.")


def names() -> list[str]:
    """All workloads, in alphabetical order."""
    return sorted(module.name for module in iter_modules(workloads.__path__))


def load(name: str) -> Workload:
    """The workload of that name; ValueError for one that there is not."""
    if name not in names():
        raise ValueError(f"there is no workload {name!r}; give some of: {', '.join(names())}.")
    return import_module(f"{workloads.__name__}.{name}").WORKLOAD


def scikit_learn(module: str) -> ModuleType:
    """A module of scikit-learn; Unavailable where that is not installed."""
    try:
        return import_module(f"sklearn.{module}")
    except ImportError:
        raise Unavailable('scikit-learn is not installed (pip install "distillcheck[benchmarks]")') from None
