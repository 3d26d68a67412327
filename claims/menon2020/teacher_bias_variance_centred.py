"""Only the loss's deviation from its mean over the classes turns a teacher's distance into bias.

Theorem. In the setting of `teacher_bias_variance`, with lbar(x) the mean of l(y, f(x)) over the classes y,

    E((1/n) sum_i p_t(x_i).l(f(x_i)) - R(f))^2
        <= Var(p_t.l)/n + (E|p_t - p*|_2 sup_x |l(f(x)) - lbar(x)|_2)^2.                  (1)

Hypotheses: x_1, ..., x_n are independent with the law of X; f and the teacher are fixed before they are drawn.
Does not say that the loss must be bounded by 1: any losses with second moments do.
Tight: yes, p_t - p* in the direction of l - lbar, of one length.
Proof: proofs_notes/menon2020/teacher_bias_variance_centred.md
"""
from fractions import Fraction

from simulate import Finite, loss_strategies, samples
from theory import soft_labels
from theory.formula import expectation
from verify import Claim


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
    apart, largest, _ = samples.squared_norms(task, loss, teacher, centred=True)
    return soft_labels.TEACHER_ERROR_BOUND(
        variance=variance, n=n, c=c, distance=expectation(soft_labels.NORM, task.mass, square=apart),
        loss_norm=soft_labels.NORM(square=largest))


def reads(task, loss, n, teacher):
    """The law of an example and a class drawn uniformly, with the norms at x, and that of the averages."""
    table = samples.class_table(task, loss, teacher, soft_labels.NORM, soft_labels.NORM_RATIO_ROOT, centred=True)
    return {**table, "S": samples.teacher_laws(task, loss, n, teacher)["S"]}


CLAIM = Claim(
    title="Only the loss's deviation from its mean over the classes turns a teacher's distance into bias",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers_with_teacher(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": 0.95}, {"relation": ">="}],
    tight_at={"task": Finite((1,), ((Fraction(1, 3), Fraction(2, 3)),)), "n": 2, "loss": ((Fraction(1), 0),),
              "teacher": ((Fraction(3, 4), Fraction(1, 4)),)},
    proof=soft_labels.TEACHER_NORMS_PROOF.read_by(reads),
)
