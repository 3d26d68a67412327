"""Facts: what a proof step concludes. A `Fact` comes out of a rule that checked it, and out of nothing else (LCF).

A fact says that `left <= right` (or `<`, or `==`) for every value of the variables in its domain, and for every law
of the random variables that its means average over.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field, replace
from itertools import permutations
from typing import Any
from weakref import WeakSet

from sympy import Basic, Expr, Range, Symbol, Tuple, nan, oo, zoo

from theory.domain import Domain, ranged
from theory.expressions import Indicator, Mean, Rejected, bound_in, expr, normal, put, put_all, same

__all__ = [
    "Fact", "Indicator", "Law", "Mean", "Premise", "Rejected", "Role", "Step", "bound_in", "conclude", "concluded",
    "normal", "put", "put_all", "same",
]

_KEY = object()
RELATIONS = ("<=", "<", "==")


@dataclass(frozen=True)
class Premise:
    """A hypothesis that the formulas don't show, such as independence; carried to the conclusion and printed there.

    A rule may name expressions in it, which follow the values put for parameters; see `stated`.
    """

    kind: str
    text: str
    words: str = field(default="", compare=False)
    that: tuple[Any, ...] = field(default=(), compare=False)

    @classmethod
    def stated(cls, kind: str, words: str, *that: Any) -> Premise:
        """A premise with expressions in the places {0}, {1}, ... of its words."""
        return cls(kind, words.format(*that), words, that)

    def at(self, values: Any) -> Premise:
        """With values put for parameters."""
        that = [expr(part).subs(values, simultaneous=True) for part in self.that]
        return Premise.stated(self.kind, self.words, *that) if values and that else self


@dataclass(frozen=True)
class Role:
    """What a proof has made of a variable of a law, such as the least of m others: it can't be two things at once."""

    law: str
    of: Basic
    kind: str
    what: tuple[Any, ...]

    def at(self, values: Any) -> Role:
        """With values put for parameters."""
        return replace(self, what=tuple(part.subs(values, simultaneous=True) for part in self.what))


@dataclass(frozen=True)
class Law:
    """An arbitrary law of random variables on a domain; other variables of the domain are parameters.

    `meaning` says in words what a variable stands for where the proof only knows it through named rules, such as the
    largest deviation over a class; such a variable can't occur in a theorem's conclusion. Raises Rejected for a range
    that isn't bounded and closed, unless `integrable` says why the means exist.
    """

    name: str
    variables: tuple[Symbol, ...]
    domain: Domain
    integrable: Premise | None = None
    meaning: tuple[tuple[Symbol, str], ...] = ()

    def __post_init__(self) -> None:
        missing = [symbol for symbol in self.variables if symbol not in self.domain.ranges]
        if missing or not self.variables:
            raise Rejected("law", f"{self.name} needs ranges of its variables {missing}.")
        if not self.compact and self.integrable is None:
            raise Rejected("law", f"the variables of {self.name} range over {self.domain}, where means need not exist; "
                                  "give bounded, closed ranges, or a Premise as integrable.")

    @property
    def premises(self) -> tuple[Premise, ...]:
        """What has to be said in words: meanings, and why the means exist."""
        words = [Premise("definition", f"{symbol} is {text} ({ranged(symbol, self.domain)})")
                 for symbol, text in self.meaning]
        return (*words, *([self.integrable] if self.integrable else []))

    def must_have_means(self, rule: str) -> None:
        """Reject a law known by its density on a range where continuous functions need not have means."""
        if self.integrable is not None and self.integrable.kind == "density" and not self.compact:
            raise Rejected(rule, f"means over the law {self.name} need not exist; mean_by_density finds those that do.")

    @property
    def compact(self) -> bool:
        """Whether every variable has a bounded and closed range, on which continuous functions have means."""
        ranges = [self.domain.ranges[symbol] for symbol in self.variables]
        return all(where.inf != -oo and where.sup != oo and (isinstance(where, Range) or where.is_closed)
                   for where in ranges)

    @property
    def tied(self) -> set[Basic]:
        """Parameters on which the law depends through its conditions: it is another law for other values."""
        conditions = [each.free_symbols for each in self.domain.conditions]
        return set().union(*(each for each in conditions if each & set(self.variables))) - set(self.variables)

    def mean(self, expression: Any) -> Expr:
        """E[expression] under this law."""
        return Mean(expression, Tuple(Symbol(self.name), *self.variables))


@dataclass(frozen=True)
class Step:
    """How a fact was obtained."""

    rule: str
    by: str
    uses: tuple[Fact, ...] = ()
    trusts: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, eq=False)
class Fact:
    """`left relation right` on `domain`, for all laws in `laws`, given `premises`. Only rules make facts."""

    left: Any
    relation: str
    right: Any
    domain: Domain
    step: Step
    laws: tuple[Law, ...] = ()
    premises: tuple[Premise, ...] = ()
    roles: tuple[Role, ...] = ()
    key: InitVar[object] = None

    def __post_init__(self, key: Any) -> None:
        if key is not _KEY:
            raise Rejected("fact", "a fact is the result of a rule; it can't be stated by hand.")

    def __str__(self) -> str:
        return f"{self.left} {self.relation} {self.right}"


_MADE: WeakSet[Fact] = WeakSet()


class _Relied(threading.local):
    """Programs that the side conditions of the step under way were decided by."""

    def __init__(self) -> None:
        self.on: list[str] = []


_RELIED = _Relied()


def rely(programs: Iterable[str]) -> None:
    """Note what decided a side condition; the step that is concluded next trusts it."""
    _RELIED.on.extend(programs)


def relied() -> tuple[str, ...]:
    """What has decided side conditions since the last step was concluded."""
    return tuple(dict.fromkeys(sorted(_RELIED.on)))


def forget() -> None:
    """Begin a proof: side conditions of a step that was rejected concern no other step."""
    _RELIED.on.clear()


def concluded(rule: str, facts: Iterable[Fact]) -> None:
    """Reject what no rule has concluded: an object that looks like a fact, or a copy of one."""
    for fact in facts:
        if fact not in _MADE:
            raise Rejected(rule, f"{fact} is no fact that a rule has concluded.")


def conclude(step: Step, left: Any, relation: str, right: Any, domain: Domain,
             laws: Iterable[Law] = (), premises: Iterable[Premise] = (), roles: Iterable[Role] = (),
             replaced: Mapping[Symbol, Any] | None = None, released: Iterable[Law] = (),
             start: Mapping[Symbol, Any] | None = None) -> Fact:
    """A fact, for the rules alone: nothing is checked here but that its symbols and laws are declared.

    Laws, premises and roles of the facts in `step.uses` are carried along; `replaced` are values that the rule put for
    parameters, `released` are laws that another one implies, and of which nothing is said any more; `start` is the
    first value of an integer about which one of the facts speaks, the others being about the rest.
    """
    left, right = expr(left), expr(right)
    concluded(step.rule, step.uses)
    if relation not in RELATIONS:
        raise Rejected(step.rule, f"the relation {relation!r} is none of {', '.join(RELATIONS)}.")
    if left.has(nan, zoo) or right.has(nan, zoo):
        raise Rejected(step.rule, f"{left} {relation} {right} is not about numbers.")
    known: dict[str, Law] = {}
    for law in (*laws, *(law for fact in step.uses for law in fact.laws)):
        if known.setdefault(law.name, law) != law:
            raise Rejected(step.rule, f"two different laws are called {law.name}; rename one.")
    for law in released:
        known.pop(law.name, None)
    for mean in left.atoms(Mean) | right.atoms(Mean):
        if mean.law not in known or known[mean.law].variables != mean.bound:
            raise Rejected(step.rule, f"{mean} averages over a law {mean.law} that no fact introduced.")
    unknown = (left.free_symbols | right.free_symbols) - set(domain.ranges)
    if unknown:
        raise Rejected(step.rule, f"{sorted(map(str, unknown))} have no range in the domain.")
    for law in known.values():
        if law.tied & set(replaced or {}) or law.tied - set(domain.ranges):
            raise Rejected(step.rule, f"the law {law.name} depends on {sorted(map(str, law.tied))} through its "
                                      "conditions; they stay parameters, and no other values can be put for them.")
        _known_there(step.rule, law, domain)
    _apart(step.rule, known.values())
    spoken = {mean.law for mean in left.atoms(Mean) | right.atoms(Mean)} | {
        law.name for law in known.values() if set(law.variables) & (left.free_symbols | right.free_symbols)}
    carried = dict.fromkeys([*premises, *(p for law in known.values() for p in law.premises),
                             *(p.at(replaced or {}) for fact in step.uses for p in fact.premises)])
    step = replace(step, trusts=tuple(dict.fromkeys([*step.trusts, *relied()])))
    forget()
    parts = [*roles, *(role.at(replaced or {}) for fact in step.uses for role in fact.roles)]
    kept = _consistent(step.rule, parts, spoken, start or {})
    for role in kept:
        gone = set().union(*(part.free_symbols for part in role.what)) - set(domain.ranges) if role.what else set()
        if gone:
            raise Rejected(step.rule, f"the law {role.law} depends on {sorted(map(str, gone))}, since {role.of} is "
                                      f"{role.kind} {role.what}; they stay parameters.")
    made = Fact(left, relation, right, domain, step, tuple(known.values()), tuple(carried), kept, _KEY)
    _MADE.add(made)
    return made


def _known_there(rule: str, law: Law, domain: Domain) -> None:
    """A law is known for the values that its own domain has of its parameters, and for no others."""
    for symbol, where in law.domain.ranges.items():
        if symbol not in law.variables and not domain.ranges.get(symbol, where).is_subset(where):
            raise Rejected(rule, f"the law {law.name} is only known for {symbol} in {where}, not in "
                                 f"{domain.ranges[symbol]}.")


def _apart(rule: str, laws: Iterable[Law]) -> None:
    """What a law says that a variable means is said of no variable of another law."""
    for first, second in permutations(laws, 2):
        shared = set(dict(first.meaning)) & set(second.variables)
        if shared:
            raise Rejected(rule, f"{sorted(map(str, shared))} mean something in the law {first.name}, and are "
                                 f"variables of {second.name} as well; rename one.")


def _consistent(rule: str, roles: Iterable[Role], spoken: set[str], start: Any) -> tuple[Role, ...]:
    """The roles of laws that the conclusion still speaks of; Rejected where two contradict each other."""
    found: dict[tuple[str, Basic], Role] = {}
    for role in roles:
        first = found.setdefault((role.law, role.of), role)
        if first != role and first.at(start) == role.at(start):
            # One of them is about the start of a range of integers, the other about the rest.
            found[role.law, role.of] = first if role == role.at(start) else role
        elif first != role:
            raise Rejected(rule, f"{role.of} of the law {role.law} can't be {first.kind} {first.what} and {role.kind} "
                                 f"{role.what} at once.")
    # A name for a mean speaks of the law of that mean.
    more = set(spoken)
    while more:
        spoken = spoken | more
        more = {part.law for role in found.values() if role.law in spoken for part in role.what
                if isinstance(part, Mean)} - spoken
    return tuple(role for role in found.values() if role.law in spoken)
