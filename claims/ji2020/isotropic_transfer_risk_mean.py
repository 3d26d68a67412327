"""For isotropic features the expected transfer risk is a finite sum.

Theorem. Let training and fresh features be independent N(0, I_p), 1 <= n < p, w* != 0 and m = p - n. Then E R_n = E
angle(w*, w_n)/pi, and with s_j(m) = G((j+1)/2) G((m+1)/2)/(pi (j + m) G(j/2 + 1) G(m/2)), G the gamma function,

    E R_n = 1/2 - sum of s_j(m) over even j < n - 1                        for even n,
    E R_n = [m odd]/4 + sum of s_j(1) over j < m - 1 of m's parity - sum of s_j(m) over odd j < n - 1   for odd n.  (1)

Hypotheses: isotropic Gaussian features; n < p (for n >= p the risk is 0).
Does not say: anything simpler: arccos(sqrt(n/p))/pi is near, and not the same (wrong twin).
Tight: an equality.   Proof: proofs_notes/ji2020/isotropic_transfer_risk_mean.md
"""
from fractions import Fraction
from math import acos, pi, sqrt

from simulate import isotropic, projection_strategies, projections
from simulate.tasks import as_floats
from theory.projections import mean_isotropic_risk
from verify import Claim


def sample(n, teacher, rng, size):
    """`size` i.i.d. indicators that a freshly trained student and the teacher differ at a fresh feature."""
    students = projections.students(teacher, n, rng, size)
    return projections.disagreements(students, as_floats(teacher), rng, size)


def exact(n, teacher):
    """(1), left-hand side: the mean of the angle, whose density is cos^(n-1) sin^(p-n-1), by quadrature."""
    return isotropic.mean_angle(n, len(teacher) - n) / pi


def bound(n, teacher, c=1, typical=False):
    """(1), right-hand side; the wrong twin's is the angle at the mean squared cosine."""
    if typical:
        return acos(sqrt(n / len(teacher))) / pi
    return mean_isotropic_risk(n, len(teacher), c)


CLAIM = Claim(
    title="For isotropic features the expected transfer risk is the mean projection angle over pi, a finite sum",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given=projection_strategies.isotropic(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": Fraction(49, 50)}, {"typical": True}],
    block=2048,
)
