"""A biased teacher's share in the best mixture of labels falls as 1/n.

Theorem. In the setting of `best_mixture`, if B = E[(p_t - p*).l] != 0, the best ratio r* satisfies

    |r*| <= 1/(2 n B^2).                                                                 (1)

Hypotheses: l in [0, 1]; (x_i, y_i) independent with the law of (X, Y); f and the teacher are fixed before; B != 0.
Does not say anything for B = 0: r* = (Vb - C)/(Vb + Va - 2 C) then doesn't depend on n; for the Bayes teacher it is 1.
Tight: in the limit, one-hot p* and a teacher that is certain of the other class, as n B^2 grows and B falls.
Proof: proofs_notes/menon2020/best_mixture_vanishes.md
"""
from fractions import Fraction

from simulate import Finite, loss_strategies, samples
from theory import soft_labels
from verify import Claim


def assume(task, loss, teacher):
    """The teacher is biased."""
    return bias(task, loss, teacher) != 0


def bias(task, loss, teacher):
    """B."""
    one = samples.examples(task, loss, teacher)
    return one.mean("taught") - one.mean("soft")


def exact(task, loss, n, teacher):
    """(1), left-hand side: the errors at 0, 1 and 2 over all samples of n examples give the parabola."""
    one = samples.examples(task, loss, teacher)
    law = samples.over(one, n)
    return law and abs(lowest(*(law.with_mixture(r).square_error("mixed", one.mean("hard")) for r in (0, 1, 2))))


def lowest(first, second, third):
    """Where the parabola through the values at 0, 1 and 2 is lowest."""
    square = (third - 2 * second + first) / 2
    return -(second - first - square) / (2 * square)


def bound(task, loss, n, teacher, c=1):
    """(1), right-hand side."""
    return soft_labels.BEST_RATIO_RATE(bias=bias(task, loss, teacher), n=n, c=c)


def opposite(share, n):
    """One-hot p*, a loss that is 1 on a share of the points, and a teacher that takes every label for the other."""
    one, other = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))
    return {"task": Finite((share, 1 - share), (one, other)), "loss": (one, one), "n": n, "teacher": (other, one)}


def reads(task, loss, n, teacher):
    """The numbers of which the best ratio is made: the covariance over the denominator."""
    one = samples.examples(task, loss, teacher)
    gap = one.variance("hard") + one.variance("taught") - 2 * one.covariance("taught", "hard")
    covariance = one.variance("hard") - one.covariance("taught", "hard")
    return {"gap_variance": gap, "covariance": abs(covariance), "bias": abs(bias(task, loss, teacher))}


CLAIM = Claim(
    title="A biased teacher's share in the best mixture of labels falls as 1/n",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers_with_teacher(),
    assume=assume, exact=exact, bound=bound, relation="<=",
    controls=[{"c": 0.85}, {"c": 0.5}],
    tight_at=opposite(Fraction(3, 8), 200),
    proof=soft_labels.BEST_MIXTURE_VANISHES_PROOF.read_by(reads),
)
