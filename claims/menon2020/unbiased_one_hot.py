"""The one-hot risk of a fixed classifier is unbiased.

Theorem. Let l(y, f(x)) lie in [0, 1] and R(f) = E_x sum_y p*_y(x) l(y, f(x)), p*(x) the law of Y given x. Then

    E (1/n) sum_i l(y_i, f(x_i)) = R(f).                                                 (1)

Hypotheses: (x_i, y_i), i = 1, ..., n, have the law of (X, Y); f is fixed before they are drawn.
Does not say that the risk of a classifier chosen by the same sample is unbiased.
Tight: an equality.   Proof: proofs_notes/menon2020/unbiased_one_hot.md
"""
from fractions import Fraction

from simulate import loss_strategies, samples
from theory import soft_labels
from theory.formula import expectation
from verify import Claim


def sample(task, loss, n, rng, size, noise=0):
    """`size` i.i.d. one-hot risks over n examples; each label is replaced by class 0 with probability `noise`."""
    return samples.draw(samples.examples(samples.noisy(task, noise), loss), n, rng, size)["hard"]


def exact(task, loss, n, noise=0):
    """(1), left-hand side, from all samples of n examples."""
    law = samples.over(samples.examples(samples.noisy(task, noise), loss), n)
    return law and law.mean("hard")


def bound(task, loss, c=1):
    """(1), right-hand side, class by class."""
    weights = [p for p in task.mass for _ in range(task.classes)]
    columns = {"probability": [p for row in task.law for p in row], "loss": [v for row in loss for v in row]}
    return expectation(soft_labels.CLASS_LOSS, weights, **columns, c=c)


CLAIM = Claim(
    title="The one-hot risk of a fixed classifier is unbiased",
    source="Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"noise": Fraction(1, 100)}, {"c": 1.02}],
    proof=soft_labels.UNBIASED_ONE_HOT_PROOF.read_by(samples.label_laws),
)
