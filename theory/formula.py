"""A formula: a SymPy expression derived from its definition, evaluated exactly and fast.

`bayes_risk.COVER_HART`, `majority.MAJORITY_ERROR` and `neighbours.NEAREST_DISTANCE` are instances: the
right-hand side of an inequality, a binomial tail that stays a sum, the value of an integral.
"""

from __future__ import annotations

import base64
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq

from theory import kept, numbers
from theory.notation import set_in_latex

if TYPE_CHECKING:
    import sympy

FORMAT = 1
KIND = "formulas"


def positive(names: str) -> Any:
    """SymPy symbols, comma separated as in `sympy.symbols`, for generic (positive) values of parameters."""
    import sympy

    return sympy.symbols(names, positive=True)


@dataclass(frozen=True)
class Formula:
    """A named function of real parameters, given by the derivation of its SymPy expression.

    `parameters` are the keywords of a call; `derive` takes nothing and returns an expression in Symbols of
    those names; it runs once, at the first use. `source` says where the formula comes from (paper, theorem,
    equation). `notation` has the LaTeX of parameters whose names mean other things in other formulas.

    >>> from fractions import Fraction
    >>> def variance():
    ...     from sympy import Sum, Symbol
    ...     p, y = Symbol("p"), Symbol("y")
    ...     return Sum((y - p) ** 2 * p**y * (1 - p) ** (1 - y), (y, 0, 1)).doit().factor()
    >>> coin = Formula("coin variance", ("p",), variance)
    >>> coin(p=Fraction(1, 3)), coin(p=0.5)
    (Fraction(2, 9), 0.25)

    Raises ValueError for parameters that are not distinct identifiers.
    """

    name: str
    parameters: tuple[str, ...]
    derive: Callable[[], sympy.Expr]
    source: str = ""
    notation: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        """Check the parameters' names."""
        object.__setattr__(self, "parameters", tuple(self.parameters))
        names = self.parameters
        if (
            len(set(names)) < len(names)
            or not all(isinstance(name, str) for name in names)
            or not all(name.isidentifier() for name in names)
        ):
            raise ValueError(
                f"Formula {self.name}: parameters {names!r} are not distinct identifiers; name each."
            )

    @cached_property
    def expression(self) -> sympy.Expr:
        """The derived expression; ValueError if it holds a symbol that is not a parameter.

        Kept on disk by content: a derivation takes up to a second, and a search is run many times.
        """
        key = kept.key(f"{FORMAT} {self.name} {self.parameters}", self.derive)
        known = _recall(key) if key else None
        if known is not None:
            return known
        expression = self.derive()
        extra = {str(symbol) for symbol in expression.free_symbols} - set(self.parameters)
        if extra:
            raise ValueError(
                f"Formula {self.name}: its expression holds {', '.join(sorted(extra))}, not among its "
                f"parameters {', '.join(self.parameters)}; add them."
            )
        if key:
            _remember(key, expression)
        return expression

    @cached_property
    def _evaluate(self) -> Callable[..., Any]:
        return numbers.compiled(self.expression, self.parameters)

    def latex(self) -> str:
        """`sympy.latex` of the expression, parameters written as in `NOTATION`."""
        return set_in_latex(self.expression, self.notation)

    def _latex(self, printer: object) -> str:
        """SymPy's hook: `sympy.latex(formula)` is `formula.latex()`."""
        return self.latex()

    def at(self, **values: Any) -> sympy.Expr:
        """The expression with SymPy expressions (or numbers) for all parameters, for proofs.

        Raises TypeError for missing or unknown keywords.
        """
        from sympy import sympify

        self._check(values)
        symbols: Any = self.expression.free_symbols
        named: Any = {symbol: sympify(values[symbol.name]) for symbol in symbols}
        return self.expression.subs(named, simultaneous=True)

    def __call__(self, **values: Any) -> Any:
        """The value at `values`, one finite number for every parameter.

        A `Fraction` where rational arithmetic gives it (square roots of squares included), else a `flint.arb`
        ball of about 200 bits; a float as soon as one value is a float. Raises TypeError for missing or
        unknown keywords and values that are not numbers, ValueError where there is no finite real value.
        """
        self._check(values)
        as_float = any(numbers.is_float(value) for value in values.values())
        with numbers.precise():
            return numbers.write(self._at([numbers.read(values[name]) for name in self.parameters]), as_float)

    def _check(self, values: dict[str, Any]) -> None:
        if values.keys() == set(self.parameters):
            return
        missing = [name for name in self.parameters if name not in values]
        unknown = [name for name in values if name not in self.parameters]
        trouble = [
            f"{what} {', '.join(some)}" for what, some in (("lacks", missing), ("got", unknown)) if some
        ]
        wanted = ", ".join(self.parameters)
        raise TypeError(f"Formula {self.name} {' and '.join(trouble)}; call it with exactly {wanted}.")

    def _at(self, values: list[Any]) -> Any:
        evaluate = self._evaluate
        try:
            result = evaluate(*values)
        except ZeroDivisionError as error:
            raise ValueError(self._undefined(values, "division by zero")) from error
        except (ArithmeticError, ValueError) as error:
            raise ValueError(self._undefined(values, str(error))) from error
        if isinstance(result, arb) and not result.is_finite():
            raise ValueError(self._undefined(values, f"Arb returns {result}"))
        return result

    def _undefined(self, values: list[Any], reason: str) -> str:
        where = ", ".join(f"{name}={value}" for name, value in zip(self.parameters, values, strict=True))
        reason = reason.rstrip(".")
        return f"Formula {self.name} has no finite real value at {where} ({reason}); keep to its domain."


def _recall(key: str) -> sympy.Expr | None:
    """The expression kept under this hash; None where there is none that can be read."""
    body = kept.read(KIND, key)
    try:
        return pickle.loads(base64.b64decode(body)) if body is not None else None
    except Exception:  # a pickle can fail in any way, and deriving the expression again always helps
        return None


def _remember(key: str, expression: sympy.Expr) -> None:
    """Keep an expression, if what is read is what was written: SymPy evaluates anew what was left unevaluated."""
    from sympy import srepr

    written = pickle.dumps(expression)
    if srepr(pickle.loads(written)) == srepr(expression):
        kept.write(KIND, key, base64.b64encode(written).decode())


def expectation(formula: Formula, mass: Iterable[Any], **columns: Any) -> Any:
    """The sum over points of mass * formula(column values there).

    `mass` has one weight per point; a column is a sequence as long as `mass` or one number for all points.
    Points of mass 0 are left out, so the formula need not be defined there. Returned as by a call of the
    formula. Raises ValueError for a column of another length.
    """
    weights = tuple(mass)
    formula._check(columns)
    table = []
    for name in formula.parameters:
        column = columns[name]
        values = tuple(column) if hasattr(column, "__len__") else (column,) * len(weights)
        if len(values) != len(weights):
            raise ValueError(
                f"Formula {formula.name}: column {name} has {len(values)} entries for {len(weights)} points; "
                "give one per point, or one number for all."
            )
        table.append(values)
    as_float = any(numbers.is_float(value) for column in (weights, *table) for value in column)
    with numbers.precise():
        total: Any = fmpq(0)
        for weight, *values in zip(weights, *table, strict=True):
            if weight != 0:
                total += numbers.read(weight) * formula._at([numbers.read(value) for value in values])
        return numbers.write(total, as_float)
