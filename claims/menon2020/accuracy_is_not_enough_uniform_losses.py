"""With three classes and random losses the more accurate of two random teachers is the worse one in over 28% of pairs.

Theorem. At one point let p* and the laws of two teachers be independent and uniform on the simplex over three classes,
and let the three losses be independent and uniform in [0, 1]. Then

    P(the more accurate teacher has the larger squared error | the accuracies differ) >= 0.28.   (1)

Hypotheses: one point, so that a soft risk has no variance and its error is the squared bias.
Does not say what the probability is: 0.293 by simulation, and no closed form is known to us.
Tight: 0.28/0.293 of it.   Proof: proofs_notes/menon2020/accuracy_is_not_enough_uniform_losses.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import teacher_pairs
from verify import Claim


def sample(classes, rng, size):
    """`size` i.i.d. indicators of a pair of teachers, of different accuracies, that are ranked the wrong way."""
    return teacher_pairs.misranked(classes, rng, size, zero_one=False)


def bound(c=1):
    """(1), right-hand side."""
    return Fraction(28, 100) * c


CLAIM = Claim(
    title="With three classes and random losses the more accurate of two random teachers is the worse one in over 28% "
          "of pairs",
    source="after Menon et al. 2020",
    fidelity="reconstructed",
    given={"classes": st.just(3)},
    sample=sample, bound=bound, relation=">=", support=(0, 1),
    controls=[{"c": 1.1}, {"given": {"classes": st.just(2)}}],
)
