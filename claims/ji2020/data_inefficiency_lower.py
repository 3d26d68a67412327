"""The data inefficiency for isotropic features is at least 1/2 - 1/(12 n^2).

Theorem. Let I(n) = n ln[G(n/2 + 1) G(n/2)/G((n+1)/2)^2], the data inefficiency for isotropic features in more than n
dimensions (data_inefficiency). For every n >= 1, whole or not,

    I(n) >= 1/2 - 1/(12 n^2).                                                            (1)

Hypotheses: n >= 1.
Does not say: anything about other features.
Tight: to order 1/n^2: the gap is about 1/(10 n^4).
Proof: proofs_notes/ji2020/data_inefficiency_lower.md
"""
from fractions import Fraction

from simulate import isotropic
from simulate.projection_strategies import counts
from theory.inefficiency import DATA_INEFFICIENCY_LOWER_PROOF, LOWER
from verify import Claim


def exact(n):
    """(1), left-hand side: n times the logarithm of a ratio of integrals of powers of the sine, by parts."""
    return isotropic.inefficiency(n)


def bound(n, c=1, a=1):
    """(1), right-hand side; a multiplies n."""
    return LOWER(n=n * a, c=c)


CLAIM = Claim(
    title="For isotropic features the data inefficiency is at least 1/2 - 1/(12 n^2)",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given={"n": counts()},
    exact=exact, bound=bound, relation=">=",
    controls=[{"a": Fraction(11, 10)}, {"c": Fraction(10001, 10000)}],
    tight_at={"n": 2000},
    proof=DATA_INEFFICIENCY_LOWER_PROOF,
)
