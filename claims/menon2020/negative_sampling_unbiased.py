"""A negative drawn at random and weighted by its inverse probability gives an unbiased pairwise loss.

Theorem. Let the labels y_1, ..., y_L be independent, y_i = 1 with probability p_i, and let loss_ij be any numbers. Draw
j from a law w > 0 on all labels, independently of y. Then

    E[sum_{i != j} y_i (1 - y_j) loss_ij / w_j] = sum_{i != j} p_i (1 - p_j) loss_ij.    (1)

Hypotheses: independent labels; w_j > 0 for all j; j is drawn without a look at y.
Does not say: the same of j drawn among the labels that are 0, or of labels of which only one is 1.
Tight: an equality.
Proof: proofs_notes/menon2020/negative_sampling_unbiased.md
"""
from fractions import Fraction

from simulate import pair_samples, ranking_strategies
from theory import retrieval
from theory.formula import expectation
from verify import Claim


def sample(probabilities, weights, losses, rng, size, only_true=0, exclusive=0):
    """`size` i.i.d. estimates, one draw of labels and of a negative each."""
    return pair_samples.negative_estimates(probabilities, weights, losses, rng, size, only_true=bool(only_true),
                                           exclusive=bool(exclusive))


def exact(probabilities, weights, losses, only_true=0, exclusive=0):
    """(1), left-hand side, by enumeration of all labels and negatives."""
    law = pair_samples.negative_law(probabilities, weights, losses, only_true=bool(only_true),
                                    exclusive=bool(exclusive))
    return pair_samples.moments_of(law)[0]


def bound(probabilities, losses, c=1, diagonal=0):
    """(1), right-hand side; diagonal = 1 counts the pairs i = j as well."""
    count = range(len(probabilities))
    pairs = [(i, j) for i in count for j in count if i != j or diagonal]
    return expectation(retrieval.PAIR_TERM, [1] * len(pairs), first=[probabilities[i] for i, _ in pairs],
                       second=[probabilities[j] for _, j in pairs], loss=[losses[i][j] for i, j in pairs], c=c)


def support(weights, losses):
    """All labels positive but the drawn one, of the least probability."""
    count = range(len(weights))
    return 0, max(float(sum(losses[i][j] for i in count if i != j) / weights[j]) for j in count)


def reads(probabilities, weights, losses):
    """The number of pairs, and the law of a pair drawn uniformly with its labels and the drawn negative."""
    count = len(probabilities)
    return {"pairs": count * (count - 1), "N": pair_samples.negative_table(probabilities, weights, losses)}


CLAIM = Claim(
    title="A negative drawn from all labels and weighted by its inverse probability gives an unbiased pairwise loss",
    source="Menon et al. 2020 (negative sampling)",
    fidelity="reconstructed",
    given=ranking_strategies.multi_labels(max_labels=3),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"c": Fraction(51, 50)}, {"only_true": 1}, {"exclusive": 1}, {"diagonal": 1}],
    proof=retrieval.NEGATIVE_SAMPLING_UNBIASED_PROOF.read_by(reads),
)
