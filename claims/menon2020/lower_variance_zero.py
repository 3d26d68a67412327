"""One-hot labels cost no variance exactly where the loss is the same for all possible labels.

Theorem (Menon et al. 2020, Lemma 1, the equality clause repaired). In the setting of `lower_variance`

    1{Var one-hot risk = Var Bayes-soft risk}
        = 1{for almost every x, l(y, f(x)) is the same for every y with p*_y(x) > 0}.      (1)

Hypotheses: (x_i, y_i), i = 1, ..., n, are independent with the law of (X, Y); f is fixed before they are drawn.
Does not say that p* must be one-hot: that suffices, but a loss that two possible labels share costs nothing either.
Tight: an equality.   Proof: proofs_notes/menon2020/lower_variance_zero.md
"""
from fractions import Fraction

from simulate import Finite, loss_strategies, samples
from verify import Claim


def exact(task, loss, n, other=0):
    """(1), left-hand side, from all samples of n examples; `other` is the difference of variances asked for."""
    law = samples.over(samples.examples(task, loss), n)
    return law and int(law.variance("hard") - law.variance("soft") == other)


def bound(task, loss, rule="possible labels"):
    """(1), right-hand side: the rule decides at every point of positive mass."""
    points = zip(task.mass, task.law, loss, strict=True)
    return int(all(_costs_nothing(p, row, rule) for mass, p, row in points if mass))


def _costs_nothing(probabilities, losses, rule):
    possible = [(p, v) for p, v in zip(probabilities, losses, strict=True) if p]
    if rule == "one-hot":
        return len(possible) == 1
    return len(set(losses if rule == "all labels" else [v for _, v in possible])) == 1


CLAIM = Claim(
    title="One-hot labels cost no variance exactly where the loss is the same for all possible labels",
    source="Menon et al. 2020, Lemma 1",
    fidelity="reconstructed",
    given=loss_strategies.classifiers(),
    exact=exact, bound=bound, relation="==",
    controls=[{"rule": "one-hot"}, {"rule": "all labels"}, {"other": Fraction(1, 4)}],
    tight_at={"task": Finite((1,), ((Fraction(1, 2), Fraction(1, 2), 0),)), "n": 2, "loss": ((1, 1, Fraction(0)),)},
)
