"""One-hot labels cost at most a quarter of the mean squared spread of the loss, over n.

Theorem. In the setting of `lower_variance` let spread(x) be the largest less the smallest l(y, f(x)) over the labels
with p*_y(x) > 0. Then

    Var(one-hot risk) - Var(Bayes-soft risk) <= E[spread(X)^2]/(4 n).                     (1)

Hypotheses: l in [0, 1]; (x_i, y_i), i = 1, ..., n, independent with the law of (X, Y); f is fixed before.
Does not say that spread counts where a label is all but certain: there the variance is far smaller.
Tight: yes, two equally likely labels everywhere.   Proof: proofs_notes/menon2020/lower_variance_spread.md
"""
from fractions import Fraction

from simulate import Finite, loss_strategies, samples
from theory import soft_labels
from theory.formula import expectation
from verify import Claim


def sample(task, loss, n, rng, size):
    """`size` i.i.d. differences of squared deviations over the same examples."""
    one = samples.examples(task, loss)
    risks, risk = samples.draw(one, n, rng, size), float(one.mean("soft"))
    return (risks["hard"] - risk) ** 2 - (risks["soft"] - risk) ** 2


def exact(task, loss, n):
    """(1), left-hand side, from all samples of n examples."""
    law = samples.over(samples.examples(task, loss), n)
    return law and law.variance("hard") - law.variance("soft")


def bound(task, loss, n, c=1):
    """(1), right-hand side, averaged over the points."""
    spread = [high - low for low, high in possible(task, loss)]
    return expectation(soft_labels.LABEL_SPREAD, task.mass, spread=spread, n=n, c=c)


def possible(task, loss):
    """The least and the largest loss among the possible labels of every point."""
    losses = [[v for v, p in zip(row, law, strict=True) if p] for row, law in zip(loss, task.law, strict=True)]
    return [(min(row), max(row)) for row in losses]


def reads(task, loss, n):
    """The laws of one example, with the ends of the loss given x, and of the averages."""
    rows = [(mass * p, v, samples.dot(law, row), low, high)
            for mass, law, row, (low, high) in zip(task.mass, task.law, loss, possible(task, loss), strict=True)
            for p, v in zip(law, row, strict=True) if mass * p]
    weights, *columns = zip(*rows, strict=True)
    one = (weights, dict(zip(("hard", "soft", "low", "high"), columns, strict=True)))
    return {"XY": one, "S": samples.label_laws(task, loss, n)["S"]}


CLAIM = Claim(
    title="One-hot labels cost at most a quarter of the mean squared spread of the loss, over n",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": 0.95}, {"relation": ">="}],
    tight_at={"task": Finite((1,), ((Fraction(1, 2), Fraction(1, 2)),)), "n": 2, "loss": ((0, 1),)},
    proof=soft_labels.LOWER_VARIANCE_SPREAD_PROOF.read_by(reads),
)
