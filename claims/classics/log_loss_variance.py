"""The variance of log loss is -ln(exp(E ln q) + exp(E ln(1 - q))).

Theorem. Let q in (0, 1) be random, G = exp(E ln q), G' = exp(E ln(1 - q)) and qbar = G/(G + G') their normalised
geometric mean. Then

    E KL(qbar || q) = -ln(G + G').                                                       (1)

Hypotheses: 0 < q < 1; ln q and ln(1 - q) have means.
Does not say that it is the mean divergence from q to qbar: KL isn't symmetric.
Tight: an equality.   Proof: proofs_notes/classics/log_loss_variance.md
"""
from fractions import Fraction

from simulate import divergences, ensembles
from theory.bias_variance import LOG_LOSS_VARIANCE, LOG_LOSS_VARIANCE_PROOF
from theory.ensembles import average, mean_log
from verify import Claim


def spread(mass, predictions, mean):
    """KL(qbar || q) for each member."""
    pairs = [(q, 1 - q) for q in predictions]
    arithmetic = [average(mass, column) for column in zip(*pairs, strict=True)]
    bar = divergences.geometric_mean(mass, pairs) if mean == "geometric" else arithmetic
    return [divergences.kl(bar, pair) for pair in pairs]


def sample(mass, predictions, rng, size, mean="geometric"):
    """`size` i.i.d. divergences of qbar from members drawn at random."""
    return ensembles.draws(mass, spread(mass, predictions, mean), rng, size)


def support(mass, predictions, mean="geometric"):
    """From 0 to the largest divergence; rounding may leave 0 by a little."""
    return 0, max(0, ensembles.reach(spread(mass, predictions, mean))[1])


def exact(mass, predictions, mean="geometric"):
    """(1), left-hand side, in balls."""
    return divergences.mean(mass, spread(mass, predictions, mean))


def bound(mass, predictions, c=1):
    """(1), right-hand side."""
    variance = LOG_LOSS_VARIANCE(log_right=mean_log(mass, predictions),
                                 log_wrong=mean_log(mass, [1 - q for q in predictions]))
    return average((c,), (variance,))


def reads(mass, predictions):
    """The law of the prediction."""
    return {"Q": (mass, {"q": predictions})}


CLAIM = Claim(
    title="The variance of log loss is -ln(exp(E ln q) + exp(E ln(1 - q)))",
    source="Heskes 1998",
    fidelity="secondary",
    given=ensembles.members(ensembles.inside01()),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"mean": "arithmetic"}, {"c": Fraction(21, 20)}],
    proof=LOG_LOSS_VARIANCE_PROOF.read_by(reads),
)
