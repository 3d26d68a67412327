"""A mean divergence of the exponential is that of ln(E exp h) plus a variance.

Theorem. Let D(y, h) = exp(y) - exp(h) - exp(h)(y - h) be the Bregman divergence of exp(x), h a random prediction and
hbar = ln(E exp h). Then

    E D(y, h) = D(y, hbar) + E D(hbar, h).                                               (1)

Hypotheses: exp(h) and h exp(h) have means; y fixed.
Does not say that hbar is near E h: it is at least that, by Jensen's inequality.
Tight: an equality.   Proof: proofs_notes/classics/bregman_exponential.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import divergences, ensembles, strategies
from theory.bias_variance import BREGMAN_EXPONENTIAL_PROOF
from theory.ensembles import average, bregman_parts, dual_mean
from verify import Claim


def losses(predictions, target):
    """D(y, h) for each member."""
    return [divergences.divergence("exponential", target, h) for h in predictions]


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
    bar = dual_mean("exponential", mass, predictions) if mean == "dual" else average(mass, predictions)
    bias, variance = bregman_parts("exponential", mass, predictions, target, bar)
    return average((1, c), (bias, variance))


def reads(mass, predictions, target):
    """The law of the prediction."""
    return {"H": (mass, {"h": predictions}), "y": target}


CLAIM = Claim(
    title="A mean divergence of the exponential is that of ln(E exp h) plus a variance",
    source="Pfau 2013",
    fidelity="secondary",
    given=strategies.merged(ensembles.members(ensembles.reals(3)),
                            st.fixed_dictionaries({"target": ensembles.reals(3)})),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"mean": "arithmetic"}, {"c": Fraction(21, 20)}],
    proof=BREGMAN_EXPONENTIAL_PROOF.read_by(reads),
)
