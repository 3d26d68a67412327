"""When distilling from a larger least-squares teacher beats training the student directly.

Theorem. A student with the first s features is trained by least squares on n labelled points, or is distilled: a
least-squares teacher with s <= p <= n - 2 features, trained on n labelled points, labels m fresh points for it. With
omega = sigma^2 + |beta_{p+1..D}|^2, omega_S = sigma^2 + |beta_{s+1..D}|^2 and tau of distilled_student_risk_under

    direct risk - distilled risk = omega_S s/(n - s - 1) - omega s/(n - p - 1) - tau s/(m - s - 1).     (1)

So for s >= 1 distilling wins for some m iff omega/(n - p - 1) < omega_S/(n - s - 1): the teacher must explain enough of
what is noise to the student.
Hypotheses: 1 <= p <= n - 2, 0 <= s <= p, m >= s + 2; those of distilled_student_risk_under.
Checked by simulation for p <= n - 10, m >= s + 10.
Does not say: anything about interpolating teachers (distilling_beats_direct).
Tight: an equality.   Proof: proofs_notes/cotter2021/distilling_beats_direct_under.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.distilled_regression import DIRECT_GAIN, DIRECT_GAIN_UNDER_PROOF, label_noise, student_error
from verify import Claim


def assume(n, p, s, m):
    """All means exist."""
    return 1 <= p <= n - 2 and s <= p and m >= s + 2


def sample(task, n, p, s, m, rng, size):
    """`size` i.i.d. differences of the risks of a student trained directly and of one taught, given all designs."""
    direct = ridgeless.teacher_risks(task, n, s, rng, size)
    return direct - ridgeless.distilled_risks(task, n, p, s, m, rng, size)


def exact(task, n, p, s, m):
    """(1), left-hand side: the projection coordinate by coordinate, Gram matrices by their Bartlett factors."""
    return linear_moments.least_squares_risk(task, n, s) - linear_moments.distilled_risk(task, n, p, s, m)


def bound(task, n, p, s, m, c=1, shift=0):
    """(1), right-hand side; c multiplies the term of the label noise; shift = 1 has n - s for n - s - 1."""
    found = (task.beta, task.sigma, n, p, s)
    return DIRECT_GAIN(n=n + shift, m=m, s=s, omega_student=task.noise(s), student_error=student_error(*found),
                       label_noise=label_noise(*found), c=c)


CLAIM = Claim(
    title="Distilling from least squares gains omega_S s/(n-s-1) - omega s/(n-p-1) - tau s/(m-s-1) over training "
          "directly",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.distilled_under(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(-inf, inf),
    controls=[{"c": Fraction(19, 20)}, {"shift": 1}],
    block=128,
    proof=DIRECT_GAIN_UNDER_PROOF.read_by(linear_tables.direct_under),
)
