"""Rules about Gaussian designs: means of inverse Wishart matrices and of projections on uniform subspaces.

A law knows such a quantity as a variable, whose meaning it states in words; a rule gives the mean. Each rule asks for a
range that holds every value that the quantity takes, and for sizes for which it exists: a law that no quantity has
would prove anything.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Interval, Symbol, oo

from theory import certify
from theory.domain import Domain
from theory.expressions import expr
from theory.facts import Fact, Law, Premise, Rejected, Role, Step, conclude
from theory.kernel import require
from theory.meanings import meant, premised

WISHART = ("an inverse Wishart matrix with N degrees of freedom in k dimensions has the mean I/(N - k - 1) "
           "(von Rosen 1988)")
SINGULAR = ("the generalised inverse of a singular Wishart matrix with n degrees of freedom in p dimensions has the "
            "mean n/(p (p - n - 1)) I (Cook & Forzani 2011)")
PROJECTION = ("a projection on a uniform subspace of rank q in p dimensions has the mean (q/p) I "
              "(Vershynin 2018, Lemma 5.3.2)")
SECOND = "second moments of a projection on a uniform subspace (Collins & Śniady 2006)"
CHOSEN = "each of D is among p chosen at random with probability p/D (Cochran 1977, Theorem 2.1)"

NOT_NEGATIVE: Any = Interval(0, oo)
REAL: Any = Interval(-oo, oo)


def inverse_trace(trace: Symbol, few: Any, many: Any, coordinates: Any, law: Law, gaussian: Premise,
                  domain: Domain) -> Fact:
    """E sum_{i in F} ((G G')^-1)_ii == coordinates/(many - few - 1), for `trace` that means this.

    G is a few x many matrix of independent N(0, 1) entries and F a set of so many of its rows, of all for the trace.
    """
    rule, few, many, coordinates = "inverse Wishart", expr(few), expr(many), expr(coordinates)
    premised(rule, gaussian, "gaussian")
    _quantity(rule, trace, NOT_NEGATIVE, law)
    _sizes(rule, law, domain, coordinates=coordinates, others=few - coordinates, spare=many - few - 2)
    these = Premise.stated("definition", "{0} sums {1} diagonal entries of (G G')^-1 for a matrix G of independent "
                           "N(0, 1) entries, {2} x {3}", trace, coordinates, few, many)
    return _concluded(rule, WISHART, law, trace, coordinates / (many - few - 1), domain, (these, gaussian),
                      Role(law.name, trace, "diagonal entries of an inverse Wishart matrix", (coordinates, few, many)))


def singular_trace(trace: Symbol, points: Any, features: Any, coordinates: Any, law: Law, gaussian: Premise,
                   domain: Domain) -> Fact:
    """E sum_{i in F} (X^+ X^+')_ii == (coordinates/features) points/(features - points - 1), `trace` meaning this.

    X is a points x features matrix of independent N(0, 1) entries, and F a set of so many of its columns.
    """
    rule, points, features, coordinates = "singular Wishart", expr(points), expr(features), expr(coordinates)
    premised(rule, gaussian, "gaussian")
    _quantity(rule, trace, NOT_NEGATIVE, law)
    _sizes(rule, law, domain, points=points, coordinates=coordinates, others=features - coordinates,
           spare=features - points - 2)
    these = Premise.stated("definition", "{0} sums {1} diagonal entries of X^+ X^+' for a matrix X of independent "
                           "N(0, 1) entries, {2} x {3}", trace, coordinates, points, features)
    value = coordinates / features * points / (features - points - 1)
    return _concluded(rule, SINGULAR, law, trace, value, domain, (these, gaussian),
                      Role(law.name, trace, "diagonal entries of a singular inverse", (coordinates, points, features)))


def projected_length(length: Symbol, rank: Any, dim: Any, whole: Any, law: Law, uniform: Premise,
                     domain: Domain) -> Fact:
    """E |Q v|^2 == (rank/dim) whole, for `length` that means this, |v|^2 = whole, Q of this rank in dim dimensions."""
    return _projected("projected length", length, rank, dim, whole, NOT_NEGATIVE, law, uniform, domain,
                      "{0} is |Q v|^2 for a projection Q on a uniform subspace of rank {1} in {2} dimensions, "
                      "|v|^2 = {3}")


def projected_product(product: Symbol, rank: Any, dim: Any, own: Any, law: Law, uniform: Premise,
                      domain: Domain) -> Fact:
    """E v_F . (Q v)_F == (rank/dim) own, for `product` that means this, |v_F|^2 = own, F a set of coordinates."""
    return _projected("projected product", product, rank, dim, own, REAL, law, uniform, domain,
                      "{0} is v_F . (Q v)_F for a projection Q on a uniform subspace of rank {1} in {2} dimensions, "
                      "|v_F|^2 = {3}")


def _projected(rule: str, symbol: Symbol, rank: Any, dim: Any, own: Any, where: Any, law: Law, uniform: Premise,
               domain: Domain, words: str) -> Fact:
    rank, dim, own = expr(rank), expr(dim), expr(own)
    premised(rule, uniform, "uniform")
    _quantity(rule, symbol, where, law)
    _sizes(rule, law, domain, rank=rank, rest=dim - rank, dimensions=dim - 1)
    _nonnegative(rule, law, own, domain)
    these = Premise.stated("definition", words, symbol, rank, dim, own)
    return _concluded(rule, PROJECTION, law, symbol, rank / dim * own, domain, (these, uniform),
                      Role(law.name, symbol, f"the {rule}", (rank, dim, own)))


def projected_part(part: Symbol, rank: Any, dim: Any, coordinates: Any, own: Any, other: Any, law: Law,
                   uniform: Premise, domain: Domain) -> Fact:
    """E |(Q v)_F|^2 == (a + b) own + b coordinates (own + other), for `part` that means this.

    Q projects on a uniform subspace of this rank in dim >= 2 dimensions; F are so many coordinates, own = |v_F|^2, and
    other is the squared length of the others; a = q (q (p + 1) - 2)/(p (p - 1)(p + 2)) and
    b = q (p - q)/(p (p - 1)(p + 2)) for q = rank, p = dim.
    """
    rule = "projected part"
    rank, dim, coordinates, own, other = (expr(each) for each in (rank, dim, coordinates, own, other))
    premised(rule, uniform, "uniform")
    _quantity(rule, part, NOT_NEGATIVE, law)
    _sizes(rule, law, domain, rank=rank, rest=dim - rank, dimensions=dim - 2, coordinates=coordinates,
           others=dim - coordinates)
    # Without coordinates there is no signal on them.
    for each in (own, other, (own + other) * coordinates - own, (own + other) * (dim - coordinates) - other):
        _nonnegative(rule, law, each, domain)
    scale = dim * (dim - 1) * (dim + 2)
    same, crossed = rank * (rank * (dim + 1) - 2) / scale, rank * (dim - rank) / scale
    these = Premise.stated("definition", "{0} is |(Q v)_F|^2 for a projection Q on a uniform subspace of rank {1} in "
                           "{2} dimensions and a set F of {3} coordinates, |v_F|^2 = {4}, and the others have {5}",
                           part, rank, dim, coordinates, own, other)
    value = (same + crossed) * own + crossed * coordinates * (own + other)
    return _concluded(rule, SECOND, law, part, value, domain, (these, uniform),
                      Role(law.name, part, "the projected part", (rank, dim, coordinates, own, other)))


def chosen_length(length: Symbol, chosen: Any, dim: Any, whole: Any, law: Law, uniform: Premise,
                  domain: Domain) -> Fact:
    """E |v_T|^2 == (chosen/dim) whole, for `length` that means this, T so many of dim coordinates chosen at random."""
    rule, chosen, dim, whole = "chosen length", expr(chosen), expr(dim), expr(whole)
    premised(rule, uniform, "uniform")
    _quantity(rule, length, NOT_NEGATIVE, law)
    _sizes(rule, law, domain, chosen=chosen, rest=dim - chosen, dimensions=dim - 1)
    _nonnegative(rule, law, whole, domain)
    these = Premise.stated("definition", "{0} is |v_T|^2 for {1} of {2} coordinates T chosen at random, |v|^2 = {3}",
                           length, chosen, dim, whole)
    return _concluded(rule, CHOSEN, law, length, chosen / dim * whole, domain, (these, uniform),
                      Role(law.name, length, "the chosen length", (chosen, dim, whole)))


def _quantity(rule: str, symbol: Symbol, where: Any, law: Law) -> None:
    """The symbol is a variable of the law with a meaning, and nothing keeps it from a value that it takes."""
    if symbol not in law.variables:
        raise Rejected(rule, f"{symbol} is no variable of {law.name}.")
    meant(rule, symbol, law)
    if not where.is_subset(law.domain.ranges[symbol]):
        raise Rejected(rule, f"{symbol} ranges over {law.domain.ranges[symbol]}, and may lie anywhere in {where}.")
    if law.domain.conditions or set(law.domain.symbols) != set(law.variables):
        raise Rejected(rule, f"the law {law.name} has conditions or parameters, which {symbol} might break.")
    if law.integrable is None or law.integrable.kind != "integrable":
        raise Rejected(rule, f"the law {law.name} is not one whose means are declared to exist.")


def _sizes(rule: str, law: Law, domain: Domain, **sizes: Expr) -> None:
    """Every size is an integer, 0 or more, throughout the domain; none depends on the law's variables."""
    for name, size in sizes.items():
        if size.is_integer is not True:
            raise Rejected(rule, f"{name}: {size} need not be an integer.")
        _nonnegative(rule, law, size, domain)


def _nonnegative(rule: str, law: Law, value: Expr, domain: Domain) -> None:
    if (value.free_symbols | set(domain.symbols)) & set(law.variables):
        raise Rejected(rule, f"{value} on {domain} depends on what {law.name} averages over.")
    require(rule, certify.nonnegative(value, domain), f"{value} >= 0")


def _concluded(rule: str, trusted: str, law: Law, symbol: Symbol, value: Expr, domain: Domain,
               premises: tuple[Premise, ...], role: Role) -> Fact:
    return conclude(Step(rule, "a classical mean", (), (trusted,)), law.mean(symbol), "==", value, domain, (law,),
                    premises, [role])
