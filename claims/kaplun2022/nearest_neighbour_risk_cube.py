"""1-NN on the unit cube errs at most twice as often as the Bayes classifier, plus a term that falls with n.

Theorem (Shalev-Shwartz & Ben-David 2014, Theorem 19.3). Let X have any law on [0, 1]^d and eta be lambda-Lipschitz in
the Euclidean distance. Over n independent training points and a fresh one, 1-NN has

    P(label of the nearest != Y) <= 2 L* + 4 lambda sqrt(d) n^(-1/(d+1)).                 (1)

Checked for the uniform law and ridge functions eta; finite laws are nearest_neighbour_risk_finite.
Hypotheses: n >= 1; the Euclidean distance; the teacher's sample is averaged over.
Does not say: that the power of n is the best.
Tight: the factor 2 of L*, for a constant eta near 0. The second term is far from it.
Proof: proofs_notes/kaplun2022/nearest_neighbour_risk_cube.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Cube, cube, space_strategies
from theory.torus import NEIGHBOUR_RISK_CUBE
from verify import Claim


def sample(space, n, rng, size):
    """`size` i.i.d. values of P(1-NN errs | x, its neighbour); a new training set per draw."""
    return cube.cube_risks(space, n, rng, size)


def exact(space, n):
    """(1), left-hand side, where it has a closed form: for n = 1 or a constant eta both labels are independent."""
    mean = space.mean_eta()
    return 2 * mean * (1 - mean) if n == 1 or len(set(space.knots)) == 1 else None


def bound(space, n, b=2, c=4):
    """(1), right-hand side."""
    return NEIGHBOUR_RISK_CUBE(bayes_risk=space.bayes_risk(), lipschitz=space.lipschitz(), n=n, dim=space.dim, b=b, c=c)


CLAIM = Claim(
    title="1-NN on the unit cube has risk at most 2 L* + 4 lambda sqrt(d) n^(-1/(d+1))",
    source="Shalev-Shwartz & Ben-David 2014, Theorem 19.3",
    fidelity="verbatim",
    given={"space": space_strategies.cubes(), "n": st.integers(1, 40)},
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"b": Fraction(19, 10)}, {"b": 1}, {"c": 0}],
    tight_at={"space": Cube(1, (1,), (Fraction(1, 40),)), "n": 5},
    block=2048,
)
