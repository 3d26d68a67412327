"""When distilling from an interpolating teacher beats training the student directly.

Theorem. A student with the first s <= n - 2 features is trained by least squares on n labelled points, or is distilled:
a ridgeless teacher with p >= n + 2 features, trained on n labelled points, labels m fresh points for it. With E_S and
tau of distilled_student_risk and omega_S = sigma^2 + |beta_{s+1..D}|^2

    direct risk - distilled risk = omega_S s/(n - s - 1) - E_S - tau s/(m - s - 1).        (1)

So distilling wins iff the right-hand side is positive: it needs a teacher better on S than the student's own data, and
then m - s - 1 > tau s/(omega_S s/(n - s - 1) - E_S) fresh points.
Hypotheses: p >= n + 2, s <= n - 2, m >= s + 2; those of distilled_student_risk.
Checked by simulation for sizes 10 apart.
Does not say: that a gain exists for given sizes: it depends on beta.
Tight: an equality.   Proof: proofs_notes/cotter2021/distilling_beats_direct.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.distilled_regression import DIRECT_GAIN, DIRECT_GAIN_PROOF, label_noise, student_error
from verify import Claim


def assume(n, p, s, m):
    """All means exist."""
    return p >= n + 2 and s <= n - 2 and m >= s + 2


def sample(task, n, p, s, m, rng, size):
    """`size` i.i.d. differences of the risks of a student trained directly and of one taught, given all designs."""
    direct = ridgeless.teacher_risks(task, n, s, rng, size)
    return direct - ridgeless.distilled_risks(task, n, p, s, m, rng, size)


def exact(task, n, p, s, m):
    """(1), left-hand side: the projection coordinate by coordinate, Gram matrices by their Bartlett factors."""
    return linear_moments.least_squares_risk(task, n, s) - linear_moments.distilled_risk(task, n, p, s, m)


def bound(task, n, p, s, m, c=1, crossed=1):
    """(1), right-hand side; c multiplies the term of the label noise, crossed the b of E_S."""
    found = (task.beta, task.sigma, n, p, s)
    return DIRECT_GAIN(n=n, m=m, s=s, omega_student=task.noise(s), student_error=student_error(*found, crossed),
                       label_noise=label_noise(*found), c=c)


CLAIM = Claim(
    title="Distilling gains omega_S s/(n - s - 1) - E_S - tau s/(m - s - 1) over training directly",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.direct(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(-inf, inf),
    controls=[{"c": Fraction(19, 20)}, {"crossed": 0}],
    block=128,
    proof=DIRECT_GAIN_PROOF.read_by(linear_tables.direct),
)
