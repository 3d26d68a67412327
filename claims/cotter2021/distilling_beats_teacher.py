"""When a student beats its own interpolating teacher.

Theorem. A ridgeless teacher with the first p >= n + 2 features and n points labels m >= s + 2 fresh points for a
student with the first s <= p features. With tau of distilled_student_risk

    teacher's risk - student's risk = tau (1 - s/(m - s - 1)) - 2 (n/p) |beta_{s+1..p}|^2.      (1)

So the student wins iff this is positive: leaving out features costs their signal, as far as the teacher found it, and
saves the teacher's error on them.
Hypotheses: n >= 1, p >= n + 2, 0 <= s <= p, m >= s + 2; those of distilled_student_risk.
Checked by simulation for p >= n + 10, m >= s + 10.
Does not say: that the student is better than training directly (distilling_beats_direct).
Tight: an equality.   Proof: proofs_notes/cotter2021/distilling_beats_teacher.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.distilled_regression import TEACHER_GAIN, TEACHER_GAIN_PROOF, label_noise
from verify import Claim


def assume(n, p, s, m):
    """All means exist."""
    return p >= n + 2 and m >= s + 2


def sample(task, n, p, s, m, rng, size):
    """`size` i.i.d. differences of the risks of a teacher and of a student, given their designs."""
    teacher = ridgeless.teacher_risks(task, n, p, rng, size)
    return teacher - ridgeless.distilled_risks(task, n, p, s, m, rng, size)


def exact(task, n, p, s, m):
    """(1), left-hand side: the projection coordinate by coordinate, Gram matrices by their Bartlett factors."""
    return linear_moments.ridgeless_risk(task, n, p) - linear_moments.distilled_risk(task, n, p, s, m)


def bound(task, n, p, s, m, c=1, label=1):
    """(1), right-hand side; c multiplies the lost signal, label what the labels' noise is."""
    noise = label * label_noise(task.beta, task.sigma, n, p, s)
    return TEACHER_GAIN(n=n, p=p, s=s, m=m, beta_extra=task.signal(p, s), label_noise=noise, c=c)


CLAIM = Claim(
    title="A student gains tau(1 - s/(m - s - 1)) - 2(n/p)|beta_{s+1..p}|^2 over its ridgeless teacher",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.distilled(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(-inf, inf),
    controls=[{"c": Fraction(19, 20)}, {"label": Fraction(19, 20)}],
    block=128,
    proof=TEACHER_GAIN_PROOF.read_by(linear_tables.student),
)
