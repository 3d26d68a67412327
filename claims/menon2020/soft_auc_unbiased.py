"""Soft labels leave the mean of a pairwise statistic as it is, if no point is paired with itself.

Theorem. Let (x_1, y_1), ..., (x_n, y_n) be independent draws of one law, n >= 2, p(x) = P(y = 1 | x), and loss any
function of two points. Then

    E[1/(n(n-1)) sum_{i != j} p(x_i) (1 - p(x_j)) loss(x_i, x_j)]
        = E[1/(n(n-1)) sum_{i != j} y_i (1 - y_j) loss(x_i, x_j)] = E[y_1 (1 - y_2) loss(x_1, x_2)].    (1)

For loss(x, x') = 1{f(x) <= f(x')} this is the unnormalised area above the ROC curve of f.
Hypotheses: independent draws of one law; pairs i != j alone; p the true probabilities.
Does not say: that the ratio to the number of pairs of a positive and a negative is unbiased.
Tight: an equality.
Proof: proofs_notes/menon2020/soft_auc_unbiased.md
"""
from fractions import Fraction

from simulate import pair_samples, ranking_strategies
from theory import retrieval
from theory.formula import expectation
from verify import Claim


def sample(task, losses, n, rng, size, diagonal=0):
    """`size` i.i.d. soft statistics of n fresh points each; diagonal = 1 pairs points with themselves too."""
    return pair_samples.statistics(task, losses, n, rng, size, soft=True, diagonal=diagonal)


def exact(task, losses, n, diagonal=0):
    """(1), left-hand side, by summing over how often every labelled point is drawn."""
    law = pair_samples.statistic_law(task, losses, n, soft=True, diagonal=diagonal)
    return None if law is None else pair_samples.moments_of(law)[0]


def bound(task, losses, c=1):
    """(1), right-hand side, over all pairs of points."""
    pairs = [(x, y) for x in range(task.points) for y in range(task.points)]
    return expectation(retrieval.PAIR_TERM, [task.mass[x] * task.mass[y] for x, y in pairs],
                       first=[task.eta[x] for x, _ in pairs], second=[task.eta[y] for _, y in pairs],
                       loss=[losses[x][y] for x, y in pairs], c=c)


def reads(task, losses, n):
    """The law of the points with the labels of two of them."""
    return {"S": pair_samples.statistic_table(task, losses, n)}


CLAIM = Claim(
    title="Soft labels leave the mean of a statistic of pairs of different points as one-hot labels give it",
    source="Menon et al. 2020 (AUC); Hoeffding 1948",
    fidelity="reconstructed",
    given=ranking_strategies.binary_with_losses(max_n=3),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": Fraction(51, 50)}, {"diagonal": 1}],
    proof=retrieval.SOFT_AUC_UNBIASED_PROOF.read_by(reads),
)
