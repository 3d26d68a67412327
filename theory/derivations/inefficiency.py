"""Data inefficiency I(n) = n L(n), for every real n >= 1: bounds from a telescoping series.

L(n) = lnG(n/2 + 1) + lnG(n/2) - 2 lnG((n + 1)/2) has L(n) - L(n + 2) = -ln(1 - u) with u = 1/(n + 1)^2, is at least 0
by convexity and at most 1/n. Where g(n) - g(n + 2) >= -ln(1 - u) for every n, and g >= 0, L is at most g: the
difference g - L does not grow in steps of 2, and is at least -1/n. The same the other way round.
"""

from __future__ import annotations

from typing import Any

from sympy import Interval, Range, Rational, gamma, log, loggamma, oo, polygamma

from theory import inefficiency
from theory.cases import induction
from theory.domain import Domain, variable
from theory.facts import Fact
from theory.goal import Goal
from theory.identities import equal_derivatives, identity
from theory.kernel import chain, combine, inequality, instantiate, mirror
from theory.rules_limits import vanishing_error

FROM_ONE, NATURAL, SMALL = Interval(1, oo), Range(1, oo), Interval(0, Rational(1, 4))
n, k, u = variable("n", FROM_ONE), variable("k", NATURAL), variable("u", SMALL)
x = variable("x", Interval.open(0, oo))
HALF_LINE = Domain({x: Interval.open(0, oo)})
DOMAIN, STEPS, UNIT = Domain({n: FROM_ONE}), Domain({n: FROM_ONE, k: NATURAL}), Domain({u: SMALL})
LENGTH: Any = loggamma(n / 2 + 1) + loggamma(n / 2) - 2 * loggamma((n + 1) / 2)
GROWTH = log(n + 1) - log(n)
FALL = 2 * log(n + 1) - log(n) - log(n + 2)


def later(expression: Any, by: Any = 2) -> Any:
    """The expression at n + by."""
    return expression.subs(n, n + by)


def positive() -> Fact:
    """0 <= L(n)."""
    return inequality(0, "<=", LENGTH, DOMAIN)


def recursion() -> Fact:
    """lnG(x + 1) == ln x + lnG(x)."""
    alike = identity(polygamma(0, x), polygamma(0, x), HALF_LINE)
    other = equal_derivatives(loggamma(x), log(gamma(x)), x, 1, HALF_LINE, alike, identity(0, 0, Domain({})))
    step = identity(log(gamma(x + 1)), log(x) + log(gamma(x)), HALF_LINE)
    return combine(loggamma(x + 1), "==", log(x) + loggamma(x), (1, instantiate(other, {x: x + 1}, HALF_LINE)),
                   (1, step), (-1, other), note="two logarithms of the gamma function, one derivative")


def next_one() -> Fact:
    """L(n) + L(n + 1) == ln(n + 1) - ln n."""
    above, below = (instantiate(recursion(), {x: value}, DOMAIN) for value in ((n + 1) / 2, n / 2))
    return combine(LENGTH + later(LENGTH, 1), "==", GROWTH, (1, above), (-1, below),
                   (1, identity(log((n + 1) / 2) - log(n / 2), GROWTH, DOMAIN)))


def fall() -> Fact:
    """L(n) - L(n + 2) == 2 ln(n + 1) - ln n - ln(n + 2)."""
    return combine(LENGTH - later(LENGTH), "==", FALL, (1, next_one()),
                   (-1, instantiate(next_one(), {n: n + 1}, DOMAIN)))


def at_most_inverse() -> Fact:
    """L(n) <= 1/n."""
    after = instantiate(positive(), {n: n + 1}, DOMAIN)
    first = combine(LENGTH, "<=", GROWTH, (1, next_one()), (1, after))
    return chain(first, inequality(GROWTH, "<=", 1 / n, DOMAIN))


def never_negative(gap: Any, shrinks: Fact, least: Fact) -> Fact:
    """0 <= gap(n), from gap(n + 2) <= gap(n) and -1/n <= gap(n)."""
    far = later(gap, 2 * k)
    step = combine(later(far), "<=", far, (1, instantiate(shrinks, {n: n + 2 * k}, STEPS)))
    change = combine(later(far) - far, "<=", 0, (1, step))
    whole = induction(far, gap, k, STEPS, shrinks, change)
    least_far = instantiate(least, {n: n + 2 * k}, STEPS)
    rate = inequality(-1 / k, "<=", -1 / (n + 2 * k), STEPS)
    return vanishing_error(chain(rate, least_far, whole), 0, gap, k, 1)


def below(g: Any, slope: Fact) -> Fact:
    """L(n) <= g(n), from the fall of L being at most that of g, and 0 <= g."""
    gap = g - LENGTH
    shrinks = combine(later(gap), "<=", gap, (1, slope), (1, fall()))
    least = combine(-1 / n, "<=", gap, (1, at_most_inverse()), (1, inequality(0, "<=", g, DOMAIN)))
    return never_negative(gap, shrinks, least)


def above(g: Any, slope: Fact) -> Fact:
    """g(n) <= L(n), from the fall of g being at most that of L, and g <= 1/n."""
    gap = LENGTH - g
    shrinks = combine(later(gap), "<=", gap, (1, slope), (-1, fall()))
    least = combine(-1 / n, "<=", gap, (1, positive()), (1, inequality(g, "<=", 1 / n, DOMAIN)))
    return never_negative(gap, shrinks, least)


def _fall_as(series: Any) -> tuple[Fact, Any]:
    """FALL == -ln(1 - u) at u = 1/(n + 1)^2, and the series there."""
    at = 1 / (n + 1) ** 2
    return identity(FALL, -log(1 - at), DOMAIN), series.subs(u, at)


def lower_goal() -> Goal:
    """I(n) >= 1/2 - 1/(12 n^2)."""
    return Goal(n * LENGTH, ">=", inefficiency.LOWER.at(n=n, c=1), DOMAIN)


def lower() -> Fact:
    """g(n) - g(n + 2) <= u + u^2/2 <= -ln(1 - u) for g = 1/(2n) - 1/(12 n^3)."""
    g = inefficiency.LOWER.at(n=n, c=1).expand() / n
    short = u + u**2 / 2
    series = inequality(short, "<=", -log(1 - u), UNIT)
    alike, at = _fall_as(short)
    there = instantiate(series, {u: 1 / (n + 1) ** 2}, DOMAIN)
    slope = chain(inequality(g - later(g), "<=", at, DOMAIN), there, mirror(alike))
    return combine(inefficiency.LOWER.at(n=n, c=1), "<=", n * LENGTH, (n, above(g, slope)))


def upper_goal() -> Goal:
    """I(n) <= 1/2 - 1/(12 n^2 + 72/5)."""
    return Goal(n * LENGTH, "<=", inefficiency.UPPER.at(n=n, c=1), DOMAIN)


def upper() -> Fact:
    """-ln(1 - u) <= u + u^2/2 + u^3/3 + u^4/(4 (1 - u)) <= g(n) - g(n + 2) for g = (1/2 - 1/(12 n^2 + 72/5))/n."""
    g = inefficiency.UPPER.at(n=n, c=1) / n
    long = u + u**2 / 2 + u**3 / 3 + u**4 / (4 * (1 - u))
    series = inequality(-log(1 - u), "<=", long, UNIT)
    alike, at = _fall_as(long)
    there = instantiate(series, {u: 1 / (n + 1) ** 2}, DOMAIN)
    slope = chain(alike, there, inequality(at, "<=", g - later(g), DOMAIN))
    return combine(n * LENGTH, "<=", inefficiency.UPPER.at(n=n, c=1), (n, below(g, slope)))


def increasing_goal() -> Goal:
    """I(n) <= I(n + 1)."""
    return Goal(n * LENGTH, "<=", later(n * LENGTH, 1), DOMAIN)


def increasing() -> Fact:
    """The upper bound at n is below the lower bound at n + 1."""
    between = inequality(inefficiency.UPPER.at(n=n, c=1), "<=", inefficiency.LOWER.at(n=n + 1, c=1), DOMAIN)
    return chain(upper(), between, instantiate(lower(), {n: n + 1}, DOMAIN))


def limit_goal() -> Goal:
    """I(n) <= 1/2."""
    return Goal(n * LENGTH, "<=", inefficiency.LIMIT.at(c=1), DOMAIN)


def limit() -> Fact:
    """The sharper bound is below 1/2."""
    return chain(upper(), inequality(inefficiency.UPPER.at(n=n, c=1), "<=", inefficiency.LIMIT.at(c=1), DOMAIN))
