"""No rule that retrieves k labels finds Y more often than the k likeliest labels do.

Theorem. Let p*(x) be the law of Y given x over L labels. Whatever set S(x) of k labels a rule retrieves,

    P(Y in S(X)) <= E[p*_(1)(X) + ... + p*_(k)(X)],                                      (1)

p*_(1) >= p*_(2) >= ... the true probabilities in order: the k likeliest labels are the best.
Hypotheses: 1 <= k <= L; S depends on x alone. (Given x, a set drawn at random does no better: it is a mixture.)
Does not say: that the best set is the only one; labels of probability p*_(k) may be exchanged.
Tight: attained by the k likeliest labels.
Proof: proofs_notes/menon2020/top_k_bayes_optimal.md
"""
from fractions import Fraction

from simulate import Finite, ranking, ranking_strategies
from theory import retrieval
from theory.formula import expectation
from verify import Claim


def cuts(task, k):
    """The k-th largest probability at every point, once for each label."""
    return [sorted(row, reverse=True)[k - 1] for row in task.law for _ in row]


def sample(task, teacher, k, rng, size):
    """`size` i.i.d. indicators of Y in S(X); the rule takes the top k of arbitrary scores, those of the teacher."""
    return ranking.top_k_hits(task, teacher, k, rng, size)


def exact(task, teacher, k, more=0):
    """(1), left-hand side, label by label; a control may retrieve more labels."""
    most = min(k + more, task.classes)
    return sum(p * sum(true[i] for i in ranking.chosen_set(true, said, most))
               for p, true, said in zip(task.mass, task.law, teacher, strict=True))


def bound(task, k, c=1):
    """(1), right-hand side, as the least over a cut of k cut + sum_i max(p_i - cut, 0)."""
    return expectation(retrieval.TOP_K_MASS, [p for p in task.mass for _ in range(task.classes)],
                       probability=[p for row in task.law for p in row], cut=cuts(task, k), k=k, classes=task.classes,
                       c=c)


def reads(task, teacher, k):
    """The law of a point and a label drawn uniformly, with the k-th largest probability."""
    weights, columns = ranking.label_table(task, teacher, k)
    return {"classes": task.classes, "k": k, "C": (weights, {**columns, "cut": cuts(task, k)})}


CLAIM = Claim(
    title="No rule that retrieves k labels finds Y more often than the k likeliest labels do",
    source="Menon et al. 2020 (retrieval); Lapin, Hein & Schiele 2016",
    fidelity="reconstructed",
    given=ranking_strategies.teachers_of_classes(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(19, 20)}, {"more": 1}],
    tight_at={"task": Finite((1,), ((Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)),)),
              "teacher": ((Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)),), "k": 2},
    proof=retrieval.TOP_K_BAYES_OPTIMAL_PROOF.read_by(reads),
)
