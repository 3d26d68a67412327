"""The area under the ROC curve of scores, against that of eta: means over two independent points.

sign is that of eta - eta' and order that of the scores' difference, -1, 0 or 1, so that (1 + order)/2 is what a pair of
a positive x and a negative x' counts. The pairs (x, x') and (x', x) have one law, hence the factor 1/2.
"""

from __future__ import annotations

from sympy import Abs, Expr, Interval, Range, Rational

from theory.cases import exhaust
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, condition, definition, expectation, inequality
from theory.rules_conditional import same_law
from theory.rules_integrals import antisymmetric

UNIT, SIGNED, SIGN, OPEN = Interval(0, 1), Interval(-1, 1), Range(-1, 2), Interval.open(0, 1)
first, second, said, also, miss, other = (variable(name, UNIT) for name in (
    "first", "second", "said", "also", "miss", "other"))
forward, backward = variable("forward", SIGNED), variable("backward", SIGNED)
sign, order, base = variable("sign", SIGN), variable("order", SIGN), variable("base", OPEN)
SWAPPED = Premise("identically distributed", "x and x' are independent draws of one law, so (x, x') and (x', x) have "
                  "one law")
BASE = Domain({base: OPEN})
POINTS = {first: UNIT, second: UNIT, order: SIGN, forward: SIGNED, backward: SIGNED}
SCALE = base * (1 - base)


def both_ways(gain: Expr) -> tuple[Expr, ...]:
    """Conditions: forward is first (1 - second) gain, backward the same of the swapped pair, whose gain is -gain."""
    there, back = forward - first * (1 - second) * gain, backward + second * (1 - first) * gain
    return there, -there, back, -back


def _zero(what: Expr, law: Law) -> Fact:
    """0 == what, from the law's conditions what >= 0 and -what >= 0."""
    up = condition(law.domain, law.domain.conditions.index(what))
    down = combine(what, "<=", 0, (1, condition(law.domain, law.domain.conditions.index(-what))))
    return antisymmetric(up, down)


def symmetrized(gain: Expr, law: Law) -> Fact:
    """E[first (1 - second) gain] == E[(first - second) gain]/2."""
    there, _, back, _ = both_ways(gain)
    swap = same_law(forward, forward, backward, law, SWAPPED)
    parts = [expectation(combine(value, "==", what, (1, _zero(condition_, law))), law) for value, what, condition_ in (
        (first * (1 - second) * gain, forward, there), (-second * (1 - first) * gain, backward, back))]
    # forward and backward have one mean, which is that of half of their sum.
    half = Rational(1, 2)
    return combine(law.mean(first * (1 - second) * gain), "==", law.mean((first - second) * gain) / 2,
                   (half, parts[0]), (half, swap), (-half, parts[1]))


REGRET = (sign - order) / 2
ORDERED = sign * (first - second)
SEPARATES = (sign**2 - first + second, sign**2 + first - second)
R = Law("Q", (first, second, sign, order, forward, backward),
        Domain({**POINTS, sign: SIGN}, *both_ways(REGRET), *SEPARATES))


def regret_goal() -> Goal:
    """Area(eta) - area(scores) == E[|eta - eta'| w]/(2 pi (1 - pi)).

    |eta - eta'| is sign (eta - eta'), and w = (1 - sign order)/2.
    """
    right = R.mean(ORDERED * (1 - sign * order)) / (4 * SCALE)
    return Goal(R.mean(first * (1 - second) * REGRET) / SCALE, "==", right, BASE, (R,),
                "the area under the curve of eta less that of the scores")


def _tied() -> Fact:
    """0 == (1 - sign^2)(first - second): where the sign is 0, eta is the same."""
    cube = {v: definition(0, Domain({})) for v in (-1, 0, 1)}
    none = exhaust(0, "==", sign**2 * (1 - sign**2), sign, cube, Domain({sign: SIGN}))
    apart, ends = (1 - sign**2) * (first - second), []
    for one, which in ((1, 0), (-1, 1)):
        near = condition(R.domain, R.domain.conditions.index(SEPARATES[which]))
        ends.append(combine(one * apart, "<=", 0, (1 - sign**2, near), (-1, none), domain=R.domain))
    return antisymmetric(combine(0, "<=", apart, (1, ends[1])), ends[0])


def regret() -> Fact:
    """A pair and its mirror image together lose |eta - eta'| if misordered, half of it if tied."""
    goal = regret_goal()
    each = combine((first - second) * (sign - order), "==", ORDERED * (1 - sign * order), (order, _tied()))
    return combine(goal.left, "==", goal.right, (1 / SCALE, symmetrized(REGRET, R)),
                   (1 / (4 * SCALE), expectation(each, R)), domain=BASE)


B = Law("Q", (first, second, order, forward, backward), Domain(POINTS, *both_ways(order / 2)))


def best_goal() -> Goal:
    """1/2 + E[eta (1 - eta') order/2]/(pi (1 - pi)) <= 1/2 + E|eta - eta'|/(4 pi (1 - pi))."""
    right = B.mean(Abs(first - second)) / (4 * SCALE)
    left = B.mean(first * (1 - second) * order / 2) / SCALE
    half = Rational(1, 2)
    return Goal(half + left, "<=", half + right, BASE, (B,), "the area under the curve of the scores")


def best() -> Fact:
    """A pair and its mirror image together count at most |eta - eta'|."""
    goal = best_goal()
    each = inequality((first - second) * order, "<=", Abs(first - second), Domain({first: UNIT, second: UNIT,
                                                                                  order: SIGN}))
    return combine(goal.left, "<=", goal.right, (1 / SCALE, symmetrized(order / 2, B)),
                   (1 / (4 * SCALE), expectation(each, B)), domain=BASE)


FOLLOWS = (order * (said - also) - said + also, order * (said - also) + said - also)
MISSES = (miss - first + said, miss + first - said, other - second + also, other + second - also)
T = Law("Q", (first, second, sign, order, forward, backward, said, also, miss, other),
        Domain({**POINTS, sign: SIGN, said: UNIT, also: UNIT, miss: UNIT, other: UNIT}, *both_ways(REGRET), *FOLLOWS,
               *MISSES))


def teacher_goal() -> Goal:
    """Area(eta) - area(p_t) <= E|p_t - eta|/(pi (1 - pi))."""
    return Goal(T.mean(first * (1 - second) * REGRET) / SCALE, "<=", T.mean(miss) / SCALE, BASE, (T,),
                "the area under the curve of eta less that of the teacher's probabilities")


def teacher() -> Fact:
    """A pair that the teacher misorders is no farther apart than its two mistakes together."""
    goal, whole = teacher_goal(), T.domain
    at = [condition(whole, whole.conditions.index(each)) for each in (*FOLLOWS, *MISSES)]
    up, down = (2 + sign - order) / 2, (2 - sign + order) / 2
    each = combine((first - second) * (sign - order), "<=", 2 * (miss + other), ((1 - sign) / 2, at[1]),
                   ((1 + sign) / 2, at[0]), (up, at[2]), (down, at[3]), (down, at[4]), (up, at[5]))
    alike = same_law(miss, miss, other, T, SWAPPED)
    return combine(goal.left, "<=", goal.right, (1 / SCALE, symmetrized(REGRET, T)),
                   (1 / (4 * SCALE), expectation(each, T)), (-1 / (2 * SCALE), alike), domain=BASE)
