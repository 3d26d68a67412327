"""A mean Bregman divergence of random predictions is that of their dual mean plus a variance.

Theorem. Let D(y, h) = F(y) - F(h) - F'(h)(y - h) for a strictly convex F, h random and hbar the dual mean, where
F'(hbar) = E F'(h). Then

    E D(y, h) = D(y, hbar) + E D(hbar, h).                                               (1)

Hypotheses: F(h), F'(h) and h F'(h) have means; y fixed. Tried: x^2, x ln x, exp, -ln x, x^4 on x > 0.
Does not say the same of the arithmetic mean, which belongs to E D(h, y): there the prediction is the first argument.
Tight: an equality.   Proof: proofs_notes/classics/bregman_bias_variance.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import divergences, ensembles, strategies
from theory.bias_variance import BREGMAN_BIAS_VARIANCE_PROOF
from theory.ensembles import GENERATORS, SLOPES, VALUES, average, bregman_parts, dual_mean
from verify import Claim


def losses(generator, predictions, target):
    """D(y, h) for each member."""
    return [divergences.divergence(generator, target, h) for h in predictions]


def sample(generator, mass, predictions, target, rng, size):
    """`size` i.i.d. divergences of members drawn at random."""
    return ensembles.draws(mass, losses(generator, predictions, target), rng, size)


def support(generator, predictions, target):
    """From 0 to the largest loss."""
    return 0, max(0, ensembles.reach(losses(generator, predictions, target))[1])


def exact(generator, mass, predictions, target):
    """(1), left-hand side, in balls."""
    return divergences.mean(mass, losses(generator, predictions, target))


def bound(generator, mass, predictions, target, mean="dual", c=1):
    """(1), right-hand side; c multiplies the variance."""
    bar = dual_mean(generator, mass, predictions) if mean == "dual" else average(mass, predictions)
    bias, variance = bregman_parts(generator, mass, predictions, target, bar)
    return average((1, c), (bias, variance))


def reads(generator, mass, predictions, target):
    """F and F' at the members, at the target and at the dual mean."""
    value, slope, bar = VALUES[generator], SLOPES[generator], dual_mean(generator, mass, predictions)
    table = {"h": predictions, "value": [value(point=h) for h in predictions],
             "slope": [slope(point=h) for h in predictions]}
    return {"H": (mass, table), "y": target, "value_y": value(point=target),
            "hbar": bar, "value_hbar": value(point=bar)}


CLAIM = Claim(
    title="A mean Bregman divergence of random predictions is that of their dual mean plus a variance",
    source="Pfau 2013; Gupta et al. 2022",
    fidelity="secondary",
    given=strategies.merged(
        st.fixed_dictionaries({"generator": st.sampled_from(GENERATORS), "target": ensembles.positives()}),
        ensembles.members(ensembles.positives(), 4)),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"mean": "arithmetic"}, {"c": Fraction(21, 20)}],
    proof=BREGMAN_BIAS_VARIANCE_PROOF.read_by(reads),
)
