"""What a decision procedure for inequalities answers.

Three outcomes and no fourth: a procedure that is not sure says so. `certify` gives an `Answer` to its callers;
inside, a `Proof` is what one rule established, and None what it could not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sympy import Symbol


class Outcome(StrEnum):
    """Whether an inequality holds on its whole domain."""

    CERTIFIED = "certified"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Answer:
    """The outcome, `method` (one line for people: what decided it) and what the outcome rests on.

    `witness` is a point of the domain where the inequality was verified to fail; `reason` says why nothing was
    decided, or the value at the witness; `trusts` names the programs that would have to be wrong for a wrong answer.
    """

    outcome: Outcome
    method: str
    witness: dict[Symbol, Fraction] | None = None
    reason: str = ""
    trusts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Raises TypeError: "not certified" and "refuted" are different things, so ask for the outcome."""
        raise TypeError("an Answer is neither true nor false; compare its outcome.")


FLINT = "python-flint"
DERIVATIVE = "SymPy's derivative"
ALGEBRA = "SymPy's algebra"
LIMIT = "SymPy's limit"
SOLVERS = "z3 and cvc5"


@dataclass(frozen=True)
class Proof:
    """What established one inequality, and the programs that it trusts."""

    method: str
    trusts: frozenset[str] = frozenset()

    def after(self, method: str, *others: Proof, trusts: tuple[str, ...] = ()) -> Proof:
        """This proof and `others` as parts of a larger one, which `method` names."""
        joined = self.trusts.union(trusts, *(other.trusts for other in others))
        return Proof(f"{method}; {self.method}", joined)
