"""What a proof has to conclude, and its two sides evaluated at an instance of a claim."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from sympy import Symbol, lambdify

from theory import numbers
from theory.domain import Domain
from theory.expressions import expr
from theory.facts import Fact, Law, Mean, Rejected, concluded, same
from theory.kernel import covers, means_must_exist, must_be_defined
from theory.notation import set_in_latex


@dataclass(frozen=True)
class Sides:
    """A conclusion at an instance: `left` is None where it can't be evaluated, `outside` says why it isn't covered."""

    left: Any
    right: Any
    outside: str = ""
    tolerance: float = 1e-9


@dataclass(frozen=True)
class Goal:
    """`left relation right` (<=, >= or ==) on a domain of parameters, for every law in `laws`.

    `means` says in words what the left-hand side is.
    """

    left: Any
    relation: str
    right: Any
    domain: Domain
    laws: tuple[Law, ...] = ()
    means: str = ""

    def __post_init__(self) -> None:
        if self.relation not in ("<=", ">=", "=="):
            raise ValueError(f"a goal's relation is <=, >= or ==, not {self.relation!r}.")
        object.__setattr__(self, "left", expr(self.left))
        object.__setattr__(self, "right", expr(self.right))
        for law in self.laws:
            shared = {each.name for each in law.variables} & {each.name for each in self.domain.symbols}
            if shared:
                raise ValueError(f"the law {law.name} averages over {sorted(shared)}, which are parameters of the "
                                 "goal; rename one.")
            if unknown := law.tied - set(self.domain.symbols):
                raise ValueError(f"the law {law.name} depends on {sorted(map(str, unknown))}, which are no parameters "
                                 "of the goal; add them to its domain.")

    def __str__(self) -> str:
        return f"{self.left} {self.relation} {self.right}"

    def latex(self) -> str:
        """The statement in LaTeX."""
        sign = {"<=": r"\le", ">=": r"\ge", "==": "="}[self.relation]
        return f"{set_in_latex(self.left)} {sign} {set_in_latex(self.right)}"

    def where(self) -> str:
        """The domain, the laws with their domains, and what the left-hand side is, in words."""
        parts = [repr(self.domain)] if self.domain.symbols else []
        parts += [_any(law) for law in self.laws]
        return "; ".join([*parts, *([f"the left-hand side is {self.means}"] if self.means else [])])

    def must_be(self, fact: Fact) -> None:
        """Reject unless the fact says this: same sides, relation at least as strong, on all of this domain and laws."""
        left, right = (self.right, self.left) if self.relation == ">=" else (self.left, self.right)
        if fact.relation != "==" and self.relation == "==":
            raise Rejected("goal", f"{fact} is no equality.")
        if not (same(fact.left, left) and same(fact.right, right)):
            raise Rejected("goal", f"the derivation concludes {fact}, not {left} {self.relation} {right}.")
        concluded("goal", (fact,))
        covers(fact.domain, self.domain, "goal")
        for side in (left, right):
            must_be_defined("goal", side, self.domain, fact.laws)
            means_must_exist("goal", side, self.domain, fact.laws, (fact,))
        mine = {law.name: law for law in self.laws}
        for mean in left.atoms(Mean) | right.atoms(Mean):
            known = [law for law in fact.laws if law.name == mean.law]
            if mean.law not in mine or mine[mean.law] != known[0]:
                raise Rejected("goal", f"the law {mean.law} of the conclusion is not that of the goal.")
        for law in fact.laws:
            # A law whose conditions nothing meets would prove everything, so what uses it has to name it.
            if law.domain.conditions and mine.get(law.name) != law:
                raise Rejected("goal", f"the derivation uses the law {law.name}, which has conditions; the goal must "
                                       "name it among its laws.")

    def sides(self, values: Mapping[str, Any], reads: Callable[..., Mapping[str, Any]] | None,
              tolerance: float) -> Sides:
        """Both sides at an instance; see `Proof.sides`."""
        found = _named(values)
        if reads is not None:
            wanted = _parameters(reads)
            missing = [name for name in wanted if name not in values]
            if missing:
                raise ValueError(f"the proof speaks of {', '.join(missing)}, which the instance doesn't have.")
            found = {**found, **reads(**{name: values[name] for name in wanted})}
        at = {symbol: _number(found, symbol) for symbol in self.domain.symbols}
        outside = self.domain.lacks(at)
        tables = {law.name: _table(law, found) for law in self.laws}
        for law in self.laws:
            outside = outside or _law_lacks(law, tables[law.name], at)
        if outside:
            return Sides(None, None, outside, tolerance)
        right = _value(self.right, at, tables)
        if right is None:
            raise ValueError("the instance doesn't have what the conclusion's right-hand side averages over.")
        return Sides(_value(self.left, at, tables), right, "", tolerance)


@lru_cache(maxsize=1024)
def _parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(inspect.signature(function).parameters)


def _any(law: Law) -> str:
    names = ", ".join(map(str, law.variables))
    if set(law.variables) <= set(dict(law.meaning)):
        return f"{names} as the premises say, on {law.domain}"
    return f"{names} {'has any law' if len(law.variables) == 1 else 'have any joint law'} on {law.domain}"


Table = tuple[Sequence[Any], dict[Symbol, Sequence[Any]]]


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of an instance by name, and the fields of those that are dataclasses."""
    found: dict[str, Any] = {}
    for value in values.values():
        if is_dataclass(value):
            found.update({field.name: getattr(value, field.name) for field in fields(value)})
    return {**found, **values}


def _number(found: Mapping[str, Any], symbol: Symbol) -> Any:
    if symbol.name not in found:
        raise ValueError(f"the proof speaks of {symbol}, which the instance doesn't have; give the proof a reading.")
    return found[symbol.name]


def _table(law: Law, found: Mapping[str, Any]) -> Table | None:
    """Weights and columns of a law: under its name, else `mass` and the columns by name; None where it isn't known."""
    if law.name in found:
        if found[law.name] is None:
            return None
        weights, columns = found[law.name]
    elif "mass" in found:
        weights, columns = found["mass"], found
    else:
        raise ValueError(f"the proof averages over the law {law.name}, which the instance doesn't have.")
    return weights, {s: columns[s.name] for s in law.variables if s.name in columns}


def _law_lacks(law: Law, table: Table | None, at: Mapping[Symbol, Any]) -> str:
    """Why a row of the table lies outside the law's domain; only what can be read is checked."""
    if table is None:
        return ""
    weights, columns = table
    if isinstance(weights, np.ndarray):
        return _array_lacks(law, columns, at)
    readable = _readable(law.domain, frozenset(columns) | frozenset(at))
    for index, weight in enumerate(weights):
        if weight != 0:
            outside = readable.lacks({s: columns[s][index] if s in columns else at[s] for s in readable.symbols})
            if outside:
                return outside
    return ""


@lru_cache(maxsize=256)
def _readable(domain: Domain, known: frozenset[Symbol]) -> Domain:
    ranges = {symbol: where for symbol, where in domain.ranges.items() if symbol in known}
    return Domain(ranges, *(each for each in domain.conditions if each.free_symbols <= set(ranges)))


def _array_lacks(law: Law, columns: Mapping[Symbol, Any], at: Mapping[Symbol, Any]) -> str:
    for symbol, column in columns.items():
        where = law.domain.ranges[symbol]
        if column.min() < float(where.inf) - 1e-12 or column.max() > float(where.sup) + 1e-12:
            return f"{symbol} leaves {where}"
    known = [*columns, *at]
    for condition in law.domain.conditions:
        if condition.free_symbols <= set(known):
            slack = _vectorised(condition, tuple(known))(*columns.values(), *(float(at[s]) for s in at))
            if np.min(slack) < -1e-9:
                return f"{condition} is negative somewhere"
    return ""


def _value(side: Any, at: Mapping[Symbol, Any], tables: Mapping[str, Table | None]) -> Any:
    """A side as a Fraction, ball or float; None where a mean involves what can't be read."""
    known: dict[Symbol, Any] = dict(at)
    means, outermost = _means(side)
    for symbol, law, inside, bound in means:
        table = tables[law]
        if table is None or not bound <= table[1].keys():
            return None
        known[symbol] = _average(inside, *table, known)
    is_float = any(numbers.is_float(value) for value in known.values())
    with numbers.precise():
        evaluate = numbers.compiled(outermost, tuple(symbol.name for symbol in known))
        return numbers.write(evaluate(*(numbers.read(value) for value in known.values())), is_float)


@lru_cache(maxsize=256)
def _means(side: Any) -> tuple[tuple[tuple[Symbol, str, Any, frozenset[Any]], ...], Any]:
    """The means in a side in the order in which they can be taken, and the side with a symbol for each.

    A mean is (its symbol, the law's name, what is averaged, the variables of the law in it).
    """
    put: dict[Symbol, Mean] = {}
    # Innermost first: a mean may average over what another one gives.
    while means := sorted((each for each in side.atoms(Mean) if not each.args[0].has(Mean)), key=str):
        now = {mean: Symbol(f"mean {len(put) + index}", real=True) for index, mean in enumerate(means)}
        put.update({symbol: mean for mean, symbol in now.items()})
        side = side.xreplace(now)
    return tuple((symbol, mean.law, mean.args[0], frozenset(set(mean.bound) & mean.args[0].free_symbols))
                 for symbol, mean in put.items()), side


@lru_cache(maxsize=256)
def _vectorised(expression: Any, symbols: tuple[Symbol, ...]) -> Callable[..., Any]:
    return lambdify(symbols, expression, "numpy")


def _average(expression: Any, weights: Any, columns: Mapping[Symbol, Any], at: Mapping[Symbol, Any]) -> Any:
    used = [*columns, *at]
    if isinstance(weights, np.ndarray):
        values = _vectorised(expression, tuple(used))(*columns.values(), *(float(at[s]) for s in at))
        return float(np.sum(weights * values))
    fixed = [at[symbol] for symbol in at]
    with numbers.precise():
        evaluate = numbers.compiled(expression, tuple(symbol.name for symbol in used))
        total: Any = numbers.read(0)
        for index, weight in enumerate(weights):
            if weight != 0:
                row = [columns[s][index] for s in columns]
                total += numbers.read(weight) * evaluate(*(numbers.read(value) for value in (*row, *fixed)))
        return numbers.write(total)
