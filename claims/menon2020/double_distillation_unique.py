"""Only the teacher's logits, up to a constant, minimise the doubly soft pairwise loss.

Theorem. Let 0 < p_i < 1 be the probability that label i is relevant, and

    J(f) = sum_ij p_i (1 - p_j) ln(1 + exp(-(f_i - f_j))),

a_ij = p_i (1 - p_j) and sigma(u) = 1/(1 + exp(-u)). Then for all scores f

    J(f) - J(logit p) >= 2 sum_{i<j} (a_ij + a_ji) (sigma(f_i - f_j) - sigma(logit p_i - logit p_j))^2.    (1)

So J(f) > J(logit p) unless f_i - f_j = logit p_i - logit p_j for all pairs, that is, unless f - logit p is constant.
Hypotheses: 0 < p_i < 1; all pairs count, with these weights.
Does not say: that the excess grows with the square of f - logit p; sigma levels off.
Tight: two labels with p_1 = p_2, as f_1 - f_2 tends to 0.
Proof: proofs_notes/menon2020/double_distillation_unique.md
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
    pairs = [weight * len(odds) ** 2 / 2 for weight in weights]
    return expectation(retrieval.PAIR_DISTANCE, pairs, first=columns["first"], second=columns["second"],
                       odds=columns["odds"], c=c)


def reads(probabilities, odds):
    """The law of a pair drawn uniformly, and the number of labels."""
    return {"labels": len(probabilities), "P": ranking.pair_table(probabilities, odds)}


CLAIM = Claim(
    title="Scores lose at least 2 sum (a_ij + a_ji)(sigma(f_i - f_j) - sigma(logit p_i - logit p_j))^2 against logit p",
    source="Menon et al. 2020 (double distillation)",
    fidelity="reconstructed",
    given=ranking_strategies.scored_labels(),
    exact=exact, bound=bound, relation=">=",
    controls=[{"c": Fraction(11, 5)}, {"relation": "<="}],
    tight_at={"probabilities": (Fraction(1, 2), Fraction(1, 2)), "odds": (Fraction(9, 10), Fraction(1))},
    proof=retrieval.DOUBLE_DISTILLATION_UNIQUE_PROOF.read_by(reads),
)
