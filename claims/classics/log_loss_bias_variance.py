"""The mean log loss of random predictions is that of their normalised geometric mean plus a variance.

Theorem. Let q in (0, 1) be a random prediction of P(Y = 1), qbar = G/(G + G') with G = exp(E ln q) and
G' = exp(E ln(1 - q)), H(p, q) = -p ln q - (1 - p) ln(1 - q) the log loss against a label p in [0, 1], soft or not. Then

    E H(p, q) = H(p, qbar) + E KL(qbar || q).                                            (1)

Hypotheses: 0 < q < 1, ln q and ln(1 - q) have means; p doesn't depend on q.
Does not say the same of the arithmetic mean: that is another ensemble, and for it (1) is false.
Tight: an equality.   Proof: proofs_notes/classics/log_loss_bias_variance.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import divergences, ensembles, strategies
from theory.bias_variance import DIVERGENCE, LOG_LOSS_BIAS_VARIANCE_PROOF
from theory.ensembles import LOG_LOSS, average, geometric_mean
from theory.formula import expectation
from verify import Claim


def losses(predictions, target):
    """The log loss of each member."""
    return [divergences.log_loss(target, q) for q in predictions]


def sample(mass, predictions, target, rng, size):
    """`size` i.i.d. log losses of members drawn at random."""
    return ensembles.draws(mass, losses(predictions, target), rng, size)


def support(predictions, target):
    """The smallest and the largest loss."""
    return ensembles.reach(losses(predictions, target))


def exact(mass, predictions, target):
    """(1), left-hand side, in balls."""
    return divergences.mean(mass, losses(predictions, target))


def bound(mass, predictions, target, mean="geometric", c=1):
    """(1), right-hand side; c multiplies the variance."""
    bar = geometric_mean(mass, predictions) if mean == "geometric" else average(mass, predictions)
    return average((1, c), (LOG_LOSS(p=target, q=bar), expectation(DIVERGENCE, mass, p=bar, q=predictions)))


def reads(mass, predictions, target):
    """The law of the prediction."""
    return {"Q": (mass, {"q": predictions}), "p": target}


CLAIM = Claim(
    title="The mean log loss of random predictions is that of their normalised geometric mean plus a variance",
    source="Heskes 1998; Yang et al. 2020",
    fidelity="secondary",
    given=strategies.merged(ensembles.members(ensembles.inside01()),
                            st.fixed_dictionaries({"target": strategies.fractions01(64)})),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"mean": "arithmetic"}, {"c": Fraction(21, 20)}],
    proof=LOG_LOSS_BIAS_VARIANCE_PROOF.read_by(reads),
)
