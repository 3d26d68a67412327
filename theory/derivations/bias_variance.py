"""Total variance, and losses of random predictors as bias and variance, for every law of predictors.

A conditional mean is known by what it is (`conditional_mean`), independence by what it says of products; the rest is
linearity of means, and for log loss the logarithm of the normalised geometric mean.
"""

from __future__ import annotations

from sympy import Expr, Interval, Symbol, exp, log, oo

from theory import bias_variance
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, definition, expectation, inequality, instantiate
from theory.rules import increasing
from theory.rules_conditional import conditional_mean, independent_product

UNIT, OPEN, REAL, POSITIVE = Interval(0, 1), Interval.open(0, 1), Interval(-oo, oo), Interval.open(0, oo)


def _moments(*names: str) -> Premise:
    return Premise("integrable", f"the squares of {', '.join(names)} have means")


def variance(law: Law, value: Expr) -> Expr:
    """E value^2 - (E value)^2."""
    return bias_variance.VARIANCE.at(square=law.mean(value**2), mean=law.mean(value))


u, mean = variable("u", REAL), variable("mean", REAL)
XU = Law("XU", (u, mean), Domain({u: REAL, mean: REAL}), _moments("u"), ((mean, "E(u | X)"),))
loss, soft = variable("loss", REAL), variable("soft", REAL)
XY = Law("XY", (loss, soft), Domain({loss: REAL, soft: REAL}), _moments("loss"), ((soft, "E(loss | X)"),))


def _in_two_parts(law: Law, value: Symbol, given: Symbol) -> Fact:
    """Var(value) == E (value - given)^2 + Var(given), for given = E(value | X)."""
    tower, cross = conditional_mean(law, value, given, 1), conditional_mean(law, value, given, given)
    right = law.mean((value - given) ** 2) + variance(law, given)
    return combine(variance(law, value), "==", right, (2, cross), (-law.mean(value) - law.mean(given), tower))


def total_variance_goal() -> Goal:
    """Var(U) == E Var(U | X) + Var(E(U | X)), with Var(U | X) = E((U - E(U | X))^2 | X)."""
    return Goal(variance(XU, u), "==", XU.mean((u - mean) ** 2) + variance(XU, mean), Domain({}), (XU,), "Var(U)")


def total_variance() -> Fact:
    """U and E(U | X) have the same mean and the same mean product with E(U | X)."""
    return _in_two_parts(XU, u, mean)


def soft_labels_goal() -> Goal:
    """Var(one-hot loss) - Var(Bayes-soft loss) == E Var(loss | X): the Bayes-soft loss is E(loss | X)."""
    return Goal(variance(XY, loss) - variance(XY, soft), "==", XY.mean((loss - soft) ** 2), Domain({}), (XY,),
                "the variance that labels add to an example's loss, over that of the Bayes probabilities")


def soft_labels() -> Fact:
    """The law of total variance."""
    goal = soft_labels_goal()
    return combine(goal.left, "==", goal.right, (1, _in_two_parts(XY, loss, soft)))


def soft_labels_reduce_goal() -> Goal:
    """Var(Bayes-soft loss) <= Var(one-hot loss)."""
    return Goal(variance(XY, soft), "<=", variance(XY, loss), Domain({}), (XY,), "the variance of the Bayes-soft loss")


def soft_labels_reduce() -> Fact:
    """A mean square is not negative."""
    square = expectation(inequality(0, "<=", (loss - soft) ** 2, XY.domain), XY)
    return combine(variance(XY, soft), "<=", variance(XY, loss), (-1, soft_labels()), (1, square))


h, y = variable("h", REAL), variable("y", REAL)
H = Law("H", (h,), Domain({h: REAL}), _moments("h"))
HY = Law("HY", (h, y), Domain({h: REAL, y: REAL}), _moments("h", "y"))


def squared_goal() -> Goal:
    """E (h - y)^2 == (E h - y)^2 + Var h, for a fixed y."""
    right = bias_variance.SQUARED_ERROR.at(mean=H.mean(h), target=y, variance=variance(H, h), noise=0)
    return Goal(H.mean((h - y) ** 2), "==", right, Domain({y: REAL}), (H,), "the mean squared error")


def squared() -> Fact:
    """By linearity."""
    start = expectation(definition((h - y) ** 2, Domain({h: REAL, y: REAL})), H)
    return combine(start.left, "==", squared_goal().right, (1, start))


def squared_noise_goal() -> Goal:
    """E (h - y)^2 == (E h - E y)^2 + Var h + Var y, for a random y that is independent of h."""
    right = bias_variance.SQUARED_ERROR.at(mean=HY.mean(h), target=HY.mean(y), variance=variance(HY, h),
                                           noise=variance(HY, y))
    return Goal(HY.mean((h - y) ** 2), "==", right, Domain({}), (HY,), "the mean squared error")


def squared_noise() -> Fact:
    """Independence gives E h y = E h E y."""
    goal = squared_noise_goal()
    return combine(goal.left, "==", goal.right, (-2, independent_product(h, y, HY)))


q, p, target = variable("q", OPEN), variable("p", OPEN), variable("p", UNIT)
a, b = variable("a", REAL), variable("b", REAL)
Q = Law("Q", (q,), Domain({q: OPEN}), Premise("integrable", "log(q) and log(1 - q) have means"))
RIGHT, WRONG = Q.mean(log(q)), Q.mean(log(1 - q))
GEOMETRIC = bias_variance.GEOMETRIC_MEAN.at(log_right=RIGHT, log_wrong=WRONG)
SPREAD = bias_variance.LOG_LOSS_VARIANCE.at(log_right=RIGHT, log_wrong=WRONG)


def log_loss_of(label: Expr, predicted: Expr) -> Expr:
    """-label ln(predicted) - (1 - label) ln(1 - predicted)."""
    return -label * log(predicted) - (1 - label) * log(1 - predicted)


def _geometric() -> tuple[Fact, Fact]:
    """ln qbar == a - ln(e^a + e^b) and ln(1 - qbar) == b - ln(e^a + e^b), for a = E ln q and b = E ln(1 - q)."""
    where = Domain({a: REAL, b: REAL})
    share, total = bias_variance.GEOMETRIC_MEAN.at(log_right=a, log_wrong=b), exp(a) + exp(b)
    x = variable("x", POSITIVE)
    other = increasing(identity(1 - share, exp(b) / total, where), log(x), x, Domain({x: POSITIVE}))
    one = identity(log(share), a - log(total), where)
    two = chain(other, identity(log(exp(b) / total), b - log(total), where))
    found = [instantiate(each, {a: RIGHT, b: WRONG}, Domain({}), laws=(Q,)) for each in (one, two)]
    return found[0], found[1]


def log_loss_goal() -> Goal:
    """E of the log loss of q == that of qbar + the variance, for a label in [0, 1], soft or not."""
    return Goal(Q.mean(log_loss_of(target, q)), "==", log_loss_of(target, GEOMETRIC) + SPREAD, Domain({target: UNIT}),
                (Q,), "the mean log loss")


def log_loss() -> Fact:
    """ln qbar is E ln q, less the same for both labels."""
    goal, (one, two) = log_loss_goal(), _geometric()
    start = expectation(definition(log_loss_of(target, q), Domain({target: UNIT, q: OPEN})), Q)
    return combine(goal.left, "==", goal.right, (1, start), (target, one), (1 - target, two))


def log_loss_divergence_goal() -> Goal:
    """E KL(p || q) == KL(p || qbar) + the variance, qbar the normalised geometric mean."""
    left, right = (bias_variance.DIVERGENCE.at(p=p, q=each) for each in (q, GEOMETRIC))
    return Goal(Q.mean(left), "==", right + SPREAD, Domain({p: OPEN}), (Q,), "the mean divergence from p")


def log_loss_divergence() -> Fact:
    """The entropy of p is the same on both sides."""
    goal, (one, two) = log_loss_divergence_goal(), _geometric()
    start = expectation(definition(bias_variance.DIVERGENCE.at(p=p, q=q), Domain({p: OPEN, q: OPEN})), Q)
    return combine(goal.left, "==", goal.right, (1, start), (p, one), (1 - p, two))


def log_loss_variance_goal() -> Goal:
    """E KL(qbar || q) == -ln(exp(E ln q) + exp(E ln(1 - q))), the variance of log loss."""
    return Goal(Q.mean(bias_variance.DIVERGENCE.at(p=GEOMETRIC, q=q)), "==", SPREAD, Domain({}), (Q,),
                "the mean divergence from the normalised geometric mean")


def log_loss_variance() -> Fact:
    """The decomposition of the divergence from p, at p = qbar: the bias is 0."""
    where = Domain({a: REAL, b: REAL})
    share = bias_variance.GEOMETRIC_MEAN.at(log_right=a, log_wrong=b)
    at_any = instantiate(log_loss_divergence(), {p: share}, where)
    at = instantiate(at_any, {a: RIGHT, b: WRONG}, Domain({}), laws=(Q,))
    return combine(at.left, "==", SPREAD, (1, at))


prob, mean_log, norm = variable("prob", Interval.Lopen(0, 1)), variable("mean_log", REAL), variable("norm", POSITIVE)
C = Law("C", (prob, mean_log), Domain({prob: Interval.Lopen(0, 1), mean_log: REAL}),
        Premise("finite", "there are finitely many classes, and every prediction of a class is positive"),
        ((prob, "p(class), for a class drawn from p"), (mean_log, "the predictors' mean of ln q(class)")))
NORM = C.mean(exp(mean_log) / prob)
"""The sum over the classes of exp(E ln q(class))."""


def log_loss_classes_goal() -> Goal:
    """E KL(p || q) == KL(p || qbar) + E KL(qbar || q), as sums over classes: means over a class drawn from p."""
    log_bar = mean_log - log(NORM)
    spread = C.mean(exp(mean_log) / (NORM * prob) * (log_bar - mean_log))
    return Goal(C.mean(log(prob) - mean_log), "==", C.mean(log(prob) - log_bar) + spread, Domain({}), (C,),
                "the mean divergence of predictions from p")


def log_loss_classes() -> Fact:
    """With any number for the sum, then with the sum."""
    where, goal = Domain({**C.domain.ranges, norm: POSITIVE}), log_loss_classes_goal()
    log_bar = mean_log - log(norm)
    bias = expectation(definition(log(prob) - log_bar, where), C)
    spread = expectation(definition(exp(mean_log) / (norm * prob) * (log_bar - mean_log), where), C)
    with_sum = [instantiate(each, {norm: NORM}, Domain({})) for each in (bias, spread)]
    return combine(goal.left, "==", goal.right, (1, with_sum[0]), (1, with_sum[1]))
