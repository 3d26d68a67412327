"""A teacher of higher accuracy with the worse soft risk, at one point with two classes."""

from __future__ import annotations

from sympy import Interval, Rational

from theory import teacher_pairs
from theory.domain import Domain, variable
from theory.facts import Fact, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, definition

HALF = Interval(0, Rational(1, 2))
eta, step = variable("eta", HALF), variable("step", HALF)
DOMAIN = Domain({eta: HALF, step: HALF})
ERRORS = (0 - eta) ** 2 - (Rational(1, 2) + step - eta) ** 2
ONE_POINT = Premise("definition", "at the one point the soft risks are the probabilities 0 and 1/2 + step of the class "
                    "that the loss is 1 on, and the risk is eta")


def witness_goal() -> Goal:
    """(0 - eta)^2 - (1/2 + step - eta)^2 == (2 eta - 1/2 - step)(1/2 + step)."""
    return Goal(ERRORS, "==", teacher_pairs.WITNESS.at(eta=eta, step=step, c=1), DOMAIN, (),
                "the squared error of the first teacher's soft risk beyond that of the second's")


def witness() -> Fact:
    """A difference of two squares."""
    goal = witness_goal()
    return chain(definition(ERRORS, DOMAIN, ONE_POINT), identity(ERRORS, goal.right, DOMAIN))
