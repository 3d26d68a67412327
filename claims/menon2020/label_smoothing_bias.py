"""Label smoothing biases the risk by its share of the uniform labels' excess loss.

Theorem. Let labels be (1 - a) one-hot + a/L over L classes, lbar(x) the mean of l(y, f(x)) over the classes. Then

    E (smoothed risk) - R(f) = a E[lbar - p*.l].                                          (1)

Hypotheses: l in [0, 1]; (x_i, y_i), i = 1, ..., n, have the law of (X, Y); f is fixed before they are drawn.
Does not say that smoothing raises the risk: where f does worse than guessing it lowers it.
Tight: an equality.   Proof: proofs_notes/menon2020/label_smoothing_bias.md
"""
from hypothesis import strategies as st

from simulate import loss_strategies, samples, strategies
from theory import soft_labels
from theory.formula import expectation
from verify import Claim


def sample(task, loss, n, smoothing, rng, size):
    """`size` i.i.d. errors of the smoothed risk over n examples."""
    one = samples.examples(task, loss)
    risks, share = samples.draw(one, n, rng, size), float(smoothing)
    return (1 - share) * risks["hard"] + share * risks["plain"] - float(one.mean("soft"))


def exact(task, loss, n, smoothing):
    """(1), left-hand side, from all samples of n examples."""
    one = samples.examples(task, loss)
    law = samples.over(one, n)
    return law and law.with_mixture(smoothing, "plain").mean("mixed") - one.mean("hard")


def bound(task, loss, smoothing, c=1):
    """(1), right-hand side."""
    plain = [sum(row) / task.classes for row in loss]
    soft = [samples.dot(p, row) for p, row in zip(task.law, loss, strict=True)]
    return expectation(soft_labels.SMOOTHING_BIAS, task.mass, plain=plain, soft=soft, smoothing=smoothing, c=c)


CLAIM = Claim(
    title="Label smoothing biases the risk by its share of the uniform labels' excess loss",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=strategies.merged(loss_strategies.classifiers(),
                            st.fixed_dictionaries({"smoothing": strategies.fractions01(64)})),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-1, 1),
    controls=[{"c": 1.02}, {"c": -1}],
    proof=soft_labels.LABEL_SMOOTHING_BIAS_PROOF.read_by(samples.label_laws),
)
