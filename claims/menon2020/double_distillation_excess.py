"""Beyond its least value the doubly soft pairwise loss is a sum of divergences, one for each pair.

Theorem. Let 0 < p_i < 1 be the probability that label i is relevant, and

    J(f) = sum_ij p_i (1 - p_j) ln(1 + exp(-(f_i - f_j))),

a_ij = p_i (1 - p_j) and sigma(u) = 1/(1 + exp(-u)). Then for all scores f

    J(f) - J(logit p) = sum_{i<j} (a_ij + a_ji) KL(a_ij/(a_ij + a_ji), sigma(f_i - f_j)),    (1)

KL(q, r) the divergence of two coins.
Hypotheses: 0 < p_i < 1; all pairs count, with these weights.
Does not say: anything of scores that are not finite.
Tight: an equality.
Proof: proofs_notes/menon2020/double_distillation_excess.md
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


def bound(probabilities, odds, c=1):
    """(1), right-hand side."""
    weights, columns = ranking.pair_table(probabilities, odds)
    pairs = [weight * len(odds) ** 2 / 2 for weight in weights]
    return expectation(retrieval.PAIR_EXCESS, pairs, first=columns["first"], second=columns["second"],
                       odds=columns["odds"], c=c)


def reads(probabilities, odds):
    """The law of a pair drawn uniformly, and the number of labels."""
    return {"labels": len(probabilities), "P": ranking.pair_table(probabilities, odds)}


CLAIM = Claim(
    title="The doubly soft pairwise loss exceeds its least value by a sum of divergences of coins",
    source="Menon et al. 2020 (double distillation)",
    fidelity="reconstructed",
    given=ranking_strategies.scored_labels(),
    exact=exact, bound=bound, relation="==",
    controls=[{"c": Fraction(51, 50)}, {"relation": "<=", "c": Fraction(49, 50)}],
    proof=retrieval.DOUBLE_DISTILLATION_EXCESS_PROOF.read_by(reads),
)
