"""Everything that a proof is written with, in one place: `from theory.proving import ...`.

This module imports SymPy. A module that is imported before a proof is looked at names its derivations by
"module:function" instead (see `theory.proof.Proof`).
"""

from theory.cases import exhaust, induction, start_and_rest
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Premise, Rejected
from theory.goal import Goal
from theory.identities import equal_derivatives, identity
from theory.integrals import integral
from theory.kernel import (
    chain,
    combine,
    condition,
    definition,
    expectation,
    extend,
    inequality,
    instantiate,
    mirror,
    parts,
    rewrite,
)
from theory.proof import Proof, lemma
from theory.rules import (
    at_random,
    chord,
    increasing,
    independent_mean,
    indicator_below,
    jensen,
    maximal,
    triangle,
    unbiased,
)
from theory.rules_events import independent_events, tail_integral, union_bound
from theory.rules_implication import implied_event, implies, implies_strictly
from theory.rules_samples import average_mean, average_product
from theory.rules_sums import binomial_theorem, pull_out, reflect, split_sum, telescope, termwise

__all__ = [
    "Domain", "Fact", "Goal", "Indicator", "Law", "Premise", "Proof", "Rejected", "at_random", "average_mean",
    "average_product", "binomial_theorem", "chain", "chord", "combine", "condition", "definition",
    "equal_derivatives", "exhaust", "expectation", "extend", "identity", "implied_event", "implies",
    "implies_strictly", "increasing", "independent_events", "independent_mean", "indicator_below", "induction",
    "inequality", "instantiate", "integral", "jensen", "lemma", "maximal", "mirror", "parts", "pull_out", "reflect",
    "rewrite", "split_sum", "start_and_rest", "tail_integral", "telescope", "termwise", "triangle", "unbiased",
    "union_bound", "variable",
]
