"""On a torus 1-NN is a lambda B(1/d, n + 1)/(2d)-sampler, in any dimension.

Theorem. Let eta be lambda-Lipschitz on the product of d circles of length 1, in the largest of the distances along
them, and X, X_1, ..., X_n independent and uniform. At the point X_NN nearest to X

    E |eta(X_NN) - eta(X)| <= lambda B(1/d, n + 1) / (2d),    of order lambda n^(-1/d);      (1)

so the 1-NN label at X, drawn from eta(X_NN), is within that of Y's law in mean total variation, and 1-NN errs at most
so much more often than a perfect sampler.
Hypotheses: n >= 1; the distance as stated. Checked for eta that depends on the distance from one point.
Does not say: that the order n^(-1/d) is needed for smooth eta: on a circle the risk's excess is of order n^-2.
Tight: at d = 1 the triangle wave has (n + 1)/(n + 2) of it.
Proof: proofs_notes/kaplun2022/torus_nearest_neighbour_sampler.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Torus, grids, neighbours, space_strategies
from theory.torus import TORUS_GAP
from verify import Claim


def sample(torus, n, rng, size):
    """`size` i.i.d. means of |eta(X_NN) - eta(X)| over 32 fresh points; a new training set per draw."""
    return grids.torus_means(torus, n, 32, rng, size).eta_gap


def exact(torus, n):
    """(1), left-hand side: 0 for constant eta, on a circle by piecewise integrals; else None."""
    if len(set(torus.knots)) == 1:
        return 0
    return neighbours.mean_eta_gap(torus.circle(), n) if torus.dim == 1 else None


def support(torus):
    """No two values of eta differ by more than its range."""
    return 0, max(torus.knots) - min(torus.knots) or 1


def bound(torus, n, c=1):
    """(1), right-hand side."""
    return TORUS_GAP(lipschitz=torus.lipschitz(), n=n, dim=torus.dim, c=c)


CLAIM = Claim(
    title="On a torus of dimension d 1-NN is a lambda B(1/d, n+1)/(2d)-sampler",
    source="Companion of nearest_neighbour_sampler in several dimensions",
    fidelity="reconstructed",
    given={"torus": space_strategies.tori(), "n": st.integers(1, 60)},
    sample=sample, exact=exact, bound=bound, relation="<=", support=support,
    controls=[{"c": Fraction(9, 10)}, {"c": Fraction(3, 5)}],
    tight_at={"torus": Torus(1, (Fraction(0), Fraction(1))), "n": 30},
    block=512,
)
