"""A mean squared error is that of the mean prediction plus the mean squared distance from it.

Theorem. Let D(y, h) = (y - h)^2 be the Bregman divergence of F(x) = x^2, h a random prediction and
hbar = E h. Then

    E D(y, h) = D(y, hbar) + E D(hbar, h).                                               (1)

Hypotheses: h^2 has a mean; y fixed.
Does not say that another centre than the mean would do.
Tight: an equality.   Proof: proofs_notes/classics/bregman_square.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import divergences, ensembles, strategies
from theory.bias_variance import BREGMAN_SQUARE_PROOF
from theory.ensembles import average, bregman_parts, dual_mean
from verify import Claim


def losses(predictions, target):
    """D(y, h) for each member."""
    return [divergences.divergence("square", target, h) for h in predictions]


def sample(mass, predictions, target, rng, size):
    """`size` i.i.d. divergences of members drawn at random."""
    return ensembles.draws(mass, losses(predictions, target), rng, size)


def support(predictions, target):
    """From 0 to the largest loss."""
    return 0, max(0, ensembles.reach(losses(predictions, target))[1])


def exact(mass, predictions, target):
    """(1), left-hand side, in balls."""
    return divergences.mean(mass, losses(predictions, target))


def bound(mass, predictions, target, mean="dual", c=1):
    """(1), right-hand side; c multiplies the variance."""
    bar = dual_mean("square", mass, predictions) if mean == "dual" else sorted(predictions)[len(predictions) // 2]
    bias, variance = bregman_parts("square", mass, predictions, target, bar)
    return average((1, c), (bias, variance))


def reads(mass, predictions, target):
    """The law of the prediction."""
    return {"H": (mass, {"h": predictions}), "y": target}


CLAIM = Claim(
    title="A mean squared error is that of the mean prediction plus the mean squared distance from it",
    source="Pfau 2013",
    fidelity="secondary",
    given=strategies.merged(ensembles.members(ensembles.reals()),
                            st.fixed_dictionaries({"target": ensembles.reals()})),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"mean": "median"}, {"c": Fraction(21, 20)}],
    proof=BREGMAN_SQUARE_PROOF.read_by(reads),
)
