"""A teacher that is calibrated on what the classifier sees beats the Bayes probabilities.

Theorem. Let c(x) be a function of x on which l(y, f(x)) depends, l(y, f(x)) = l_y(c(x)), and let the teacher know c(x)
alone and be calibrated: p_t(x) = E[p*(X) | c(X) = c(x)]. Then

    E(Bayes-soft risk - R(f))^2 - E(teacher's soft risk - R(f))^2 = E Var(p*.l | c(X))/n >= 0.  (1)

Hypotheses: l in [0, 1]; x_1, ..., x_n are independent with the law of X; f and the teacher are fixed before.
Does not say so where f looks at more of x than the teacher: then the teacher is biased.
Tight: an equality.   Proof: proofs_notes/menon2020/calibrated_teacher.md
"""
from simulate import loss_strategies, samples
from theory import bias_variance, soft_labels
from theory.formula import expectation
from verify import Claim


def sample(task, loss, n, cells, rng, size):
    """`size` i.i.d. differences of squared errors, both over the same examples."""
    one = _examples(task, loss, cells)
    risks, risk = samples.draw(one, n, rng, size), float(one.mean("soft"))
    return (risks["soft"] - risk) ** 2 - (risks["taught"] - risk) ** 2


def exact(task, loss, n, cells):
    """(1), left-hand side, from all samples of n examples."""
    one = _examples(task, loss, cells)
    law, risk = samples.over(one, n), one.mean("hard")
    return law and law.square_error("soft", risk) - law.square_error("taught", risk)


def bound(task, loss, n, cells, c=1):
    """(1), right-hand side, cell by cell."""
    values = [samples.dot(p, row) for p, row in zip(task.law, loss, strict=True)]
    mass, square, mean = [], [], []
    for cell in set(cells):
        points = [(p, v) for p, v, at in zip(task.mass, values, cells, strict=True) if at == cell and p]
        if points:
            mass.append(sum(p for p, _ in points))
            square.append(sum(p * v * v for p, v in points) / mass[-1])
            mean.append(sum(p * v for p, v in points) / mass[-1])
    within = expectation(bias_variance.VARIANCE, mass, square=square, mean=mean)
    return soft_labels.LOWER_VARIANCE(label_variance=within, n=n, c=c)


def _examples(task, loss, cells):
    return samples.examples(task, loss, samples.calibrated(task, cells))


def reads(task, loss, n, cells):
    """The laws of one example and of the averages, under the names of the proof."""
    return samples.teacher_laws(task, loss, n, samples.calibrated(task, cells))


CLAIM = Claim(
    title="A teacher that is calibrated on what the classifier sees beats the Bayes probabilities",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.cell_classifiers(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-1, 1),
    controls=[{"c": 1.02}, {"given": loss_strategies.cell_classifiers(by_cell=False)}],
    proof=soft_labels.CALIBRATED_TEACHER_PROOF.read_by(reads),
)
