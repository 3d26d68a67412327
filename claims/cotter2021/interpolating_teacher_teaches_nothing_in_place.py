"""On its own training inputs an interpolating teacher teaches nothing: distilling there is training directly.

Theorem. A teacher fits the first p features of a design X to n labels y = X beta + sigma z and interpolates them. A
student fits the first s features, more or fewer than the teacher's, to the teacher's labels at the same n inputs. Then
its coefficients are those of training on y; over the noise z,

    E risk of the student taught in place = E risk of the student trained directly.        (1)

Hypotheses: the first p columns of X have rank n, so that the teacher interpolates. X is any such design.
Checked for students that take the shortest least-squares coefficients; any rule that sees inputs and labels alone has
(1).
Does not say: anything for fresh inputs, where the teacher does teach (distilled_student_risk).
Tight: an equality.   Proof: proofs_notes/cotter2021/interpolating_teacher_teaches_nothing_in_place.md
"""
from fractions import Fraction
from math import inf

from simulate import in_place, linear_strategies
from verify import Claim


def assume(design, p):
    """The teacher interpolates whatever the labels are."""
    return in_place.rank(design, p) == len(design)


def sample(task, design, p, s, rng, size, ridge=0):
    """`size` i.i.d. risks, given y, of students that a teacher with this ridge penalty teaches in place."""
    return in_place.risks(task, design, p, s, rng, size, float(ridge))


def exact(task, design, p, s, ridge=Fraction(0)):
    """(1), left-hand side: the teacher's labels, then the student's coefficients, in rational linear algebra."""
    return in_place.risk(task, design, p, s, ridge)


def bound(task, design, s):
    """(1), right-hand side, of the labels y alone."""
    return in_place.direct_risk(task, design, s)


def any_design(design):
    """The hypothesis that the teacher interpolates, dropped."""
    return bool(design)


CLAIM = Claim(
    title="Distilling at an interpolating teacher's training inputs equals training directly",
    source="Cotter et al. 2021 (why distillation needs fresh inputs)",
    fidelity="reconstructed",
    given=linear_strategies.designs(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"ridge": Fraction(1, 100)}, {"assume": any_design}],
    block=1024,
)
