"""Proofs of theorems, and the certificates that say what was checked and what is trusted.

A `Proof` names a goal (the theorem, as formulas) and a derivation that has to conclude exactly that. The derivation is
made of the rules in `kernel.py`, `identities.py` and `rules.py`; nothing else makes a fact, so a proof can't conclude
more than was checked. SymPy is imported when a proof is looked at, not before.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from theory import certificates
from theory.certificates import Certificate, Line
from theory.notation import set_in_latex

if TYPE_CHECKING:
    from theory.facts import Fact
    from theory.goal import Goal, Sides


@dataclass(frozen=True)
class Proof:
    """A theorem's goal and its derivation.

    Fields:
        name: of the theorem, as it is called in the text of other proofs.
        goal: takes nothing and returns the `Goal`; or "module:function" of one, imported when it is needed.
        derive: takes nothing and returns the `Fact` that is the goal; or "module:function".
        reads: parameters of an instance -> {symbol: number, law: (weights, {variable: values})}, for what isn't found
            by name in the instance and in the fields of its dataclasses. It names the parameters that it uses.
        tolerance: relative error of what `reads` returns in floats, where that comes from numerical integration.
    """

    name: str
    goal: Callable[[], Goal] | str
    derive: Callable[[], Fact] | str
    reads: Callable[..., Mapping[str, Any]] | None = None
    tolerance: float = 1e-9

    def read_by(self, reads: Callable[..., Mapping[str, Any]], tolerance: float = 1e-9) -> Proof:
        """The same proof with another reading of instances, for a claim whose parameters need one."""
        return replace(self, reads=reads, tolerance=tolerance)

    @cached_property
    def stated(self) -> Goal:
        """The goal, built once."""
        return _found(self.goal)()

    def fact(self) -> Fact:
        """Derive the conclusion and hold it against the goal; Rejected if a step fails or it is another statement."""
        from theory.facts import forget

        forget()
        derived = _found(self.derive)()
        self.stated.must_be(derived)
        return derived

    def certificate(self) -> Certificate:
        """What was checked, found in the cache if nothing that it depends on has changed since."""
        key = certificates.key(self.name, _found(self.goal), _found(self.derive))
        known = certificates.recall(key) if key else None
        if known is not None:
            return self._with_reading(known)
        from theory.facts import Rejected, relied

        goal = self.stated
        try:
            fact = self.fact()
        except Rejected as problem:
            return Certificate(False, str(problem), goal.relation, str(goal), goal.latex(), goal.where())
        made = Certificate(True, "", goal.relation, str(goal), goal.latex(), domain=goal.where(),
                           premises=tuple(f"{p.kind}: {p.text}" for p in fact.premises),
                           trusted=_trusted(fact, relied()), steps=_lines(fact))
        if key:
            certificates.remember(key, made)
        return self._with_reading(made)

    def _with_reading(self, made: Certificate) -> Certificate:
        """What computes the conclusion's numbers from an instance is trusted too."""
        if self.reads is None:
            return made
        wanted = ", ".join(inspect.signature(self.reads).parameters)
        name = getattr(self.reads, "__qualname__", "reads")
        reading = f"the reading {name}, which makes the proof's numbers of {wanted}"
        return replace(made, trusted=(*made.trusted, reading))

    def sides(self, values: Mapping[str, Any]) -> Sides:
        """The two sides of the conclusion at an instance; ValueError where it doesn't speak about such instances."""
        return self.stated.sides(values, self.reads, self.tolerance)


def lemma(proof: Proof) -> Fact:
    """Another proof's conclusion, checked; its steps become part of the certificate."""
    from theory.facts import Step, conclude

    fact = proof.fact()
    step = Step("lemma", proof.name, (fact,))
    return conclude(step, fact.left, fact.relation, fact.right, fact.domain, fact.laws, fact.premises)


def _found(named: Callable[[], Any] | str) -> Callable[[], Any]:
    if callable(named):
        return named
    module, _, name = named.partition(":")
    return getattr(importlib.import_module(module), name)


def _lines(fact: Fact) -> tuple[Line, ...]:
    """The steps in order, premises before conclusions, each once."""
    numbers: dict[int, int] = {}
    lines: list[Line] = []

    def visit(each: Fact) -> int:
        if id(each) not in numbers:
            uses = tuple(visit(used) for used in each.step.uses)
            numbers[id(each)] = len(lines) + 1
            sign = {"<=": r"\le", "<": "<", "==": "="}[each.relation]
            lines.append(Line(len(lines) + 1, str(each), each.step.rule, each.step.by, uses, each.step.note,
                              repr(each.domain) if each.domain.symbols else "", f"{set_in_latex(each.left)} {sign} "
                              f"{set_in_latex(each.right)}"))
        return numbers[id(each)]

    visit(fact)
    return tuple(lines)


def _trusted(fact: Fact, compared: tuple[str, ...]) -> tuple[str, ...]:
    """Named rules and programs, the rules of the kernel by name, and what compared the conclusion with the goal."""
    found: dict[str, None] = {}
    rules: set[str] = set()
    seen: set[int] = set()

    def visit(each: Fact) -> None:
        if id(each) not in seen:
            seen.add(id(each))
            for used in each.step.uses:
                visit(used)
            found.update(dict.fromkeys(each.step.trusts))
            rules.add(each.step.rule)

    visit(fact)
    return (f"the kernel's rules {', '.join(sorted(rules))}", *dict.fromkeys([*found, *compared]))
