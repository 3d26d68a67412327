"""What a ridgeless teacher gets wrong of the student's features: E_S.

Theorem. Let x ~ N(0, I_D), y = x . beta + sigma z, and let v be the shortest coefficients on the first p features (T)
that interpolate n points. For the first s <= p features (S), with omega = sigma^2 + |beta_{p+1..D}|^2 and q = p - n,

    E |beta_S - v_S|^2 = (a + b) |beta_S|^2 + b s |beta_T|^2 + omega (s/p) n/(p - n - 1),       (1)
    a = q (q (p + 1) - 2)/(p (p - 1)(p + 2)),  b = q (p - q)/(p (p - 1)(p + 2)).

This is what a student on S keeps of the teacher's error however many points it is given.
Hypotheses: n >= 1, p >= n + 2, 0 <= s <= p; Gaussian features that are independent and standard.
Checked by simulation for p >= n + 10.
Does not say: that the error is spread evenly: b s |beta_T|^2 is what leaks into S from the other features.
Tight: an equality.   Proof: proofs_notes/cotter2021/distilled_student_error.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.distilled_regression import STUDENT_ERROR_PROOF, student_error
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p >= n + 2


def sample(task, n, p, s, rng, size):
    """`size` i.i.d. draws of E[|beta_S - v_S|^2 | the teacher's design]."""
    return ridgeless.student_parts(task, n, p, s, rng, size)[0]


def exact(task, n, p, s):
    """(1), left-hand side: the projection coordinate by coordinate, the Gram matrix by its Bartlett factor."""
    return linear_moments.student_error(task, n, p, s)


def bound(task, n, p, s, c=1):
    """(1), right-hand side; c multiplies b."""
    return student_error(task.beta, task.sigma, n, p, s, c=c)


CLAIM = Claim(
    title="A ridgeless teacher's squared error on s features is (a + b)|beta_S|^2 + b s |beta_T|^2 + "
          "omega (s/p) n/(p - n - 1)",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.distilled(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"c": 0}, {"c": Fraction(9, 10)}],
    block=256,
    proof=STUDENT_ERROR_PROOF.read_by(linear_tables.teacher_error),
)
