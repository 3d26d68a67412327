"""There is one best mixture of one-hot and teacher's labels, and missing it costs a square.

Theorem. In the setting of `teacher_bias_variance` let labels be (1 - r) one-hot + r p_t for a real r, MSE(r) the mean
squared error of their risk, Va = Var(p_t.l), Vb = Var l(Y, f(X)), C = Cov(p_t.l, p*.l), B = E[(p_t - p*).l] and
D = Vb + Va - 2 C + n B^2. If D != 0 then, with r* = (Vb - C)/D,

    MSE(r) - min_s MSE(s) = (r - r*)^2 D/n.                                              (1)

Hypotheses: l in [0, 1]; (x_i, y_i) independent with the law of (X, Y); f and the teacher are fixed before; D != 0.
Does not say that r* lies in [0, 1]: with a noisy teacher it may be negative, and above 1 with a smoothing one.
Tight: an equality.   Proof: proofs_notes/menon2020/best_mixture.md
"""
from fractions import Fraction
from functools import lru_cache

import numpy as np
from hypothesis import strategies as st

from simulate import loss_strategies, samples, strategies
from theory import soft_labels
from verify import Claim

RATIOS = st.one_of(strategies.fractions01(64), st.fractions(-1, 3, max_denominator=8))


def assume(task, loss, n, teacher):
    """The mean squared error is no constant."""
    return curvature(samples.examples(task, loss, teacher), n) != 0


def curvature(one, n):
    """D = Var(l - p_t.l) + n B^2, for given X the covariance of p_t.l with l is that with p*.l."""
    gap = [h - t for h, t in zip(one.columns["hard"], one.columns["taught"], strict=True)]
    mean = one.mean(gap)
    return one.mean((v - mean) ** 2 for v in gap) + n * mean**2


def sample(task, loss, n, teacher, ratio, rng, size):
    """`size` i.i.d. differences of squared errors, at the ratio and at the best one, over the same examples."""
    one = samples.examples(task, loss, teacher)
    risks, risk = samples.draw(one, n, rng, size), float(one.mean("soft"))
    errors = [((1 - float(r)) * risks["hard"] + float(r) * risks["taught"] - risk) ** 2
              for r in (ratio, best(task, loss, n, teacher))]
    return np.asarray(errors[0] - errors[1])


def support(task, loss, n, teacher, ratio):
    """Mixtures of two numbers in [0, 1] lie within reach(r) of the risk."""
    return -reach(best(task, loss, n, teacher)) ** 2, reach(ratio) ** 2


def reach(ratio):
    """1, and more where the ratio leaves [0, 1]."""
    return 1 + max(Fraction(0), -ratio, ratio - 1)


def exact(task, loss, n, teacher, ratio):
    """(1), left-hand side: the errors at 0, 1 and 2 over all samples of n examples give the parabola."""
    one = samples.examples(task, loss, teacher)
    law = samples.over(one, n)
    if law is None:
        return None
    at = [law.with_mixture(r).square_error("mixed", one.mean("hard")) for r in (0, 1, 2, ratio)]
    square = (at[2] - 2 * at[1] + at[0]) / 2
    return at[3] - at[0] + (at[1] - at[0] - square) ** 2 / (4 * square)


def bound(task, loss, n, teacher, ratio, c=1):
    """(1), right-hand side, from the moments of one example; c multiplies the covariance."""
    return soft_labels.MIXTURE_EXCESS(**moments(task, loss, teacher), ratio=ratio, n=n, c=c)


@lru_cache(maxsize=64)
def moments(task, loss, teacher):
    """The variances, the covariance and the bias of one example."""
    one = samples.examples(task, loss, teacher)
    return {"hard_variance": one.variance("hard"), "variance": one.variance("taught"),
            "covariance": one.covariance("taught", "soft"), "bias": one.mean("taught") - one.mean("soft")}


@lru_cache(maxsize=64)
def best(task, loss, n, teacher):
    """r*."""
    return soft_labels.BEST_RATIO(**moments(task, loss, teacher), n=n, c=1)


def reads(task, loss, n, teacher):
    """The laws of one example and of the averages, and the best ratio."""
    return {**samples.teacher_laws(task, loss, n, teacher), "best": best(task, loss, n, teacher)}


CLAIM = Claim(
    title="There is one best mixture of one-hot and teacher's labels, and missing it costs a square",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=strategies.merged(loss_strategies.classifiers_with_teacher(), st.fixed_dictionaries({"ratio": RATIOS})),
    assume=assume, sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"c": Fraction(49, 50)}, {"c": 0}],
    proof=soft_labels.BEST_MIXTURE_PROOF.read_by(reads),
)
