"""The data inefficiency for isotropic features increases with n.

Theorem. Let I(n) = n ln[G(n/2 + 1) G(n/2)/G((n+1)/2)^2], the data inefficiency for isotropic features in more than n
dimensions (data_inefficiency). For every n >= 1, whole or not,

    I(n) <= I(n + 1).                                                                    (1)

Hypotheses: n >= 1.
Does not say: the same for soft labels or other features.
Tight: in the limit: the difference is about 1/(6 n^3).
Proof: proofs_notes/ji2020/data_inefficiency_increasing.md
"""
from fractions import Fraction

from simulate import isotropic
from simulate.projection_strategies import counts
from theory.inefficiency import DATA_INEFFICIENCY, DATA_INEFFICIENCY_INCREASING_PROOF
from verify import Claim


def exact(n):
    """(1), left-hand side: n times the logarithm of a ratio of integrals of powers of the sine, by parts."""
    return isotropic.inefficiency(n)


def bound(n, c=1):
    """(1), right-hand side, by gamma functions."""
    return DATA_INEFFICIENCY(n=n + 1, c=c)


CLAIM = Claim(
    title="For isotropic features the data inefficiency increases with the number of training points",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given={"n": counts()},
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(99, 100)}, {"relation": ">="}],
    tight_at={"n": 2000},
    proof=DATA_INEFFICIENCY_INCREASING_PROOF,
)
