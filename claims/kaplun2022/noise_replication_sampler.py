"""A local rule on K clusters is a K/(e n)-sampler.

Theorem. In the setting of noise_replication, with K clusters and n independent training points, let d_i be the total
variation between the law of a local rule's label in cluster i and T_i. Then, over the cluster of a fresh point,

    E d <= K n^n / (n + 1)^(n + 1) < K / (e n).                                           (1)

Hypotheses: the rule is local, and answers with the label of any training point where its cluster was missed.
Does not say: anything on points that are no clusters; there the rate depends on the dimension.
Tight: yes, n = 1 and two equally likely clusters whose labels are certain and differ.
Proof: proofs_notes/kaplun2022/noise_replication_sampler.md
"""
from fractions import Fraction

from simulate import clusters
from theory.replication import REPLICATION_SAMPLER
from verify import Claim


def assume(mass, clean, noise, n, rule, rules=clusters.LOCAL):
    """Whose label is answered depends on the inputs alone; and the samples can be enumerated."""
    law = clusters.label_law(clean, noise)
    return rule in rules and clusters.replicated_law(mass, law, n, 0, rule) is not None


def exact(mass, clean, noise, n, rule):
    """E d, by enumeration of all labelled samples for each cluster."""
    law = clusters.label_law(clean, noise)
    return sum(p * clusters.distance_from_noise(mass, law, n, i, rule) for i, p in enumerate(mass))


def bound(mass, n, c=1):
    """(1), the middle."""
    return REPLICATION_SAMPLER(clusters=len(mass), n=n, c=c)


CERTAIN = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))

CLAIM = Claim(
    title="A local rule on K clusters is a K/(e n)-sampler",
    source="Kaplun et al. 2022 (interpolating rules as samplers)",
    fidelity="reconstructed",
    given=clusters.noisy_clusters(max_points=5), assume=assume,
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(19, 20)},
              {"given": clusters.noisy_clusters(("majority",), max_points=5), "rules": clusters.RULES}],
    tight_at={"mass": (Fraction(1, 2), Fraction(1, 2)), "clean": (0, 1), "noise": CERTAIN, "n": 1, "cluster": 0,
              "label": 0, "rule": "first"},
)
