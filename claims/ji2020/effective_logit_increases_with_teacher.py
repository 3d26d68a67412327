"""The effective logit rises with the teacher's logit.

Theorem. Let z_eff(z_t) minimise rho w H(s(z_t/T), s(z/T)) + (1 - rho) H(y, s(z)), s the sigmoid and H the cross
entropy, for 0 < rho < 1, w > 0, T > 0 and a label y, 0 or 1. Then for a < b

    z_eff(b) - z_eff(a) >= 4 (rho w/T) (s(b/T) - s(a/T)) / (rho w/T^2 + 1 - rho) > 0.    (1)

Hypotheses: 0 < rho < 1.
Does not say: that z_eff lies near the teacher's logit.
Tight: in the limit rho -> 1 of teachers that know nothing, a = -b -> 0.
Proof: proofs_notes/ji2020/effective_logit_increases_with_teacher.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import pairs, strategies
from simulate.logits import Pupil
from theory.effective_logit import RISE_BY_TEACHER, RISE_BY_TEACHER_PROOF
from verify import Claim


def exact(soft_ratio, weight, temperature, teacher_logit, rise, label):
    """(1), left-hand side, from the certified roots of the slope for both teachers."""
    found = reads(soft_ratio, weight, temperature, teacher_logit, rise, label)
    return found["other_logit"] - found["effective_logit"]


def bound(soft_ratio, weight, temperature, teacher_logit, rise, c=1):
    """(1), right-hand side."""
    return RISE_BY_TEACHER(soft_ratio=soft_ratio, weight=weight, temperature=temperature, teacher_logit=teacher_logit,
                           higher_logit=teacher_logit + rise, c=c)


def reads(soft_ratio, weight, temperature, teacher_logit, rise, label):
    """The certified roots of the slope for both teachers."""
    low, high = (Pupil(soft_ratio, weight, temperature, logit, label).effective_logit()
                 for logit in (teacher_logit, teacher_logit + rise))
    return {"effective_logit": low, "other_logit": high, "higher_logit": teacher_logit + rise}


CLAIM = Claim(
    title="The effective logit rises with the teacher's logit",
    source="Ji & Zhu 2020 (effective logit)",
    fidelity="reconstructed",
    given=strategies.merged(pairs.pupils(), st.fixed_dictionaries({"rise": pairs.quotients(1, 32, 4)})),
    exact=exact, bound=bound, relation=">=",
    controls=[{"c": Fraction(21, 20)}, {"relation": "<="}],
    tight_at={"soft_ratio": Fraction(999, 1000), "weight": Fraction(1), "temperature": Fraction(1),
              "teacher_logit": Fraction(-1, 8), "rise": Fraction(1, 4), "label": 1},
    proof=RISE_BY_TEACHER_PROOF.read_by(reads),
)
