"""The mean divergence of random predictions from p is that of their normalised geometric mean plus a variance.

Theorem. Let q in (0, 1) be a random prediction of p in (0, 1), and qbar the normalised geometric mean of q. Then

    E KL(p || q) = KL(p || qbar) + E KL(qbar || q).                                      (1)

Hypotheses: 0 < q < 1, ln q and ln(1 - q) have means; p doesn't depend on q.
Does not say: anything about KL(q || p), whose right mean is the arithmetic one.
Tight: an equality.   Proof: proofs_notes/classics/log_loss_bias_variance_divergence.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import divergences, ensembles, strategies
from theory.bias_variance import DIVERGENCE, LOG_LOSS_BIAS_VARIANCE_DIVERGENCE_PROOF
from theory.ensembles import average, geometric_mean
from theory.formula import expectation
from verify import Claim


def losses(predictions, target):
    """KL(p || q) for each member."""
    return [divergences.kl((target, 1 - target), (q, 1 - q)) for q in predictions]


def sample(mass, predictions, target, rng, size):
    """`size` i.i.d. divergences of members drawn at random."""
    return ensembles.draws(mass, losses(predictions, target), rng, size)


def support(predictions, target):
    """From 0 to the largest loss."""
    return 0, max(0, ensembles.reach(losses(predictions, target))[1])


def exact(mass, predictions, target):
    """(1), left-hand side, in balls."""
    return divergences.mean(mass, losses(predictions, target))


def bound(mass, predictions, target, mean="geometric", c=1):
    """(1), right-hand side; c multiplies the variance."""
    bar = geometric_mean(mass, predictions) if mean == "geometric" else average(mass, predictions)
    return average((1, c), (DIVERGENCE(p=target, q=bar), expectation(DIVERGENCE, mass, p=bar, q=predictions)))


def reads(mass, predictions, target):
    """The law of the prediction."""
    return {"Q": (mass, {"q": predictions}), "p": target}


CLAIM = Claim(
    title="The mean divergence of random predictions from p is that of their normalised geometric mean plus a variance",
    source="Heskes 1998",
    fidelity="secondary",
    given=strategies.merged(ensembles.members(ensembles.inside01()),
                            st.fixed_dictionaries({"target": ensembles.inside01()})),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"mean": "arithmetic"}, {"c": Fraction(21, 20)}],
    proof=LOG_LOSS_BIAS_VARIANCE_DIVERGENCE_PROOF.read_by(reads),
)
