"""A student of a least-squares teacher with p <= n - 2 features has a risk in closed form.

Theorem. Let x ~ N(0, I_D), y = x . beta + sigma z. The teacher fits the first p features (T) to n labelled points by
least squares and labels m fresh points, which the student fits by least squares on the first s <= p features (S). With
omega = sigma^2 + |beta_{p+1..D}|^2 the student's expected squared error of y at a fresh point is

    sigma^2 + |beta_{s+1..D}|^2 + omega s/(n - p - 1)
        + (|beta_{s+1..p}|^2 + omega (p - s)/(n - p - 1)) s/(m - s - 1).                         (1)

Hypotheses: 1 <= p <= n - 2, 0 <= s <= p, m >= s + 2; Gaussian features that are independent and standard.
Checked by simulation for p <= n - 10, m >= s + 10.
Does not say: anything about interpolating teachers, p >= n + 2 (distilled_student_risk).
Tight: an equality.   Proof: proofs_notes/cotter2021/distilled_student_risk_under.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.distilled_regression import DISTILLED_UNDER_PROOF, distilled_risk
from verify import Claim


def assume(n, p, s, m):
    """The mean exists."""
    return 1 <= p <= n - 2 and m >= s + 2


def sample(task, n, p, s, m, rng, size):
    """`size` i.i.d. risks given both designs, noise and fresh point integrated out; each with a teacher of its own."""
    return ridgeless.distilled_risks(task, n, p, s, m, rng, size)


def exact(task, n, p, s, m):
    """(1), left-hand side, by the Bartlett factors of the Gram matrices, in fractions."""
    return linear_moments.distilled_risk(task, n, p, s, m)


def bound(task, n, p, s, m, label=1, shift=0):
    """(1), right-hand side; label multiplies the term of the label noise, shift = 1 has n - p for n - p - 1."""
    return distilled_risk(task.beta, task.sigma, n + shift, p, s, m, label=label)


CLAIM = Claim(
    title="A student of a least-squares teacher has risk sigma^2 + |beta_{>s}|^2 + omega s/(n-p-1) + tau s/(m-s-1)",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.distilled_under(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"label": Fraction(9, 10)}, {"shift": 1}],
    block=256,
    proof=DISTILLED_UNDER_PROOF.read_by(linear_tables.student_under),
)
