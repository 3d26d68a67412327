"""Hypothesis strategies for tails of finite laws: thresholds where the inequalities say something.

A threshold is drawn as a share of the way from where an inequality says nothing to the farthest value, so that few
instances are vacuous; shares shrink to 0.
"""
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from simulate.strategies import Instances, bounded_laws, fractions01, merged
from simulate.tails import moments

SHARES = fractions01(256)


def markov_laws() -> Instances:
    """{"mass", "values", "a"}: values in [0, 1] and a > 0 between the mean and the largest value."""
    def instance(law: dict[str, Any], share: Fraction) -> dict[str, Any]:
        mean, _ = moments(**law)
        return {**law, "a": mean + share * (max(_support(law)) - mean) or Fraction(1)}

    return st.builds(instance, bounded_laws(), SHARES)


def two_sided_laws() -> Instances:
    """{"mass", "values", "t"}: t > 0 from above the standard deviation to the farthest value from the mean."""
    def instance(law: dict[str, Any], share: Fraction) -> dict[str, Any]:
        mean, variance = moments(**law)
        far = max(abs(v - mean) for v in _support(law))
        # (variance/far + far)/2 is at least the standard deviation and at most far.
        least = (variance / far + far) / 2 if far else Fraction(1)
        return {**law, "t": least + share * (far - least) if far else least}

    return st.builds(instance, bounded_laws(), SHARES)


def one_sided_laws() -> Instances:
    """{"mass", "values", "t"}: t > 0, at most what the largest value exceeds the mean by where that is positive."""
    def instance(law: dict[str, Any], share: Fraction) -> dict[str, Any]:
        mean, _ = moments(**law)
        return {**law, "t": share * (max(_support(law)) - mean) or share}

    return st.builds(instance, bounded_laws(), SHARES.filter(bool))


def random_means(most: int = 40) -> Instances:
    """{"mass", "values", "m", "share"}: a law on [0, 1] that isn't constant, m draws, 0 < share < 1 for a threshold."""
    inside = SHARES.filter(lambda share: 0 < share < 1)
    laws = merged(bounded_laws(max_atoms=3),
                  st.fixed_dictionaries({"m": st.integers(1, most), "share": inside}))

    def coin(p: Fraction, m: int, share: Fraction) -> dict[str, Any]:
        return {"mass": (1 - p, p), "values": (Fraction(0), Fraction(1)), "m": m, "share": share}

    chances = st.sampled_from([Fraction(1, d) for d in (2, 3, 5, 10, 20, 50)])
    coins = st.builds(coin, chances, st.integers(1, 200), inside)
    return st.one_of(laws, coins).filter(lambda drawn: moments(drawn["mass"], drawn["values"])[1] > 0)


def _support(law: dict[str, Any]) -> list[Fraction]:
    return [v for p, v in zip(law["mass"], law["values"], strict=True) if p]
