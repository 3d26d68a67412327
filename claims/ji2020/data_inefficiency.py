"""The data inefficiency for isotropic features depends on n alone.

Theorem. Let I(n) = n [ln E|w_(n+1)| - ln E|w_n|] be the data inefficiency of a linearised student. For isotropic
features in R^p, n + 1 <= p, and any teacher w* != 0,

    I(n) = n ln[ G(n/2 + 1) G(n/2) / G((n+1)/2)^2 ],     G the gamma function.           (1)

Hypotheses: isotropic features; n + 1 <= p; perfect teacher, student started at 0.
Does not say: that I(n) is the same for other features, or for soft labels.
Tight: an equality. I(n) = 1/2 - 1/(12 n^2) + 1/(10 n^4) - ... (data_inefficiency_lower, data_inefficiency_upper).
Proof: proofs_notes/ji2020/data_inefficiency.md
"""
from fractions import Fraction

from flint import arb, ctx, fmpq
from hypothesis import strategies as st

from simulate import isotropic
from theory.inefficiency import DATA_INEFFICIENCY
from verify import Claim


def instance(n, more):
    """n training points in dimension n + 1 + more."""
    return {"n": n, "dim": n + 1 + more}


def exact(n, dim):
    """(1), left-hand side: both mean cosines from integrals of powers of cosine and sine, which do depend on p."""
    means = [isotropic.mean_cosine(1, points, dim) for points in (n, n + 1)]
    with ctx.workprec(isotropic.BITS):
        logs = [(arb(fmpq(m.numerator, m.denominator)) if isinstance(m, Fraction) else m).log() for m in means]
        return n * (logs[1] - logs[0])


def bound(n, shift=0, c=1):
    """(1), right-hand side; the wrong twin is the data inefficiency of one point more."""
    return DATA_INEFFICIENCY(n=n + shift, c=c)


CLAIM = Claim(
    title="For isotropic features the data inefficiency is n ln[G(n/2 + 1) G(n/2)/G((n+1)/2)^2], whatever p",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given=st.builds(instance, st.integers(1, 60), st.integers(0, 60)),
    exact=exact, bound=bound, relation="==",
    controls=[{"shift": 1}, {"c": Fraction(51, 50)}],
)
