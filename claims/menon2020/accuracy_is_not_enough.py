"""A more accurate teacher can give the worse soft risk.

Theorem. At one point let the second of two classes have probability eta < 1/2 and the loss be 1 on it, else 0.
Teacher A is certain of the first class, teacher B gives the second one 1/2 + s. For 0 < s < 2 eta - 1/2, A has
accuracy 1 - eta, B only eta, and yet the mean squared error of A's soft risk is the larger one:

    MSE(A) - MSE(B) = (2 eta - 1/2 - s)(1/2 + s) > 0.                                    (1)

Hypotheses: 1/4 < eta < 1/2, 0 < s < 2 eta - 1/2; any n.
Does not say that this is the rule: see `accuracy_is_not_enough_often`.
Tight: an equality; eta = 2/5 and s = 1/100 give 0.16 against 0.0121.
Proof: proofs_notes/menon2020/accuracy_is_not_enough.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Finite, samples, strategies
from theory import teacher_pairs
from verify import Claim

LOSS = ((Fraction(0), Fraction(1)),)
CERTAIN = ((Fraction(1), Fraction(0)),)


def instance(place, share, n):
    """eta at a place between 1/4 and 1/2, s a share of what it may be."""
    eta = Fraction(1, 4) + place / 4
    return {"eta": eta, "step": share * (2 * eta - Fraction(1, 2)), "n": n}


def assume(eta, step):
    """A is the more accurate teacher: its likeliest class is the likelier one, B's is not."""
    return 0 < step < 2 * eta - Fraction(1, 2) and eta < Fraction(1, 2)


def exact(eta, step, n):
    """(1), left-hand side, from all samples of n examples."""
    task = Finite((1,), ((1 - eta, eta),))
    other = ((Fraction(1, 2) - step, Fraction(1, 2) + step),)
    laws = [samples.over(samples.examples(task, LOSS, teacher), n) for teacher in (CERTAIN, other)]
    errors = [law.square_error("taught", eta) for law in laws if law]
    return errors[0] - errors[1]


def bound(eta, step, c=1):
    """(1), right-hand side."""
    return teacher_pairs.WITNESS(eta=eta, step=step, c=c)


CLAIM = Claim(
    title="A more accurate teacher can give the worse soft risk",
    source="Menon et al. 2020",
    fidelity="reconstructed",
    given=st.builds(instance, strategies.fractions01(100), strategies.fractions01(100), st.integers(1, 20)),
    assume=assume, exact=exact, bound=bound, relation="==",
    controls=[{"c": 1.02}, {"c": -1}],
    tight_at={"eta": Fraction(2, 5), "step": Fraction(1, 100), "n": 1},
    proof=teacher_pairs.WITNESS_PROOF,
)
