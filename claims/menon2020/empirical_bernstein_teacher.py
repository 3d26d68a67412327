"""A teacher's soft risks bound all risks of a finite class once its mean distance from the truth is added.

Theorem. In the setting of `empirical_bernstein` let the labels be a teacher's p_t(x), d(x) the total variation distance
of p_t(x) and p*(x), and R_n and V_n taken from p_t(x_i).l(h(x_i)). With probability at least 1 - delta, for every h

    R(h) <= R_n(h) + sqrt(2 V_n(h) ln(2|H|/delta)/n) + 7 ln(2|H|/delta)/(3(n-1)) + E d(X).   (1)

Hypotheses: x_1, ..., x_n are independent with the law of X; n >= 2; H and the teacher are fixed before; l in [0, 1].
Does not say that the distance on the sample may be used: it is the mean over the law of X.
Tight: in the last term, where the loss is 1 on what the teacher takes for impossible and n grows.
Proof: proofs_notes/menon2020/empirical_bernstein_teacher.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Finite, loss_strategies, samples, soft_classes, strategies
from theory.empirical_bernstein import DEVIATION, REMAINDER
from verify import Claim

CONFIDENCE = tuple(Fraction(1, d) for d in (10, 20, 1000))
SIZES = st.one_of(st.integers(2, 40), st.sampled_from((100, 400, 1000)))


def sample(task, losses, teacher, n, delta, rng, size, distance=1):
    """`size` i.i.d. indicators of a sample of n points that breaks the bound for some hypothesis."""
    return soft_classes.fails(task, losses, teacher, n, *radius(task, losses, teacher, n, delta, distance), rng, size)


def exact(task, losses, teacher, n, delta, distance=1):
    """P(the bound fails), from all samples of n points; None where they are too many."""
    return soft_classes.failure(task, losses, teacher, n, *radius(task, losses, teacher, n, delta, distance))


def radius(task, losses, teacher, n, delta, distance):
    """The factor of the standard deviation and the rest, with `distance` times the teacher's mean distance in it."""
    known = {"hypotheses": len(losses), "delta": delta, "n": n, "c": 1}
    distances = [sum(abs(q - p) for q, p in zip(*rows, strict=True)) / 2
                 for rows in zip(teacher, task.law, strict=True)]
    rest = float(REMAINDER(**known)) + float(distance * samples.dot(task.mass, distances))
    return float(DEVIATION(**known)), [rest] * len(losses)


def bound(delta):
    """The largest probability of failure."""
    return delta


CLAIM = Claim(
    title="A teacher's soft risks bound all risks of a finite class once its mean distance from the truth is added",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=strategies.merged(loss_strategies.classes_with_teacher(),
                            st.fixed_dictionaries({"n": SIZES, "delta": st.sampled_from(CONFIDENCE)})),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"distance": Fraction(9, 10)}, {"distance": 0}],
    tight_at={"task": Finite((1,), ((0, 1),)), "losses": (((Fraction(0), Fraction(1)),),),
              "teacher": ((Fraction(1), Fraction(0)),), "n": 400, "delta": Fraction(1, 10)},
)
