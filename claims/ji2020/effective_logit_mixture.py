"""At temperature 1 the effective probability is the weighted mean of the teacher's and the label.

Theorem. Let z_eff minimise rho w H(s(z_t), s(z)) + (1 - rho) H(y, s(z)), s the sigmoid and H the cross entropy, for
0 < rho < 1, w > 0, a teacher's logit z_t and a label y, 0 or 1. Then

    s(z_eff) = (rho w s(z_t) + (1 - rho) y) / (rho w + 1 - rho).                          (1)

Hypotheses: temperature 1, for the loss and for the student.
Does not say: that this holds at other temperatures, where s(z/T) is no linear function of s(z).
Tight: an equality.   Proof: proofs_notes/ji2020/effective_logit_mixture.md
"""
from fractions import Fraction

from simulate import pairs, polar
from simulate.logits import Pupil
from theory.effective_logit import MIXTURE, MIXTURE_PROOF
from verify import Claim


def exact(soft_ratio, weight, teacher_logit, label, warmth=1):
    """(1), left-hand side, from the certified root of the slope."""
    best = Pupil(soft_ratio, weight, Fraction(warmth), teacher_logit, label).effective_logit()
    with polar.precise():
        return 1 / (1 + (-best).exp())


def bound(soft_ratio, weight, teacher_logit, label, c=1):
    """(1), right-hand side."""
    return MIXTURE(soft_ratio=soft_ratio, weight=weight, teacher_logit=teacher_logit, label=label, c=c)


def reads(soft_ratio, weight, teacher_logit, label):
    """The certified root of the slope."""
    return {"effective_logit": Pupil(soft_ratio, weight, Fraction(1), teacher_logit, label).effective_logit()}


CLAIM = Claim(
    title="At temperature 1 the effective probability is the weighted mean of the teacher's and the label",
    source="Ji & Zhu 2020 (effective logit)",
    fidelity="reconstructed",
    given=pairs.pupils(),
    exact=exact, bound=bound, relation="==",
    controls=[{"warmth": Fraction(11, 10)}, {"c": Fraction(19, 20)}],
    proof=MIXTURE_PROOF.read_by(reads),
)
