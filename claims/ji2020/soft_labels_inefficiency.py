"""In many dimensions the data inefficiency of interpolating labels grows with the noise in them.

Theorem. A student interpolates noisy linear labels at n points of isotropic features in R^p: along the truth they
have a linear part of mean square 1, and a rest of mean square tau. As n, p grow with n/p = u in (0, 1), E|w_n|^2
tends to u + tau u/(1 - u), and the data inefficiency n (ln|w_(n+1)| - ln|w_n|) to

    I(u, tau) = 1/2 + (u/2) tau / ((1 - u)(1 - u + tau)),                                (1)

which does not fall in tau: I(u, tau) <= I(u, tau') for 0 <= tau <= tau'.
Hypotheses: 0 < u < 1; the limit of many dimensions.
Does not say: how fast the limit is reached; see `soft_labels_help` for finite n and p.
Tight: tau = tau'; I runs from 1/2 (no noise) to 1/(2(1 - u)).   Proof: proofs_notes/ji2020/soft_labels_inefficiency.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import strategies
from theory.soft_ratio import INEFFICIENCY, INEFFICIENCY_PROOF
from verify import Claim

NOISE = st.one_of(st.integers(0, 12).map(Fraction), st.integers(0, 400).map(lambda v: Fraction(v, 100)))


def assume(load, noise_share, louder):
    """0 < u < 1 and tau <= tau'."""
    return 0 < load < 1 and noise_share <= louder


def exact(load, noise_share):
    """(1), left-hand side: half the elasticity of u (1 - u + tau)/(1 - u), by the rule for quotients."""
    top, bottom = load * (1 - load + noise_share), 1 - load
    slope = (1 - 2 * load + noise_share) / top + 1 / bottom
    return load * slope / 2


def bound(load, louder, c=1):
    """(1), right-hand side; c multiplies what exceeds 1/2."""
    return Fraction(1, 2) + c * (INEFFICIENCY(load=load, noise_share=louder) - Fraction(1, 2))


CLAIM = Claim(
    title="In many dimensions the data inefficiency of an interpolating student grows with the noise in its labels",
    source="ours, on the data inefficiency of Ji & Zhu 2020",
    given={"load": strategies.fractions01(100), "noise_share": NOISE, "louder": NOISE},
    assume=assume, exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(19, 20)}, {"relation": ">="}],
    tight_at={"load": Fraction(1, 2), "noise_share": Fraction(1), "louder": Fraction(1)},
    proof=INEFFICIENCY_PROOF,
)
