"""What a proof is to the engine: a protocol. Who writes proofs, and how they are checked, is not known here.

A `Proof` hands out a `Certificate`, which says whether every step was checked, and evaluates both sides of its
conclusion at an instance, by which the engine finds out whether it is a proof of the claim at all (see `tie`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import flint

from verify.exact import FLOAT_TOLERANCE, Number, as_number
from verify.instance import Instance, private
from verify.terms import ClaimError, Relation


class Step(Protocol):
    """One checked step: its number, what it states, by which rule from which earlier steps, and who checked it."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def statement(self) -> str: ...  # noqa: D102
    @property
    def rule(self) -> str: ...  # noqa: D102
    @property
    def checked_by(self) -> str: ...  # noqa: D102
    @property
    def uses(self) -> Sequence[int]: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102


class Certificate(Protocol):
    """What came of checking a proof.

    It, and its steps, may also have a `domain`: text that says for which parameters a statement holds.
    """

    @property
    def proved(self) -> bool:
        """Whether every step was checked."""
        ...

    @property
    def failure(self) -> str:
        """Why not, and what to do about it; empty when proved."""
        ...

    @property
    def relation(self) -> str:
        """The conclusion's relation: <=, >= or ==."""
        ...

    @property
    def conclusion(self) -> str:
        """The conclusion in one line."""
        ...

    @property
    def premises(self) -> Sequence[str]:
        """Hypotheses that were declared, not checked."""
        ...

    @property
    def trusted(self) -> Sequence[str]:
        """Rules and programs that the certificate rests on."""
        ...

    @property
    def steps(self) -> Sequence[Step]:
        """The steps in order."""
        ...

    def latex(self) -> str:
        """The conclusion for a paper."""
        ...


class Sides(Protocol):
    """The conclusion evaluated at one instance."""

    @property
    def left(self) -> Fraction | flint.arb | float | None:
        """The left-hand side; None where it can't be evaluated."""
        ...

    @property
    def right(self) -> Fraction | flint.arb | float:
        """The right-hand side."""
        ...

    @property
    def outside(self) -> str:
        """Why the instance isn't in the conclusion's domain or breaks a premise; empty where it is and doesn't."""
        ...

    @property
    def tolerance(self) -> float:
        """Relative error of `left` where numerical integration made it."""
        ...


class Proof(Protocol):
    """A proof of one statement."""

    @property
    def name(self) -> str:
        """What messages call it."""
        ...

    def certificate(self) -> Certificate:
        """Check the proof, or find what came of it before; a wrong proof is no exception."""
        ...

    def sides(self, values: Mapping[str, Any]) -> Sides:
        """The conclusion at an instance.

        Raises:
            ValueError: the instance hasn't what the conclusion speaks of.
        """
        ...


@dataclass(frozen=True)
class Evaluated:
    """The conclusion at one instance, as numbers the engine compares; where `outside` says why not, without any."""

    left: Number | None
    right: Number
    outside: str = ""
    tolerance: float = FLOAT_TOLERANCE


@dataclass(frozen=True)
class Examined:
    """What the engine made of a claim's proof.

    Fields:
        name: of the proof.
        certificate: its fields as plain data.
        tied: whether the proof is of the claim's own statement, and of none of its wrong twins.
        reason: why it doesn't count; empty where it does.
        instances: where its left-hand side was compared with the claim's.
        covered: the wrong twin that the proof would prove as well.
    """

    name: str
    certificate: Mapping[str, Any]
    tied: bool
    reason: str
    instances: int = 0
    covered: str = ""

    @property
    def counts(self) -> bool:
        """Whether the claim is proved by it."""
        return bool(self.certificate["proved"]) and self.tied

    def to_json(self) -> dict[str, Any]:
        """The claim's `proof` in the JSON of a run."""
        return {"name": self.name, "tied": self.tied, "reason": self.reason, "instances": self.instances,
                **self.certificate}


def certificate_of(proof: Proof) -> dict[str, Any]:
    """The certificate's fields as plain data.

    Raises:
        ClaimError: the proof raises, or its certificate lacks a field.
    """
    try:
        found = proof.certificate()
        steps = [{"number": int(step.number), "statement": str(step.statement), "rule": str(step.rule),
                  "checked_by": str(step.checked_by), "uses": [int(number) for number in step.uses],
                  "note": str(step.note),
                  "domain": str(getattr(step, "domain", ""))} for step in found.steps]
        record = {"proved": bool(found.proved), "failure": str(found.failure), "relation": str(found.relation),
                  "conclusion": str(found.conclusion), "domain": str(getattr(found, "domain", "")),
                  "latex": str(found.latex()), "premises": [str(premise) for premise in found.premises],
                  "trusted": [str(name) for name in found.trusted], "steps": steps}
    except Exception as error:
        raise _broken(proof, "certificate()", error, "It returns a Certificate whatever is wrong with the proof") \
            from error
    if record["relation"] not in tuple(Relation):
        raise ClaimError(f"proof {proof.name}: its certificate's relation is {record['relation']!r}; it is '<=', '>=' "
                         "or '=='. Mend the proof.")
    if record["proved"] and not steps:
        raise ClaimError(f"proof {proof.name}: its certificate says proved and has no steps. Every proof has at least "
                         "one; mend the proof.")
    if not record["proved"]:
        record["failure"] = record["failure"] or "its certificate doesn't say why"
    return record


def sides_at(proof: Proof, instance: Instance) -> Evaluated:
    """The conclusion at an instance.

    Raises:
        ClaimError: the proof raises anything but ValueError, or returns what is no number.
    """
    try:
        found = proof.sides(private(instance.values))
        outside, tolerance = str(found.outside), float(found.tolerance)
        left, right = found.left, found.right
    except ValueError as error:
        return Evaluated(None, math.inf, f"it doesn't speak of such instances ({error})")
    except Exception as error:
        raise _broken(proof, "sides(values)", error, "It returns both sides, or raises ValueError where the instance "
                      f"hasn't what the conclusion speaks of. Instance: {instance}", end="") from error
    if outside:
        return Evaluated(None, math.inf, outside)
    if not 0.0 <= tolerance < math.inf:
        raise ClaimError(f"proof {proof.name}: the tolerance of its left-hand side is {tolerance}; it is a relative "
                         f"error, such as 1e-9. Instance: {instance}")
    try:
        return Evaluated(None if left is None else as_number(left, "the left-hand side"),
                         as_number(right, "the right-hand side"), "", tolerance)
    except ClaimError as error:
        raise ClaimError(f"proof {proof.name}: {error} Instance: {instance}") from error


def _broken(proof: Proof, what: str, error: Exception, rule: str, end: str = ".") -> ClaimError:
    return ClaimError(f"proof {proof.name}: {what} raised {type(error).__name__}: {error}. {rule}{end}")
