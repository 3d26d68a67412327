"""The tail of 2r + 1 votes as a regularised incomplete beta function: both have the same derivative in the margin.

The derivative of the binomial tail telescopes to its last term, which is the integrand of the beta function. Here the
margin g may be negative: (1 - g)/2 takes all values in [0, 1).
"""

from __future__ import annotations

from typing import Any

from sympy import Interval, Sum, binomial, diff

from theory import majority
from theory.derivations.majority import HALF, INDEPENDENT, NATURAL, VOTES, i, r, tail_bound
from theory.derivations.majority import g as margin
from theory.domain import Domain, variable
from theory.facts import Fact
from theory.goal import Goal
from theory.identities import equal_derivatives, identity
from theory.kernel import chain, combine, definition, instantiate, mirror
from theory.rules_integrals import no_beta
from theory.rules_sums import pull_out, telescope, termwise

k = 2 * r + 1
SIGNED, INSIDE = Interval.Lopen(-1, 1), Interval.open(-1, 1)
g, inside = variable("g", SIGNED), variable("g", INSIDE)
DOMAIN, INNER = Domain({g: SIGNED, r: NATURAL}), Domain({inside: INSIDE, r: NATURAL})
WHAT = "the probability that at most r of 2r + 1 votes are right"


def _derivative() -> Fact:
    """d/dg of the tail == d/dg of I, inside (-1, 1)."""
    g = inside
    right, wrong = (1 + g) / 2, (1 - g) / 2
    change: Any = diff(majority.MAJORITY_ERROR.at(margin=g, k=k), g)
    index = Domain({**INNER.ranges, i: NATURAL}, r - i)
    absorbed = identity((i + 1) * binomial(k, i + 1), (k - i) * binomial(k, i), index)
    before = -i * binomial(k, i) * right ** (i - 1) * wrong ** (k - i) / 2
    after = -(k - i) * binomial(k, i) * right**i * wrong ** (k - i - 1) / 2
    half, count = binomial(k, i) / 2, change.function.subs(change.limits[0][0], i)
    fewer = [identity(base**power / base, base ** (power - 1), index) for base, power in ((right, i), (wrong, k - i))]
    product = combine(count, "==", after - before, (i * half * wrong ** (k - i), fewer[0]),
                      (-(k - i) * half * right**i, fewer[1]), note="the product rule")
    shifted = before.subs(i, i + 1) - before
    step = combine(product.left, "==", shifted, (1, product), (right**i * wrong ** (k - i - 1) / 2, absorbed))
    every: Any = Sum(product.left, (i, 0, r))
    total = telescope(every, before, INNER, step)
    return chain(total, identity(total.right, diff(majority.VOTE_TAIL_BETA.at(margin=g, k=k), g), INNER))


def _at_one() -> Fact:
    """Sure votes: both sides are 0 at g = 1."""
    tail = majority.MAJORITY_ERROR.at(margin=g, k=k)
    right, wrong = (1 + g) / 2, (1 - g) / 2
    index = Domain({**DOMAIN.ranges, i: NATURAL}, r - i)
    term = binomial(k, i) * right**i * wrong ** (k - i)
    rest = binomial(k, i) * right**i * wrong ** (r - i)
    apart = termwise(1, identity(term, wrong ** (r + 1) * rest, index), i, 0, r, DOMAIN)
    whole: Any = apart.right
    factor = pull_out(whole, wrong ** (r + 1), rest, DOMAIN)
    start = chain(definition(tail, DOMAIN), apart, factor)
    where = Domain({r: NATURAL})
    none = instantiate(start, {g: 1}, where)
    return chain(none, mirror(no_beta(r + 1, r + 1, where)))


def tail_goal() -> Goal:
    """P(at most r of 2r + 1 votes are right) == I_{(1 - g)/2}(r + 1, r + 1)."""
    return Goal(majority.MAJORITY_ERROR.at(margin=g, k=k), "==", majority.VOTE_TAIL_BETA.at(margin=g, k=k), DOMAIN, (),
                WHAT)


def tail() -> Fact:
    """Equal derivatives, and both are 0 at g = 1."""
    left, right = majority.MAJORITY_ERROR.at(margin=g, k=k), majority.VOTE_TAIL_BETA.at(margin=g, k=k)
    return chain(definition(left, DOMAIN, INDEPENDENT, note="the number of right votes is binomial"),
                 equal_derivatives(left, right, g, 1, DOMAIN, _derivative(), _at_one()))


def bound_goal() -> Goal:
    """I_{(1 - g)/2}(r + 1, r + 1) <= (1 - g^2)^((2r + 1)/2)/2 for a margin g in [0, 1]."""
    return Goal(majority.VOTE_TAIL_BETA.at(margin=margin, k=k), "<=",
                majority.MAJORITY_BOUND.at(margin=margin, k=k, c=HALF, power=HALF), VOTES, (), WHAT)


def bound() -> Fact:
    """The bound on the binomial tail."""
    return chain(mirror(instantiate(tail(), {g: margin}, VOTES)), tail_bound())
