"""Of two random teachers the more accurate one has the worse soft risk in 1 of 12 pairs, with three classes in 3 of 10.

Theorem. At one point let p* and the laws of two teachers be independent and uniform on the simplex, and let the loss
be 1 on one class, else 0. Given that the accuracies differ, the teacher of higher accuracy has the larger squared error
with probability

    1/12 with two classes, 14281/46656 = 0.306... with three.                            (1)

Hypotheses: one point, so that a soft risk has no variance and its error is the squared bias.
Does not say how often among trained teachers: those have laws near p*, not uniform ones.
Tight: an equality.   Proof: proofs_notes/menon2020/accuracy_is_not_enough_often.md
"""
from hypothesis import strategies as st

from simulate import teacher_pairs as pairs
from theory import teacher_pairs
from verify import Claim


def sample(classes, rng, size):
    """`size` i.i.d. indicators of a pair of teachers, of different accuracies, that are ranked the wrong way."""
    return pairs.misranked(classes, rng, size, zero_one=True)


def exact(classes):
    """(1), left-hand side, by quadrature that is exact on the pieces."""
    return pairs.frequency(classes)


def bound(classes, c=1):
    """(1), right-hand side, by symbolic integration over the pieces."""
    frequency = {2: teacher_pairs.MISRANKED_TWO, 3: teacher_pairs.MISRANKED_THREE}[classes]
    return frequency(c=c)


CLAIM = Claim(
    title="Of two random teachers the more accurate one has the worse soft risk in 1 of 12 pairs, with three classes "
          "in 3 of 10",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given={"classes": st.sampled_from((2, 3))},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": 1.05}, {"c": 0.95}],
)
