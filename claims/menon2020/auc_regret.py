"""What scores lose in area under the ROC curve is the mean distance of the pairs that they misorder.

Theorem. Let eta(x) = P(Y = 1 | x), 0 < pi = P(Y = 1) < 1, and let Area(s) be the probability that s(X) > s(X') for X
drawn given Y = 1 and X' given Y = 0, plus half the probability of a tie. Then, with X, X' independent draws,

    Area(eta) - Area(s) = E[|eta(X) - eta(X')| w(X, X')] / (2 pi (1 - pi)),              (1)

w = 1 where s orders X and X' the other way round than eta, 1/2 where s ties, else 0.
Hypotheses: 0 < pi < 1; ties count 1/2.
Does not say: anything of pairs of one eta, which cost nothing.
Tight: an equality.
Proof: proofs_notes/menon2020/auc_regret.md
"""
from fractions import Fraction

from simulate import ranking, ranking_strategies
from theory import retrieval
from theory.formula import expectation
from verify import Claim


def sample(task, scores, rng, size):
    """`size` i.i.d. differences of what eta and the scores gain at a positive and a negative point."""
    return ranking.area_losses(task, scores, rng, size)


def exact(task, scores):
    """(1), left-hand side, from the laws of positive and of negative points."""
    return ranking.area(task, task.eta) - ranking.area(task, scores)


def bound(task, scores, c=1, tie=1):
    """(1), right-hand side, over all pairs of points; tie = 2 counts ties as misordered."""
    weights, columns = ranking.area_table(task, scores)
    misordered = [min(Fraction(1), (1 - sign * order) / 2 * (tie if order == 0 else 1))
                  for sign, order in zip(columns["sign"], columns["order"], strict=True)]
    return expectation(retrieval.AUC_REGRET, weights, first=columns["first"], second=columns["second"],
                       misordered=misordered, base=ranking.base_rate(task), c=c)


def reads(task, scores):
    """P(Y = 1), and the law of two points."""
    return {"base": ranking.base_rate(task), "Q": ranking.area_table(task, scores)}


CLAIM = Claim(
    title="Scores lose E[|eta - eta'| over the pairs they misorder]/(2 pi (1 - pi)) of the area under the ROC curve",
    source="Clemencon, Lugosi & Vayatis 2008; Agarwal 2014, Proposition 3",
    fidelity="reconstructed",
    given=ranking_strategies.binary_with_scores(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-1, 1),
    controls=[{"c": Fraction(49, 50)}, {"tie": 2}],
    proof=retrieval.AUC_REGRET_PROOF.read_by(reads),
)
