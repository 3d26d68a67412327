"""A teacher's soft risk errs by its variance over n and its squared bias.

Theorem. Let l(y, f(x)) lie in [0, 1], R(f) = E l(Y, f(X)), p*(x) the law of Y given x, and p_t(x) the teacher's. Then

    E((1/n) sum_i p_t(x_i).l(f(x_i)) - R(f))^2 = Var(p_t.l)/n + (E[(p_t - p*).l])^2.      (1)

Hypotheses: x_1, ..., x_n are independent with the law of X; f and the teacher are fixed before they are drawn.
Does not say that a better teacher has a smaller error: moving p_t towards p* lowers the bias and may raise Var(p_t.l).
Tight: an equality.   Proof: proofs_notes/menon2020/teacher_bias_variance.md
"""
from simulate import loss_strategies, samples
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


def bound(task, loss, n, teacher, c=1, power=1):
    """(1), right-hand side, from one example; n counts with a power."""
    one = samples.examples(task, loss, teacher)
    return soft_labels.TEACHER_ERROR(variance=one.variance("taught"), bias=one.mean("taught") - one.mean("soft"),
                                     n=n**power, c=c)


CLAIM = Claim(
    title="A teacher's soft risk errs by its variance over n and its squared bias",
    source="Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.classifiers_with_teacher(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": 1.02}, {"power": 2}],
    proof=soft_labels.TEACHER_BIAS_VARIANCE_PROOF.read_by(samples.teacher_laws),
)
