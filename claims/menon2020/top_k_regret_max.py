"""Choosing the top k of L labels by the teacher loses at most 2 min(k, L - k) times its largest mistake.

Theorem. Let p*(x) be the law of Y given x over L labels and p_t(x) the teacher's probabilities. Let S*(x) be k labels
of largest p* and S_t(x) k labels of largest p_t; ties may be broken in any way. Then

    P(Y in S*(X)) - P(Y in S_t(X)) <= 2 min(k, L - k) E max_i |p_t(X)_i - p*(X)_i|.      (1)

Hypotheses: 1 <= k <= L; p_t depends on x alone. The instances break ties in p_t in the worst case.
Does not say: that this is less than the l1 distance (top_k_regret_l1); it is where few labels carry the mistakes.
Tight: k = 1 of two labels at (1/2 + u, 1/2 - u), a teacher at (1/2, 1/2) whose tie is broken the wrong way; and k of
2k labels likewise.
Proof: proofs_notes/menon2020/top_k_regret_max.md
"""
from fractions import Fraction

from simulate import Finite, ranking, ranking_strategies
from theory import retrieval
from verify import Claim

FOUR = (Fraction(3, 8), Fraction(3, 8), Fraction(1, 8), Fraction(1, 8))


def sample(task, teacher, k, rng, size):
    """`size` i.i.d. values of 1{Y in S*(X)} - 1{Y in S_t(X)}."""
    return ranking.top_k_losses(task, teacher, k, rng, size)


def exact(task, teacher, k):
    """(1), left-hand side, by enumeration of all sets of k labels at every point."""
    return sum(p * ranking.lost_mass(true, said, k) for p, true, said in zip(task.mass, task.law, teacher, strict=True))


def bound(task, teacher, k, c=1):
    """(1), right-hand side."""
    largest = sum(p * max(abs(t - q) for t, q in zip(said, true, strict=True))
                  for p, said, true in zip(task.mass, teacher, task.law, strict=True))
    return retrieval.TOP_K_REGRET_MAX(k=k, classes=task.classes, distance=largest, c=c)


def reads(task, teacher, k):
    """The law of a point and a label drawn uniformly."""
    return {"classes": task.classes, "k": k, "C": ranking.label_table(task, teacher, k)}


CLAIM = Claim(
    title="Choosing the top k of L labels by a teacher loses at most 2 min(k, L - k) E max|p_t - p*| of the true mass",
    source="Menon et al. 2020 (retrieval)",
    fidelity="reconstructed",
    given=ranking_strategies.teachers_of_classes(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(19, 20)}, {"c": Fraction(1, 2)}],
    tight_at={"task": Finite((1,), (FOUR,)), "teacher": ((Fraction(1, 4),) * 4,), "k": 2},
    proof=retrieval.TOP_K_REGRET_MAX_PROOF.read_by(reads),
)
