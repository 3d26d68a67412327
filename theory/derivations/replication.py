"""Noise replication: a local rule's label has the law of the noise, because the inputs choose whose label it is."""

from __future__ import annotations

from sympy import Interval, Range, oo

from theory import replication
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, definition
from theory.rules_conditional import tower
from theory.rules_events import independent_events

UNIT, BINARY, NATURAL = Interval(0, 1), Range(0, 2), Range(1, oo)
probability, elsewhere, mass = (variable(name, UNIT) for name in ("probability", "elsewhere", "mass"))
peeks = variable("peeks", UNIT)
n, away = variable("n", NATURAL), variable("away", BINARY)
answers, missed = variable("answers", BINARY), variable("missed", BINARY)
inside, count = variable("inside", NATURAL), variable("count", NATURAL)
ANSWERS = "1 where the rule answers j, else 0"
# Given the inputs, and so whose label is the answer.
GIVEN = Law("given", (answers,), Domain({answers: BINARY}), meaning=((answers, ANSWERS),))
S = Law("S", (answers, missed), Domain({answers: BINARY, missed: BINARY}), meaning=(
    (answers, ANSWERS), (missed, "1 where no training point lies in the cluster, else 0")))
HIT = Law("S", (answers, inside), Domain({answers: BINARY, inside: NATURAL}), meaning=(
    (answers, ANSWERS), (inside, "how many training points lie in the cluster, at least 1")),
    integrable=Premise("integrable", "what is averaged is bounded"))
LOCAL = Premise("independent", "given the inputs, which decide whose label is the answer, the observed labels are "
                "independent draws from the noise of their clusters; the chosen point lies in the query's cluster "
                "where the sample has one there, else in the other cluster")
APART = Premise("independent", "the n training inputs are independent")
INPUTS = Premise("conditional", "given is the law given the inputs, on which depends how many lie in the cluster")
# A rule that is not local has peeks > 0: nothing is said of it.
SIZES = {probability: UNIT, elsewhere: UNIT, mass: UNIT, n: NATURAL}


def _answer(chance: object, domain: Domain) -> Fact:
    """P(the answer is j, given the inputs) == chance: one label, of the point that the inputs choose."""
    one = independent_events(definition(chance, domain, LOCAL, note="the label of the chosen point"), 1, answers, GIVEN,
                             LOCAL)
    return chain(one, identity(one.right, chance, domain))


def hit_goal() -> Goal:
    """P(answer is j | the sample has a point in the cluster) == T_ij."""
    return Goal(HIT.mean(answers), "==", replication.REPLICATED.at(probability=probability, c=1),
                Domain({probability: UNIT, peeks: UNIT}, -peeks), (HIT,),
                "the probability that the rule answers j, given that the cluster was hit")


def hit() -> Fact:
    """Given the inputs it is the noise of the cluster, whatever they are; so it is on average over those that hit."""
    chance = _answer(probability, Domain({probability: UNIT, count: NATURAL}))
    return tower(chance, GIVEN, {count: inside}, HIT, INPUTS)


def misses_goal() -> Goal:
    """P(answer is j) == (1 - (1 - mass)^n) T_ij + (1 - mass)^n T_i'j."""
    right = replication.REPLICATED_WITH_MISSES.at(probability=probability, elsewhere=elsewhere, mass=mass, n=n)
    return Goal(S.mean(answers), "==", right, Domain({**SIZES, peeks: UNIT}, -peeks), (S,),
                "the probability that the rule answers j")


def misses() -> Fact:
    """The noise of the query's cluster or of the other one, averaged over the inputs."""
    chance = probability + away * (elsewhere - probability)
    where = Domain({probability: UNIT, elsewhere: UNIT, away: BINARY})
    averaged = tower(_answer(chance, where), GIVEN, {away: missed}, S, INPUTS)
    misses_it = Premise("definition", "a training point misses the cluster with probability 1 - mass")
    never = independent_events(definition(1 - mass, Domain({mass: UNIT}), misses_it), n, missed, S, APART)
    right = misses_goal().right
    return combine(S.mean(answers), "==", right, (1, averaged), (elsewhere - probability, never))
