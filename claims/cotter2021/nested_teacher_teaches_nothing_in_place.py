"""In place a least-squares teacher teaches nothing to a student that has no features beyond the teacher's.

Theorem. A teacher fits the first p features of any design X to n labels y = X beta + sigma z by least squares,
interpolating or not. A student fits the first s <= p features to the teacher's labels at the same n inputs. Its
coefficients are those of training on y; over the noise z,

    E risk of the student taught in place = E risk of the student trained directly.        (1)

Hypotheses: s <= p; both take least-squares solutions (the shortest ones).
Does not say: that the labels are the same: the teacher's are y projected, and only such students can't tell.
Tight: an equality.   Proof: proofs_notes/cotter2021/nested_teacher_teaches_nothing_in_place.md
"""
from fractions import Fraction
from math import inf

from simulate import in_place, linear_strategies
from verify import Claim


def assume(p, s):
    """The student's features are among the teacher's."""
    return s <= p


def sample(task, design, p, s, rng, size, ridge=0):
    """`size` i.i.d. risks, given y, of students that a teacher with this ridge penalty teaches in place."""
    return in_place.risks(task, design, p, s, rng, size, float(ridge))


def exact(task, design, p, s, ridge=Fraction(0)):
    """(1), left-hand side: the teacher's labels, then the student's coefficients, in rational linear algebra."""
    return in_place.risk(task, design, p, s, ridge)


def bound(task, design, s):
    """(1), right-hand side, of the labels y alone."""
    return in_place.direct_risk(task, design, s)


def beyond(p, s):
    """The student has features that the teacher hasn't."""
    return s > p


CLAIM = Claim(
    title="Distilling in place from a least-squares teacher that has the student's features equals training directly",
    source="after Cotter et al. 2021 (why distillation needs fresh inputs); new",
    fidelity="reconstructed",
    given=linear_strategies.designs(points=6, features=5), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"ridge": Fraction(1, 100)}, {"assume": beyond}],
    block=1024,
)
