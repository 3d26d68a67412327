"""The error of a teacher's soft risk by the Euclidean distance of its probabilities from the truth.

A class is drawn uniformly together with x. The norms over the classes at x enter by the roots of their ratio and of its
inverse (`lean` and `back`, both 0 where a norm is), which make a product one of equal numbers: 2 u v <= (lean u)^2 +
(back v)^2.
"""

from __future__ import annotations

from sympy import Interval, Rational, oo

from theory import soft_labels
from theory.derivations.soft_distances import SEVERAL, SIZES, classes
from theory.derivations.soft_labels import COPIES, NATURAL, UNIT, n, taught_risk, variance
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, condition, expectation, inequality, instantiate
from theory.rules_conditional import OF_X, conditional_mean
from theory.rules_samples import average_mean, average_product

HALF_LINE, SIGNED = Interval(0, oo), Interval(-1, 1)
told, chance, loss, centre = (variable(name, UNIT) for name in ("told", "chance", "loss", "centre"))
told_share, true_share = variable("told_share", UNIT), variable("true_share", UNIT)
apart, wide = variable("apart", UNIT), variable("wide", UNIT)
even = variable("even", SIGNED)
distance, size, lean, back, top = (variable(name, HALF_LINE) for name in ("distance", "size", "lean", "back", "top"))
GAP, SPREAD = told - chance, loss - centre
RANGES = {**dict.fromkeys((told, chance, loss, centre, told_share, true_share, apart, wide), UNIT), even: SIGNED,
          **dict.fromkeys((distance, size, lean, back), HALF_LINE)}
MEANING = ((told_share, f"E({told * loss} | X)"), (true_share, f"E({chance * loss} | X)"), (even, f"E({GAP} | X)"),
           (apart, f"E({GAP**2} | X)"), (wide, f"E({SPREAD**2} | X)"),
           *((each, OF_X) for each in (centre, distance, size, lean, back)))
TOGETHER = (1 - lean * back) * GAP * SPREAD
CONDITIONS = (even, -even, TOGETHER, -TOGETHER, distance * size - lean**2 * classes * apart,
              distance * size - back**2 * classes * wide, top - size, 1 - classes * told_share)
XK = Law("XK", tuple(RANGES), Domain({**RANGES, classes: SEVERAL, top: HALF_LINE}, *CONDITIONS),
         Premise("integrable", "there are finitely many points"), MEANING)
RISKS = Law("S", (taught_risk,), Domain({taught_risk: UNIT}),
            meaning=((taught_risk, "the sample's average of the classes' number times told_share"),))
first, second = variable("first", Interval(-oo, oo)), variable("second", Interval(-oo, oo))
REALS = Domain({first: Interval(-oo, oo), second: Interval(-oo, oo)})
BIAS = classes * (XK.mean(told_share) - XK.mean(true_share))
BOUND = XK.mean(distance) * top


def norms_goal() -> Goal:
    """E (taught risk - R)^2 <= Var(taught)/n + (top E distance)^2, top at least the norm of loss - centre."""
    right = soft_labels.TEACHER_ERROR_BOUND.at(variance=variance(XK, classes * told_share), distance=XK.mean(distance),
                                               loss_norm=top, n=n, c=1)
    return Goal(RISKS.mean((taught_risk - classes * XK.mean(true_share)) ** 2), "<=", right,
                Domain({n: NATURAL, classes: SEVERAL, top: HALF_LINE}), (RISKS, XK),
                "the mean squared error of the teacher's soft risk; a class is drawn with x, uniformly")


def _within(sign: int) -> Fact:
    """0 <= top E distance - sign * bias."""
    where = XK.domain
    means = instantiate(inequality(2 * first * second, "<=", first**2 + second**2, REALS),
                        {first: sign * lean * GAP, second: back * SPREAD}, where)
    product = combine(2 * sign * GAP * SPREAD, "<=", (lean * GAP) ** 2 + (back * SPREAD) ** 2, (1, means),
                      (2, condition(where, 3 if sign > 0 else 2)))
    squares = [conditional_mean(XK, value**2, mean, weight)
               for value, mean, weight in ((GAP, apart, lean**2), (SPREAD, wide, back**2))]
    norms = [expectation(condition(where, index), XK) for index in (4, 5)]
    largest = expectation(combine(distance * size, "<=", distance * top, (distance, condition(where, 6))), XK)
    teacher, truth = (conditional_mean(XK, value * loss, mean, 1)
                      for value, mean in ((told, told_share), (chance, true_share)))
    fair = conditional_mean(XK, GAP, even, centre)
    # Both are probabilities, so that nothing is lost with the centre; only the sign that is needed is used.
    zero = expectation(combine(0, "<=", -sign * centre * even, (centre, condition(where, 1 if sign > 0 else 0))), XK)
    half = classes / 2
    return combine(0, "<=", BOUND - sign * BIAS, (half, expectation(product, XK)), *((half, fact) for fact in squares),
                   *((Rational(1, 2), fact) for fact in norms),
                   (1, largest), (-sign * classes, teacher), (sign * classes, truth), (sign * classes, fair),
                   (classes, zero), domain=SIZES)


def norms() -> Fact:
    """The bias lies between -top E distance and top E distance."""
    goal, term = norms_goal(), (taught_risk, classes * told_share)
    square = average_product(term, term, n, RISKS, XK, COPIES)
    mean = average_mean(*term, n, RISKS, XK, COPIES)
    above, below = _within(1), _within(-1)
    return combine(goal.left, "<=", goal.right, (1, square), (-2 * classes * XK.mean(true_share), mean),
                   (BOUND + BIAS, above), signs=(below,), domain=goal.domain)
