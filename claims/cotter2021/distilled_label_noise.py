"""What a ridgeless teacher's labels have beyond the student's features: tau.

Theorem. Let x ~ N(0, I_D), y = x . beta + sigma z, and let v be the shortest coefficients on the first p features (T)
that interpolate n points. For the first s <= p features (S), with omega = sigma^2 + |beta_{p+1..D}|^2,

    E |v_{T without S}|^2 = (a + b) |beta_{T without S}|^2 + b (p - s) |beta_T|^2
                            + omega ((p - s)/p) n/(p - n - 1),                                   (1)
    a = n (n (p + 1) - 2)/(p (p - 1)(p + 2)),  b = n (p - n)/(p (p - 1)(p + 2)).

To a student on S this is the variance of the noise in its labels.
Hypotheses: n >= 1, p >= n + 2, 0 <= s <= p; Gaussian features that are independent and standard.
Checked by simulation for p >= n + 10.
Does not say: that the labels are noisy given x: they are a function of x, of which the student sees a part.
Tight: an equality.   Proof: proofs_notes/cotter2021/distilled_label_noise.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.distilled_regression import LABEL_NOISE_PROOF, label_noise
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p >= n + 2


def sample(task, n, p, s, rng, size):
    """`size` i.i.d. draws of E[|v_{T without S}|^2 | the teacher's design]."""
    return ridgeless.student_parts(task, n, p, s, rng, size)[1]


def exact(task, n, p, s):
    """(1), left-hand side: the projection coordinate by coordinate, the Gram matrix by its Bartlett factor."""
    return linear_moments.label_noise(task, n, p, s)


def bound(task, n, p, s, c=1):
    """(1), right-hand side; c multiplies b."""
    return label_noise(task.beta, task.sigma, n, p, s, c=c)


CLAIM = Claim(
    title="A ridgeless teacher's labels have variance (a + b)|beta_{T-S}|^2 + b (p-s)|beta_T|^2 + "
          "omega ((p-s)/p) n/(p-n-1) beyond s features",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.distilled(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"c": 0}, {"c": Fraction(9, 10)}],
    block=256,
    proof=LABEL_NOISE_PROOF.read_by(linear_tables.teacher_extra),
)
