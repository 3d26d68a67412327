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

if TYPE_CHECKING:
    import sympy

FORMAT = 1
KIND = "formulas"

NOTATION = {
    "bayes_risk": "L^{*}",
    "sampler_risk": "L_{s}",
    "margin": "g",
    "distance": "d",
    "teacher": "t",
    "classes": "K",
    "hypotheses": r"\left|H\right|",
    "eps": r"\varepsilon",
    "probability": "p",
    "power": "r",
    "eps_factor": "a",
    "lipschitz": r"\lambda",
    "student_risk": r"L(\hat{h})",
    "best_risk": "L(h^{*})",
    "student_loss": r"D(\hat{h})",
    "best_loss": "D(h^{*})",
    "student_seen": r"\hat{D}(\hat{h})",
    "best_seen": r"\hat{D}(h^{*})",
    "peak": r"\max_{h} (D - \hat{D})(h)",
    "agree": "a",
    "omega_student": r"\omega_{S}",
    "student_error": "E_{S}",
    "label_noise": r"\tau",
    "cap": "K",
    "few": "k",
    "many": "N",
    "beta_all": r"\left\|\beta\right\|^{2}",
    "beta_teacher": r"\left\|\beta_{T}\right\|^{2}",
    "beta_student": r"\left\|\beta_{S}\right\|^{2}",
    "beta_extra": r"\left\|\beta_{T \setminus S}\right\|^{2}",
    "agreement": "p_{t}",
    "student_agreement": "p_{s}",
    "differs": r"\mathbb{1}_{s \ne t}",
    "dot": r"\left\langle a, b\right\rangle",
    "squares": r"\left\|a\right\|^{2}\left\|b\right\|^{2}",
    "soft_ratio": r"\rho",
    "weight": "w",
    "temperature": "T",
    "label": "y",
    "teacher_logit": "z_{t}",
    "higher_logit": "z_{t}'",
    "effective_logit": "z_{*}",
    "size": r"\left|z_{t}\right|",
    "spectrum": "d",
    "larger": "d_{1}",
    "smaller": "d_{2}",
    "penalty": "c",
    "rounds": "t",
    "truth_squared": r"\theta^{2}",
    "noise_variance": r"\sigma^{2}",
    "imitation": r"\xi",
    "truth": "p^{*}",
    "first": "p_{i}",
    "second": "p_{j}",
    "misordered": "w",
    "base": r"\pi",
    "far": "q",
    "cosine_squared": r"\cos^{2}\theta",
    "length": r"\left|w^{*}\right|",
    "logit_square": r"\left(E t^{2}\right)",
    "effective_square": r"\left(E z^{2}\right)",
    "cross": r"\left(E z t\right)",
    "load": "u",
    "noise_share": r"\tau",
    "residual": "R",
    "curvature": "B",
    "third": "B_{3}",
    "step_size": r"\eta",
    "kept_larger": "r_{1}",
    "kept_smaller": "r_{2}",
    "turn": r"\frac{\theta}{2\pi}",
    "steps": "T",
    "width": "M",
    "hard": r"\ell_{y}",
    "soft": r"p^{*} \cdot \ell",
    "taught": r"p_{t} \cdot \ell",
    "plain": r"\bar{\ell}",
    "hard_risk": r"\hat{R}_{y}",
    "soft_risk": r"\hat{R}_{*}",
    "taught_risk": r"\hat{R}_{t}",
    "plain_risk": r"\hat{R}_{u}",
    "label_variance": r"V_{\ell \mid x}",
    "hard_variance": "V_{b}",
    "plain_variance": "V_{u}",
    "gap_variance": "V_{g}",
    "smoothing": "a",
    "variance": "V",
    "covariance": "C",
    "bias": "B",
    "spread": r"\Delta",
    "least": r"p_{\min}",
    "predicted": "q",
    "loss_norm": "s",
    "step": "s",
    "surplus": r"\hat{U}",
    "reach": "t",
    "crowding": "q",
    "separation": "s",
    "bandwidth": "h",
    "elsewhere": "p'",
}
"""How parameter names are written in LaTeX where SymPy's own way does not read well."""


def positive(names: str) -> Any:
    """SymPy symbols, comma separated as in `sympy.symbols`, for generic (positive) values of parameters."""
    import sympy

    return sympy.symbols(names, positive=True)


def set_in_latex(expression: Any, notation: Mapping[str, str] | None = None) -> str:
    """`sympy.latex` of an expression, names written as in `notation`, else as in `NOTATION`."""
    import sympy

    known = {**NOTATION, **(notation or {})}
    named = {each: known[each.name] for each in expression.atoms(sympy.Symbol) if each.name in known}
    return sympy.latex(expression, symbol_names=named)


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
