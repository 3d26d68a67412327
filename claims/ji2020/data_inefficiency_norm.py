"""The expected length of a student with isotropic features is a ratio of gamma functions.

Theorem. Let phi(x_1), ..., phi(x_n) be independent N(0, I_p), 1 <= n <= p. The student's weights w_n = P w* have

    E |w_n| = |w*| G((n+1)/2) G(p/2) / (G(n/2) G((p+1)/2)),     G the gamma function.    (1)

Hypotheses: isotropic Gaussian features (or any that prefer no direction); n <= p; the student starts at 0.
Does not say: anything for n > p, where w_n = w*.
Tight: an equality.   Proof: proofs_notes/ji2020/data_inefficiency_norm.md
"""
from fractions import Fraction

from flint import arb, ctx, fmpq

from simulate import isotropic, projection_strategies, projections
from theory.projections import NORM
from verify import Claim


def length(teacher, c=1):
    """c |w*|."""
    square = sum(Fraction(c * w) ** 2 for w in teacher)
    with ctx.workprec(isotropic.BITS):
        return arb(fmpq(square.numerator, square.denominator)).sqrt()


def sample(n, teacher, rng, size):
    """`size` i.i.d. lengths of projected teachers."""
    return projections.lengths(teacher, n, rng, size)


def support(teacher):
    """A projection is no longer than what is projected."""
    return 0, float(length(teacher)) * (1 + 1e-12)


def exact(n, teacher):
    """(1), left-hand side, from the integrals of cos^n sin^(p-n-1) and cos^(n-1) sin^(p-n-1), by parts."""
    mean = isotropic.mean_cosine(1, n, len(teacher))
    with ctx.workprec(isotropic.BITS):
        return length(teacher) * (arb(fmpq(mean.numerator, mean.denominator)) if isinstance(mean, Fraction) else mean)


def bound(n, teacher, shift=0, c=1):
    """(1), right-hand side; the wrong twin has n too small."""
    return NORM(length=length(teacher, c), n=n + shift, dim=len(teacher))


CLAIM = Claim(
    title="The expected length of a student with isotropic features is a ratio of gamma functions",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given=projection_strategies.isotropic(complete=True),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"shift": Fraction(-1, 2)}, {"c": Fraction(49, 50)}],
    block=2048,
)
