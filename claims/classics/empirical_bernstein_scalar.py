"""The empirical Bernstein inequality: the sample's own variance takes the place of the true one.

Theorem (Maurer & Pontil 2009, Theorem 4). Let Z_1, ..., Z_m be i.i.d. with values in [0, 1], m >= 2, and let V be
the sample variance with divisor m - 1. Then for 0 < delta < 1, with probability at least 1 - delta,

    E Z <= (Z_1 + ... + Z_m)/m + sqrt(2 V ln(2/delta)/m) + 7 ln(2/delta)/(3 (m - 1)),    (1)

that is, (1) fails with probability at most delta.
Hypotheses: independence; one law; values in [0, 1].
Does not say: that the last term can go: a sample without spread (V = 0) says little about rare values.
Tight: far from it: for rare coins and delta = 1/2 the sample that is all 0 makes up 0.06 of delta.
Proof: proofs_notes/classics/empirical_bernstein_scalar.md
"""
from fractions import Fraction
from math import log

from hypothesis import strategies as st

from simulate import strategies, tails
from theory.concentration_more import EMPIRICAL_BERNSTEIN_RADIUS
from verify import Claim

CONFIDENCE = tuple(Fraction(1, d) for d in (2, 4, 10, 20, 100))


def seldom(times, m, delta):
    """A coin so rarely 1 that all m draws may be 0; with a mean above `times` ln(2/delta)/(m - 1)."""
    p = min(times * Fraction(log(2 / delta) / (m - 1)).limit_denominator(1000) + Fraction(1, 1000), Fraction(1))
    return {"mass": (1 - p, p), "values": (Fraction(0), Fraction(1)), "m": m, "delta": delta}


SIZES = st.fixed_dictionaries({"m": st.integers(2, 60), "delta": st.sampled_from(CONFIDENCE)})
GIVEN = st.one_of(
    strategies.merged(strategies.bounded_laws(max_atoms=3), SIZES),
    st.builds(seldom, st.one_of(st.just(Fraction(3, 4)), strategies.fractions01(24).map(lambda share: 3 * share)),
              st.integers(2, 60),
              st.sampled_from(CONFIDENCE)),
)


def failure(mass, values, m, delta, c):
    """Whether the mean of a sample is too far below the expectation, given the sample's mean and variance."""
    expectation = float(tails.moments(mass, values)[0])
    # The radius is linear in the standard deviation.
    fixed, unit = (float(EMPIRICAL_BERNSTEIN_RADIUS(variance=v, m=m, delta=delta, c=c)) for v in (0, 1))
    return lambda mean, variance: expectation > mean + fixed + (unit - fixed) * variance**0.5


def sample(mass, values, m, delta, rng, size, c=7, scale=1):
    """`size` i.i.d. indicators of a sample for which (1) fails; the values are in [0, scale]."""
    scaled = tuple(scale * v for v in values)
    return tails.sample_event(mass, scaled, m, failure(mass, scaled, m, delta, c), rng, size)


def exact(mass, values, m, delta, c=7, scale=1):
    """The probability that (1) fails, by summing over how often each value is drawn; None where that is too much."""
    scaled = tuple(scale * v for v in values)
    return tails.event_probability(mass, scaled, m, failure(mass, scaled, m, delta, c))


def bound(delta):
    """delta."""
    return delta


CLAIM = Claim(
    title="With probability 1 - delta a mean is at most the sample's plus sqrt(2 V ln(2/delta)/m) + "
          "7 ln(2/delta)/(3(m-1)), V the sample variance",
    source="Maurer & Pontil 2009, Theorem 4",
    fidelity="secondary",
    given=GIVEN,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": 0}, {"c": 2}, {"scale": 4}],
    tight_at=seldom(Fraction(7, 3), 60, Fraction(1, 2)),
)
