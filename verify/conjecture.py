"""Hypothesis's own engine, for what it does best: listing a small space completely, and shrinking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.control import BuildContext
from hypothesis.errors import HypothesisException, UnsatisfiedAssumption
from hypothesis.internal.conjecture.data import ConjectureData
from hypothesis.internal.conjecture.engine import ConjectureRunner
from hypothesis.internal.escalation import InterestingOrigin
from hypothesis.strategies import SearchStrategy

from verify.choices import Choice, drawing
from verify.terms import ClaimError

# Those that look at the clock, and at how much is filtered.
HEALTH_CHECKS = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large,
                 HealthCheck.large_base_example)

_FOUND = InterestingOrigin(AssertionError, None, None, (), ())


Test = Callable[[Any, Sequence[Choice]], Any]


class _Runner(ConjectureRunner):
    """Runs a test of drawn values, first on the choices of `starts`."""

    # Hypothesis would end shrinking after some minutes, and a counterexample depend on the machine's speed: what ends
    # it here is the count of calls, which is the predicate's own business.
    finish_shrinking_deadline: Any = property(lambda self: None, lambda self, seconds: None)

    def __init__(self, strategy: SearchStrategy[Any], test: Test, random: Random, examples: int,
                 phase: Phase, starts: Sequence[Sequence[Any]] = ()):
        def tested(data: ConjectureData) -> None:
            try:
                with drawing(), BuildContext(data, wrapped_test=test):
                    value = data.draw(strategy)
            except UnsatisfiedAssumption:
                data.mark_invalid()
            trail = [Choice(node.value, node.type, dict(node.constraints), node.was_forced) for node in data.nodes]
            if test(value, trail):
                data.mark_interesting(_FOUND)

        super().__init__(tested, random=random, settings=settings(
            max_examples=examples, database=None, deadline=None, derandomize=False, print_blob=False,
            report_multiple_bugs=False, verbosity=Verbosity.quiet, suppress_health_check=HEALTH_CHECKS, phases=(phase,),
            backend="hypothesis"))
        self.starts = starts

    def generate_new_test_cases(self) -> None:
        """Begin with the given choices; nothing is drawn afresh when there are some."""
        for choices in self.starts:
            self.cached_test_function(choices)
        if not self.starts:
            super().generate_new_test_cases()

    def generate_mutations_from(self, data: Any) -> None:
        """No copies of parts of an instance over others: what is listed must be new."""


def list_values(strategy: SearchStrategy[Any], visit: Test, random: Random, most: int) -> None:
    """Call `visit` on values drawn by different choices: on every value there is, if there are no more than `most`.

    Raises:
        ClaimError: Hypothesis can't list them.
    """
    _run(_Runner(strategy, lambda value, trail: visit(value, trail) and False, random, most, Phase.generate))


def shrink_value(strategy: SearchStrategy[Any], choices: Sequence[Any], holds: Test, random: Random) -> None:
    """Call `holds` on the value that these choices make, and on ever simpler ones as long as it is true.

    Raises:
        ClaimError: Hypothesis can't replay them.
    """
    _run(_Runner(strategy, holds, random, 1, Phase.shrink, [choices]))


def _run(runner: _Runner) -> None:
    try:
        runner.run()
    except HypothesisException as error:
        raise ClaimError(f"Hypothesis could not draw from given: {error}. Mend the strategy.") from error
