"""With Bayes probabilities for labels, all risks of a finite class are within an empirical Bernstein bound.

Theorem (Maurer & Pontil 2009, Theorem 4; Menon et al. 2020). Let H be finite, l(y, h(x)) in [0, 1], and for every h let
R_n(h) be the mean and V_n(h) the variance, with divisor n - 1, of p*(x_i).l(h(x_i)) over n >= 2 points. Then

    P(for some h: R(h) > R_n(h) + sqrt(2 V_n(h) ln(2|H|/delta)/n) + 7 ln(2|H|/delta)/(3(n-1))) <= delta.   (1)

Hypotheses: x_1, ..., x_n are independent with the law of X; H fixed before; labels are the Bayes probabilities p*.
Does not say so for a teacher p_t != p*: its bias has to be added, `empirical_bernstein_teacher`.
Tight: no. With V_n = 0 the failure has probability about (delta/2|H|)^(7/3).
Proof: proofs_notes/menon2020/empirical_bernstein.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Finite, loss_strategies, samples, soft_classes, strategies
from theory.empirical_bernstein import DEVIATION, REMAINDER
from verify import Claim

CONFIDENCE = tuple(Fraction(1, d) for d in (10, 20, 1000))
SIZES = st.one_of(st.integers(2, 40), st.sampled_from((100, 400, 1000)))


def sample(task, losses, n, delta, rng, size, c=1, noise=0):
    """`size` i.i.d. indicators of a sample of n points that breaks the bound for some hypothesis."""
    return soft_classes.fails(task, losses, samples.moved(task.law, noise), n, *radius(losses, n, delta, c), rng, size)


def exact(task, losses, n, delta, c=1, noise=0):
    """(1), left-hand side, from all samples of n points; None where they are too many."""
    return soft_classes.failure(task, losses, samples.moved(task.law, noise), n, *radius(losses, n, delta, c))


def radius(losses, n, delta, c):
    """The factor of the standard deviation and the rest; logarithms, so that no rational risk ties with them."""
    known = {"hypotheses": len(losses), "delta": delta, "n": n}
    return float(DEVIATION(**known, c=1)), [float(REMAINDER(**known, c=c))] * len(losses)


def bound(delta):
    """(1), right-hand side."""
    return delta


def unseen(share, n, delta):
    """One hypothesis that errs on a share of the points, which a sample may miss."""
    loss = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
    return {"task": Finite((share, 1 - share), ((1, 0), (1, 0))), "losses": (loss,), "n": n, "delta": delta}


def certain(n, delta):
    """One point and one possible label, of loss 1: labels that move towards the other one are biased."""
    return {"task": Finite((1,), ((0, 1),)), "losses": (((Fraction(0), Fraction(1)),),), "n": n, "delta": delta}


GIVEN = st.one_of(
    strategies.merged(
        loss_strategies.classes_with_teacher().map(lambda drawn: {k: v for k, v in drawn.items() if k != "teacher"}),
        st.fixed_dictionaries({"n": SIZES, "delta": st.sampled_from(CONFIDENCE)})),
    st.builds(unseen, strategies.fractions01(200), st.integers(2, 60), st.sampled_from(CONFIDENCE)),
    st.builds(certain, SIZES, st.sampled_from(CONFIDENCE)),
)

CLAIM = Claim(
    title="With Bayes probabilities for labels, all risks of a finite class are within an empirical Bernstein bound",
    source="Maurer & Pontil 2009, Theorem 4; Menon et al. 2020",
    fidelity="secondary",
    given=GIVEN,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": 0}, {"noise": Fraction(1, 20)}, {"c": Fraction(1, 3)}],
    tight_at=unseen(Fraction(1, 8), 50, Fraction(1, 1000)),
)
