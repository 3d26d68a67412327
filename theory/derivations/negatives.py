"""Losses of pairs from drawn labels and drawn negatives have the means that the probabilities give.

A pair (i, j), i != j, is drawn uniformly and plays the part of X: given the pair its labels, and whether j is the drawn
negative, are independent coins.
"""

from __future__ import annotations

from typing import Any

from sympy import Interval, Range, oo

from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, condition, expectation
from theory.retrieval import PAIR_TERM
from theory.rules import unbiased
from theory.rules_conditional import OF_X, conditional_mean, given, independent_product
from theory.rules_integrals import antisymmetric

UNIT, BIT, NATURAL = Interval(0, 1), Range(0, 2), Range(1, oo)
positive, label, drawn = (variable(name, BIT) for name in ("positive", "label", "drawn"))
first, second, loss, both, weight = (variable(name, UNIT) for name in ("first", "second", "loss", "both", "weight"))
inverse, pairs = variable("inverse", Interval(1, oo)), variable("pairs", NATURAL)
GIVEN = Premise("conditional", "given the pair, positive and label are the labels of i and j, and drawn is 1 if j is "
                "the drawn negative")
BITS = {positive: BIT, label: BIT, drawn: BIT}
G = Law("G", (positive, label, drawn), Domain(BITS))
H = Law("H", (positive, label), Domain({positive: BIT, label: BIT}))
HIT = positive * (1 - label)
INVERSE = (inverse * weight - 1, 1 - inverse * weight)
N = Law("N", (positive, label, drawn, first, second, weight, inverse, loss, both),
        Domain({**BITS, first: UNIT, second: UNIT, weight: UNIT, inverse: Interval(1, oo), loss: UNIT, both: UNIT},
               *INVERSE),
        Premise("finite", "there are finitely many labels"),
        ((positive, "the label of i"), (label, "the label of j"), (drawn, "1 if j is drawn, else 0"),
         (first, f"E({positive} | X)"), (second, f"E({label} | X)"), (weight, f"E({drawn} | X)"),
         (inverse, OF_X), (loss, OF_X),
         (both, f"E({HIT * drawn} | X)")))


def unbiased_negative_goal() -> Goal:
    """E[sum over i != j of y_i (1 - y_j) loss 1{j drawn}/w_j] == sum of p_i (1 - p_j) loss."""
    right = pairs * N.mean(PAIR_TERM.at(first=first, second=second, loss=loss, c=1))
    return Goal(pairs * N.mean(HIT * drawn * loss * inverse), "==", right, Domain({pairs: NATURAL}), (N,),
                "the mean of the estimate from a sampled negative")


def _given_pair() -> Fact:
    """E(y_i (1 - y_j) drawn | pair) == p_i (1 - p_j) w_j."""
    all_three, two = independent_product(positive, (1 - label) * drawn, G), independent_product(1 - label, drawn, G)
    right = G.mean(positive) * (1 - G.mean(label)) * G.mean(drawn)
    product = combine(G.mean(HIT * drawn), "==", right, (1, all_three), (G.mean(positive), two))
    names: Any = {G.mean(HIT * drawn): both, G.mean(positive): first, G.mean(label): second, G.mean(drawn): weight}
    return given(product, names, N, GIVEN)


def unbiased_negative() -> Fact:
    """The weight 1/w_j makes up for how often j is drawn."""
    goal = unbiased_negative_goal()
    tower, term = conditional_mean(N, HIT * drawn, both, loss * inverse), first * (1 - second) * loss
    halves = []
    for sign in (1, -1):
        # inverse weight = 1, from either side.
        side = condition(N.domain, N.domain.conditions.index(-sign * INVERSE[0]))
        sides = (loss * inverse * both, term)[::sign]
        at = combine(sides[0], "<=", sides[1], (term, side), (sign * loss * inverse, _given_pair()))
        halves.append(expectation(at, N))
    mean = antisymmetric(*halves)
    return combine(goal.left, "==", goal.right, (pairs, tower), (pairs, mean), domain=goal.domain)


statistic, value = variable("statistic", UNIT), variable("value", UNIT)
VALUE = value - first * (1 - second) * loss
GIVEN_POINTS = Premise("conditional", "given the points x_1 and x_2, positive and label are their labels")
SAME = Premise("identically distributed", "the n >= 2 points are independent draws of one law, so that all pairs of "
               "different ones have one law")
S = Law("S", (statistic, value, positive, label, first, second, loss, both),
        Domain({statistic: UNIT, value: UNIT, positive: BIT, label: BIT, first: UNIT, second: UNIT, loss: UNIT,
                both: UNIT}, VALUE, -VALUE),
        meaning=((statistic, "the average of p(x_i)(1 - p(x_j)) loss over the pairs i != j"),
                 (value, "its term for the first two points"), (positive, "the label of x_1"), (label, "that of x_2"),
                 (first, f"E({positive} | X)"), (second, f"E({label} | X)"), (loss, OF_X), (both, f"E({HIT} | X)")))


def soft_auc_goal() -> Goal:
    """E[the soft statistic] == E[y_1 (1 - y_2) loss(x_1, x_2)], the mean of the one-hot statistic."""
    return Goal(S.mean(statistic), "==", S.mean(HIT * loss), Domain({}), (S,), "the mean of the soft statistic")


def soft_auc() -> Fact:
    """Every pair has the mean that a pair of labelled points has."""
    average = unbiased(statistic, value, S, SAME)
    halves = []
    for sign in (1, -1):
        side = condition(S.domain, S.domain.conditions.index(-sign * VALUE))
        sides = (value, first * (1 - second) * loss)[::sign]
        halves.append(expectation(combine(sides[0], "<=", sides[1], (1, side)), S))
    term = antisymmetric(*halves)
    labels = independent_product(positive, 1 - label, H)
    names: Any = {H.mean(HIT): both, H.mean(positive): first, H.mean(label): second}
    product = combine(H.mean(HIT), "==", H.mean(positive) * (1 - H.mean(label)), (1, labels))
    split = given(product, names, S, GIVEN_POINTS)
    soft = expectation(combine(loss * both, "==", first * (1 - second) * loss, (loss, split)), S)
    tower = conditional_mean(S, HIT, both, loss)
    return combine(S.mean(statistic), "==", S.mean(HIT * loss), (1, average), (1, term), (-1, soft), (-1, tower))
