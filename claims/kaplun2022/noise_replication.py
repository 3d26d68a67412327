"""A local rule repeats the label noise: where it saw its cluster, its label has the law of the training labels.

Theorem. Let the points fall into clusters, cluster i with one clean label, and let observed labels be drawn
independently from the row T_i of a noise matrix that belongs to it. A rule is *local* if its label at a point of
cluster i is that of a training point of cluster i, where there is one, and which one depends on the inputs alone.
Given that the training sample has a point of cluster i,

    P(the rule's label in cluster i is j) = T_ij.                                        (1)

Hypotheses: the rule is local; labels are independent given the inputs. Checked for three local rules.
Does not say: anything for every interpolating rule: the majority of a cluster's labels depends on the labels.
Tight: an equality.   Proof: proofs_notes/kaplun2022/noise_replication.md
"""
from simulate import clusters
from theory.replication import REPLICATED, REPLICATED_PROOF, transition
from verify import Claim


def assume(rule):
    """Whose label is answered depends on the inputs alone."""
    return rule in clusters.LOCAL


def sample(mass, clean, noise, n, cluster, label, rule, rng, size):
    """`size` i.i.d. indicators that the rule answers `label`, given that its cluster was hit."""
    law = clusters.label_law(clean, noise)
    return clusters.replicated_labels(mass, law, n, cluster, rule, rng, size, hit=True) == label


def exact(mass, clean, noise, n, cluster, label, rule):
    """(1), left-hand side, by enumeration of all labelled samples; None where they are too many."""
    found = clusters.replicated_law(mass, clusters.label_law(clean, noise), n, cluster, rule)
    return None if found is None else found[0][label] / sum(found[0])


def bound(clean, noise, cluster, label, times=1, c=1):
    """(1), right-hand side; `times` is how often the noise is applied."""
    return REPLICATED(probability=transition(noise, times)[clean[cluster]][label], c=c)


def reads(mass, clean, noise, n, cluster, label, rule):
    """T_ij, and the law of the answer given a hit, by enumeration."""
    answer = exact(mass, clean, noise, n, cluster, label, rule)
    return {"peeks": int(rule not in clusters.LOCAL), "probability": noise[clean[cluster]][label],
            "S": None if answer is None else ((answer, 1 - answer), {"answers": (1, 0)})}


CLAIM = Claim(
    title="A local rule's label in a cluster that it saw has the law of the observed labels there",
    source="Kaplun et al. 2022 (interpolating rules as samplers)",
    fidelity="reconstructed",
    given=clusters.noisy_clusters(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"times": 2}, {"c": 1.02}, {"given": clusters.noisy_clusters(("majority",)), "assume": None},
              {"given": clusters.noisy_clusters(("smallest",)), "assume": None}],
    proof=REPLICATED_PROOF.read_by(reads),
)
