"""One-hot labels add E Var(l | x)/n to the variance of the Bayes-soft risk.

Theorem (Menon et al. 2020, Lemma 1). Let l(y, f(x)) lie in [0, 1] and let p*(x) be the law of Y given x. Then

    Var (1/n) sum_i l(y_i, f(x_i)) - Var (1/n) sum_i p*(x_i).l(f(x_i)) = E_x Var(l | x)/n.  (1)

Hypotheses: (x_i, y_i), i = 1, ..., n, are independent with the law of (X, Y); f is fixed before they are drawn.
Does not say that the difference is positive: see `lower_variance_sign` and `lower_variance_zero`.
Tight: an equality.   Proof: proofs_notes/menon2020/lower_variance.md
"""
from fractions import Fraction

from simulate import loss_strategies, samples
from theory import bias_variance, soft_labels
from theory.formula import expectation
from verify import Claim


def sample(task, loss, n, rng, size, noise=0):
    """`size` i.i.d. differences of squared deviations; the labels are p*, moved by `noise` towards class 0."""
    one = samples.examples(task, loss, samples.moved(task.law, noise))
    risks = samples.draw(one, n, rng, size)
    hard, soft = (risks[name] - float(one.mean(name)) for name in ("hard", "taught"))
    return hard**2 - soft**2


def exact(task, loss, n, noise=0):
    """(1), left-hand side, from all samples of n examples."""
    law = samples.over(samples.examples(task, loss, samples.moved(task.law, noise)), n)
    return law and law.variance("hard") - law.variance("taught")


def bound(task, loss, n, c=1):
    """(1), right-hand side, from the law of the label at every point."""
    squares = [samples.dot(p, [v * v for v in row]) for p, row in zip(task.law, loss, strict=True)]
    means = [samples.dot(p, row) for p, row in zip(task.law, loss, strict=True)]
    within = expectation(bias_variance.VARIANCE, task.mass, square=squares, mean=means)
    return soft_labels.LOWER_VARIANCE(label_variance=within, n=n, c=c)


CLAIM = Claim(
    title="One-hot labels add E Var(l | x)/n to the variance of the Bayes-soft risk",
    source="Menon et al. 2020, Lemma 1",
    fidelity="secondary",
    given=loss_strategies.classifiers(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-1, 1),
    controls=[{"c": 1.02}, {"noise": Fraction(1, 50)}],
    proof=soft_labels.LOWER_VARIANCE_PROOF.read_by(samples.label_laws),
)
