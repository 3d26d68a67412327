"""Soft labels: the data inefficiency in many dimensions grows with the noise."""

from __future__ import annotations

from sympy import Interval, oo

from theory import soft_ratio
from theory.domain import Domain, variable
from theory.facts import Fact
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, definition, inequality, instantiate

OPEN, HALF_LINE = Interval.open(0, 1), Interval(0, oo)
load = variable("load", OPEN)
noise, more = variable("noise_share", HALF_LINE), variable("more", HALF_LINE)
louder = variable("louder", HALF_LINE)
TWO = Domain({load: OPEN, noise: HALF_LINE, louder: HALF_LINE}, louder - noise)


def inefficiency_goal() -> Goal:
    """I(u, tau) <= I(u, tau') for tau <= tau'."""
    low, high = (soft_ratio.INEFFICIENCY.at(load=load, noise_share=each) for each in (noise, louder))
    return Goal(low, "<=", high, TWO, (), "the limit of the data inefficiency")


def inefficiency() -> Fact:
    """The difference is u (tau' - tau)/(2 (1 - u + tau)(1 - u + tau'))."""
    apart = Domain({load: OPEN, noise: HALF_LINE, more: HALF_LINE})
    low, high = (soft_ratio.INEFFICIENCY.at(load=load, noise_share=each) for each in (noise, noise + more))
    share = load * more / (2 * (1 - load + noise) * (1 - load + noise + more))
    grows = inequality(0, "<=", share, apart)
    gap = identity(high - low, share, apart)
    step = combine(low, "<=", high, (1, grows), (-1, gap))
    goal = inefficiency_goal()
    put = instantiate(step, {more: louder - noise}, TWO)
    return chain(definition(goal.left, TWO), put)
