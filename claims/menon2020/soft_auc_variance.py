"""Soft labels do not raise the variance of a pairwise statistic.

Theorem. Let (x_1, y_1), ..., (x_n, y_n) be independent draws of one law, n >= 2, p(x) = P(y = 1 | x), and loss any
function of two points. Over pairs i != j,

    Var(sum p(x_i) (1 - p(x_j)) loss(x_i, x_j)) <= Var(sum y_i (1 - y_j) loss(x_i, x_j)),    (1)

both sums divided by n(n-1).
Hypotheses: independent draws of one law; pairs i != j alone; p the true probabilities.
Does not say: by how much; where the points' own spread dominates it is little.
Tight: labels that are certain given the point.
Proof: proofs_notes/menon2020/soft_auc_variance.md
"""
from fractions import Fraction

from simulate import Binary, pair_samples, ranking_strategies
from theory import retrieval
from theory.bias_variance import SOFT_LABELS_REDUCE_VARIANCE_PROOF
from verify import Claim


def sample(task, losses, n, rng, size):
    """`size` i.i.d. unbiased estimates of the variance: half the squared difference of two soft statistics."""
    first, second = (pair_samples.statistics(task, losses, n, rng, size, soft=True) for _ in range(2))
    return pair_samples.half_squares(first, second)


def exact(task, losses, n):
    """(1), left-hand side, by summing over how often every labelled point is drawn."""
    law = pair_samples.statistic_law(task, losses, n, soft=True)
    return None if law is None else pair_samples.moments_of(law)[1]


def bound(task, losses, n, c=1):
    """(1), right-hand side, by Hoeffding's formula for the variance of a U-statistic."""
    zeta_1, zeta_2 = pair_samples.components(task, losses)
    return retrieval.U_STATISTIC_VARIANCE(n=n, zeta_1=zeta_1, zeta_2=zeta_2, c=c)


def reads(task, losses, n):
    """The joint law of the one-hot statistic and the soft one, its mean given the points."""
    hard, soft = (pair_samples.statistic_law(task, losses, n, soft=is_soft) for is_soft in (False, True))
    if hard is None or soft is None:
        return {"XY": None}
    return {"XY": ([p for p, _ in hard], {"loss": [v for _, v in hard], "soft": [v for _, v in soft]})}


CLAIM = Claim(
    title="Soft labels do not raise the variance of a statistic of pairs of different points",
    source="Menon et al. 2020 (AUC); Hoeffding 1948",
    fidelity="reconstructed",
    given=ranking_strategies.binary_with_losses(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, Fraction(1, 2)),
    controls=[{"c": Fraction(9, 10)}, {"relation": "=="}],
    tight_at={"task": Binary((Fraction(1, 2), Fraction(1, 2)), (1, 0)), "losses": ((0, 1), (0, 0)), "n": 2},
    proof=SOFT_LABELS_REDUCE_VARIANCE_PROOF.read_by(reads),
)
