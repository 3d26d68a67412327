"""The mean squared error of a random predictor is its squared bias plus its variance.

Theorem. For a random prediction h with E h^2 finite and a number y

    E(h - y)^2 = (E h - y)^2 + Var(h).                                                   (1)

Hypotheses: E h^2 finite; y fixed (squared_bias_variance_noise: y random and independent of h).
Does not say that averaging lowers the bias: the average has the same one, and no variance.
Tight: an equality.   Proof: proofs_notes/classics/squared_bias_variance.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import ensembles, strategies
from theory.bias_variance import SQUARED_BIAS_VARIANCE_PROOF, SQUARED_ERROR, VARIANCE
from verify import Claim


def losses(predictions, target):
    """The squared error of each member."""
    return [(h - target) ** 2 for h in predictions]


def sample(mass, predictions, target, rng, size):
    """`size` i.i.d. squared errors of members drawn at random."""
    return ensembles.draws(mass, losses(predictions, target), rng, size)


def support(predictions, target):
    """The smallest and the largest loss."""
    return ensembles.reach(losses(predictions, target))


def exact(mass, predictions, target):
    """(1), left-hand side."""
    return ensembles.average(mass, losses(predictions, target))


def bound(mass, predictions, target, c=1):
    """(1), right-hand side; c multiplies the variance."""
    mean, square = (ensembles.average(mass, [h**power for h in predictions]) for power in (1, 2))
    return SQUARED_ERROR(mean=mean, target=target, variance=c * VARIANCE(square=square, mean=mean), noise=0)


def reads(mass, predictions, target):
    """The law of the prediction."""
    return {"H": (mass, {"h": predictions}), "y": target}


CLAIM = Claim(
    title="The mean squared error of a random predictor is its squared bias plus its variance",
    source="Geman, Bienenstock & Doursat 1992",
    fidelity="secondary",
    given=strategies.merged(ensembles.members(ensembles.reals()),
                            st.fixed_dictionaries({"target": ensembles.reals()})),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"c": Fraction(21, 20)}, {"c": 0}],
    proof=SQUARED_BIAS_VARIANCE_PROOF.read_by(reads),
)
