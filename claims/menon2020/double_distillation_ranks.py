"""Whoever minimises the doubly soft pairwise loss ranks as the teacher does: misordered pairs cost.

Theorem. Let 0 < p_i < 1 be the probability that label i is relevant, and

    J(f) = sum_ij p_i (1 - p_j) ln(1 + exp(-(f_i - f_j))),

and call a pair misordered if p_i > p_j and f_i <= f_j. Then for all scores f

    J(f) - J(logit p) >= sum over misordered pairs of (p_i - p_j)^2/(2 (p_i + p_j - 2 p_i p_j)).    (1)

So the minimiser misorders no pair, and scores with an excess below the least term of (1) rank as p does.
Hypotheses: 0 < p_i < 1; all pairs count, with these weights. Scores that tie where p differs are misordered.
Does not say: that scores which rank as p does have a small excess.
Tight: tied scores, as the probabilities come close.
Proof: proofs_notes/menon2020/double_distillation_ranks.md
"""
from fractions import Fraction

from simulate import ranking, ranking_strategies
from theory import retrieval
from theory.formula import expectation
from verify import Claim


def exact(probabilities, odds):
    """(1), left-hand side, pair by pair in ball arithmetic."""
    return ranking.pairwise_loss(probabilities, odds) - ranking.pairwise_loss(
        probabilities, ranking.logit_odds(probabilities))


def bound(probabilities, odds, c=2):
    """(1), right-hand side."""
    weights, columns = ranking.pair_table(probabilities, odds)
    pairs = [weight * wrong * len(odds) ** 2 / 2 for weight, wrong in zip(weights, columns["wrong"], strict=True)]
    return expectation(retrieval.PAIR_MISORDERED, pairs, first=columns["first"], second=columns["second"], c=c)


def reads(probabilities, odds):
    """The law of a pair drawn uniformly, and the number of labels."""
    return {"labels": len(probabilities), "P": ranking.pair_table(probabilities, odds)}


CLAIM = Claim(
    title="Every misordered pair costs at least (p_i - p_j)^2/(2(p_i + p_j - 2 p_i p_j)) of doubly soft pairwise loss",
    source="Menon et al. 2020 (double distillation)",
    fidelity="reconstructed",
    given=ranking_strategies.scored_labels(),
    exact=exact, bound=bound, relation=">=",
    controls=[{"c": Fraction(23, 10)}, {"c": 4}],
    tight_at={"probabilities": (Fraction(9, 20), Fraction(11, 20)), "odds": (Fraction(1), Fraction(1))},
    proof=retrieval.DOUBLE_DISTILLATION_RANKS_PROOF.read_by(reads),
)
