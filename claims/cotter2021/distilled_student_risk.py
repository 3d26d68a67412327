"""A student of an over-parameterised interpolating teacher has a risk in closed form.

Theorem. Let x ~ N(0, I_D), y = x . beta + sigma z. The teacher has the first p features (T): the shortest coefficients
v that interpolate n labelled points. It labels m fresh points; the student fits these labels by least squares on the
first s <= p features (S). With omega = sigma^2 + |beta_{p+1..D}|^2 and omega_S = sigma^2 + |beta_{s+1..D}|^2 the
student's expected squared error of y at a fresh point is

    omega_S + E_S + tau s/(m - s - 1),                                                    (1)
    E_S = E |beta_S - v_S|^2     = (a + b) |beta_S|^2 + b s |beta_T|^2 + omega (s/p) n/(p - n - 1)  at q = p - n,
    tau = E |v_{T without S}|^2  = (a + b) |beta_{T without S}|^2 + b (p - s) |beta_T|^2
                                   + omega ((p - s)/p) n/(p - n - 1)                         at q = n,
    a = q (q (p + 1) - 2)/(p (p - 1)(p + 2)),  b = q (p - q)/(p (p - 1)(p + 2)).

Hypotheses: n >= 1, p >= n + 2, 0 <= s <= p, m >= s + 2; Gaussian features that are independent and standard; the m
points are independent of the teacher's. E_S and tau have claims of their own: distilled_student_error,
distilled_label_noise.
Checked by simulation for p >= n + 10, m >= s + 10; distilled_student_risk_edge goes up to the edge.
Does not say: anything for students with features that the teacher hasn't, or that see the teacher's points again.
Tight: an equality.   Proof: proofs_notes/cotter2021/distilled_student_risk.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.distilled_regression import DISTILLED_PROOF, distilled_risk
from verify import Claim


def assume(n, p, s, m):
    """The mean exists."""
    return p >= n + 2 and m >= s + 2


def sample(task, n, p, s, m, rng, size):
    """`size` i.i.d. risks given both designs, noise and fresh point integrated out; each with a teacher of its own."""
    return ridgeless.distilled_risks(task, n, p, s, m, rng, size)


def exact(task, n, p, s, m):
    """(1), left-hand side: the projection coordinate by coordinate, Gram matrices by their Bartlett factors."""
    return linear_moments.distilled_risk(task, n, p, s, m)


def bound(task, n, p, s, m, c=1, label=1):
    """(1), right-hand side; c = 0 has b = 0, label multiplies the term of the label noise."""
    return distilled_risk(task.beta, task.sigma, n, p, s, m, c=c, label=label)


CLAIM = Claim(
    title="A student of a ridgeless teacher has risk omega_S + E_S + tau s/(m - s - 1)",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.distilled(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"c": 0}, {"c": Fraction(9, 10)}, {"label": Fraction(9, 10)}],
    block=256,
    proof=DISTILLED_PROOF.read_by(linear_tables.student),
)
