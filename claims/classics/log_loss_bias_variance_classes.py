"""With several classes the mean divergence of predictions is that of their normalised geometric mean plus a variance.

Theorem. Let q be a random law on K classes, q_y > 0, and qbar_y = exp(E ln q_y)/sum_z exp(E ln q_z). For every law p
with p_y > 0

    E KL(p || q) = KL(p || qbar) + E KL(qbar || q).                                      (1)

Hypotheses: finitely many classes; q_y > 0 and p_y > 0 for all of them; p doesn't depend on q.
Does not say the same of the arithmetic mean, which is another ensemble.
Tight: an equality.   Proof: proofs_notes/classics/log_loss_bias_variance_classes.md
"""
from fractions import Fraction

from simulate import divergences, ensembles
from theory.bias_variance import LOG_LOSS_BIAS_VARIANCE_CLASSES_PROOF
from theory.ensembles import average, classes_divergence, mean_laws
from verify import Claim


def losses(predictions, law):
    """KL(p || q) for each member."""
    return [divergences.kl(law, q) for q in predictions]


def sample(mass, predictions, law, rng, size):
    """`size` i.i.d. divergences of members drawn at random."""
    return ensembles.draws(mass, losses(predictions, law), rng, size)


def support(predictions, law):
    """From 0 to the largest loss."""
    return 0, max(0, ensembles.reach(losses(predictions, law))[1])


def exact(mass, predictions, law):
    """(1), left-hand side, in balls."""
    return divergences.mean(mass, losses(predictions, law))


def bound(mass, predictions, law, mean="geometric", c=1):
    """(1), right-hand side; c multiplies the variance."""
    bar = mean_laws(mass, predictions, mean)
    spread = [classes_divergence(bar, q) for q in predictions]
    return average((1, c), (classes_divergence(law, bar), average(mass, spread)))


def reads(mass, predictions, law):
    """A class drawn from p: its probability, and the mean of ln q(class)."""
    logs = [divergences.mean(mass, [divergences.log(q[y]) for q in predictions]) for y in range(len(law))]
    return {"C": (law, {"prob": law, "mean_log": logs})}


CLAIM = Claim(
    title="With several classes the mean divergence of predictions is that of their geometric mean plus a variance",
    source="Heskes 1998; Yang et al. 2020",
    fidelity="secondary",
    given=ensembles.members_of_classes(),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"mean": "arithmetic"}, {"c": Fraction(21, 20)}],
    proof=LOG_LOSS_BIAS_VARIANCE_CLASSES_PROOF.read_by(reads),
)
