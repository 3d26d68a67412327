"""With two clusters, a local rule's label is T_ij-distributed up to the chance of missing the cluster.

Theorem. Let there be two clusters, i of mass pi_i and i', with one clean label each, and let observed labels be drawn
independently from the rows T_i and T_i' of a noise matrix. A local rule (noise_replication) on n training points, which
answers with a point of the other cluster where its own was missed, has

    P(its label in cluster i is j) = (1 - (1 - pi_i)^n) T_ij + (1 - pi_i)^n T_i'j.       (1)

Hypotheses: the rule is local; labels are independent given the inputs; inputs are independent.
Does not say: the same for more clusters, unless T_i'j is the average that the rule's choice makes of the others.
Tight: an equality.   Proof: proofs_notes/kaplun2022/noise_replication_unconditional.md
"""
from simulate import clusters
from theory.replication import REPLICATED_WITH_MISSES, REPLICATED_WITH_MISSES_PROOF
from verify import Claim


def assume(rule):
    """Whose label is answered depends on the inputs alone."""
    return rule in clusters.LOCAL


def sample(mass, clean, noise, n, cluster, label, rule, rng, size):
    """`size` i.i.d. indicators that the rule answers `label`."""
    return clusters.replicated_labels(mass, clusters.label_law(clean, noise), n, cluster, rule, rng, size) == label


def exact(mass, clean, noise, n, cluster, label, rule):
    """(1), left-hand side, by enumeration of all labelled samples; None where they are too many."""
    found = clusters.replicated_law(mass, clusters.label_law(clean, noise), n, cluster, rule)
    return None if found is None else found[0][label] + found[1][label]


def bound(mass, clean, noise, n, cluster, label, shift=0):
    """(1), right-hand side, for n + shift training points."""
    own, other = (noise[clean[i]][label] for i in (cluster, 1 - cluster))
    return REPLICATED_WITH_MISSES(probability=own, elsewhere=other, mass=mass[cluster], n=n + shift)


def reads(mass, clean, noise, n, cluster, label, rule):
    """The two rows' entries, the cluster's mass, and the joint law of the answer and of a miss, by enumeration."""
    found = clusters.replicated_law(mass, clusters.label_law(clean, noise), n, cluster, rule)
    law = found and [(row[label] if says else sum(row) - row[label], says, missed)
                     for missed, row in enumerate(found) for says in (0, 1)]
    return {"peeks": int(rule not in clusters.LOCAL), "probability": noise[clean[cluster]][label],
            "elsewhere": noise[clean[1 - cluster]][label], "mass": mass[cluster], "n": n,
            "S": law and ([p for p, _, _ in law], {"answers": [a for _, a, _ in law], "missed": [q for *_, q in law]})}


def pair(rules):
    """Instances with two clusters."""
    return clusters.noisy_clusters(rules, clusters=(2, 2))


CLAIM = Claim(
    title="With two clusters a local rule repeats the noise of its own, or where it was missed that of the other",
    source="Kaplun et al. 2022 (interpolating rules as samplers)",
    fidelity="reconstructed",
    given=pair(clusters.LOCAL), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"shift": 1}, {"shift": -1}, {"given": pair(("majority",)), "assume": None},
              {"given": pair(("smallest",)), "assume": None}],
    proof=REPLICATED_WITH_MISSES_PROOF.read_by(reads),
)
