"""Log loss and Brier score, decomposed for every law of a point, a label and a prediction."""

from __future__ import annotations

from sympy import Interval, Range, log, oo

from theory import proper_losses
from theory.cases import exhaust
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, definition, expectation
from theory.rules_conditional import OF_X, conditional_mean

POSITIVE, UNIT, BINARY = Interval.Lopen(0, 1), Interval(0, 1), Range(0, 2)
prob, predicted = variable("prob", POSITIVE), variable("predicted", POSITIVE)
DRAWN = Law("XY", (prob, predicted), Domain({prob: POSITIVE, predicted: POSITIVE}),
            Premise("finite", "there are finitely many points and classes, and every prediction is positive"),
            ((prob, "p*_y(x), for x drawn and y drawn from p*(x)"), (predicted, "the prediction q_y(x) for them")))
label, chance, said = variable("label", BINARY), variable("chance", UNIT), variable("said", UNIT)
classes = variable("classes", Range(1, oo))
ONE = Law("XK", (label, chance, said), Domain({label: BINARY, chance: UNIT, said: UNIT}),
          meaning=((chance, "E(label | X)"), (said, OF_X)))


def log_loss_goal() -> Goal:
    """E -ln q_y == E -ln p*_y + E ln(p*_y/q_y), over a label drawn from p*: entropy and divergence."""
    entropy = proper_losses.LOG_LOSS.at(probability=prob, predicted=predicted, c=0)
    divergence = proper_losses.LOG_LOSS.at(probability=prob, predicted=predicted, c=1) - entropy
    return Goal(DRAWN.mean(-log(predicted)), "==", DRAWN.mean(entropy) + DRAWN.mean(divergence), Domain({}), (DRAWN,),
                "the mean log loss")


def log_loss() -> Fact:
    """At every label the entropy's share cancels."""
    goal = log_loss_goal()
    return combine(goal.left, "==", goal.right, (1, expectation(definition(-log(predicted), DRAWN.domain), DRAWN)))


def brier_goal() -> Goal:
    """K E (q_k - 1{y = k})^2 == K E [p*_k (1 - p*_k) + (p*_k - q_k)^2], over K classes k, each as likely."""
    right = proper_losses.BRIER.at(probability=chance, predicted=said, c=1)
    return Goal(classes * ONE.mean((said - label) ** 2), "==", classes * ONE.mean(right),
                Domain({classes: Range(1, oo)}), (ONE,),
                "the mean Brier score; X in the premises is the point and a class, label tells whether y is that class")


def brier() -> Fact:
    """A label of 0 or 1 is its own square, and its mean given X is the chance."""
    goal = brier_goal()
    values = {value: definition(value, Domain({})) for value in (0, 1)}
    square = exhaust(label**2, "==", label, label, values, ONE.domain)
    tower, cross = (conditional_mean(ONE, label, chance, weight) for weight in (1, said))
    return combine(goal.left, "==", goal.right, (classes, expectation(square, ONE)), (classes, tower),
                   (-2 * classes, cross), domain=goal.domain)
