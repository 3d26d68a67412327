"""A teacher's soft risk errs at most by its variance over n and the square of its distance times the loss's norm.

Theorem (Menon et al. 2020). In the setting of `teacher_bias_variance`, with Euclidean norms over the classes,

    E((1/n) sum_i p_t(x_i).l(f(x_i)) - R(f))^2
        <= Var(p_t.l)/n + (E|p_t - p*|_2 sup_x |l(f(x))|_2)^2.                            (1)

Hypotheses: x_1, ..., x_n are independent with the law of X; f and the teacher are fixed before they are drawn.
Does not say that the norm of l can't be had for less: `teacher_bias_variance_centred` takes its mean away.
Tight: (1 - 1/K) of the squared bias with K classes, p* uniform, p_t and l on one class.
Proof: proofs_notes/menon2020/teacher_bias_variance_bound.md
"""
from fractions import Fraction

from simulate import Finite, loss_strategies, samples
from theory import soft_labels
from theory.formula import expectation
from verify import Claim

CLASSES = 16


def sample(task, loss, n, teacher, rng, size):
    """`size` i.i.d. squared errors of the teacher's soft risk over n examples."""
    one = samples.examples(task, loss, teacher)
    return (samples.draw(one, n, rng, size)["taught"] - float(one.mean("soft"))) ** 2


def exact(task, loss, n, teacher):
    """(1), left-hand side, from all samples of n examples."""
    one = samples.examples(task, loss, teacher)
    law = samples.over(one, n)
    return law and law.square_error("taught", one.mean("hard"))


def bound(task, loss, n, teacher, c=1):
    """(1), right-hand side, from one example and the norms at every point of positive mass."""
    variance = samples.examples(task, loss, teacher).variance("taught")
    apart, largest, _ = samples.squared_norms(task, loss, teacher, centred=False)
    return soft_labels.TEACHER_ERROR_BOUND(
        variance=variance, n=n, c=c, distance=expectation(soft_labels.NORM, task.mass, square=apart),
        loss_norm=soft_labels.NORM(square=largest))


def reads(task, loss, n, teacher):
    """The law of an example and a class drawn uniformly, with the norms at x, and that of the averages."""
    table = samples.class_table(task, loss, teacher, soft_labels.NORM, soft_labels.NORM_RATIO_ROOT, centred=False)
    return {**table, "S": samples.teacher_laws(task, loss, n, teacher)["S"]}


CLAIM = Claim(
    title="A teacher's soft risk errs at most by its variance over n and the square of its distance times the loss's "
          "norm",
    source="Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers_with_teacher(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": 0.9}, {"c": 0.5}],
    tight_at={"task": Finite((1,), ((Fraction(1, CLASSES),) * CLASSES,)), "n": 2,
              "loss": ((Fraction(1), *[Fraction(0)] * (CLASSES - 1)),),
              "teacher": ((Fraction(1), *[Fraction(0)] * (CLASSES - 1)),)},
    proof=soft_labels.TEACHER_NORMS_PROOF.read_by(reads),
)
