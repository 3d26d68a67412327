"""A student without the irrelevant features beats its teacher iff it gets m >= 2s + 2 points.

Theorem. A teacher with the first p features, least squares (p <= n - 2) or ridgeless (p >= n + 2), labels m >= s + 2
fresh points for a student with the first s <= p features. Let beta be 0 on the features s + 1, ..., p that the student
lacks. With tau = E |v_{T without S}|^2, the mean square of what the teacher puts there,

    teacher's risk - student's risk = tau (m - 2s - 1)/(m - s - 1).                         (1)

So where tau > 0 the student is better iff m > 2s + 1, whatever beta, the noise and the teacher are.
Hypotheses: beta_{s+1..p} = 0, |p - n| >= 2, p >= 1, m >= s + 2; Gaussian features that are independent and standard.
Checked by simulation for sizes 10 apart.
Does not say: anything when the student lacks a feature with signal (distilling_beats_teacher).
Tight: an equality.   Proof: proofs_notes/cotter2021/distilling_beats_teacher_irrelevant.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.distilled_regression import IRRELEVANT_GAIN, IRRELEVANT_PROOF, label_noise
from verify import Claim


def assume(task, n, p, s, m):
    """The missing features are irrelevant, and all means exist."""
    return abs(p - n) >= 2 and m >= s + 2 and task.signal(p, s) == 0


def sample(task, n, p, s, m, rng, size):
    """`size` i.i.d. differences of the risks of a teacher and of a student, given their designs."""
    teacher = ridgeless.teacher_risks(task, n, p, rng, size)
    return teacher - ridgeless.distilled_risks(task, n, p, s, m, rng, size)


def exact(task, n, p, s, m):
    """(1), left-hand side: the projection coordinate by coordinate, Gram matrices by their Bartlett factors."""
    return linear_moments.teacher_risk(task, n, p) - linear_moments.distilled_risk(task, n, p, s, m)


def bound(task, n, p, s, m, c=1):
    """(1), right-hand side; c multiplies s."""
    return IRRELEVANT_GAIN(s=s, m=m, label_noise=label_noise(task.beta, task.sigma, n, p, s), c=c)


CLAIM = Claim(
    title="Without the irrelevant features a student gains tau(m - 2s - 1)/(m - s - 1) over its teacher",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.irrelevant(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(-inf, inf),
    controls=[{"c": Fraction(21, 20)}, {"given": linear_strategies.distilled(), "assume": None}],
    block=128,
    proof=IRRELEVANT_PROOF.read_by(linear_tables.irrelevant),
)
