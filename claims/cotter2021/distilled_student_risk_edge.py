"""The student's risk up to the edges p = n + 2 and m = s + 2, where it has a mean and no variance.

Theorem. As distilled_student_risk, for n + 2 <= p <= n + 8 and s + 2 <= m <= s + 10: the student's expected risk is

    omega_S + E_S + tau s/(m - s - 1).                                                    (1)

Hypotheses: those of distilled_student_risk.
Does not say: that a simulated mean settles; given the designs, the risk has a variance only from p >= n + 4 and
m >= s + 4 on. So this claim is evaluated exactly and not simulated.
Tight: an equality.   Proof: proofs_notes/cotter2021/distilled_student_risk_edge.md
"""
from fractions import Fraction

from simulate import linear_moments, linear_strategies, linear_tables
from theory.distilled_regression import DISTILLED_PROOF, distilled_risk
from verify import Claim


def assume(n, p, s, m):
    """The mean exists."""
    return p >= n + 2 and m >= s + 2


def exact(task, n, p, s, m):
    """(1), left-hand side: the projection coordinate by coordinate, Gram matrices by their Bartlett factors."""
    return linear_moments.distilled_risk(task, n, p, s, m)


def bound(task, n, p, s, m, c=1, label=1):
    """(1), right-hand side; c = 0 has b = 0, label multiplies the term of the label noise."""
    return distilled_risk(task.beta, task.sigma, n, p, s, m, c=c, label=label)


CLAIM = Claim(
    title="Up to p = n + 2 and m = s + 2 the student's risk is omega_S + E_S + tau s/(m - s - 1)",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.distilled(gap=2), assume=assume,
    exact=exact, bound=bound, relation="==",
    controls=[{"c": 0}, {"c": Fraction(9, 10)}, {"label": Fraction(9, 10)}],
    proof=DISTILLED_PROOF.read_by(linear_tables.student),
)
