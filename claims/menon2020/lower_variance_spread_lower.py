"""One-hot labels cost at least half the mean squared spread of the loss times the least probability, over n.

Theorem. In the setting of `lower_variance` let spread(x) be the largest less the smallest l(y, f(x)) over the labels
with p*_y(x) > 0, and least(x) the smallest of these p*_y(x). Then

    Var(one-hot risk) - Var(Bayes-soft risk) >= E[least(X) spread(X)^2]/(2 n).            (1)

Hypotheses: l in [0, 1]; (x_i, y_i), i = 1, ..., n, independent with the law of (X, Y); f is fixed before.
Does not say that the cost is positive where one label is certain: spread is 0 there.
Tight: yes, two equally likely labels everywhere.   Proof: proofs_notes/menon2020/lower_variance_spread_lower.md
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
    pairs = [[(v, p) for v, p in zip(row, law, strict=True) if p] for row, law in zip(loss, task.law, strict=True)]
    spread = [max(v for v, _ in row) - min(v for v, _ in row) for row in pairs]
    least = [min(p for _, p in row) for row in pairs]
    return expectation(soft_labels.LABEL_SPREAD_LOWER, task.mass, spread=spread, least=least, n=n, c=c)


def reads(task, loss, n):
    """The laws of one example, with one label of least and another of largest loss given x, and of the averages."""
    rows = []
    for mass, law, row in zip(task.mass, task.law, loss, strict=True):
        labels = sorted((y for y, p in enumerate(law) if p), key=lambda y, row=row: row[y])
        first, last, two = labels[0], labels[-1], len(labels) > 1
        shares = (min(law[y] for y in labels) if two else 0, law[first], law[last] if two else 0)
        rows += [(mass * p, v, samples.dot(law, row), row[first], row[last], *shares, y == first, two and y == last)
                 for y, (p, v) in enumerate(zip(law, row, strict=True)) if mass * p]
    weights, *columns = zip(*rows, strict=True)
    names = ("hard", "soft", "low", "high", "least", "low_share", "high_share", "at_low", "at_high")
    one = {name: [Fraction(v) for v in column] for name, column in zip(names, columns, strict=True)}
    return {"XY": (weights, one), "S": samples.label_laws(task, loss, n)["S"]}


CLAIM = Claim(
    title="One-hot labels cost at least half the mean squared spread of the loss times the least probability, over n",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers(),
    sample=sample, exact=exact, bound=bound, relation=">=", support=(-1, 1),
    controls=[{"c": 1.05}, {"relation": "<="}],
    tight_at={"task": Finite((1,), ((Fraction(1, 2), Fraction(1, 2)),)), "n": 2, "loss": ((0, 1),)},
    proof=soft_labels.LOWER_VARIANCE_SPREAD_LOWER_PROOF.read_by(reads),
)
