"""A mean generalised Kullback-Leibler divergence is that of the geometric mean plus a variance.

Theorem. Let D(y, h) = y ln(y/h) - y + h be the Bregman divergence of F(x) = x ln x, h a random prediction and
hbar = exp(E ln h). Then

    E D(y, h) = D(y, hbar) + E D(hbar, h).                                               (1)

Hypotheses: h, y > 0; h, ln h and h ln h have means; y fixed.
Does not say that hbar is normalised: its coordinates have a smaller sum than those of a law.
Tight: an equality.   Proof: proofs_notes/classics/bregman_entropy.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import divergences, ensembles, strategies
from theory.bias_variance import BREGMAN_ENTROPY_PROOF
from theory.ensembles import average, bregman_parts, dual_mean
from verify import Claim


def losses(predictions, target):
    """D(y, h) for each member."""
    return [divergences.divergence("entropy", target, h) for h in predictions]


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
    bar = dual_mean("entropy", mass, predictions) if mean == "dual" else average(mass, predictions)
    bias, variance = bregman_parts("entropy", mass, predictions, target, bar)
    return average((1, c), (bias, variance))


def reads(mass, predictions, target):
    """The law of the prediction."""
    return {"H": (mass, {"h": predictions}), "y": target}


CLAIM = Claim(
    title="A mean generalised Kullback-Leibler divergence is that of the geometric mean plus a variance",
    source="Pfau 2013",
    fidelity="secondary",
    given=strategies.merged(ensembles.members(ensembles.positives()),
                            st.fixed_dictionaries({"target": ensembles.positives()})),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"mean": "arithmetic"}, {"c": Fraction(21, 20)}],
    proof=BREGMAN_ENTROPY_PROOF.read_by(reads),
)
