"""What a proof has to conclude, and its two sides evaluated at an instance of a claim."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from sympy import Expr, Symbol, latex, sympify

from theory import numbers
from theory.domain import Domain
from theory.facts import Fact, Law, Mean, Rejected, same
from theory.kernel import covers


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
        object.__setattr__(self, "left", sympify(self.left))
        object.__setattr__(self, "right", sympify(self.right))

    def __str__(self) -> str:
        return f"{self.left} {self.relation} {self.right}"

    def latex(self) -> str:
        """The statement in LaTeX."""
        sign = {"<=": r"\le", ">=": r"\ge", "==": "="}[self.relation]
        return f"{latex(self.left)} {sign} {latex(self.right)}"

    def must_be(self, fact: Fact) -> None:
        """Reject unless the fact says this: same sides, relation at least as strong, on all of this domain and laws."""
        left, right = (self.right, self.left) if self.relation == ">=" else (self.left, self.right)
        if fact.relation != "==" and self.relation == "==":
            raise Rejected("goal", f"{fact} is no equality.")
        if not (same(fact.left, left) and same(fact.right, right)):
            raise Rejected("goal", f"the derivation concludes {fact}, not {left} {self.relation} {right}.")
        covers(fact.domain, self.domain, "goal")
        mine = {law.name: law for law in self.laws}
        for mean in left.atoms(Mean) | right.atoms(Mean):
            known = [law for law in fact.laws if law.name == mean.law]
            if mean.law not in mine or mine[mean.law] != known[0]:
                raise Rejected("goal", f"the law {mean.law} of the conclusion is not that of the goal.")

    def sides(self, values: Mapping[str, Any], reads: Callable[..., Mapping[str, Any]] | None,
              tolerance: float) -> Sides:
        """Both sides at an instance; see `Proof.sides`."""
        found = _named(values)
        if reads is not None:
            wanted = inspect.signature(reads).parameters
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


Table = tuple[Sequence[Any], dict[Symbol, Sequence[Any]]]


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of an instance by name, and the fields of those that are dataclasses."""
    found: dict[str, Any] = {}
    for name, value in values.items():
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
    ranges = {s: where for s, where in law.domain.ranges.items() if s in columns or s in at}
    readable = Domain(ranges, *(c for c in law.domain.conditions if c.free_symbols <= set(ranges)))
    for index, weight in enumerate(weights):
        if weight != 0:
            outside = readable.lacks({s: columns[s][index] if s in columns else at[s] for s in ranges})
            if outside:
                return outside
    return ""


def _array_lacks(law: Law, columns: Mapping[Symbol, Any], at: Mapping[Symbol, Any]) -> str:
    from sympy import lambdify

    for symbol, column in columns.items():
        where = law.domain.ranges[symbol]
        if column.min() < float(where.inf) - 1e-12 or column.max() > float(where.sup) + 1e-12:
            return f"{symbol} leaves {where}"
    known = [*columns, *at]
    for condition in law.domain.conditions:
        if condition.free_symbols <= set(known):
            slack = lambdify(known, condition, "numpy")(*columns.values(), *(float(at[s]) for s in at))
            if np.min(slack) < -1e-9:
                return f"{condition} is negative somewhere"
    return ""


def _value(side: Expr, at: Mapping[Symbol, Any], tables: Mapping[str, Table | None]) -> Any:
    """A side as a Fraction, ball or float; None where a mean involves what can't be read."""
    means: dict[Mean, Symbol] = {}
    known: dict[str, Any] = {symbol.name: value for symbol, value in at.items()}
    for index, mean in enumerate(sorted(_outermost(side), key=str)):
        table = tables[mean.law]
        if table is None:
            return None
        weights, columns = table
        if not set(mean.bound) & mean.args[0].free_symbols <= set(columns):
            return None
        means[mean] = Symbol(f"mean_{index}")
        known[f"mean_{index}"] = _average(mean.args[0], weights, columns, at)
    is_float = any(numbers.is_float(value) for value in known.values())
    with numbers.precise():
        evaluate = _compiled(side.xreplace(means), tuple(known))
        return numbers.write(evaluate(*(numbers.read(value) for value in known.values())), is_float)


_compiled = lru_cache(maxsize=256)(numbers.compiled)


def _outermost(side: Expr) -> Iterable[Mean]:
    found = side.atoms(Mean)
    return {mean for mean in found if not any(other != mean and other.has(mean) for other in found)}


def _average(expression: Expr, weights: Any, columns: Mapping[Symbol, Any], at: Mapping[Symbol, Any]) -> Any:
    used = [*columns, *at]
    if isinstance(weights, np.ndarray):
        from sympy import lambdify

        values = lambdify(used, expression, "numpy")(*columns.values(), *(float(at[s]) for s in at))
        return float(np.sum(weights * values))
    fixed = [at[symbol] for symbol in at]
    with numbers.precise():
        evaluate = _compiled(expression, tuple(symbol.name for symbol in used))
        total: Any = numbers.read(0)
        for index, weight in enumerate(weights):
            if weight != 0:
                row = [columns[s][index] for s in columns]
                total += numbers.read(weight) * evaluate(*(numbers.read(value) for value in (*row, *fixed)))
        return numbers.write(total)
