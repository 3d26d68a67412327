"""Whatever the law of the margin, E[g exp(-k g^2/2)] <= 1/sqrt(e k).

Theorem. For every law of g in [0, 1] and every k >= 1,

    E[g exp(-k g^2/2)] <= 1/sqrt(e k).                                                   (1)

With majority_excess_risk_margin this bounds the excess risk of a majority by 1/(2 sqrt(e k)).

Hypotheses: g >= 0.
Does not say how small the left-hand side is for a margin bounded away from 0: it is then exponentially small.
Tight: g = 1/sqrt(k).   Proof: proofs_notes/kaplun2022/margin_exponential.md
"""

from fractions import Fraction

from simulate import Binary, strategies
from theory import majority
from theory.formula import expectation
from verify import Claim


def bound(k, c=1):
    """(1), right-hand side."""
    return majority.MAJORITY_EXCESS_RISK(k=k, c=c)


def exact(task, k):
    """(1), left-hand side, by enumeration in balls."""
    return expectation(majority.MARGIN_EXPONENTIAL, task.mass, margin=task.margin(), k=k, c=1)


CLAIM = Claim(
    title="Whatever the law of the margin, E[g exp(-k g^2/2)] <= 1/sqrt(e k)",
    source="Kaplun et al. 2022",
    fidelity="reconstructed",
    given={"task": strategies.binary_tasks(), "k": strategies.odd(101)},
    exact=exact,
    bound=bound,
    relation="<=",
    controls=[{"c": 0.9}, {"relation": ">="}],
    tight_at={"task": Binary((1,), (Fraction(2, 3),)), "k": 9},
    proof=majority.MARGIN_EXPONENTIAL_PROOF,
)
