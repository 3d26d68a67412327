"""What the variables of a law stand for: checked as far as it can be, by rules that give them a meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, Symbol
from sympy.core.symbol import Str

from theory.facts import Fact, Law, Mean, Premise, Rejected, Role, bound_in
from theory.kernel import within


def renamed(rule: str, fact: Fact, names: Mapping[Any, Any], law: Law) -> dict[Any, Any]:
    """Variables of `law`, one for each of some means of the fact; Rejected unless they have a meaning and the range."""
    known = {each.name: each for each in fact.laws}
    if len(set(names.values())) < len(names):
        raise Rejected(rule, f"two means have one name in {names}.")
    for mean, value in names.items():
        if not isinstance(mean, Mean) or not (fact.left.has(mean) or fact.right.has(mean)):
            raise Rejected(rule, f"{mean} does not occur in {fact}.")
        if not isinstance(value, Symbol):
            raise Rejected(rule, f"{mean} must be named by a variable of {law.name}, not by {value}.")
        meant(rule, value, law)
        if value in bound_in(fact.left) | bound_in(fact.right):
            raise Rejected(rule, f"{fact} binds {value}, the name of {mean}.")
        wider = [x for x, where in known[mean.law].domain.ranges.items()
                 if x in law.variables and not law.domain.ranges[x].is_subset(where)]
        if wider:
            raise Rejected(rule, f"{wider} range further in {law.name} than in {mean.law}, the law that {mean} is of.")
        within(mean, law.domain.ranges[value], fact.domain, known)
    return dict(names)


def named_means(fact: Fact, names: Mapping[Any, Any], law: Law) -> list[Role]:
    """A name is that of one mean, under one law."""
    known = {each.name: each for each in fact.laws}
    return [Role(law.name, value, "the mean", (mean, Str(repr(known[mean.law].domain))))
            for mean, value in names.items()]


def premised(rule: str, premise: Premise, kind: str) -> None:
    """Reject a premise of another kind."""
    if premise.kind != kind:
        raise Rejected(rule, f"it takes a premise of the kind {kind!r}; {premise.text!r} is {premise.kind!r}.")


def meant(rule: str, expression: Expr, law: Law) -> None:
    """Reject unless the law says what the variables of the expression mean."""
    silent = expression.free_symbols & set(law.variables) - set(dict(law.meaning))
    if silent or not expression.free_symbols & set(law.variables):
        raise Rejected(rule, f"the law {law.name} doesn't say what {sorted(map(str, silent)) or expression} is.")
