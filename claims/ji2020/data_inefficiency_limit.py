"""The data inefficiency for isotropic features is below 1/2.

Theorem. Let I(n) = n ln[G(n/2 + 1) G(n/2)/G((n+1)/2)^2], the data inefficiency for isotropic features in more than n
dimensions (data_inefficiency). For every n >= 1, whole or not,

    I(n) <= 1/2.                                                                         (1)

Hypotheses: n >= 1.
Does not say: that 1/2 is attained; it is the limit as n grows.
Tight: in the limit: 1 - 2 I(n) is about 1/(6 n^2).
Proof: proofs_notes/ji2020/data_inefficiency_limit.md
"""
from fractions import Fraction

from simulate import isotropic
from simulate.projection_strategies import counts
from theory.inefficiency import DATA_INEFFICIENCY_LIMIT_PROOF, LIMIT
from verify import Claim


def exact(n):
    """(1), left-hand side: n times the logarithm of a ratio of integrals of powers of the sine, by parts."""
    return isotropic.inefficiency(n)


def bound(c=1):
    """(1), right-hand side."""
    return LIMIT(c=c)


CLAIM = Claim(
    title="For isotropic features the data inefficiency is at most 1/2",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given={"n": counts()},
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(49, 50)}, {"c": Fraction(9999, 10000)}],
    tight_at={"n": 2000},
    proof=DATA_INEFFICIENCY_LIMIT_PROOF,
)
