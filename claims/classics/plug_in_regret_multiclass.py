"""With several classes the teacher's likeliest class has excess risk at most 2 E d.

Theorem. Let the teacher give a law q(x) on the classes, d(x) be its total variation distance from the law p(x) of Y,
and h(x) a class with the largest q_y(x). Then

    P(h(X) != Y) - L* <= 2 E d(X).                                                       (1)

Hypotheses: finitely many classes; ties broken in any way; q does not depend on the fresh (X, Y).
Does not say that the teacher's second class is near the second likeliest one.
Tight: q equal on two classes, the tie broken the wrong way.
Proof: proofs_notes/classics/plug_in_regret_multiclass.md
"""
from fractions import Fraction

from simulate import Finite, classifiers, soft
from theory import plug_in
from verify import Claim

HALF = Fraction(1, 2)


def sample(task, teacher, rng, size):
    """`size` i.i.d. differences of the errors of the teacher's class and of f*, each -1, 0 or 1."""
    return classifiers.excess(task, soft.classes(task, teacher), rng, size)


def exact(task, teacher):
    """(1), left-hand side, by enumeration."""
    return soft.regret(task, soft.classes(task, teacher))


def bound(task, teacher, c=2):
    """(1), right-hand side."""
    return plug_in.REGRET(distance=soft.mean(task, soft.variations(task, teacher)), c=c)


def reads(task, teacher):
    """The probabilities of f* and of the teacher's class, in truth and to the teacher, and the distance."""
    columns = {"p_best": [], "p_chosen": [], "q_best": [], "q_chosen": []}
    for p, q, best, chosen in zip(task.law, teacher, task.bayes_classifier(), soft.classes(task, teacher), strict=True):
        for name, value in zip(columns, (p[best], p[chosen], q[best], q[chosen]), strict=True):
            columns[name].append(value)
    return {"X": (task.mass, {**columns, "apart": soft.variations(task, teacher)})}


CLAIM = Claim(
    title="With several classes the teacher's likeliest class has excess risk at most twice its mean distance",
    source="Devroye, Gyorfi & Lugosi 1996, Problem 2.11",
    fidelity="secondary",
    given=soft.finite_with_soft_teacher(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(9, 5)}, {"c": 1}],
    tight_at={"task": Finite((1,), ((HALF, Fraction(1, 4), Fraction(1, 4)),)),
              "teacher": ((Fraction(3, 8), Fraction(3, 8), Fraction(1, 4)),)},
    proof=plug_in.REGRET_CLASSES_PROOF.read_by(reads),
)
