"""Hypothesis, driven deterministically.

Hypothesis draws instances, climbs a score and shrinks; what is concluded from them is the engine's own
business. Every setting that could make two runs differ is fixed here: the seed, no database, no deadline,
one failure at a time, no health checks that look at the clock (see also `provider`). Shrinking is capped by
calls of the predicate.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings, target
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException, Unsatisfiable

from verify.claim import Statement
from verify.instance import Instance, make_instance
from verify.provider import searching_provider
from verify.terms import ClaimError

# Those that look at the clock, at how much is filtered, or at who else uses Hypothesis around the call.
HEALTH_CHECKS = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large,
                 HealthCheck.large_base_example, HealthCheck.nested_given)

# Hypothesis climbs once in a run of fewer than 1,000 examples, and again and again in a longer one.
EXAMPLES_PER_ROUND = 500
ATTEMPTS_PER_EXAMPLE = 4
FEWEST_ATTEMPTS = 500

Score = Callable[[Instance], float]
Predicate = Callable[[Instance], bool]


class _Violated(Exception):
    """Raised inside a Hypothesis test where the predicate holds; Hypothesis shrinks towards it."""


class _Enough(BaseException):
    """Raised inside a Hypothesis test to end the round at once: Hypothesis takes any Exception for a failing test."""


@dataclass(frozen=True)
class _Round:
    """One run of Hypothesis: several short ones restart the climb and waste less on a ridge than a long one."""

    statement: Statement
    seed: str
    examples: int

    def run(self, visit: Callable[[Instance], None], *, shrinking: bool) -> int:
        """Call `visit` on instances until Hypothesis has enough; returns how many satisfied the hypotheses.

        Raises:
            ClaimError: the first error of the claim.
        """
        failure: list[BaseException] = []
        attempts, admitted, ended = 0, 0, False
        strategy, namespace = self.statement.strategy, self.statement.claim.namespace
        number = int.from_bytes(hashlib.blake2b(self.seed.encode(), digest_size=8).digest(), "big")
        phases = (Phase.generate, Phase.target, *((Phase.shrink,) if shrinking else ()))

        @st.composite
        def rationed(draw: Callable[[Any], Any]) -> Any:
            # Attempts that a strategy's own filters reject are not counted by Hypothesis while it climbs.
            nonlocal attempts, ended
            attempts += 1
            most = max(ATTEMPTS_PER_EXAMPLE * self.examples, FEWEST_ATTEMPTS)
            if failure or (attempts > most and not shrinking):
                ended = True
                raise _Enough
            return draw(strategy)

        @hypothesis.seed(number)
        @settings(max_examples=self.examples, database=None, deadline=None, derandomize=False, print_blob=False,
                  report_multiple_bugs=False, verbosity=Verbosity.quiet, suppress_health_check=HEALTH_CHECKS,
                  phases=phases, backend="hypothesis")
        @given(rationed())
        def test(values: Any) -> None:
            nonlocal admitted
            try:
                instance = make_instance(values, namespace)
                if not call_user("assume", instance, self.statement.holds_hypotheses, instance.values):
                    hypothesis.reject()
                admitted += 1
                visit(instance)
            except (_Violated, HypothesisException):
                raise
            except Exception as error:
                # Hypothesis would shrink and repeat it; the claim is broken whatever the smallest instance is.
                failure.append(error)
                raise _Enough from error

        try:
            _call(test)
        except ClaimError:
            # Hypothesis may find that the attempt cut short is inconsistent with an earlier one.
            if not ended:
                raise
        if failure:
            raise failure[0]
        return admitted


def _call(test: Callable[[], None]) -> None:
    """Run a Hypothesis test; what is wrong with the strategy becomes an error of the claim."""
    try:
        with searching_provider():
            test()
    except (_Violated, _Enough, Unsatisfiable):
        return
    except HypothesisException as error:
        raise ClaimError(f"Hypothesis could not draw from given: {error}. Mend the strategy.") from error
    except Exception as error:
        raise ClaimError(f"drawing an instance raised {type(error).__name__}: {error}. Mend the strategy in given.") \
            from error


def _rounds(statement: Statement, seed: str, examples: int) -> Iterator[_Round]:
    count = math.ceil(examples / EXAMPLES_PER_ROUND)
    for index in range(count):
        yield _Round(statement, f"{seed} {index}", examples // count)


def call_user(role: str, instance: Instance, function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function of the claim; whatever it raises becomes an error of the claim, with the instance."""
    try:
        return function(*arguments)
    except ClaimError as error:
        raise ClaimError(f"{error} Instance: {instance}") from error
    except Exception as error:
        raise ClaimError(f"{role} raised {type(error).__name__}: {error}. It must return for every instance that "
                         f"given and assume allow. Instance: {instance}") from error


def explore(statement: Statement, score: Score, *, examples: int, seed: str) -> None:
    """Let Hypothesis draw about `examples` instances and climb `score`.

    Raises:
        ClaimError: an instance breaks the claim, or none can be drawn.
    """
    def visit(instance: Instance) -> None:
        value = score(instance)
        target(min(max(value, -1e12), 1e12))

    if not sum(round_.run(visit, shrinking=False) for round_ in _rounds(statement, seed, examples)):
        raise ClaimError("no instance satisfies given and assume together. Widen given, or draw instances so that "
                         "they satisfy the hypotheses by construction.")


def simplest(statement: Statement) -> Instance:
    """The simplest instance that Hypothesis finds.

    Raises:
        ClaimError: there is none.
    """
    seen: list[Instance] = []

    def remember(instance: Instance) -> float:
        seen.append(instance)
        return 0.0

    explore(statement, remember, examples=20, seed="simplest")
    return min(seen, key=lambda instance: instance.simplicity)


def shrink(statement: Statement, score: Score, predicate: Predicate, suspects: set[str], *, examples: int,
           seed: str, calls: int) -> Instance | None:
    """Smallest instance found where `predicate` holds, starting from the first of `suspects` met again.

    Called with the arguments of the `explore` that found the suspects, it meets the same instances. The
    predicate must be deterministic; it is called at most `calls` times.
    """
    known: dict[str, bool] = {}
    passed: dict[str, Instance] = {}
    smallest: Instance | None = None

    def holds(instance: Instance) -> bool:
        if instance.key not in known:
            known[instance.key] = len(known) < calls and predicate(instance)
        return known[instance.key]

    def visit(instance: Instance) -> None:
        nonlocal smallest
        if (smallest is not None or instance.key in suspects) and holds(instance):
            # Hypothesis ends by replaying its smallest failure, so the last one seen is the smallest.
            smallest = instance
            raise _Violated
        if smallest is None:
            passed[instance.key] = instance
            target(min(max(score(instance), -1e12), 1e12))

    for round_ in _rounds(statement, seed, examples):
        round_.run(visit, shrinking=True)
        if smallest is not None:
            break
    if smallest is None:
        return None
    # Hypothesis takes what it passed before the first suspect for harmless, and never goes back to it.
    simpler = sorted((each for each in passed.values() if each.simplicity < smallest.simplicity),
                     key=lambda each: each.simplicity)
    return next((each for each in simpler if holds(each)), smallest)
