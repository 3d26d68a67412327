"""Where the margin is at least g0 the suggested label has excess risk at most (4/g0) E(teacher - eta)^2.

Theorem. Let the teacher give probabilities q(x), h(x) be 1 where q(x) > 1/2, 0 where q(x) < 1/2, either at 1/2. If
|2 eta - 1| >= g0 > 0 almost surely, then

    P(h(X) != Y) - L* <= (4/g0) E (q(X) - eta(X))^2.                                     (1)

Hypotheses: two classes; the threshold is 1/2; the margin condition, with the least margin as g0 here.
Does not say: anything at g0 = 0, where only the root of the mean square is left (surrogate_square_loss).
Tight: eta = (1 + g0)/2, q = 1/2, the tie broken the wrong way.
Proof: proofs_notes/classics/plug_in_regret_massart.md
"""
from fractions import Fraction

from simulate import Binary, classifiers, soft, strategies
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


def bound(task, teacher, c=4, wide=1):
    """(1), right-hand side; `wide` multiplies the least margin."""
    square = soft.mean(task, [d**2 for d in soft.distances(task, teacher)])
    return plug_in.MASSART(square=square, least_margin=wide * soft.least_margin(task), c=c)


def reads(task, teacher):
    """The law of eta, of the teacher's probability and of its label, and the least margin."""
    columns = {"eta": task.eta, "teacher": teacher, "h": soft.labels(task, teacher)}
    return {"X": (task.mass, columns), "least_margin": soft.least_margin(task)}


CLAIM = Claim(
    title="Where the margin is at least g0 the suggested label has excess risk at most (4/g0) E(teacher - eta)^2",
    source="Massart & Nedelec 2006; Audibert & Tsybakov 2007",
    fidelity="reconstructed",
    given=strategies.binary_with_teacher(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(7, 2)}, {"c": 2}, {"wide": Fraction(6, 5)}],
    tight_at={"task": Binary((1,), (Fraction(3, 4),)), "teacher": (Fraction(1, 2),)},
    proof=plug_in.REGRET_MASSART_PROOF.read_by(reads),
)
