"""With a sampled negative, soft weights have no larger variance than one-hot ones.

Theorem. Let the labels y_1, ..., y_L be independent, y_i = 1 with probability p_i, let loss_ij be any numbers and j a
negative drawn from a law w > 0 on all labels, independently of y. Then

    Var(sum_{i != j} p_i (1 - p_j) loss_ij/w_j) <= Var(sum_{i != j} y_i (1 - y_j) loss_ij/w_j).    (1)

Hypotheses: independent labels; w_j > 0 for all j; j is drawn without a look at y; p the true probabilities.
Does not say: that soft weights help where p is only a teacher's guess: then they are biased.
Tight: labels that are certain.
Proof: proofs_notes/menon2020/negative_sampling_variance.md
"""
from fractions import Fraction

from simulate import pair_samples, ranking_strategies
from theory import retrieval
from theory.bias_variance import SOFT_LABELS_REDUCE_VARIANCE_PROOF, VARIANCE
from verify import Claim


def sample(probabilities, weights, losses, rng, size):
    """`size` i.i.d. unbiased estimates of the variance: half the squared difference of two estimates."""
    first, second = (pair_samples.negative_estimates(probabilities, weights, losses, rng, size, soft=True)
                     for _ in range(2))
    return pair_samples.half_squares(first, second)


def exact(probabilities, weights, losses):
    """(1), left-hand side, by enumeration of all labels and negatives."""
    return pair_samples.moments_of(pair_samples.negative_law(probabilities, weights, losses, soft=True))[1]


def bound(probabilities, weights, losses, c=1):
    """(1), right-hand side, from the moments of the sum of the positives' losses for every negative."""
    square, mean = Fraction(0), Fraction(0)
    for j, q in enumerate(probabilities):
        others = [(p, losses[i][j]) for i, p in enumerate(probabilities) if i != j]
        total, spread = sum(p * v for p, v in others), sum(p * (1 - p) * v**2 for p, v in others)
        square += retrieval.NEGATIVE_SQUARE(second=q, weight=weights[j], mean=total, variance=spread)
        mean += (1 - q) * total
    return c * VARIANCE(square=square, mean=mean)


def support(weights, losses):
    """Half the square of the largest estimate."""
    count = range(len(weights))
    return 0, max(float(sum(losses[i][j] for i in count if i != j) / weights[j]) for j in count) ** 2 / 2


def reads(probabilities, weights, losses):
    """The joint law of the estimate with one-hot weights and with soft ones, its mean given the negative."""
    hard, soft = (pair_samples.negative_law(probabilities, weights, losses, soft=is_soft) for is_soft in (False, True))
    return {"XY": ([p for p, _ in hard], {"loss": [v for _, v in hard], "soft": [v for _, v in soft]})}


CLAIM = Claim(
    title="With a sampled negative, soft weights p_i (1 - p_j) have no larger variance than one-hot ones",
    source="Menon et al. 2020 (negative sampling)",
    fidelity="reconstructed",
    given=ranking_strategies.multi_labels(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=support,
    controls=[{"c": Fraction(9, 10)}, {"relation": "=="}],
    tight_at={"probabilities": (Fraction(1), Fraction(0)), "weights": (Fraction(1, 2), Fraction(1, 2)),
              "losses": ((Fraction(0), Fraction(1)), (Fraction(0), Fraction(0)))},
    proof=SOFT_LABELS_REDUCE_VARIANCE_PROOF.read_by(reads),
)
