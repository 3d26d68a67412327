"""A teacher whose largest mistake is below half the gap retrieves the best k labels.

Theorem. Let p*(x) be the law of Y given x over L labels, p_t(x) the teacher's probabilities and S_t(x) k labels of
largest p_t; ties may be broken in any way. If at every x

    max_i |p_t(x)_i - p*(x)_i| < (p*_(k)(x) - p*_(k+1)(x)) / 2,                          (1)

p*_(1) >= p*_(2) >= ... the true probabilities in order, then P(Y in S_t(X)) is the largest for any k labels.

Hypotheses: (1), strictly; 1 <= k < L; p_t depends on x alone.
Does not say: that the order within the top k is right.
Tight: an equality. At equality in (1) a tie may cost the whole gap.
Proof: proofs_notes/menon2020/top_k_gap.md
"""
from fractions import Fraction

from simulate import ranking, ranking_strategies
from theory import retrieval
from verify import Claim


def slack(truth, said, k, c):
    """By how much the largest mistake is below c times the gap."""
    ordered = sorted(truth, reverse=True)
    return c * (ordered[k - 1] - ordered[k]) - max(abs(t - p) for t, p in zip(said, truth, strict=True))


def assume(task, teacher, k, c=Fraction(1, 2), strict=1):
    """(1) at every point."""
    gaps = [slack(true, said, k, c) for true, said in zip(task.law, teacher, strict=True)] if k < task.classes else [-1]
    return all(gap > 0 if strict else gap >= 0 for gap in gaps)


def sample(task, teacher, k, rng, size):
    """`size` i.i.d. values of 1{Y in S*(X)} - 1{Y in S_t(X)}."""
    return ranking.top_k_losses(task, teacher, k, rng, size)


def exact(task, teacher, k):
    """The best true mass less that of the teacher's sets, by enumeration of all sets of k labels at every point."""
    return sum(p * ranking.lost_mass(true, said, k) for p, true, said in zip(task.mass, task.law, teacher, strict=True))


def bound():
    """Nothing is lost."""
    return 0


def reads(task, teacher, k):
    """The law of a point and a label drawn uniformly, with half the gap, its middle and the least slack."""
    weights, columns = ranking.label_table(task, teacher, k)
    ends = [sorted(row, reverse=True)[k - 1:k + 1] for row in task.law for _ in row]
    return {"classes": task.classes, "slack": min(slack(true, said, k, Fraction(1, 2))
                                                  for true, said in zip(task.law, teacher, strict=True)),
            "C": (weights, {**columns, "half": [(high - low) / 2 for high, low in ends],
                            "middle": [(high + low) / 2 for high, low in ends]})}


CLAIM = Claim(
    title="A teacher whose largest mistake is below half the gap after the k-th probability loses nothing at the top k",
    source="Menon et al. 2020 (retrieval)",
    fidelity="reconstructed",
    given=ranking_strategies.nearly_right_teachers(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(-1, 1),
    controls=[{"c": Fraction(3, 5)}, {"strict": 0}],
    proof=retrieval.TOP_K_GAP_PROOF.read_by(reads),
)
