"""Hard labels put a wrong teacher right iff (1 - rho)/rho > (w/T) tanh(|z_t|/(2T)).

Theorem. Let z_eff minimise rho w H(s(z_t/T), s(z/T)) + (1 - rho) H(y, s(z)), s the sigmoid and H the cross entropy,
for 0 < rho < 1, w > 0, T > 0, where the teacher is wrong: y = 1 and z_t < 0. Then

    1{z_eff >= 0} = 1{(1 - rho)/rho >= (w/T) tanh(|z_t|/(2T))}.                           (1)

Hypotheses: 0 < rho < 1. By symmetry the same holds for y = 0 and z_t > 0, with z_eff <= 0.
Does not say: that z_eff is far from 0.
Tight: an equality, of indicators.   Proof: proofs_notes/ji2020/hard_labels_correct.md
"""
from fractions import Fraction
from math import tanh

from hypothesis import strategies as st

from simulate import pairs, strategies
from simulate.logits import Pupil
from theory.effective_logit import HARD_LABELS_CORRECT_PROOF, ODDS_NEEDED
from verify import Claim


def near(weight, temperature, size, share):
    """A soft ratio whose odds (1 - rho)/rho are a little above or below what is needed, by the share `share` of it."""
    needed = Fraction(float(weight / temperature) * tanh(size / (2 * temperature))).limit_denominator(10**6)
    return {"soft_ratio": 1 / (1 + needed * (1 + share)), "weight": weight, "temperature": temperature, "size": size}


PARTS = {"weight": pairs.quotients(1, 40, 4), "temperature": pairs.quotients(1, 16, 2),
         "size": pairs.quotients(1, 32, 4)}
GIVEN = st.one_of(
    st.fixed_dictionaries({"soft_ratio": strategies.fractions01(100).filter(lambda share: 0 < share < 1), **PARTS}),
    st.builds(near, **PARTS, share=st.sampled_from([Fraction(j, 100) for j in (1, -1, 3, -3, 10, -10)])))


def exact(soft_ratio, weight, temperature, size):
    """(1), left-hand side, from the certified root of the slope."""
    best = Pupil(soft_ratio, weight, temperature, -size, 1).effective_logit()
    if not (best > 0 or best < 0):
        raise ValueError(f"the effective logit {best} can't be told from 0; take other numbers.")
    return int(best > 0)


def bound(soft_ratio, weight, temperature, size, c=1, power=1):
    """(1), right-hand side."""
    needed = ODDS_NEEDED(weight=weight, temperature=temperature, size=size, c=c, power=power)
    return int((1 - soft_ratio) / soft_ratio >= float(needed))


def reads(soft_ratio, weight, temperature, size):
    """The certified root of the slope."""
    return {"effective_logit": Pupil(soft_ratio, weight, temperature, -size, 1).effective_logit()}


CLAIM = Claim(
    title="Hard labels put a wrong teacher right iff (1 - rho)/rho > (w/T) tanh(|z_t|/(2T))",
    source="Ji & Zhu 2020 (hard labels correct the teacher)",
    fidelity="reconstructed",
    given=GIVEN,
    exact=exact, bound=bound, relation="==",
    controls=[{"power": 0}, {"c": Fraction(21, 20)}, {"c": Fraction(19, 20)}],
    tight_at=near(Fraction(1), Fraction(2), Fraction(3), Fraction(1, 100)),
    proof=HARD_LABELS_CORRECT_PROOF.read_by(reads),
)
