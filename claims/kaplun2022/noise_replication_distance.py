"""In a cluster of mass pi, a local rule's label is within (1 - pi)^n of the noise in total variation.

Theorem. In the setting of noise_replication, with any number of clusters and n independent training points, the law
of a local rule's label in cluster i, of mass pi_i, satisfies

    TV(law of the label, T_i) <= (1 - pi_i)^n.                                           (1)

Hypotheses: the rule is local, and answers with the label of any training point where its cluster was missed.
Does not say: that the distance is this large; it is (1 - pi_i)^n times that of T_i from what is answered elsewhere.
Tight: yes, two clusters whose labels are certain and differ.
Proof: proofs_notes/kaplun2022/noise_replication_distance.md
"""
from fractions import Fraction

from simulate import clusters
from theory.replication import REPLICATION_DISTANCE
from verify import Claim


def assume(mass, clean, noise, n, cluster, rule, rules=clusters.LOCAL):
    """Whose label is answered depends on the inputs alone; and the samples can be enumerated."""
    law = clusters.label_law(clean, noise)
    return rule in rules and clusters.replicated_law(mass, law, n, cluster, rule) is not None


def exact(mass, clean, noise, n, cluster, rule):
    """(1), left-hand side, by enumeration of all labelled samples."""
    return clusters.distance_from_noise(mass, clusters.label_law(clean, noise), n, cluster, rule)


def bound(mass, n, cluster, c=1):
    """(1), right-hand side."""
    return REPLICATION_DISTANCE(mass=mass[cluster], n=n, c=c)


CERTAIN = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))

CLAIM = Claim(
    title="A local rule's label in a cluster of mass pi is within (1 - pi)^n of the noise in total variation",
    source="Kaplun et al. 2022 (interpolating rules as samplers)",
    fidelity="reconstructed",
    given=clusters.noisy_clusters(max_points=5), assume=assume,
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(19, 20)},
              {"given": clusters.noisy_clusters(("majority",), max_points=5), "rules": clusters.RULES}],
    tight_at={"mass": (Fraction(1, 2), Fraction(1, 2)), "clean": (0, 1), "noise": CERTAIN, "n": 3, "cluster": 0,
              "label": 0, "rule": "first"},
)
