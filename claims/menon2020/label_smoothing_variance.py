"""The risk under label smoothing varies as a mixture of one-hot and uniform labels does, covariance included.

Theorem. Let labels be (1 - a) one-hot + a/L over L classes, lbar(x) the mean of l(y, f(x)) over the classes and
Vb = Var l(Y, f(X)). Then

    Var(smoothed risk) = ((1-a)^2 Vb + a^2 Var(lbar) + 2 a (1-a) Cov(lbar, p*.l))/n.      (1)

Hypotheses: l in [0, 1]; (x_i, y_i), i = 1, ..., n, independent with the law of (X, Y); f is fixed before.
Does not say that smoothing lowers the variance: where p* is one-hot and f is right everywhere it can only raise it.
Tight: an equality.   Proof: proofs_notes/menon2020/label_smoothing_variance.md
"""
from hypothesis import strategies as st

from simulate import loss_strategies, samples, strategies
from theory import soft_labels
from verify import Claim


def sample(task, loss, n, smoothing, rng, size):
    """`size` i.i.d. squared deviations of the smoothed risk over n examples."""
    one, share = samples.examples(task, loss), float(smoothing)
    risks = {name: risk - float(one.mean(name)) for name, risk in samples.draw(one, n, rng, size).items()}
    return ((1 - share) * risks["hard"] + share * risks["plain"]) ** 2


def exact(task, loss, n, smoothing):
    """(1), left-hand side, from all samples of n examples."""
    law = samples.over(samples.examples(task, loss), n)
    return law and law.with_mixture(smoothing, "plain").variance("mixed")


def bound(task, loss, n, smoothing, c=1):
    """(1), right-hand side, from one example; c multiplies the covariance."""
    one = samples.examples(task, loss)
    return soft_labels.SMOOTHING_VARIANCE(
        hard_variance=one.variance("hard"), plain_variance=one.variance("plain"),
        covariance=one.covariance("plain", "soft"), smoothing=smoothing, n=n, c=c)


CLAIM = Claim(
    title="The risk under label smoothing varies as a mixture of one-hot and uniform labels does, covariance included",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=strategies.merged(loss_strategies.classifiers(),
                            st.fixed_dictionaries({"smoothing": strategies.fractions01(64)})),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": 0.95}, {"c": 0}],
    proof=soft_labels.LABEL_SMOOTHING_VARIANCE_PROOF.read_by(samples.label_laws),
)
