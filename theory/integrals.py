"""Integrals: SymPy evaluates them, quadrature checks, and both are continuous in the parameters: the trusted core.

SymPy's value is right for generic parameters. It is right for all of them where the integral is continuous in them:
over a bounded range on which the integrand is continuous, ends included; or where the parameters can be taken out of
the integrand, so that only the limits have them; or where the integrand falls off exponentially for all of them.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Integral, Interval, Mul, Symbol, exp, expand, lambdify, nan, oo, powsimp, zoo

from theory import certify
from theory.certify import Outcome
from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import Fact, Rejected, Step, conclude
from theory.identities import reduces, show
from theory.kernel import must_be_defined, require

POINTS = 6
_FEWEST = 3
_QUADRATURE = 1e-12


def integral(definite: Any, value: Any, domain: Domain, note: str = "") -> Fact:
    """integral == value: SymPy evaluates the integral, quadrature at points of the domain agrees.

    One variable of integration, whose limits may depend on the domain's variables; the integrand must be continuous
    between them. Integers of the domain are taken as real numbers: what SymPy finds for integers may fail at some.
    """
    value = expr(value)
    limits: Any = getattr(definite, "limits", ())
    if not isinstance(definite, Integral) or len(limits) != 1 or len(limits[0]) != 3:
        raise Rejected("integral", f"{definite} is not a single definite integral.")
    must_be_defined("integral", value, domain)
    names, wide = _real(domain)
    found: Any = definite.xreplace(names)
    wanted = value.xreplace(names)
    inner, low, high = found.limits[0]
    for end in (low, high):
        if end not in (-oo, oo):
            must_be_defined("integral", end, wide)
    if low != -oo and high != oo and not (low.is_number and high.is_number):
        require("integral", certify.nonnegative(high - low, wide), f"that the limits of {definite} are in order")
    _continuous(found.function, inner, low, high, wide)
    _steady(found, wide)
    must_be_defined("integral", wanted, wide)
    _quadrature_agrees(found, wanted, wide)
    if not reduces(found.doit(conds="none") - wanted):
        raise Rejected("integral", f"SymPy doesn't find {value} for {definite}.")
    return conclude(Step("integral", f"SymPy evaluates it; quadrature agrees at {POINTS} points", (),
                         ("SymPy's integration, guarded by quadrature",), note), definite, "==", value, domain)


def _real(domain: Domain) -> tuple[dict[Any, Any], Domain]:
    """Real variables in place of integers, and the domain of these."""
    ranges, names = {}, {}
    for symbol, where in domain.ranges.items():
        if isinstance(where, Interval):
            ranges[symbol] = where
            continue
        hull = Interval(where.inf, where.sup)
        names[symbol] = variable(symbol.name, hull)
        ranges[names[symbol]] = hull
    return names, Domain(ranges, *(each.xreplace(names) for each in domain.conditions))


def _continuous(integrand: Expr, inner: Symbol, low: Expr, high: Expr, domain: Domain) -> None:
    """The integrand is defined for low < inner < high."""
    where = Interval.open(low if low.is_number else -oo, high if high.is_number else oo)
    if inner != variable(inner.name, where):
        raise Rejected("integral", f"the variable {inner} assumes other things than its range {where} implies.")
    if inner.name in {symbol.name for symbol in domain.symbols}:
        raise Rejected("integral", f"{inner} is bound, and a variable of the domain as well; rename one.")
    must_be_defined("integral", integrand, _between(inner, low, high, where, domain))


def _between(inner: Symbol, low: Expr, high: Expr, where: Any, domain: Domain) -> Domain:
    conditions = [inner - low] * (not low.is_number) + [high - inner] * (not high.is_number)
    return Domain({**domain.ranges, inner: where}, *domain.conditions, *conditions)


def _steady(definite: Any, domain: Domain) -> None:
    """The integral is continuous in the parameters; see the text of this module."""
    inner, low, high = definite.limits[0]
    if not definite.function.free_symbols - {inner} or _closed(definite, domain):
        return
    for term in Add.make_args(expand(definite.function)):
        part: Any = powsimp(term.as_independent(inner)[1])
        if part.free_symbols == {inner}:
            value = Integral(part, (inner, low, high)).doit(conds="none")
            fine = not value.has(Integral, oo, zoo, nan)
        else:
            fine = _dies_down(part, (inner, low, high), domain)
        if not fine:
            raise Rejected("integral", f"{definite} need not be continuous in its parameters: the range is unbounded, "
                                       "or the integrand not continuous at its ends; and they can't be taken out of "
                                       f"{term}.")


def _closed(definite: Any, domain: Domain) -> bool:
    """Whether the range is bounded and the integrand continuous on it, ends included."""
    inner, low, high = definite.limits[0]
    if oo in (-low, high):
        return False
    where = Interval(low if low.is_number else -oo, high if high.is_number else oo)
    stands = variable(inner.name, where)
    try:
        must_be_defined("integral", definite.function.subs(inner, stands), _between(stands, low, high, where, domain))
    except Rejected:
        return False
    return True


def _dies_down(part: Any, limits: tuple[Any, Any, Any], domain: Domain) -> bool:
    """x^k e^(q(x)), q of degree 1 or 2: it falls exponentially at infinite limits, evenly for nearby parameters."""
    inner, low, high = limits
    factors = Mul.make_args(part)
    exponents: list[Any] = [each.args[0] for each in factors if isinstance(each, exp)]
    powers: Any = Mul(*(each for each in factors if not isinstance(each, exp)))
    if len(exponents) != 1 or not powers.is_polynomial(inner) or powers.free_symbols - {inner}:
        return False
    curve = exponents[0].as_poly(inner) if exponents[0].is_polynomial(inner) else None
    if curve is None or curve.degree() not in (1, 2) or (curve.degree() == 1 and low == -oo and high == oo):
        return False
    falls = curve.LC() if curve.degree() == 1 and low == -oo else -curve.LC()
    return certify.nonnegative(falls, domain, strict=True).outcome is Outcome.CERTIFIED


def _quadrature_agrees(definite: Any, value: Expr, domain: Domain) -> None:
    from mpmath import inf, mp, quad

    inner, low, high = definite.limits[0]
    symbols = list(domain.symbols)
    integrand, ends, expected = (lambdify(arguments, body, "mpmath") for arguments, body in (
        ([inner, *symbols], definite.function), (symbols, [low, high]), (symbols, value)))
    points = list(domain.points(POINTS)) if symbols else [{}]
    if symbols and len(points) < _FEWEST:
        raise Rejected("integral", f"{definite} and {value} could be compared at {len(points)} points only.")
    with mp.workdps(30):
        for point in points:
            at = [mp.mpf(point[s].numerator) / point[s].denominator for s in symbols]
            bottom, top = ends(*at)
            # Halfway points keep the quadrature's nodes dense where an infinite range has its mass.
            inside = [-64, -32, -16, -8, -1, 0, 1, 8, 16, 32, 64]
            cuts = [bottom, *(x for x in inside if bottom < x < top), top] if inf in (-bottom, top) else [bottom, top]
            found, wanted = quad(lambda x, at=at: integrand(x, *at), cuts), expected(*at)
            if abs(found - wanted) > _QUADRATURE * (1 + abs(wanted)):
                raise Rejected("integral", f"quadrature gives {mp.nstr(found, 10)}, not {mp.nstr(wanted, 10)}, at "
                                           f"{show(point)}.")
