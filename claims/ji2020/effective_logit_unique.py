"""A student of soft and hard labels has one effective logit, and any other one costs the divergence from it.

Theorem. Let l(z) = rho w H(s(z_t/T), s(z/T)) + (1 - rho) H(y, s(z)), s the sigmoid and H the cross entropy, for
0 < rho < 1, w > 0, T > 0, a teacher's logit z_t and a label y, 0 or 1. There is z_eff with l'(z_eff) = 0, and for all z

    l(z) - l(z_eff) = rho w KL(s(z_eff/T), s(z/T)) + (1 - rho) KL(s(z_eff), s(z)),        (1)

which is positive unless z = z_eff: the minimiser is unique.

Hypotheses: 0 < rho < 1; with rho = 0 the loss falls for ever and has no minimiser.
Does not say: that the student reaches z_eff on every point; that takes a student that interpolates.
Tight: an equality.   Proof: proofs_notes/ji2020/effective_logit_unique.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import pairs, polar, strategies
from simulate.logits import Pupil
from theory.effective_logit import EFFECTIVE_LOGIT_UNIQUE_PROOF, EXCESS_LOSS
from verify import Claim


def exact(soft_ratio, weight, temperature, teacher_logit, label, z):
    """(1), left-hand side, from the cross entropies."""
    pupil = Pupil(soft_ratio, weight, temperature, teacher_logit, label)
    best = pupil.effective_logit()
    with polar.precise():
        return pupil.loss(polar.ball(z)) - pupil.loss(best)


def bound(soft_ratio, weight, temperature, teacher_logit, label, z, c=1, turned=False, teacher_instead=False):
    """(1), right-hand side; `turned` exchanges what diverges from what."""
    pupil = Pupil(soft_ratio, weight, temperature, teacher_logit, label)
    best = polar.ball(teacher_logit) if teacher_instead else pupil.effective_logit()
    first, second = (z, best) if turned else (best, z)
    return EXCESS_LOSS(soft_ratio=soft_ratio, weight=weight, temperature=temperature, effective_logit=first, z=second,
                       c=c)


def reads(soft_ratio, weight, temperature, teacher_logit, label):
    """The certified root of the slope."""
    return {"effective_logit": Pupil(soft_ratio, weight, temperature, teacher_logit, label).effective_logit()}


CLAIM = Claim(
    title="A student of soft and hard labels has one effective logit, and any other costs the divergence from it",
    source="Ji & Zhu 2020 (effective logit)",
    fidelity="reconstructed",
    given=strategies.merged(pairs.pupils(), st.fixed_dictionaries({"z": pairs.quotients(-40, 40, 4)})),
    exact=exact, bound=bound, relation="==",
    controls=[{"c": Fraction(21, 20)}, {"turned": True}, {"teacher_instead": True}],
    proof=EFFECTIVE_LOGIT_UNIQUE_PROOF.read_by(reads),
)
