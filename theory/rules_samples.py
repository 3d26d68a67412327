"""Rules about the averages of several numbers over one sample of independent examples."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Interval, Range, Symbol, oo
from sympy.core.symbol import Str

from theory.domain import Domain
from theory.expressions import expr
from theory.facts import Fact, Law, Mean, Premise, Rejected, Role, Step, conclude
from theory.kernel import must_be_defined, within
from theory.meanings import meant, premised

AVERAGE = "an average has the mean of its terms"
PAIRS = ("a product of averages over n independent examples is the mean of n products within an example and n(n - 1) "
         "across two (Billingsley 1995, (21.18))")
COPIES = "independent copies"


def average_mean(average: Symbol, term: Any, n: Any, law: Law, each: Law, copies: Premise,
                 parameters: Domain | None = None) -> Fact:
    """E A == E u, for A the average of u over a sample of n examples, each with the law `each`.

    `average` is a variable of `law`, which says what it means; `term` is u, in variables of `each`. `parameters` has
    the ranges of further variables in u.
    """
    rule = "average"
    domain, terms = _checked(rule, {average: term}, n, law, each, copies, parameters)
    return conclude(Step(rule, "linearity of expectation", (), (AVERAGE,)), law.mean(average), "==",
                    each.mean(terms[average]), domain, (law, each), _said(terms, n, each, copies),
                    _roles(terms, n, law, each))


def average_product(first: tuple[Symbol, Any], second: tuple[Symbol, Any], n: Any, law: Law, each: Law,
                    copies: Premise, parameters: Domain | None = None) -> Fact:
    """E A B == E[u v]/n + (1 - 1/n) E u E v, for averages A of u and B of v over one sample of n examples.

    `first` is (A, u) and `second` is (B, v); otherwise as `average_mean`. A may be B.
    """
    rule = "product of averages"
    if first[0] == second[0] and expr(first[1]) != expr(second[1]):
        raise Rejected(rule, f"{first[0]} can't be the average of {first[1]} and of {second[1]}.")
    domain, terms = _checked(rule, dict([first, second]), n, law, each, copies, parameters)
    (one, u), (other, v) = ((name, terms[name]) for name, _ in (first, second))
    count = expr(n)
    right = each.mean(u * v) / count + (1 - 1 / count) * each.mean(u) * each.mean(v)
    return conclude(Step(rule, "pairs of examples", (), (PAIRS,)), law.mean(one * other), "==", right, domain,
                    (law, each), _said(terms, n, each, copies), _roles(terms, n, law, each))


def _checked(rule: str, averages: dict[Symbol, Any], n: Any, law: Law, each: Law, copies: Premise,
             parameters: Domain | None) -> tuple[Domain, dict[Symbol, Expr]]:
    """Where the conclusion holds, and the terms; Rejected unless all side conditions do."""
    premised(rule, copies, COPIES)
    count = expr(n)
    if not (count.is_integer and count.is_positive and count.is_finite is not False):
        raise Rejected(rule, f"there are {count} examples; it must be a positive integer.")
    if law.name == each.name or set(law.variables) & set(each.variables):
        raise Rejected(rule, f"{law.name}, the law of the averages, must be another one than {each.name}.")
    if law.domain.conditions:
        raise Rejected(rule, f"the law {law.name} has conditions, which averages might break.")
    if not each.compact and any(_unbounded(law.domain.ranges.get(name)) for name in averages):
        raise Rejected(rule, f"{each.name} must be on bounded, closed ranges, or the averages on bounded ones, so that "
                             "squares have means.")
    bound = {*law.variables, *each.variables}
    if count.free_symbols & bound:
        raise Rejected(rule, f"the number {count} of examples must not be random.")
    given = parameters or Domain({})
    if set(given.ranges) & bound:
        raise Rejected(rule, f"{sorted(map(str, set(given.ranges) & bound))} are no parameters.")
    terms = {name: expr(term) for name, term in averages.items()}
    inside = each.domain.meet(given)
    for name, term in terms.items():
        if name not in law.variables:
            raise Rejected(rule, f"{name} is no variable of {law.name}.")
        meant(rule, name, law)
        if term.has(Mean) or term.free_symbols & set(law.variables):
            raise Rejected(rule, f"{term} must be a function of one example, in variables of {each.name}.")
        where = law.domain.ranges[name]
        if not isinstance(where, Interval):
            raise Rejected(rule, f"{name} ranges over {where}; an average may lie anywhere between its terms.")
        must_be_defined(rule, term, inside)
        within(term, where, inside, {})
    numbers = Domain({symbol: Range(1, oo) for symbol in count.free_symbols})
    domain = law.domain.without(law.variables).meet(inside.without(each.variables)).meet(numbers)
    return domain, terms


def _unbounded(where: Any) -> bool:
    return not isinstance(where, Interval) or oo in (where.sup, -where.inf)


def _said(terms: dict[Symbol, Expr], n: Any, each: Law, copies: Premise) -> tuple[Premise, ...]:
    words = "{0} is the average of {1} over the {2} examples of one sample, each with the law " + each.name
    return (copies, *(Premise.stated("definition", words, name, term, n) for name, term in terms.items()))


def _roles(terms: dict[Symbol, Expr], n: Any, law: Law, each: Law) -> list[Role]:
    """An average is that of one term, over one number of examples of one law."""
    what = Str(repr(each.domain))
    return [Role(law.name, name, "the average of", (expr(n), each.mean(term), what)) for name, term in terms.items()]
