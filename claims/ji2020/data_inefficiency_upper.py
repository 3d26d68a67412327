"""The data inefficiency for isotropic features is at most 1/2 - 1/(12 n^2 + 72/5).

Theorem. Let I(n) = n ln[G(n/2 + 1) G(n/2)/G((n+1)/2)^2], the data inefficiency for isotropic features in more than n
dimensions (data_inefficiency). For every n >= 1, whole or not,

    I(n) <= 1/2 - 1/(12 n^2 + 72/5).                                                     (1)

Hypotheses: n >= 1.
Does not say: the same without 72/5, which is the lower bound.
Tight: to order 1/n^4.
Proof: proofs_notes/ji2020/data_inefficiency_upper.md
"""
from fractions import Fraction

from simulate import isotropic
from simulate.projection_strategies import counts
from theory.inefficiency import DATA_INEFFICIENCY_UPPER_PROOF, UPPER
from verify import Claim


def exact(n):
    """(1), left-hand side: n times the logarithm of a ratio of integrals of powers of the sine, by parts."""
    return isotropic.inefficiency(n)


def bound(n, c=1, a=1):
    """(1), right-hand side; a multiplies n."""
    return UPPER(n=n * a, c=c)


CLAIM = Claim(
    title="For isotropic features the data inefficiency is at most 1/2 - 1/(12 n^2 + 72/5)",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given={"n": counts()},
    exact=exact, bound=bound, relation="<=",
    controls=[{"a": Fraction(9, 10)}, {"c": Fraction(9999, 10000)}],
    tight_at={"n": 2000},
    proof=DATA_INEFFICIENCY_UPPER_PROOF,
)
