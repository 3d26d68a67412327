"""The pairwise logistic loss of scores: what a pair costs beyond the least is a divergence of two coins.

For the pair (i, j) let a = p_i (1 - p_j) and b = p_j (1 - p_i). Scores f say that i is before j with probability
odds/(1 + odds), odds = exp(f_i - f_j); the truth is a/(a + b). Means are over a pair drawn uniformly.
"""

from __future__ import annotations

from sympy import Interval, Range, Rational, log, oo

from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, expectation, inequality, instantiate
from theory.retrieval import PAIR_DISTANCE, PAIR_EXCESS, PAIR_LEAST, PAIR_MISORDERED

OPEN, POSITIVE, NATURAL = Interval.open(0, 1), Interval.open(0, oo), Range(1, oo)
first, second, q, r = (variable(name, OPEN) for name in ("first", "second", "q", "r"))
odds, pairs = variable("odds", POSITIVE), variable("pairs", NATURAL)
PAIR = Domain({first: OPEN, second: OPEN, odds: POSITIVE})
FINITE = Premise("finite", "there are finitely many labels")
P = Law("P", (first, second, odds), PAIR, FINITE)
A, B = first * (1 - second), second * (1 - first)
LOSS = A * log(1 + 1 / odds) + B * log(1 + odds)
LEAST = PAIR_LEAST.at(first=first, second=second, c=1)
EXCESS = PAIR_EXCESS.at(first=first, second=second, odds=odds, c=1)


def _excess() -> Fact:
    """LOSS - LEAST == (a + b) KL."""
    return identity(LOSS - LEAST, EXCESS, PAIR)
