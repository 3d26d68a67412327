"""Drawing from Hypothesis strategies without the records that only Hypothesis's own engine needs.

A search draws hundreds of thousands of instances and shrinks a few of them. Hypothesis keeps spans, labels, printers
and a tree of all choices for every one, which takes several times longer than drawing it. `Choices` makes the same
choices in the same order and keeps nothing but them, so that Hypothesis itself can replay any instance, and shrink it.
`pyproject.toml` pins the range of versions in which `tests/verify/test_choices.py` has seen that hold.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from hypothesis.control import BuildContext
from hypothesis.errors import HypothesisException, StopTest, UnsatisfiedAssumption
from hypothesis.internal.conjecture import providers
from hypothesis.internal.conjecture.choice import choice_from_index, choice_permitted
from hypothesis.internal.conjecture.data import ConjectureData
from hypothesis.strategies import SearchStrategy
from hypothesis.strategies._internal.collections import FixedDictStrategy, TupleStrategy
from hypothesis.strategies._internal.lazy import unwrap_strategies
from hypothesis.strategies._internal.strategies import MappedStrategy, OneOfStrategy

from verify.terms import ClaimError

UNIFORM_SHARE = 0.5
END_SHARE = 1 / 64
"""Chance of either end of a range of more than `FEW` integers."""
FEW = 128
ROUND_SHARE = 1 / 8
PARTS = 8
MOST_CHOICES = 4096
WIDEST = 2**1000
DEEPEST = 100
TRIES = 3
FINEST = 20
"""Binary orders of magnitude between the largest and the smallest step of a float."""


class Choice(NamedTuple):
    """One choice of an instance: what was chosen, among what, and whether nothing else could have been."""

    value: Any
    type: str
    constraints: dict[str, Any]
    forced: bool

    @property
    def width(self) -> float:
        """How far the choice could be moved; 0 if it can't be."""
        if self.forced or self.type not in ("boolean", "integer", "float"):
            return 0
        if self.type == "boolean":
            return 1
        low, high = self.constraints["min_value"], self.constraints["max_value"]
        if self.type == "integer":
            # Larger ones are no floats, which the steps are reckoned in.
            return min(max(abs(self.value), 1) if low is None or high is None else high - low, WIDEST)
        if math.isfinite(high - low):
            return high - low
        return max(abs(self.value), 1) if math.isfinite(self.value) else 0

    def step(self, random: Random) -> float:
        """A step of random sign and order of magnitude, within the width."""
        sign = random.choice((-1, 1))
        if self.type == "float":
            return sign * self.width * 2.0 ** -random.uniform(0.0, FINEST)
        return sign * round(self.width ** random.random())

    def moved(self, step: float) -> Any:
        """The value after a step; None if it can't stand here."""
        value = not self.value if self.type == "boolean" else self.value + step
        return value if permitted(value, self.type, self.constraints) else None


TYPES = {"integer": int, "float": float, "boolean": bool, "string": str, "bytes": bytes}


def permitted(value: Any, kind: str, constraints: Any) -> bool:
    """Whether a value is of the kind that is chosen and within its constraints."""
    return type(value) is TYPES[kind] and choice_permitted(value, constraints)


class Provider(providers.HypothesisProvider):
    """Hypothesis looks for bugs in programs: its numbers cluster at round ones and at 0.

    It also tries constants found in the modules that happen to be imported. A theorem can fail in a corner of a
    parameter box with no round number in it, and a verdict must not depend on what else is imported. So half of
    the bounded numbers are drawn uniformly, and no constants are tried.
    """

    def _maybe_draw_constant(self, choice_type: Any, constraints: Any, *, p: float = 0.05) -> Any:
        return None

    def draw_integer(self, min_value: int | None = None, max_value: int | None = None, *, weights: Any = None,
                     shrink_towards: int = 0) -> int:
        """An integer; a bounded one is near the ends, or uniform, or as Hypothesis draws it."""
        if min_value is None or max_value is None:
            return super().draw_integer(min_value, max_value, shrink_towards=shrink_towards)
        random: Any = self._random
        if max_value - min_value < FEW:
            return random.randint(min_value, max_value)
        u = random.random()
        if u < 2 * END_SHARE:
            inside = int(random.random() < 0.25)
            return min_value + inside if u < END_SHARE else max_value - inside
        if u < UNIFORM_SHARE:
            return random.randint(min_value, max_value)
        return self._draw_integer_from_distribution(min_value, max_value)

    def draw_float(self, *, min_value: float = -math.inf, max_value: float = math.inf, allow_nan: bool = True,
                   smallest_nonzero_magnitude: float) -> float:
        """A float; a bounded one is uniform, or divides its range evenly, or as Hypothesis draws it."""
        random: Any = self._random
        width, u = max_value - min_value, random.random()
        if math.isfinite(width) and width > 0.0 and u < UNIFORM_SHARE + ROUND_SHARE:
            share = random.random() if u < UNIFORM_SHARE else random.randint(0, PARTS) / PARTS
            value = min(max(min_value + width * share, min_value), max_value)
            if value == 0.0 or abs(value) >= smallest_nonzero_magnitude:
                return value
        return super().draw_float(min_value=min_value, max_value=max_value, allow_nan=allow_nan,
                                  smallest_nonzero_magnitude=smallest_nonzero_magnitude)


class Choices(ConjectureData):
    """One instance being drawn: the choices of `lead` as far as they fit, then random or simplest ones.

    Args:
        random: source of the choices beyond `lead`; None for the simplest ones.
        lead: values to begin with. One that doesn't fit where it comes up is replaced.
    """

    def __init__(self, random: Random | None, lead: Sequence[Any] = ()):
        self.trail: list[Choice] = []
        super().__init__(random=random, provider=Provider)
        self.lead, self.simplest = lead, random is None

    def draw(self, strategy: SearchStrategy[Any], label: Any = None, observe_as: Any = None) -> Any:
        """Draw from a strategy, the common ones on a shorter way to the same choices."""
        strategy.validate()
        inner: Any = unwrap_strategies(strategy)
        if inner.is_empty or self.depth >= DEEPEST:
            self.mark_invalid()
        self.depth += 1
        try:
            kind = type(inner)
            if kind is MappedStrategy:
                return self._mapped(inner)
            if kind is TupleStrategy:
                return tuple([self.draw(each) for each in inner.element_strategies])
            if kind is OneOfStrategy and len(inner.element_strategies) > 1:
                index = self.draw_integer(0, len(inner.element_strategies) - 1)
                return self.draw(inner.element_strategies[index])
            if kind is FixedDictStrategy and inner.optional is None:
                return self._dictionary(inner.mapping)
            return inner.do_draw(self)
        finally:
            self.depth -= 1

    def _mapped(self, inner: Any) -> Any:
        for attempt in range(TRIES):
            try:
                return inner.pack(self.draw(inner.mapped_strategy))
            except UnsatisfiedAssumption:
                if attempt == TRIES - 1:
                    raise
        raise AssertionError

    def _dictionary(self, mapping: Any) -> Any:
        """Without the shuffle of its keys, whose choices are recorded as if they had left every key in place."""
        pairs = [(key, self.draw(strategy)) for key, strategy in mapping.items()]
        for place in range(len(pairs) - 1):
            constraints = {"min_value": place, "max_value": len(pairs) - 1, "weights": None, "shrink_towards": 0}
            self.trail.append(Choice(place, "integer", constraints, True))
        return type(mapping)(pairs)

    def start_span(self, label: int) -> None:
        """Only the depth is kept."""
        self.depth += 1

    def stop_span(self, *, discard: bool = False) -> None:
        """Only the depth is kept."""
        if not self.frozen:
            self.depth -= 1

    def freeze(self) -> None:
        """Nothing more will be drawn."""
        self.frozen = True

    def _pooled_constraints(self, choice_type: Any, constraints: Any) -> Any:
        return constraints

    def _draw(self, choice_type: Any, constraints: Any, *, observe: bool, forced: Any) -> Any:
        at = len(self.trail)
        if at >= MOST_CHOICES:
            self.mark_overrun()
        if forced is not None:
            value = forced
        elif observe and at < len(self.lead) and permitted(self.lead[at], choice_type, constraints):
            value = self.lead[at]
        elif self.simplest:
            value = choice_from_index(0, choice_type, constraints)
        else:
            value = getattr(self.provider, f"draw_{choice_type}")(**constraints)
        if observe:
            self.trail.append(Choice(value, choice_type, constraints, forced is not None))
        return value


class _Context(BuildContext):
    """What strategies ask for while they draw; it forgets what only a report of a failing test would need."""

    def record_call(self, *arguments: Any, **named: Any) -> None:
        """Keep nothing."""


@contextlib.contextmanager
def drawing() -> Iterator[None]:
    """What goes wrong while an instance is drawn is an error of the claim.

    Raises:
        ClaimError: in place of whatever the strategy raised, an unsatisfied assumption apart.
    """
    try:
        yield
    except (ClaimError, UnsatisfiedAssumption):
        raise
    except HypothesisException as error:
        raise ClaimError(f"Hypothesis could not draw from given: {error}. Mend the strategy.") from error
    except Exception as error:
        raise ClaimError(f"drawing an instance raised {type(error).__name__}: {error}. Mend the strategy in given.") \
            from error


def draw(strategy: SearchStrategy[Any], random: Random | None,
         lead: Sequence[Any] = ()) -> tuple[Any, list[Choice]] | None:
    """A value and its choices (see `Choices`); None if the strategy's own filters reject what was chosen.

    Raises:
        ClaimError: the strategy raised.
    """
    data = Choices(random, lead)
    try:
        with drawing(), _Context(data, wrapped_test=draw):
            return data.draw(strategy), data.trail
    except (StopTest, UnsatisfiedAssumption):
        return None
