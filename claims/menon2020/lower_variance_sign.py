"""The Bayes-soft risk varies no more than the one-hot risk.

Theorem (Menon et al. 2020, Lemma 1). Let l(y, f(x)) lie in [0, 1] and let p*(x) be the law of Y given x. Then

    Var (1/n) sum_i p*(x_i).l(f(x_i)) <= Var (1/n) sum_i l(y_i, f(x_i)).                  (1)

Hypotheses: (x_i, y_i), i = 1, ..., n, are independent with the law of (X, Y); f is fixed before they are drawn.
Does not say that a teacher's soft risk varies less: smoothing Bayes probabilities can make it vary more.
Tight: labels that f makes certain, in the sense of `lower_variance_zero`.
Proof: proofs_notes/menon2020/lower_variance_sign.md
"""
from fractions import Fraction

from simulate import Finite, loss_strategies, samples
from theory import soft_labels
from verify import Claim


def sample(task, loss, n, rng, size, smoothing=0):
    """`size` i.i.d. squared deviations of the soft risk; the labels are p*, smoothed towards uniform ones."""
    one = samples.examples(task, loss, _smoothed(task, smoothing))
    return (samples.draw(one, n, rng, size)["taught"] - float(one.mean("taught"))) ** 2


def exact(task, loss, n, smoothing=0):
    """(1), left-hand side, from all samples of n examples."""
    law = samples.over(samples.examples(task, loss, _smoothed(task, smoothing)), n)
    return law and law.variance("taught")


def bound(task, loss, n, c=1):
    """(1), right-hand side: Var l(Y, f(X))/n, from one example."""
    return soft_labels.LOWER_VARIANCE(label_variance=samples.examples(task, loss).variance("hard"), n=n, c=c)


def _smoothed(task, smoothing):
    return tuple(tuple((1 - smoothing) * p + Fraction(smoothing, task.classes) for p in row) for row in task.law)


CLAIM = Claim(
    title="The Bayes-soft risk varies no more than the one-hot risk",
    source="Menon et al. 2020, Lemma 1",
    fidelity="secondary",
    given=loss_strategies.classifiers(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": 0.9}, {"smoothing": Fraction(1, 5)}],
    tight_at={"task": Finite((Fraction(1, 2),) * 2, ((1, 0), (0, 1))), "n": 2,
              "loss": ((Fraction(0), Fraction(1)), (Fraction(0), Fraction(1)))},
    proof=soft_labels.LOWER_VARIANCE_SIGN_PROOF.read_by(samples.label_laws),
)
