"""Choosing the top k labels by the teacher loses at most the l1 distance from the truth.

Theorem. Let p*(x) be the law of Y given x over L labels and p_t(x) the teacher's probabilities. Let S*(x) be k labels
of largest p* and S_t(x) k labels of largest p_t; ties may be broken in any way. Then

    P(Y in S*(X)) - P(Y in S_t(X)) <= E |p_t(X) - p*(X)|_1.                              (1)

Hypotheses: 1 <= k <= L; p_t depends on x alone. The instances break ties in p_t in the worst case.
Does not say: that a teacher far from p* retrieves badly; only the order counts.
Tight: k = 1 of two labels at (1/2 + u, 1/2 - u), a teacher at (1/2, 1/2) whose tie is broken the wrong way.
Proof: proofs_notes/menon2020/top_k_regret_l1.md
"""
from fractions import Fraction

from simulate import Finite, ranking, ranking_strategies
from theory import retrieval
from theory.formula import expectation
from verify import Claim


def sample(task, teacher, k, rng, size):
    """`size` i.i.d. values of 1{Y in S*(X)} - 1{Y in S_t(X)}."""
    return ranking.top_k_losses(task, teacher, k, rng, size)


def exact(task, teacher, k):
    """(1), left-hand side, by enumeration of all sets of k labels at every point."""
    return sum(p * ranking.lost_mass(true, said, k) for p, true, said in zip(task.mass, task.law, teacher, strict=True))


def bound(task, teacher, c=1):
    """(1), right-hand side, label by label."""
    return expectation(retrieval.TOP_K_REGRET_L1, [p for p in task.mass for _ in range(task.classes)],
                       truth=[p for row in task.law for p in row], teacher=[p for row in teacher for p in row], c=c)


def reads(task, teacher, k):
    """The law of a point and a label drawn uniformly."""
    return {"classes": task.classes, "C": ranking.label_table(task, teacher, k)}


CLAIM = Claim(
    title="Choosing the top k labels by a teacher's probabilities loses at most E |p_t - p*|_1 of the true mass",
    source="Menon et al. 2020 (retrieval)",
    fidelity="reconstructed",
    given=ranking_strategies.teachers_of_classes(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(19, 20)}, {"c": Fraction(1, 2)}],
    tight_at={"task": Finite((1,), ((Fraction(3, 4), Fraction(1, 4)),)), "teacher": ((Fraction(1, 2),) * 2,), "k": 1},
    proof=retrieval.TOP_K_REGRET_L1_PROOF.read_by(reads),
)
