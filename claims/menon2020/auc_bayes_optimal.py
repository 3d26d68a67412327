"""Ranking by eta has the largest area under the ROC curve, 1/2 + E|eta - eta'|/(4 pi (1 - pi)).

Theorem. Let eta(x) = P(Y = 1 | x), 0 < pi = P(Y = 1) < 1, and let Area(s) be the probability that s(X) > s(X') for X
drawn given Y = 1 and X' given Y = 0, plus half the probability of a tie. Then for all scores s and independent X, X'

    Area(s) <= 1/2 + E|eta(X) - eta(X')| / (4 pi (1 - pi)),                              (1)

with equality for s = eta: the Bayes probabilities rank best.
Hypotheses: 0 < pi < 1; ties count 1/2.
Does not say: that only eta attains it; any increasing function of eta does.
Tight: attained by s = eta.
Proof: proofs_notes/menon2020/auc_bayes_optimal.md
"""
from fractions import Fraction

from simulate import Binary, ranking, ranking_strategies
from theory import retrieval
from theory.formula import expectation
from verify import Claim


def sample(task, scores, rng, size):
    """`size` i.i.d. gains at a positive and a negative point: 1, or 1/2 at a tie, or 0."""
    return ranking.area_gains(task, scores, rng, size)


def exact(task, scores):
    """(1), left-hand side, from the laws of positive and of negative points."""
    return ranking.area(task, scores)


def bound(task, scores, c=1):
    """(1), right-hand side, over all pairs of points."""
    weights, columns = ranking.area_table(task, scores)
    return expectation(retrieval.AUC_BEST, weights, first=columns["first"], second=columns["second"],
                       base=ranking.base_rate(task), c=c)


def reads(task, scores):
    """P(Y = 1), and the law of two points."""
    weights, columns = ranking.area_table(task, scores)
    renamed = {**columns, "forward": columns["placed"], "backward": columns["mirrored"]}
    return {"base": ranking.base_rate(task), "Q": (weights, renamed)}


CLAIM = Claim(
    title="No scores have a larger area under the ROC curve than eta, 1/2 + E|eta - eta'|/(4 pi (1 - pi))",
    source="Clemencon, Lugosi & Vayatis 2008; Agarwal 2014",
    fidelity="reconstructed",
    given=ranking_strategies.binary_with_scores(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(19, 20)}, {"relation": "=="}],
    tight_at={"task": Binary((Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 4), Fraction(3, 4))),
              "scores": (Fraction(1, 4), Fraction(3, 4))},
    proof=retrieval.AUC_BEST_PROOF.read_by(reads),
)
