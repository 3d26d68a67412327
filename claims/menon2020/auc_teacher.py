"""Ranking by a teacher's probabilities loses at most E|p_t - eta|/(pi (1 - pi)) of the area under the ROC curve.

Theorem. Let eta(x) = P(Y = 1 | x), 0 < pi = P(Y = 1) < 1, p_t the teacher's probabilities, and let Area(s) be the
probability that s(X) > s(X') for X drawn given Y = 1 and X' given Y = 0, plus half the probability of a tie. Then

    Area(eta) - Area(p_t) <= E|p_t(X) - eta(X)| / (pi (1 - pi)).                         (1)

Hypotheses: 0 < pi < 1; ties count 1/2.
Does not say: that a teacher far from eta ranks badly: any increasing function of eta ranks best.
Tight: a few points whose eta the teacher moves just below that of all others.
Proof: proofs_notes/menon2020/auc_teacher.md
"""
from fractions import Fraction

from simulate import Binary, ranking, ranking_strategies
from theory import retrieval
from theory.formula import expectation
from verify import Claim


def sample(task, teacher, rng, size):
    """`size` i.i.d. differences of what eta and the teacher gain at a positive and a negative point."""
    return ranking.area_losses(task, teacher, rng, size)


def exact(task, teacher):
    """(1), left-hand side, from the laws of positive and of negative points."""
    return ranking.area(task, task.eta) - ranking.area(task, teacher)


def bound(task, teacher, c=1):
    """(1), right-hand side."""
    return expectation(retrieval.AUC_TEACHER, task.mass, truth=task.eta, teacher=teacher, base=ranking.base_rate(task),
                       c=c)


def reads(task, teacher):
    """P(Y = 1), and the law of two points."""
    return {"base": ranking.base_rate(task), "Q": ranking.area_table(task, teacher)}


CLAIM = Claim(
    title="Ranking by a teacher's probabilities loses at most E|p_t - eta|/(pi (1 - pi)) of the area under the curve",
    source="Menon et al. 2020 (retrieval); Agarwal 2014",
    fidelity="reconstructed",
    given=ranking_strategies.binary_with_ranker(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(9, 10)}, {"c": Fraction(1, 2)}],
    tight_at={"task": Binary((Fraction(1, 50), Fraction(49, 50)), (Fraction(3, 4), Fraction(1, 2))),
              "teacher": (Fraction(499, 1000), Fraction(1, 2))},
    proof=retrieval.AUC_TEACHER_PROOF.read_by(reads),
)
