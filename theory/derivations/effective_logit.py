"""The effective logit: what the loss is beyond it, how it moves with teacher and label, and when it is right.

All of it is about roots of the slope of the loss, a sum of two increasing sigmoids: `low` and `high` are two logits,
and what is shown of them follows from how the slopes there differ.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Interval, Range, cosh, oo, sinh, sympify

from theory import effective_logit as formulas
from theory.domain import Domain, variable
from theory.effective_logit import cross_entropy, sigmoid
from theory.facts import Fact, Indicator
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import combine, condition, inequality, instantiate, parts
from theory.rules import increasing
from theory.rules_implication import implied_event
from theory.rules_integrals import antisymmetric

REAL, POSITIVE, OPEN, LABELS = Interval(-oo, oo), Interval.open(0, oo), Interval.open(0, 1), Range(0, 2)
rho = variable("soft_ratio", OPEN)
weight, temperature = variable("weight", POSITIVE), variable("temperature", POSITIVE)
teacher, higher, best, other, z = (variable(name, REAL) for name in (
    "teacher_logit", "higher_logit", "effective_logit", "other_logit", "z"))
label = variable("label", LABELS)
size = variable("size", POSITIVE)
LOSS: dict[Any, Any] = {rho: OPEN, weight: POSITIVE, temperature: POSITIVE}
u, v, x = (variable(name, REAL) for name in ("u", "v", "x"))


def slope(at: Any, logit: Any, y: Any) -> Expr:
    """The derivative of the loss at a logit."""
    return formulas.SLOPE.at(soft_ratio=rho, weight=weight, temperature=temperature, teacher_logit=logit, label=y, z=at)


def loss(at: Any) -> Expr:
    """The loss at a logit."""
    soft = cross_entropy(sigmoid(teacher / temperature), at / temperature)
    return rho * weight * soft + (1 - rho) * cross_entropy(label, at)


def root(*slopes: Expr) -> tuple[Expr, ...]:
    """The conditions that these slopes are 0."""
    return tuple(side for each in slopes for side in (each, -each))


def is_zero(domain: Domain, index: int) -> Fact:
    """0 == the slope whose two conditions start at this index of the domain."""
    up, down = condition(domain, 2 * index), condition(domain, 2 * index + 1)
    value = domain.conditions[2 * index]
    return antisymmetric(up, combine(value, "<=", 0, (1, down)))


def unique_goal() -> Goal:
    """l(z) - l(best) == rho w KL(s(best/T), s(z/T)) + (1 - rho) KL(s(best), s(z)) where l'(best) = 0."""
    domain = Domain({**LOSS, teacher: REAL, label: LABELS, best: REAL, z: REAL}, *root(slope(best, teacher, label)))
    right = formulas.EXCESS_LOSS.at(soft_ratio=rho, weight=weight, temperature=temperature, effective_logit=best, z=z,
                                    c=1)
    return Goal(loss(z) - loss(best), "==", right, domain, means="the loss at z less that at the effective logit")


def unique() -> Fact:
    """A cross entropy is linear in what is predicted: the two sides differ by (z - best) l'(best)."""
    goal = unique_goal()
    return combine(goal.left, "==", goal.right, (best - z, is_zero(goal.domain, 0)))


def mixture_goal() -> Goal:
    """s(best) == (rho w s(z_t) + (1 - rho) y)/(rho w + 1 - rho), at temperature 1."""
    at_one = slope(best, teacher, label).subs(temperature, 1)
    domain = Domain({rho: OPEN, weight: POSITIVE, teacher: REAL, label: LABELS, best: REAL}, *root(at_one))
    right = formulas.MIXTURE.at(soft_ratio=rho, weight=weight, teacher_logit=teacher, label=label, c=1)
    return Goal(sigmoid(best), "==", right, domain, means="the effective probability")


def mixture() -> Fact:
    """The slope is linear in the probability."""
    goal = mixture_goal()
    return combine(goal.left, "==", goal.right, (-1 / (rho * weight + 1 - rho), is_zero(goal.domain, 0)))


def _sigmoids(ordered: Fact, domain: Domain) -> tuple[Fact, Fact]:
    """s(b) - s(a) <= (b - a)/4 and s(a) <= s(b), from a <= b: the sigmoid is increasing, and steepest at 0."""
    everywhere = Domain({x: REAL})
    flatter = increasing(ordered, x / 4 - sigmoid(x), x, everywhere)
    rising = increasing(ordered, sigmoid(x), x, everywhere)
    a, b = ordered.left, ordered.right
    return combine(sigmoid(b) - sigmoid(a), "<=", (b - a) / 4, (1, flatter), domain=domain), rising


def _spread(low: Expr, high: Expr, domain: Domain) -> Fact:
    """high - low <= 4 cosh(low/2) cosh(high/2) (s(high) - s(low)), where the domain says that low <= high."""
    y = variable("y", Interval(0, oo))
    ordered = Domain({u: REAL, v: REAL}, v - u)
    longer = inequality(y, "<=", sinh(y), Domain({y: Interval(0, oo)}))
    product = 4 * cosh(u / 2) * cosh(v / 2) * (sigmoid(v) - sigmoid(u))
    turned = identity(2 * sinh((v - u) / 2), product, Domain({u: REAL, v: REAL}))
    at = instantiate(longer, {y: (v - u) / 2}, ordered)
    return instantiate(combine(v - u, "<=", product, (2, at), (1, turned)), {u: low, v: high}, domain)


def rise(domain: Domain, low: Expr, high: Expr, change: Expr, gained: Fact, positive: Fact) -> Fact:
    """4 change/(rho w/T^2 + 1 - rho) <= high - low, where change >= 0 is what the slope rises by from low to high.

    `gained` says that; the rise is rho w/T (s(high/T) - s(low/T)) + (1 - rho)(s(high) - s(low)).
    """
    steepest = rho * weight / temperature**2 + 1 - rho
    left, right = 4 * change / steepest, high - low
    # Where high >= low, the slope rises by a quarter of that at most, in each term.
    upward = Domain(domain.ranges, *domain.conditions, high - low)
    ordered = combine(low, "<=", high, (1, condition(upward, len(domain.conditions))))
    scaled = combine(low / temperature, "<=", high / temperature, (1 / temperature, ordered))
    hard, soft = (_sigmoids(each, upward)[0] for each in (ordered, scaled))
    first = combine(left, "<=", right, (4 / steepest, gained), (4 * (1 - rho) / steepest, hard),
                    (4 * rho * weight / (temperature * steepest), soft))
    # Where high <= low it falls, which leaves no room for a change but 0.
    downward = Domain(domain.ranges, *domain.conditions, low - high)
    ordered = combine(high, "<=", low, (1, condition(downward, len(domain.conditions))))
    scaled = combine(high / temperature, "<=", low / temperature, (1 / temperature, ordered))
    falling = _sigmoids(scaled, downward)[1]
    factor = 4 * cosh(high / 2) * cosh(low / 2)
    spread = _spread(high, low, downward)
    signs = _more_than_enough(factor, steepest, (low, high), downward)
    second = combine(left, "<=", right, (1, spread), (factor / (1 - rho), gained),
                     (factor * rho * weight / ((1 - rho) * temperature), falling),
                     (factor / (1 - rho) - 4 / steepest, positive), signs=(signs,))
    return parts(first, second, high - low, domain)


def _more_than_enough(factor: Expr, steepest: Expr, logits: tuple[Expr, Expr], domain: Domain) -> Fact:
    """0 <= 4 cosh cosh/(1 - rho) - 4/(rho w/T^2 + 1 - rho): a hyperbolic cosine is at least 1."""
    at_least = inequality(1, "<=", cosh(x / 2), Domain({x: REAL}))
    one, two = (instantiate(at_least, {x: each}, domain) for each in logits)
    high = logits[1]
    least = 4 / (1 - rho) - 4 / steepest
    there = identity(least, 4 * rho * weight / ((1 - rho) * (rho * weight + (1 - rho) * temperature**2)),
                     Domain(LOSS))
    sign = inequality(0, "<=", there.right, Domain(LOSS))
    return combine(0, "<=", factor / (1 - rho) - 4 / steepest, (4 * cosh(high / 2) / (1 - rho), one),
                   (4 / (1 - rho), two), (1, sign), (-1, there), domain=domain)


def by_label_goal() -> Goal:
    """best(1) - best(0) >= 4 (1 - rho)/(rho w/T^2 + 1 - rho)."""
    domain = Domain({**LOSS, teacher: REAL, best: REAL, other: REAL},
                    *root(slope(best, teacher, 0), slope(other, teacher, 1)))
    right = formulas.RISE_BY_LABEL.at(soft_ratio=rho, weight=weight, temperature=temperature, c=1)
    return Goal(other - best, ">=", right, domain, means="the rise of the effective logit from label 0 to label 1")


def by_label() -> Fact:
    """The label lowers the slope by 1 - rho."""
    goal = by_label_goal()
    rises = slope(other, 0, 0) - slope(best, 0, 0)
    gained = combine(1 - rho, "==", rises, (1, is_zero(goal.domain, 1)), (-1, is_zero(goal.domain, 0)))
    positive = inequality(0, "<=", 1 - rho, Domain({rho: OPEN}))
    found = rise(goal.domain, best, other, 1 - rho, gained, positive)
    return combine(goal.right, "<=", goal.left, (1, found))


def by_teacher_goal() -> Goal:
    """best(b) - best(a) >= 4 rho w/T (s(b/T) - s(a/T))/(rho w/T^2 + 1 - rho), a <= b."""
    domain = Domain({**LOSS, teacher: REAL, higher: REAL, label: LABELS, best: REAL, other: REAL},
                    *root(slope(best, teacher, label), slope(other, higher, label)), higher - teacher)
    right = formulas.RISE_BY_TEACHER.at(soft_ratio=rho, weight=weight, temperature=temperature, teacher_logit=teacher,
                                        higher_logit=higher, c=1)
    return Goal(other - best, ">=", right, domain, means="the rise of the effective logit between the teachers")


def by_teacher() -> Fact:
    """The teacher lowers the slope by rho w/T (s(b/T) - s(a/T))."""
    goal = by_teacher_goal()
    rises = slope(other, 0, 0) - slope(best, 0, 0)
    change = rho * weight / temperature * (sigmoid(higher / temperature) - sigmoid(teacher / temperature))
    gained = combine(change, "==", rises, (1, is_zero(goal.domain, 1)), (-1, is_zero(goal.domain, 0)))
    ordered = combine(teacher / temperature, "<=", higher / temperature, (1 / temperature, condition(goal.domain, 4)))
    positive = combine(0, "<=", change, (rho * weight / temperature, _sigmoids(ordered, goal.domain)[1]))
    found = rise(goal.domain, best, other, change, gained, positive)
    return combine(goal.right, "<=", goal.left, (1, found))


def correct_goal() -> Goal:
    """1{best >= 0} == 1{(1 - rho)/rho >= (w/T) tanh(|z_t|/(2T))}, for y = 1 and z_t = -size."""
    domain = Domain({**LOSS, size: POSITIVE, best: REAL}, *root(slope(best, -size, 1)))
    return Goal(Indicator(best), "==", Indicator(_margin()), domain, means="1 if the effective logit is right, else 0")


def _margin() -> Expr:
    """The odds of hard labels less those that are needed; the slope at 0 is -rho/2 times that."""
    return (1 - rho) / rho - formulas.ODDS_NEEDED.at(weight=weight, temperature=temperature, size=size, c=1, power=1)


def correct() -> Fact:
    """The slope is negative at 0 where the odds suffice, and vanishes at the effective logit; it is increasing."""
    domain, margin, zero = correct_goal().domain, _margin(), sympify(0)
    beyond = Domain(domain.ranges, *domain.conditions, best)
    ordered = condition(beyond, 2)
    scaled = combine(0, "<=", best / temperature, (1 / temperature, ordered))
    hard, soft = (_sigmoids(each, beyond)[1] for each in (ordered, scaled))
    enough = combine(0, "<=", margin, (2 * (1 - rho) / rho, hard), (2 * weight / temperature, soft),
                     (-2 / rho, is_zero(beyond, 0)))
    suffices = Domain(domain.ranges, *domain.conditions, margin)
    change = rho * margin / 2
    gained = combine(change, "==", slope(best, 0, 0) - slope(zero, 0, 0), (1, is_zero(suffices, 0)))
    positive = combine(0, "<=", change, (rho / 2, condition(suffices, 2)))
    far = rise(suffices, zero, best, change, gained, positive)
    right = combine(0, "<=", best, (1, far), (4 / (rho * weight / temperature**2 + 1 - rho), positive))
    return antisymmetric(implied_event(best, enough, domain), implied_event(margin, right, domain))
