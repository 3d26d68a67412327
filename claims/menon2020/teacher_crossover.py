"""A teacher's labels beat one-hot ones exactly while n times its squared bias is below the variance it saves.

Theorem. In the setting of `teacher_bias_variance`, with Vb = Var l(Y, f(X)), Va = Var(p_t.l), B = E[(p_t - p*).l],

    E(one-hot risk - R(f))^2 - E(teacher's soft risk - R(f))^2 = (Vb - Va)/n - B^2,       (1)

so that the teacher's soft risk is nearer to R(f) in mean square iff n B^2 < Vb - Va.

Hypotheses: (x_i, y_i), i = 1, ..., n, are independent with the law of (X, Y); f and the teacher are fixed before.
Does not say that a teacher helps with more examples: with B != 0 it loses once n >= (Vb - Va)/B^2.
Tight: an equality.   Proof: proofs_notes/menon2020/teacher_crossover.md
"""
from simulate import loss_strategies, samples
from theory import soft_labels
from verify import Claim


def sample(task, loss, n, teacher, rng, size):
    """`size` i.i.d. differences of squared errors, both over the same examples."""
    one = samples.examples(task, loss, teacher)
    risks, risk = samples.draw(one, n, rng, size), float(one.mean("soft"))
    return (risks["hard"] - risk) ** 2 - (risks["taught"] - risk) ** 2


def exact(task, loss, n, teacher):
    """(1), left-hand side, from all samples of n examples."""
    one = samples.examples(task, loss, teacher)
    law, risk = samples.over(one, n), one.mean("soft")
    return law and law.square_error("hard", risk) - law.square_error("taught", risk)


def bound(task, loss, n, teacher, c=1):
    """(1), right-hand side, from one example."""
    one = samples.examples(task, loss, teacher)
    return soft_labels.CROSSOVER(hard_variance=one.variance("hard"), variance=one.variance("taught"),
                                 bias=one.mean("taught") - one.mean("hard"), n=n, c=c)


CLAIM = Claim(
    title="A teacher's labels beat one-hot ones exactly while n times its squared bias is below the variance it saves",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers_with_teacher(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-1, 1),
    controls=[{"c": 1.02}, {"c": 0}],
    proof=soft_labels.TEACHER_CROSSOVER_PROOF.read_by(samples.teacher_laws),
)
