"""What averaging the predictions of an ensemble gains, for squares exactly and for log loss by Jensen's inequality."""

from __future__ import annotations

from sympy import exp, log

from theory import ensembles
from theory.derivations.bias_variance import (
    GEOMETRIC,
    OPEN,
    POSITIVE,
    REAL,
    RIGHT,
    SPREAD,
    UNIT,
    WRONG,
    Q,
    a,
    b,
    log_loss,
    q,
)
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, expectation, inequality, instantiate
from theory.rules import jensen
from theory.rules_conditional import OF_X, conditional_mean

h, mean, y = (variable(name, REAL) for name in ("h", "mean", "y"))
E = Law("E", (h, mean, y), Domain({h: REAL, mean: REAL, y: REAL}),
        Premise("integrable", "the squares of h and y have means"),
        ((mean, "E(h | X)"), (y, OF_X)))
"""X is the labelled example; a member is drawn independently of it, so E(h | X) is the ensemble's prediction."""

p = variable("p", UNIT)
ENSEMBLE = "the loss of the ensemble's prediction"


def ambiguity_goal() -> Goal:
    """E (fbar - y)^2 == E (h - y)^2 - E (h - fbar)^2."""
    return Goal(E.mean((mean - y) ** 2), "==", E.mean((h - y) ** 2) - E.mean((h - mean) ** 2), Domain({}), (E,),
                ENSEMBLE)


def ambiguity() -> Fact:
    """Given the example, the members' mean is the ensemble's prediction."""
    goal = ambiguity_goal()
    return combine(goal.left, "==", goal.right, (-2, conditional_mean(E, h, mean, mean)),
                   (2, conditional_mean(E, h, mean, y)))


def square_gain_goal() -> Goal:
    """E (fbar - y)^2 <= E (h - y)^2."""
    return Goal(E.mean((mean - y) ** 2), "<=", E.mean((h - y) ** 2), Domain({}), (E,), ENSEMBLE)


def square_gain() -> Fact:
    """The ambiguity is a mean square."""
    goal = square_gain_goal()
    square = expectation(inequality(0, "<=", (h - mean) ** 2, E.domain), E)
    return combine(goal.left, "<=", goal.right, (1, ambiguity()), (1, square))


def log_loss_arithmetic_goal() -> Goal:
    """The log loss of E q <= E of the log loss of q, for a label in [0, 1]."""
    return Goal(ensembles.LOG_LOSS.at(p=p, q=Q.mean(q)), "<=", Q.mean(ensembles.LOG_LOSS.at(p=p, q=q)),
                Domain({p: UNIT}), (Q,), ENSEMBLE)


def log_loss_arithmetic() -> Fact:
    """The logarithm is concave."""
    goal, v = log_loss_arithmetic_goal(), variable("v", OPEN)
    right, wrong = (jensen(each, v, Domain({v: OPEN}), q, Q) for each in (log(v), log(1 - v)))
    return combine(goal.left, "<=", goal.right, (p, right), (1 - p, wrong), domain=goal.domain)


def log_loss_geometric_goal() -> Goal:
    """The log loss of the normalised geometric mean <= E of the log loss of q, for a label in [0, 1]."""
    return Goal(ensembles.LOG_LOSS.at(p=p, q=GEOMETRIC), "<=", Q.mean(ensembles.LOG_LOSS.at(p=p, q=q)),
                Domain({p: UNIT}), (Q,), ENSEMBLE)


def log_loss_geometric() -> Fact:
    """The variance of log loss is not negative: the geometric means sum to at most 1."""
    goal, u, v = log_loss_geometric_goal(), variable("u", REAL), variable("v", POSITIVE)
    powers = [jensen(-exp(u), u, Domain({u: REAL}), log(each), Q) for each in (q, 1 - q)]
    total = combine(-powers[0].right - powers[1].right, "<=", 1, (1, powers[0]), (1, powers[1]))
    tangent = inequality(log(v), "<=", v - 1, Domain({v: POSITIVE}), touching={v: 1})
    sums = instantiate(tangent, {v: exp(a) + exp(b)}, Domain({a: REAL, b: REAL}))
    at = instantiate(sums, {a: RIGHT, b: WRONG}, Domain({}), laws=(Q,))
    positive = combine(0, "<=", SPREAD, (1, at), (1, total))
    return combine(goal.left, "<=", goal.right, (-1, log_loss()), (1, positive))
