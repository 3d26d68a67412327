"""The mean squared error against a noisy target is squared bias plus variance plus noise.

Theorem. Let the prediction h and the target y be independent, with finite second moments. Then

    E(h - y)^2 = (E h - E y)^2 + Var(h) + Var(y).                                        (1)

Hypotheses: h and y independent, as where the target is a fresh label.
Does not say: the same on the training labels, on which h depends.
Tight: an equality.   Proof: proofs_notes/classics/squared_bias_variance_noise.md
"""
from fractions import Fraction

from simulate import ensembles, strategies
from theory.bias_variance import SQUARED_BIAS_VARIANCE_NOISE_PROOF, SQUARED_ERROR, VARIANCE
from verify import Claim


def pairs(mass, predictions, chances, labels, overlap):
    """The joint law of (h, y): independent, but with probability `overlap` both are in the same order."""
    free = [(p * q, h, y) for p, h in zip(mass, predictions, strict=True) for q, y in zip(chances, labels, strict=True)]
    tied = ensembles.in_order(mass, predictions, chances, labels) if overlap else []
    return [((1 - overlap) * p, h, y) for p, h, y in free] + [(overlap * p, h, y) for p, h, y in tied]


def sample(mass, predictions, chances, labels, rng, size, overlap=0):
    """`size` i.i.d. squared errors."""
    joint = pairs(mass, predictions, chances, labels, overlap)
    return ensembles.draws([p for p, _, _ in joint], [(h - y) ** 2 for _, h, y in joint], rng, size)


def support(predictions, labels):
    """From 0 to the largest loss."""
    return 0, ensembles.reach([(h - y) ** 2 for h in predictions for y in labels])[1]


def exact(mass, predictions, chances, labels, overlap=0):
    """(1), left-hand side, over all pairs."""
    return sum(p * (h - y) ** 2 for p, h, y in pairs(mass, predictions, chances, labels, overlap))


def bound(mass, predictions, chances, labels, c=1):
    """(1), right-hand side; c multiplies the noise."""
    (mean, square), (target, label_square) = (
        [ensembles.average(weights, [v**power for v in values]) for power in (1, 2)]
        for weights, values in ((mass, predictions), (chances, labels)))
    return SQUARED_ERROR(mean=mean, target=target, variance=VARIANCE(square=square, mean=mean),
                         noise=c * VARIANCE(square=label_square, mean=target))


def reads(mass, predictions, chances, labels):
    """The joint law of the prediction and the target."""
    joint = pairs(mass, predictions, chances, labels, 0)
    return {"HY": ([p for p, _, _ in joint], {"h": [h for _, h, _ in joint], "y": [y for _, _, y in joint]})}


NOISE = ensembles.members(ensembles.reals(), 3).map(lambda v: {"chances": v["mass"], "labels": v["predictions"]})

CLAIM = Claim(
    title="The mean squared error against a noisy target is squared bias plus variance plus noise",
    source="Geman, Bienenstock & Doursat 1992",
    fidelity="secondary",
    given=strategies.merged(ensembles.members(ensembles.reals(), 4), NOISE),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"c": Fraction(21, 20)}, {"c": 0}, {"overlap": Fraction(1, 10)}],
    proof=SQUARED_BIAS_VARIANCE_NOISE_PROOF.read_by(reads),
)
