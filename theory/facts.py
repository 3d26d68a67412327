"""Facts: what a proof step concludes. A `Fact` comes out of a rule that checked it, and out of nothing else (LCF).

A fact says that `left <= right` (or `<`, or `==`) for every value of the variables in its domain, and for every law
of the random variables that its means average over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sympy import Abs, Add, Basic, Expr, Function, Mul, Range, Sum, Symbol, Tuple, expand, factor, fraction, oo, sympify, together

from theory import numbers
from theory.domain import Domain

_KEY = object()
RELATIONS = ("<=", "<", "==")


class Rejected(ValueError):
    """A step that doesn't check: the rule, and why not."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{rule}: {reason}")
        self.rule, self.reason = rule, reason


@dataclass(frozen=True)
class Premise:
    """A hypothesis that the formulas don't show, such as independence; carried to the conclusion and printed there."""

    kind: str
    text: str


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
        for symbol in self.variables:
            where = self.domain.ranges[symbol]
            compact = where.inf != -oo and where.sup != oo and (isinstance(where, Range) or where.is_closed)
            if not compact and self.integrable is None:
                raise Rejected("law", f"{symbol} ranges over {where}, where means need not exist; give a bounded, "
                                      "closed range, or a Premise as integrable.")

    @property
    def premises(self) -> tuple[Premise, ...]:
        """What has to be said in words: meanings, and why the means exist."""
        words = [Premise("definition", f"{symbol} is {text}") for symbol, text in self.meaning]
        return (*words, *([self.integrable] if self.integrable else []))

    def mean(self, expression: object) -> Expr:
        """E[expression] under this law."""
        return Mean(expression, Tuple(Symbol(self.name), *self.variables))


class Mean(Expr):
    """E[expression]: the mean over `binder` = (name of the law, its variables), which are bound in it."""

    is_commutative = True
    is_real = True

    def __new__(cls, expression: object, binder: Basic) -> Mean:
        """A mean, unevaluated."""
        return Expr.__new__(cls, sympify(expression), binder)

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
        return self if old in self.bound else None

    def _eval_is_nonnegative(self) -> bool | None:
        return True if self.args[0].is_nonnegative else None

    def _eval_is_positive(self) -> bool | None:
        return True if self.args[0].is_positive else None

    def _sympystr(self, printer: object) -> str:
        return f"E[{printer.doprint(self.args[0])}]"  # type: ignore[attr-defined]

    def _latex(self, printer: object, **_: object) -> str:
        return rf"\operatorname{{E}}\left[{printer.doprint(self.args[0])}\right]"  # type: ignore[attr-defined]


class Indicator(Function):
    """1 where its argument is at least 0, else 0."""

    is_real = True
    is_nonnegative = True


numbers.FUNCTIONS.setdefault("Indicator", lambda x: _indicator(x))


def _indicator(value: object) -> object:
    if value >= 0:  # type: ignore[operator]
        return numbers.read(1)
    if value < 0:  # type: ignore[operator]
        return numbers.read(0)
    raise ValueError(f"whether {value} is at least 0 is undecided")


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

    left: Expr
    relation: str
    right: Expr
    domain: Domain
    step: Step
    laws: tuple[Law, ...] = ()
    premises: tuple[Premise, ...] = ()
    key: object = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise Rejected("fact", "a fact is the result of a rule; it can't be stated by hand.")

    def __str__(self) -> str:
        return f"{self.left} {self.relation} {self.right}"


def conclude(step: Step, left: object, relation: str, right: object, domain: Domain,
             laws: Iterable[Law] = (), premises: Iterable[Premise] = ()) -> Fact:
    """A fact, for the rules alone: nothing is checked here but that its symbols and laws are declared.

    Laws and premises of the facts in `step.uses` are carried along.
    """
    left, right = sympify(left), sympify(right)
    known: dict[str, Law] = {}
    for law in (*laws, *(law for fact in step.uses for law in fact.laws)):
        if known.setdefault(law.name, law) != law:
            raise Rejected(step.rule, f"two different laws are called {law.name}; rename one.")
    for mean in (left - right).atoms(Mean):
        if mean.law not in known or known[mean.law].variables != mean.bound:
            raise Rejected(step.rule, f"{mean} averages over a law {mean.law} that no fact introduced.")
    unknown = (left.free_symbols | right.free_symbols) - set(domain.ranges)
    if unknown:
        raise Rejected(step.rule, f"{sorted(map(str, unknown))} have no range in the domain.")
    carried = dict.fromkeys([*premises, *(p for law in known.values() for p in law.premises),
                             *(p for fact in step.uses for p in fact.premises)])
    return Fact(left, relation, right, domain, step, tuple(known.values()), tuple(carried), _KEY)


def normal(expression: object) -> Expr:
    """The expression expanded, every `Mean` split by linearity into means of single terms."""
    def split(mean: Mean) -> Expr:
        parts = []
        for term in Add.make_args(normal(mean.args[0])):
            factor, rest = term.as_independent(*mean.bound, as_Add=False)
            parts.append(factor * Mean(rest, mean.args[1]) if rest.free_symbols & set(mean.bound) else term)
        return Add(*parts)

    expanded = _expand(sympify(expression))
    outermost = {mean: split(mean) for mean in expanded.atoms(Mean)
                 if not any(mean != other and other.has(mean) for other in expanded.atoms(Mean))}
    return _expand(expanded.xreplace(outermost))


def _expand(expression: Expr) -> Expr:
    """Expanded, but for moduli, whose arguments are factored: |a b| is then |a| |b|."""
    factored = expand(expression).replace(Abs, lambda inside: Mul(*(Abs(each) for each in Mul.make_args(factor(inside)))))
    return Add(*(expand(term, deep=False) for term in Add.make_args(factored)))


def same(first: object, second: object) -> bool:
    """Whether two expressions are equal by expanding, a common denominator and linearity of means; names of indices don't matter."""
    difference = normal(_indices_alike(sympify(first)) - _indices_alike(sympify(second)))
    # Over a common denominator, which vanishes nowhere since both sides are defined.
    return difference == 0 or expand(fraction(together(difference))[0]) == 0


def _indices_alike(expression: Expr) -> Expr:
    """Every sum over an index of one name, the depth of the nesting, that assumes no more than to be an integer."""
    if not expression.args or not expression.has(Sum):
        return expression
    rebuilt = expression.func(*(_indices_alike(each) for each in expression.args))
    if not isinstance(rebuilt, Sum) or len(rebuilt.limits) != 1:
        return rebuilt
    index, *limits = rebuilt.limits[0]
    alike = Symbol(f"index_{len(rebuilt.function.atoms(Sum))}", integer=True)
    return Sum(rebuilt.function.subs(index, alike), (alike, *limits))
