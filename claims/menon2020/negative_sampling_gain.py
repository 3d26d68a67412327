"""How much variance soft weights save with a sampled negative, in closed form.

Theorem. Let the labels y_1, ..., y_L be independent, y_i = 1 with probability p_i, let loss_ij be any numbers and j a
negative drawn from a law w > 0 on all labels, independently of y. With S_j = sum_{i != j} y_i loss_ij,

    Var(one-hot) - Var(soft) = sum_j (1 - p_j) (Var S_j + p_j (E S_j)^2) / w_j,          (1)

one-hot being S_j (1 - y_j)/w_j and soft sum_{i != j} p_i (1 - p_j) loss_ij/w_j at the drawn j.
Hypotheses: independent labels; w_j > 0 for all j; j is drawn without a look at y; p the true probabilities.
Does not say: that w proportional to the soft losses, which minimises Var(soft), minimises (1).
Tight: an equality; 0 only where every S_j with w_j > 0 and p_j < 1 is certain and 0 or p_j = 0.
Proof: proofs_notes/menon2020/negative_sampling_gain.md
"""
from fractions import Fraction

from simulate import pair_samples, ranking_strategies
from theory import retrieval
from theory.bias_variance import SOFT_LABELS_VARIANCE_PROOF
from verify import Claim


def sample(probabilities, weights, losses, rng, size):
    """`size` i.i.d. unbiased estimates of both variances' difference: half of squared differences of two estimates."""
    hard, other_hard, soft, other_soft = (
        pair_samples.negative_estimates(probabilities, weights, losses, rng, size, soft=is_soft)
        for is_soft in (False, False, True, True))
    return pair_samples.half_squares(hard, other_hard) - pair_samples.half_squares(soft, other_soft)


def exact(probabilities, weights, losses):
    """(1), left-hand side, by enumeration of all labels and negatives."""
    hard, soft = (pair_samples.moments_of(pair_samples.negative_law(probabilities, weights, losses, soft=is_soft))[1]
                  for is_soft in (False, True))
    return hard - soft


def bound(probabilities, weights, losses, c=1, own=1):
    """(1), right-hand side; own = 0 forgets the chance that the drawn negative is positive."""
    total = Fraction(0)
    for j, q in enumerate(probabilities):
        others = [(p, losses[i][j]) for i, p in enumerate(probabilities) if i != j]
        mean, variance = sum(p * v for p, v in others), sum(p * (1 - p) * v**2 for p, v in others)
        total += retrieval.NEGATIVE_GAIN(second=q, weight=weights[j], mean=own * mean, variance=variance, c=c)
    return total


def support(weights, losses):
    """Half the square of the largest estimate, on either side."""
    count = range(len(weights))
    most = max(float(sum(losses[i][j] for i in count if i != j) / weights[j]) for j in count) ** 2 / 2
    return -most, most


def reads(probabilities, weights, losses):
    """The joint law of the estimate with one-hot weights and with soft ones, its mean given the negative."""
    hard, soft = (pair_samples.negative_law(probabilities, weights, losses, soft=is_soft) for is_soft in (False, True))
    return {"XY": ([p for p, _ in hard], {"loss": [v for _, v in hard], "soft": [v for _, v in soft]})}


CLAIM = Claim(
    title="With a sampled negative, soft weights save the variance sum (1 - p_j)(Var S_j + p_j (E S_j)^2)/w_j",
    source="Menon et al. 2020 (negative sampling)",
    fidelity="reconstructed",
    given=ranking_strategies.multi_labels(),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"c": Fraction(51, 50)}, {"own": 0}],
    proof=SOFT_LABELS_VARIANCE_PROOF.read_by(reads),
)
