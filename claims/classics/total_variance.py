"""A variance is the mean of the conditional variances plus the variance of the conditional means.

Theorem. For U with E U^2 finite and any X

    Var(U) = E[Var(U | X)] + Var(E[U | X]).                                              (1)

Hypotheses: E U^2 finite; both terms are about the same law of (X, U).
Does not say which term is the larger one.
Tight: an equality.   Proof: proofs_notes/classics/total_variance.md
"""
from fractions import Fraction

from simulate import ensembles
from theory.bias_variance import TOTAL_VARIANCE_PROOF, VARIANCE
from verify import Claim


def means(law, values):
    """E[U | x] and E[U^2 | x] at every point."""
    return [[sum(p * v**power for p, v in zip(*rows, strict=True)) for rows in zip(law, values, strict=True)]
            for power in (1, 2)]


def sample(mass, law, values, rng, size):
    """`size` i.i.d. halves of squared differences of two independent draws of U."""
    joint, outcomes = ensembles.flattened(mass, law, values)
    first, second = (ensembles.draws(joint, outcomes, rng, size) for _ in range(2))
    return (first - second) ** 2 / 2


def support(values):
    """Half of the squared range."""
    low, high = ensembles.reach([v for row in values for v in row])
    return 0, (high - low) ** 2 / 2


def exact(mass, law, values):
    """(1), left-hand side: E (U - U')^2/2 over all pairs of outcomes."""
    joint, outcomes = ensembles.flattened(mass, law, values)
    return sum(p * q * (u - v) ** 2 for p, u in zip(joint, outcomes, strict=True)
               for q, v in zip(joint, outcomes, strict=True)) / 2


def bound(mass, law, values, c=1):
    """(1), right-hand side; c multiplies the mean of the conditional variances."""
    mean, square = means(law, values)
    within = sum(p * VARIANCE(square=s, mean=m) for p, s, m in zip(mass, square, mean, strict=True))
    squared = sum(p * m**2 for p, m in zip(mass, mean, strict=True))
    return c * within + VARIANCE(square=squared, mean=sum(p * m for p, m in zip(mass, mean, strict=True)))


def reads(mass, law, values):
    """The joint law of U and E[U | X]."""
    joint, outcomes = ensembles.flattened(mass, law, values)
    mean = [m for m, row in zip(means(law, values)[0], law, strict=True) for _ in row]
    return {"XU": (joint, {"u": outcomes, "mean": mean})}


CLAIM = Claim(
    title="Var(U) = E Var(U | X) + Var(E[U | X])",
    source="Billingsley 1995, section 34",
    fidelity="secondary",
    given=ensembles.conditional_laws(),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"c": Fraction(21, 20)}, {"c": 0}],
    proof=TOTAL_VARIANCE_PROOF.read_by(reads),
)
