"""The doubly soft pairwise loss is least at the teacher's logits.

Theorem. Let 0 < p_i < 1 be the probability that label i is relevant, and

    J(f) = sum_ij p_i (1 - p_j) ln(1 + exp(-(f_i - f_j))),

the pairwise logistic loss with soft positives and soft negatives. Then for all scores f

    J(f) >= J(logit p).                                                                  (1)

Hypotheses: 0 < p_i < 1; all pairs count, with these weights.
Does not say: that no other scores attain it: a constant may be added (double_distillation_unique).
Tight: attained by f = logit p + const.
Proof: proofs_notes/menon2020/double_distillation.md
"""
from fractions import Fraction

from simulate import ranking, ranking_strategies
from theory import retrieval
from theory.formula import expectation
from verify import Claim


def exact(probabilities, odds, negative=1):
    """(1), left-hand side, pair by pair in ball arithmetic; f_i = ln(odds_i)."""
    return ranking.pairwise_loss(probabilities, odds, negative)


def bound(probabilities, odds, c=1, negative=1):
    """(1), right-hand side, by its closed form; for other weights than those of the theorem, J(logit p) itself."""
    if negative != 1:
        return ranking.pairwise_loss(probabilities, ranking.logit_odds(probabilities), negative)
    weights, columns = ranking.pair_table(probabilities, odds)
    pairs = [weight * len(odds) ** 2 / 2 for weight in weights]
    return expectation(retrieval.PAIR_LEAST, pairs, first=columns["first"], second=columns["second"], c=c)


def reads(probabilities, odds):
    """The law of a pair drawn uniformly, and the number of labels."""
    return {"labels": len(probabilities), "P": ranking.pair_table(probabilities, odds)}


CLAIM = Claim(
    title="The doubly soft pairwise logistic loss is least at the scores logit p",
    source="Menon et al. 2020 (double distillation)",
    fidelity="reconstructed",
    given=ranking_strategies.scored_labels(),
    exact=exact, bound=bound, relation=">=",
    controls=[{"c": Fraction(21, 20)}, {"negative": 0}],
    tight_at={"probabilities": (Fraction(1, 4), Fraction(1, 2)), "odds": (Fraction(1, 3), Fraction(1))},
    proof=retrieval.DOUBLE_DISTILLATION_PROOF.read_by(reads),
)
