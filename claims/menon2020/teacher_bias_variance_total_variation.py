"""A teacher at mean total variation distance eps errs at most by its variance over n and eps squared.

Theorem. In the setting of `teacher_bias_variance`, with d(x) the total variation distance of p_t(x) and p*(x),

    E((1/n) sum_i p_t(x_i).l(f(x_i)) - R(f))^2 <= Var(p_t.l)/n + (E d(X))^2.              (1)

Hypotheses: l in [0, 1]; x_1, ..., x_n are independent with the law of X; f and the teacher are fixed before.
Does not say that the Euclidean bound is implied: for losses that differ little among the classes that one is smaller.
Tight: yes, wherever l is 1 where p_t > p* and 0 elsewhere.
Proof: proofs_notes/menon2020/teacher_bias_variance_total_variation.md
"""
from fractions import Fraction

from simulate import Finite, loss_strategies, samples
from theory import soft_labels
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
    """(1), right-hand side: the bias is at most the mean distance."""
    return soft_labels.TEACHER_ERROR(variance=samples.examples(task, loss, teacher).variance("taught"),
                                     bias=samples.dot(task.mass, distances(task, teacher)), n=n, c=c)


def distances(task, teacher):
    """The total variation distance at every point."""
    return [sum(abs(q - p) for q, p in zip(*rows, strict=True)) / 2 for rows in zip(teacher, task.law, strict=True)]


def reads(task, loss, n, teacher):
    """The law of an example and a class drawn uniformly, and that of the averages."""
    rows = [(mass / task.classes, q, p, v, samples.dot(told, row) / task.classes, samples.dot(law, row) / task.classes)
            for mass, told, law, row in zip(task.mass, teacher, task.law, loss, strict=True)
            for q, p, v in zip(told, law, row, strict=True)]
    weights, *columns = zip(*rows, strict=True)
    one = dict(zip(("told", "chance", "loss", "told_share", "true_share"), columns, strict=True))
    return {"classes": task.classes, "XK": (weights, {**one, "even": [Fraction(0)] * len(rows)}),
            "S": samples.teacher_laws(task, loss, n, teacher)["S"]}


CLAIM = Claim(
    title="A teacher at mean total variation distance eps errs at most by its variance over n and eps squared",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers_with_teacher(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": 0.95}, {"relation": ">="}],
    tight_at={"task": Finite((1,), ((Fraction(1, 3), Fraction(2, 3)),)), "n": 2, "loss": ((Fraction(1), 0),),
              "teacher": ((Fraction(3, 4), Fraction(1, 4)),)},
    proof=soft_labels.TEACHER_TOTAL_VARIATION_PROOF.read_by(reads),
)
