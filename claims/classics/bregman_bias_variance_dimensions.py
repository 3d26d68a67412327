"""In several dimensions a mean Bregman divergence is that of the dual mean plus a variance.

Theorem. Let D(y, h) = F(y) - F(h) - <grad F(h), y - h> for a strictly convex F, h a random vector and hbar its dual
mean, where grad F(hbar) = E grad F(h). Then

    E D(y, h) = D(y, hbar) + E D(hbar, h).                                               (1)

Hypotheses: F(h) and the inner products have means; y fixed; there is such an hbar. Tried: sums of x^2, x ln x, exp,
-ln x, x^4 over the coordinates, on x > 0.
Does not say that hbar is a law where every h is one: for sums of x ln x it has a smaller sum.
Tight: an equality.   Proof: proofs_notes/classics/bregman_bias_variance_dimensions.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import divergences, ensembles, strategies
from theory.bias_variance import BREGMAN_BIAS_VARIANCE_DIMENSIONS_PROOF
from theory.ensembles import GENERATORS, along, average, bregman_parts, dual_mean, total_value
from verify import Claim

DIM = 2


def losses(generator, predictions, target):
    """D(y, h) for each member."""
    return [divergences.total([divergences.divergence(generator, y, v) for y, v in zip(target, h, strict=True)])
            for h in predictions]


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
    """(1), right-hand side, coordinate by coordinate; c multiplies the variance."""
    total = []
    for y, column in zip(target, zip(*predictions, strict=True), strict=True):
        bar = dual_mean(generator, mass, column) if mean == "dual" else average(mass, column)
        bias, variance = bregman_parts(generator, mass, column, y, bar)
        total.append(average((1, c), (bias, variance)))
    return average((1,) * DIM, total)


def reads(generator, mass, predictions, target):
    """F at the members, at the target and at the dual mean, and the gradients' inner products."""
    bar = [dual_mean(generator, mass, column) for column in zip(*predictions, strict=True)]
    table = {"value": [total_value(generator, h) for h in predictions]}
    for name, vectors in (("along_y", [target] * len(predictions)), ("along_h", predictions),
                          ("along_hbar", [bar] * len(predictions))):
        table[name] = [along(generator, h, v) for h, v in zip(predictions, vectors, strict=True)]
    return {"H": (mass, table), "value_y": total_value(generator, target), "value_hbar": total_value(generator, bar)}


VECTORS = st.tuples(*[ensembles.positives()] * DIM)

CLAIM = Claim(
    title="In several dimensions a mean Bregman divergence is that of the dual mean plus a variance",
    source="Pfau 2013; Gupta et al. 2022",
    fidelity="secondary",
    given=strategies.merged(
        st.fixed_dictionaries({"generator": st.sampled_from(GENERATORS), "target": VECTORS}),
        ensembles.members(VECTORS, 3)),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"mean": "arithmetic"}, {"c": Fraction(21, 20)}],
    proof=BREGMAN_BIAS_VARIANCE_DIMENSIONS_PROOF.read_by(reads),
)
