"""Means and indicators as SymPy expressions, and when two expressions are the same: part of the trusted core."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Dummy,
    Expr,
    Function,
    Integral,
    Mul,
    Sum,
    Symbol,
    expand,
    factor,
    fraction,
    sympify,
    together,
)

from theory import numbers


def expr(value: Any) -> Any:
    """The value as an expression. SymPy's annotations call every result a Basic, which has no arithmetic."""
    return sympify(value)


class Rejected(ValueError):
    """A step that doesn't check: the rule, and why not."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{rule}: {reason}")
        self.rule, self.reason = rule, reason


class Mean(Expr):
    """E[expression]: the mean over `binder` = (name of the law, its variables), which are bound in it."""

    is_commutative = True
    is_real = True

    def __new__(cls, expression: Any, binder: Basic) -> Mean:
        """A mean, unevaluated."""
        return Expr.__new__(cls, expr(expression), binder)

    @property
    def law(self) -> str:
        """Name of the law."""
        return str(self.args[1].args[0])

    @property
    def bound(self) -> tuple[Basic, ...]:
        """The variables averaged over."""
        return self.args[1].args[1:]

    @property
    def free_symbols(self) -> set[Basic]:
        """Symbols of the expression that it doesn't average over."""
        return self.args[0].free_symbols - set(self.bound)

    def _eval_subs(self, old: Basic, new: Basic) -> Expr | None:
        if old in self.bound:
            return self
        if old in self.free_symbols and getattr(new, "free_symbols", set()) & set(self.bound):
            raise Rejected("substitution", f"{new} has variables that {self} binds.")
        return None

    def _eval_is_nonnegative(self) -> bool | None:
        return True if self.args[0].is_nonnegative else None

    def _eval_is_positive(self) -> bool | None:
        return True if self.args[0].is_positive else None

    def _sympystr(self, printer: Any) -> str:
        return f"E[{printer.doprint(self.args[0])}]"  # type: ignore[attr-defined]

    def _latex(self, printer: Any, **_: Any) -> str:
        return rf"\operatorname{{E}}\left[{printer.doprint(self.args[0])}\right]"  # type: ignore[attr-defined]


class Indicator(Function):
    """1 where its argument is at least 0, else 0."""

    is_real = True
    is_nonnegative = True


def _indicator(value: Any) -> object:
    if value >= 0:  # type: ignore[operator]
        return numbers.read(1)
    if value < 0:  # type: ignore[operator]
        return numbers.read(0)
    raise ValueError(f"whether {value} is at least 0 is undecided")


numbers.FUNCTIONS.setdefault("Indicator", _indicator)


def normal(expression: Any) -> Expr:
    """The expression expanded, every `Mean` split by linearity into means of single terms."""
    def split(mean: Mean) -> Expr:
        parts = []
        for term in Add.make_args(normal(mean.args[0])):
            factor, rest = term.as_independent(*mean.bound, as_Add=False)
            parts.append(factor * Mean(rest, mean.args[1]) if rest.free_symbols & set(mean.bound) else term)
        return Add(*parts)

    expanded = _expand(expr(expression))
    outermost = {mean: split(mean) for mean in expanded.atoms(Mean)
                 if not any(mean != other and other.has(mean) for other in expanded.atoms(Mean))}
    return _expand(expanded.xreplace(outermost))


def _expand(expression: Any) -> Expr:
    """Expanded, but for moduli, whose arguments are factored: |a b| is then |a| |b|."""
    def split(inside: Any) -> Any:
        factors: Any = factor(inside)
        return Mul(*(Abs(each) for each in Mul.make_args(factors)))

    factored = expand(expression).replace(Abs, split)
    return Add(*(expand(term, deep=False) for term in Add.make_args(factored)))


def same(first: Any, second: Any) -> bool:
    """Whether two expressions are equal by expanding, a common denominator and linearity of means.

    Names of indices don't matter. Both must be defined wherever they are compared.
    """
    difference = normal(_indices_alike(expr(first)) - _indices_alike(expr(second)))
    if difference == 0:
        return True
    above, below = (expand(part) for part in fraction(together(difference)))
    # A denominator that vanishes for all values would make everything equal to everything.
    return above == 0 and below != 0


def _indices_alike(expression: Any) -> Any:
    """Every sum over an index of one name, the depth of the nesting, that assumes no more than to be an integer."""
    if not expression.args or not expression.has(Sum):
        return expression
    rebuilt = expression.func(*(_indices_alike(each) for each in expression.args))
    if not isinstance(rebuilt, Sum) or len(rebuilt.limits) != 1:
        return rebuilt
    index, *limits = rebuilt.limits[0]
    alike = _index(len(rebuilt.function.atoms(Sum)))
    return Sum(rebuilt.function.subs(index, alike), (alike, *limits))


@lru_cache(maxsize=64)
def _index(depth: int) -> Dummy:
    """The same for every sum of this depth, and none of a user's symbols."""
    return Dummy(f"index_{depth}", integer=True)


def put_all(rule: str, expression: Any, values: Any) -> Any:
    """The expression with values put for symbols at once; Rejected where something in it would bind a value."""
    binds = bound_in(expression)
    for symbol, value in values.items():
        if binds & (expr(value).free_symbols - {symbol}):
            raise Rejected(rule, f"{value} has variables that {expression} binds.")
    return expression.subs(values, simultaneous=True)


def put(rule: str, expression: Any, symbol: Symbol, value: Any) -> Any:
    """The expression at symbol = value; Rejected where a sum, an integral or a mean in it would bind the value."""
    return put_all(rule, expression, {symbol: expr(value)})


def bound_in(expression: Any) -> set[Basic]:
    """The variables that sums, integrals and means in the expression bind."""
    return {each for node in expression.atoms(Sum, Integral, Mean)
            for each in (node.bound if isinstance(node, Mean) else node.bound_symbols)}
