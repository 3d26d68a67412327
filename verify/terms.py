"""The closed sets of the engine: relations, evidence labels, statuses and the error of a broken claim.

Everything that depends on the sense of an inequality is negated or mirrored here, through
`Relation.signs`, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class ClaimError(ValueError):
    """A claim, or a file meant to hold one, is broken: subject, value, rule and remedy in one paragraph."""


class OutOfMemory(Exception):
    """A function of a claim asked for more memory than there is; names the function and the instance."""


class Stopped(BaseException):
    """Whoever asked for a verdict asks to stop; what was found is written down. No claim's `except` catches it."""


class Relation(StrEnum):
    """How the left-hand side is said to compare with the bound."""

    AT_MOST = "<="
    AT_LEAST = ">="
    EQUAL = "=="

    @property
    def signs(self) -> tuple[int, ...]:
        """Signs s such that s * (left-hand side - bound) > 0 violates the statement."""
        return {Relation.AT_MOST: (1,), Relation.AT_LEAST: (-1,), Relation.EQUAL: (1, -1)}[self]

    def implies(self, other: Relation) -> bool:
        """Whether a statement with this relation gives the one with the other: an equality gives all three."""
        return set(other.signs) <= set(self.signs)


class Label(StrEnum):
    """How a number was obtained, strongest first."""

    PROOF = "proof"
    EXACT = "exact"
    FLOAT = "float"
    ANYTIME = "anytime-valid"
    ASYMPTOTIC = "asymptotic"


class Status(StrEnum):
    """What the engine concluded; the members are ordered from the strongest to the weakest."""

    ERROR = "ERROR"
    REFUTED = "REFUTED"
    UNDERPOWERED = "UNDERPOWERED"
    INCONCLUSIVE = "INCONCLUSIVE"
    PROVED = "PROVED"
    SUPPORTED = "SUPPORTED"

    @property
    def passes(self) -> bool:
        """Whether a test suite may go on: only PROVED and SUPPORTED do."""
        return self in (Status.PROVED, Status.SUPPORTED)

    @property
    def meaning(self) -> str:
        """The sentence a reader is shown beside the status."""
        return _MEANING[self]


_MEANING = {
    Status.ERROR: "the claim itself is broken, nothing is concluded about the theorem",
    Status.REFUTED: "false as stated: there is a counterexample",
    Status.UNDERPOWERED: "no violation found, but a wrong twin survived the same search",
    Status.INCONCLUSIVE: "neither violated nor cleared within the budget",
    Status.PROVED: "every proof step checked, and no evidence against",
    Status.SUPPORTED: "no violation beyond the resolution at the worst instances found; not a proof",
}


def exit_code(statuses: Iterable[Status]) -> int:
    """Exit status of a run: 1 refuted, else 2 error, else 3 undecided, else 0."""
    found = set(statuses)
    if Status.REFUTED in found:
        return 1
    if Status.ERROR in found:
        return 2
    return 3 if found & {Status.INCONCLUSIVE, Status.UNDERPOWERED} else 0
