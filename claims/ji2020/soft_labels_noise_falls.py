"""The softer the labels, the less noise they hold, at every temperature of at least 1.

Theorem. Let a perfect teacher's logit t have a law symmetric about 0, and let z_rho be the student's effective
logit: the minimiser of rho c H(s(t/T), s(z/T)) + (1 - rho) H(1{t > 0}, s(z)). Let

    tau(rho) = E z_rho^2 E t^2 / (E z_rho t)^2 - 1,

the share of noise that is left when z_rho is regressed on t. If T >= 1 and 0 < rho <= rho' <= 1, then

    1 + tau(rho') <= 1 + tau(rho),                                                       (1)

strictly where rho < rho' and |t| takes two values. Isotropic features, t = |w*| g with g ~ N(0, 1), are one case.
Hypotheses: T >= 1; c > 0; the hard label is the teacher's own. Any symmetric law of t with P(t = 0) = 0.
Does not say: anything for T < 1, where (1) is false for large logits.
Tight: rho' = rho, and where |t| is constant.   Proof: proofs_notes/ji2020/soft_labels_noise_falls.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import logit_moments
from theory.soft_ratio import NOISE
from verify import Claim

RATIO = st.integers(1, 20).map(lambda v: Fraction(v, 20))
GIVEN = st.fixed_dictionaries({
    "atoms": st.lists(st.tuples(st.integers(1, 50), st.integers(1, 120)), max_size=4).map(tuple),
    "norm": st.integers(1, 24).map(lambda v: Fraction(v, 4)), "soft_ratio": RATIO, "softer": RATIO,
    "temperature": st.integers(2, 16).map(lambda v: Fraction(v, 2)), "scaled": st.booleans()})


def law(atoms, norm):
    """(weights, moduli of t): the atoms' weights and quarters, or without atoms those of norm times a Gaussian."""
    if not atoms:
        return logit_moments.gaussian_logits(float(norm))
    return np.array([w for w, _ in atoms]) / sum(w for w, _ in atoms), np.array([t for _, t in atoms]) / 4


def assume(soft_ratio, softer):
    """rho <= rho'."""
    return soft_ratio <= softer


def effective(atoms, norm, soft_ratio, temperature, scaled, shrink):
    """(weights, t, z); c is T^2 where the loss is scaled."""
    weights, t = law(atoms, norm)
    temperature = shrink * float(temperature)
    factor = temperature**2 if scaled else 1.0
    return weights, t, logit_moments.effective_logits(t, float(soft_ratio), factor, temperature)


def exact(atoms, norm, softer, temperature, scaled, shrink=1):
    """(1), left-hand side: what weighted least squares leaves of z at rho', in floats."""
    weights, t, z = effective(atoms, norm, softer, temperature, scaled, shrink)
    root = np.sqrt(weights)
    slope, *_ = np.linalg.lstsq((root * t)[:, None], root * z, rcond=None)
    return 1 + float(weights @ (z - slope[0] * t) ** 2 / (slope[0] ** 2 * (weights @ t**2)))


def bound(atoms, norm, soft_ratio, temperature, scaled, shrink=1, c=1):
    """(1), right-hand side; c multiplies tau."""
    weights, t, z = effective(atoms, norm, soft_ratio, temperature, scaled, shrink)
    moments = float(weights @ z**2), float(weights @ t**2), float(weights @ (z * t))
    return 1 + c * NOISE(effective_square=moments[0], logit_square=moments[1], cross=moments[2])


CLAIM = Claim(
    title="The noise in the effective logits falls as labels become softer, at every temperature of at least 1",
    source="Ji & Zhu 2020 (soft labels help); the noise tau and its monotonicity are ours",
    given=GIVEN, assume=assume, exact=exact, bound=bound, relation="<=",
    controls=[{"shrink": 0.8}, {"shrink": 0.25}, {"c": Fraction(9, 10)}, {"relation": ">="}],
    tight_at={"atoms": ((1, 40), (1, 120)), "norm": Fraction(1), "soft_ratio": Fraction(9, 10),
              "softer": Fraction(19, 20), "temperature": Fraction(1), "scaled": False},
)
