"""Where the margin is at least g0 the suggested label's excess risk is at most (2/g0) times its excess log loss.

Theorem. Let the teacher give probabilities q(x) in (0, 1), h(x) be 1 where q(x) > 1/2, 0 where q(x) < 1/2, either at
1/2. If |2 eta - 1| >= g0 > 0 almost surely, then

    P(h(X) != Y) - L* <= (2/g0) E KL(eta(X) || q(X)).                                    (1)

Hypotheses: two classes; the threshold is 1/2; 0 < eta, q < 1; the margin condition, with the least margin as g0 here.
Does not say: anything at g0 = 0, where only the root of the divergence is left (surrogate_log_loss).
Tight: to the first order in g0, eta = (1 + g0)/2 and q = 1/2.
Proof: proofs_notes/classics/surrogate_log_loss_massart.md
"""
from fractions import Fraction

from simulate import Binary, classifiers, soft
from theory import plug_in
from verify import Claim


def assume(task):
    """A positive least margin."""
    return soft.least_margin(task) > 0


def sample(task, teacher, rng, size):
    """`size` i.i.d. differences of the label's error and the Bayes classifier's, each -1, 0 or 1."""
    return classifiers.excess(task, soft.labels(task, teacher), rng, size)


def exact(task, teacher):
    """(1), left-hand side, by enumeration."""
    return soft.regret(task, soft.labels(task, teacher))


def bound(task, teacher, c=2, wide=1):
    """(1), right-hand side; `wide` multiplies the least margin."""
    return plug_in.MASSART_DIVERGENCE(divergence=soft.divergence(task, teacher), c=c,
                                      least_margin=wide * soft.least_margin(task))


def reads(task, teacher):
    """The law of eta, of the teacher's probability, of its label and of the divergence, and the least margin."""
    columns = {"eta": task.eta, "teacher": teacher, "h": soft.labels(task, teacher),
               "kl": soft.divergence_at(task, teacher)}
    return {"X": (task.mass, columns), "least_margin": soft.least_margin(task)}


CLAIM = Claim(
    title="Where the margin is at least g0 the suggested label's excess risk is at most (2/g0) excess log loss",
    source="Massart & Nedelec 2006; Zhang 2004",
    fidelity="reconstructed",
    given=soft.binary_with_soft_teacher(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(9, 5)}, {"c": 1}, {"wide": Fraction(6, 5)}],
    tight_at={"task": Binary((1,), (Fraction(53, 100),)), "teacher": (Fraction(1, 2),)},
    proof=plug_in.LOG_LOSS_MASSART_PROOF.read_by(reads),
)
