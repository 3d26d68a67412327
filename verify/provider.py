"""What the engine changes in how Hypothesis draws, for the length of one search.

Hypothesis looks for bugs in programs: its floats cluster at round numbers and at the ends of a range, and
it tries constants found in the modules that happen to be imported. A theorem can fail in a corner of a
parameter box with no round number in it, and a verdict must not depend on what else is imported. So
half of the bounded floats are drawn uniformly, and no constants are harvested. Nor are parts of an instance
copied over others, several times for every instance that is drawn afresh: that left a short search with few
instances of its own, and more wrong twins survived it. The hooks are internals of Hypothesis;
`pyproject.toml` pins the range in which `tests/verify/test_search.py` has seen them hold.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from typing import Any

from hypothesis.internal.conjecture import providers
from hypothesis.internal.conjecture.engine import ConjectureRunner
from hypothesis.internal.constants_ast import Constants

UNIFORM_SHARE = 0.5


@contextlib.contextmanager
def searching_provider() -> Iterator[None]:
    """Within this context Hypothesis draws as described above."""
    default_float = providers.HypothesisProvider.draw_float
    harvest, cache = providers._get_local_constants, providers.CONSTANTS_CACHE
    mutate = ConjectureRunner.generate_mutations_from
    empty = Constants()

    def draw_float(self: Any, *, min_value: float = -math.inf, max_value: float = math.inf,
                   allow_nan: bool = True, smallest_nonzero_magnitude: float) -> float:
        width = max_value - min_value
        if math.isfinite(width) and width > 0.0 and self._random.random() < UNIFORM_SHARE:
            value = min(max(min_value + width * self._random.random(), min_value), max_value)
            if abs(value) >= smallest_nonzero_magnitude:
                return value
        return default_float(self, min_value=min_value, max_value=max_value, allow_nan=allow_nan,
                             smallest_nonzero_magnitude=smallest_nonzero_magnitude)

    providers._get_local_constants = lambda: empty
    providers.CONSTANTS_CACHE = type(cache)(cache.max_size)
    providers.HypothesisProvider.draw_float = draw_float
    ConjectureRunner.generate_mutations_from = lambda self, data: None
    try:
        yield
    finally:
        providers._get_local_constants = harvest
        providers.CONSTANTS_CACHE = cache
        providers.HypothesisProvider.draw_float = default_float
        ConjectureRunner.generate_mutations_from = mutate
