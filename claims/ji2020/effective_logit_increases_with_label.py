"""The effective logit rises with the hard label.

Theorem. Let z_eff(y) minimise rho w H(s(z_t/T), s(z/T)) + (1 - rho) H(y, s(z)), s the sigmoid and H the cross entropy,
for 0 < rho < 1, w > 0, T > 0 and a teacher's logit z_t. Then

    z_eff(1) - z_eff(0) >= 4 (1 - rho) / (rho w/T^2 + 1 - rho) > 0.                      (1)

Hypotheses: 0 < rho < 1. With rho = 1 the label does not matter and both sides are 0.
Does not say: that hard labels help; see hard_labels_correct.
Tight: in the limit rho -> 1 of a teacher that knows nothing, z_t = 0.
Proof: proofs_notes/ji2020/effective_logit_increases_with_label.md
"""
from fractions import Fraction

from simulate import pairs
from simulate.logits import Pupil
from theory.effective_logit import RISE_BY_LABEL, RISE_BY_LABEL_PROOF
from verify import Claim


def exact(soft_ratio, weight, temperature, teacher_logit):
    """(1), left-hand side, from the certified roots of the slope for both labels."""
    found = reads(soft_ratio, weight, temperature, teacher_logit)
    return found["other_logit"] - found["effective_logit"]


def bound(soft_ratio, weight, temperature, c=1):
    """(1), right-hand side."""
    return RISE_BY_LABEL(soft_ratio=soft_ratio, weight=weight, temperature=temperature, c=c)


def reads(soft_ratio, weight, temperature, teacher_logit):
    """The certified roots of the slope for both labels."""
    low, high = (Pupil(soft_ratio, weight, temperature, teacher_logit, y).effective_logit() for y in (0, 1))
    return {"effective_logit": low, "other_logit": high}


CLAIM = Claim(
    title="The effective logit rises with the hard label",
    source="Ji & Zhu 2020 (effective logit)",
    fidelity="reconstructed",
    given=pairs.pupils(),
    exact=exact, bound=bound, relation=">=",
    controls=[{"c": Fraction(21, 20)}, {"relation": "<="}],
    tight_at={"soft_ratio": Fraction(999, 1000), "weight": Fraction(1), "temperature": Fraction(1),
              "teacher_logit": Fraction(0), "label": 1},
    proof=RISE_BY_LABEL_PROOF.read_by(reads),
)
