"""Instances from Hypothesis strategies: drawn, climbed, and shrunk; deterministically.

What is concluded from them is the engine's own business. A search draws instances by the seed alone, climbs a score
from the best of them, and begins anew; where fresh draws bring nothing new, Hypothesis lists what is left. A
counterexample is shrunk by Hypothesis from the choices that made it, with a cap on the calls of the predicate.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from verify.choices import Choice, draw
from verify.claim import Statement
from verify.conjecture import list_values, shrink_value
from verify.instance import Instance, make_instance
from verify.terms import ClaimError, OutOfMemory

EXAMPLES_PER_ROUND = 100
ATTEMPTS_PER_EXAMPLE = 4
FEWEST_ATTEMPTS = 500
IDLE_ATTEMPTS = 20
STUBBORN = 20
"""Fewest steps in vain after which a climb gives up."""

Score = Callable[[Instance], float]
Predicate = Callable[[Instance], bool]


@dataclass(frozen=True)
class _Found:
    """An instance that satisfies the hypotheses, its score and its choices."""

    instance: Instance
    score: float
    trail: Sequence[Choice]


@dataclass
class Search:
    """One search of a statement's instances, until `enough` says so.

    `score` is called once for each that satisfies the hypotheses.
    """

    statement: Statement
    score: Score
    examples: int
    seed: str
    enough: Callable[[], bool] = lambda: False
    found: dict[str, _Found] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    attempts: int = 0
    idle: int = 0

    def __post_init__(self) -> None:
        digest = hashlib.blake2b(self.seed.encode(), digest_size=8).digest()
        self.random = Random(int.from_bytes(digest, "big"))
        self.strategy = self.statement.strategy

    def run(self) -> None:
        """Rounds of fresh draws and a climb from the best of them, after the simplest instance.

        Raises:
            ClaimError: the first error of the claim.
        """
        best = self._try((), None)
        while not self.ended:
            end = min(len(self.found) + EXAMPLES_PER_ROUND, self.examples)
            best = self._fresh((len(self.found) + end + 1) // 2, best)
            if best:
                best = self._climb(best, end)
        if self.stuck and not self.enough():
            list_values(self.strategy, self._take, self.random, self.examples)

    @property
    def stuck(self) -> bool:
        """Whether drawing has long brought nothing new."""
        return self.idle > IDLE_ATTEMPTS + 2 * len(self.seen)

    @property
    def ended(self) -> bool:
        """Whether there are enough instances, or little hope of more."""
        return len(self.found) >= self.examples or self.exhausted or self.stuck or self.enough()

    @property
    def exhausted(self) -> bool:
        """Whether there have been as many attempts as there may be."""
        return self.attempts > max(ATTEMPTS_PER_EXAMPLE * self.examples, FEWEST_ATTEMPTS)

    def _fresh(self, until: int, best: _Found | None) -> _Found | None:
        """Draw until there are that many instances; the best of them and the one given."""
        while len(self.found) < until and not self.ended:
            found = self._try((), self.random)
            if found and (best is None or found.score > best.score):
                best = found
        return best

    def _climb(self, best: _Found, until: int) -> _Found | None:
        """Move one choice at a time by a random step, and on while the score rises; None once no step helps."""
        failures = 0
        while len(self.found) < until and not self.ended:
            places = [place for place, choice in enumerate(best.trail) if choice.width]
            if failures > STUBBORN + 2 * len(places) or not places:
                return None
            place = self.random.choice(places)
            step = best.trail[place].step(self.random)
            failures += 1
            while not self.exhausted and not self.enough() and (better := self._moved(best, place, step)):
                best, step, failures = better, 2 * step, 0
        return best

    def _moved(self, best: _Found, place: int, step: float) -> _Found | None:
        """The instance with one choice moved and the others kept as far as they fit; None if it is no better."""
        lead = [choice.value for choice in best.trail]
        lead[place] = best.trail[place].moved(step)
        if lead[place] is None:
            return None
        found = self._try(lead, self.random)
        return found if found and found.score > best.score else None

    def _try(self, lead: Sequence[Any], random: Random | None) -> _Found | None:
        """Draw an instance; None if it is no new one or breaks the hypotheses."""
        self.attempts += 1
        drawn = draw(self.strategy, random, lead)
        return self._take(*drawn) if drawn else None

    def _take(self, values: Any, trail: Sequence[Choice]) -> _Found | None:
        instance = make_instance(values, self.statement.claim.namespace)
        if instance.key in self.seen:
            self.idle += 1
            return None
        self.seen.add(instance.key)
        self.idle = 0
        if not call_user("assume", instance, self.statement.holds_hypotheses, instance.values):
            return None
        found = self.found[instance.key] = _Found(instance, self.score(instance), trail)
        return found


def call_user(role: str, instance: Instance, function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function of the claim; whatever it raises becomes an error of the claim, with the instance.

    Raises:
        ClaimError: the function raised, or returned what it may not.
        OutOfMemory: the instance is too large for this machine.
    """
    try:
        return function(*arguments)
    except ClaimError as error:
        raise ClaimError(f"{error} Instance: {instance}") from error
    except MemoryError as error:
        raise OutOfMemory(f"{role} asks for more memory than there is ({error or 'MemoryError'}). Judge the claim on a "
                          f"machine with more, or draw smaller instances in given. Instance: {instance}") from error
    except Exception as error:
        raise ClaimError(f"{role} raised {type(error).__name__}: {error}. It must return for every instance that "
                         f"given and assume allow. Instance: {instance}") from error


def explore(statement: Statement, score: Score, *, examples: int, seed: str,
            enough: Callable[[], bool] = lambda: False) -> None:
    """Draw about `examples` instances and climb `score`, until there are `enough`.

    Raises:
        ClaimError: an instance breaks the claim, or none can be drawn.
    """
    search = Search(statement, score, examples, seed, enough)
    search.run()
    if not search.found:
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
    smallest: Instance | None = None

    def holds(instance: Instance) -> bool:
        if instance.key not in known:
            known[instance.key] = len(known) < calls and predicate(instance)
        return known[instance.key]

    def passes(values: Any, trail: Sequence[Choice]) -> bool:
        nonlocal smallest
        instance = make_instance(values, statement.claim.namespace)
        if not (call_user("assume", instance, statement.holds_hypotheses, instance.values) and holds(instance)):
            return False
        # Hypothesis goes from a failure to a simpler one, so the last one seen is the smallest.
        smallest = instance
        return True

    search = Search(statement, score, examples, seed)
    search.run()
    start = next((found for key, found in search.found.items() if key in suspects and holds(found.instance)), None)
    if start is None:
        return None
    smallest = start.instance
    shrink_value(search.strategy, [choice.value for choice in start.trail], passes, search.random)
    simpler = sorted((found.instance for found in search.found.values()
                      if found.instance.simplicity < smallest.simplicity), key=lambda each: each.simplicity)
    return next((each for each in simpler if holds(each)), smallest)
