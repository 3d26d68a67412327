"""The Bayes-soft risk of a fixed classifier is unbiased.

Theorem. Let l(y, f(x)) lie in [0, 1] and R(f) = E l(Y, f(X)), and let p*(x) be the law of Y given x. Then

    E (1/n) sum_i p*(x_i).l(f(x_i)) = R(f).                                              (1)

Hypotheses: x_1, ..., x_n have the law of X; f is fixed before they are drawn; the labels are the Bayes probabilities.
Does not say that a teacher near p* is unbiased: a share a of another label adds a times its excess loss.
Tight: an equality.   Proof: proofs_notes/menon2020/unbiased_soft.md
"""
from fractions import Fraction

from simulate import loss_strategies, samples
from theory import soft_labels
from theory.formula import expectation
from verify import Claim


def sample(task, loss, n, rng, size, noise=0):
    """`size` i.i.d. soft risks over n examples; the teacher moves p* by the share `noise` towards class 0."""
    return samples.draw(_examples(task, loss, noise), n, rng, size)["taught"]


def exact(task, loss, n, noise=0):
    """(1), left-hand side, from all samples of n examples."""
    law = samples.over(_examples(task, loss, noise), n)
    return law and law.mean("taught")


def bound(task, loss, c=1):
    """(1), right-hand side, class by class."""
    weights = [p for p in task.mass for _ in range(task.classes)]
    columns = {"probability": [p for row in task.law for p in row], "loss": [v for row in loss for v in row]}
    return expectation(soft_labels.CLASS_LOSS, weights, **columns, c=c)


def _examples(task, loss, noise):
    return samples.examples(task, loss, samples.moved(task.law, noise))


CLAIM = Claim(
    title="The Bayes-soft risk of a fixed classifier is unbiased",
    source="Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"noise": Fraction(1, 100)}, {"c": 1.02}],
    proof=soft_labels.UNBIASED_SOFT_PROOF.read_by(samples.label_laws),
)
