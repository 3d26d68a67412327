"""Is the claim itself sound? Its draws must be reproducible, independent, and agree with `exact`.

The independence test compares block means with the spread within blocks, in two stages: sixteen blocks at
a mild level, and only if they look wrong forty-eight fresh ones at the strict level. The two p-values
multiply, which keeps skewed draws, where the F law is only approximate, from being called dependent.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import flint
import numpy as np
from numpy.typing import NDArray

from verify.claim import Claim
from verify.confirm import confirm
from verify.draws import Drawer
from verify.exact import show_number, to_float
from verify.explore import Point
from verify.instance import decode_instance
from verify.plan import Decision, Outcome, Plan
from verify.search import call_user
from verify.terms import ClaimError

SCREEN_BLOCKS = 16
VERDICT_BLOCKS = 48
SCREEN_LEVEL = 1e-4
STRICTEST = 1e-6
SMALLEST_SHOWN = 1e-300
# Block means that differ by less than this share of their size are equal but for rounding.
ROUNDING = 1e-12
# Draws that may carry half of a block's spread before a coincidence is no surprise.
EVENTS = 16
OTHER_BLOCKS = 8
TAIL_BITS = 128
# Ratios of F farther out are beyond floating point.
FEWEST_ODDS = 1e-60


def check_replay(drawer: Drawer, point: Point, phase: str, block: int) -> None:
    """The first block drawn twice is the same twice, and another block is another.

    Raises:
        ClaimError: `sample` is no function of its generator.
    """
    def draw(index: int) -> NDArray[np.float64]:
        return call_user("sample", point.instance, drawer.fresh, point.instance, phase, index, block)

    first, again = draw(0), draw(0)
    if not np.array_equal(first, again):
        where = int(np.flatnonzero(first != again)[0])
        raise ClaimError(
            f"sample returned different draws for the same generator (draw {where}). Every draw is a function of rng "
            "alone, so that a verdict can be replayed: no np.random, no clock, no state kept between calls. "
            f"Instance: {point.instance}")
    explored = drawer.remembered(point.instance, "explore", 0)
    if explored is not None and not np.array_equal(
            explored, call_user("sample", point.instance, drawer.fresh, point.instance, "explore", 0, explored.size)):
        raise ClaimError(
            "sample returned different draws for the same generator when it was called again later. It keeps something "
            f"between calls, such as a teacher; make everything from rng, within the call. Instance: {point.instance}")
    if _plenty_of_events([first]) and all(np.array_equal(first, draw(other)) for other in range(1, OTHER_BLOCKS)):
        raise ClaimError(
            "sample returned the same draws for two different generators. Draws must come from rng: remove the fixed "
            f"seed. Instance: {point.instance}")


def check_memory(drawer: Drawer, point: Point, phase: str, block: int, reload: Callable[[], Claim]) -> None:
    """A copy of the claim's file, run afresh, draws the same second block without having drawn the first.

    A teacher kept in a variable of the file makes blocks that repeat, and that no test of their means can tell from
    independent ones.

    Raises:
        ClaimError: what `sample` draws depends on what it drew before.
    """
    copy = reload()
    instance = decode_instance(point.instance.encoded, copy.namespace)
    fresh = Drawer(copy.statement(), drawer.seed)
    kept = call_user("sample", point.instance, drawer.fresh, point.instance, phase, 1, block)
    anew = call_user("sample", instance, fresh.fresh, instance, phase, 1, block)
    if not np.array_equal(kept, anew):
        raise ClaimError("sample keeps something between calls: its second block differs when drawn first, by the "
                         "file run afresh. A teacher kept in a module's variable is shared by all draws; make "
                         f"everything from rng, within the call. Instance: {point.instance}")


def check_independence(drawer: Drawer, point: Point, phase: str, block: int, level: float) -> None:
    """Block means vary as much as independent draws would make them, no more and no less.

    Args:
        level: probability of a false alarm that the caller can spend here.

    Raises:
        ClaimError: draws of a block share something.
    """
    def blocks(name: str, count: int) -> list[NDArray[np.float64]]:
        return [call_user("sample", point.instance, drawer.block, point.instance, name, index, block)
                for index in range(count)]

    if min(_dependence(blocks(phase, SCREEN_BLOCKS))) > SCREEN_LEVEL:
        return
    more, less = _dependence(blocks("soundness", VERDICT_BLOCKS))
    sense = "=" if min(more, less) > SMALLEST_SHOWN else "<"
    smallest = max(min(more, less), SMALLEST_SHOWN)
    if min(more, less) > min(level, STRICTEST):
        return
    how, mend = (
        ("more", "The draws of one call share something: one teacher, one training set, or one seed for all of them. "
         "Make `size` independent replicates, each with its own teacher")
        if more < less else
        ("less", "The draws of one call compensate for one another (stratified, antithetic, or without replacement). "
         "Make them independent"))
    raise ClaimError(
        f"draws are not independent: means of blocks of {block} draws vary {how} than the draws within a block allow "
        f"(F-test, p {sense} {smallest:.1e}). {mend}. Instance: {point.instance}")


def _dependence(blocks: list[NDArray[np.float64]]) -> tuple[float, float]:
    """p-values of the F-test for block means too far apart, and too close together."""
    size, count = blocks[0].size, len(blocks)
    blocks = list(_scaled(np.stack(blocks)))
    means = np.array([block.mean() for block in blocks])
    within = float(np.mean([block.var(ddof=1) for block in blocks]))
    between = size * float(means.var(ddof=1))
    rounding = ROUNDING * float(np.abs(means).max())
    if max(between, within) <= size * rounding**2:
        return 1.0, 1.0
    if within <= 0.0:
        return 0.0, 1.0
    more, less = f_tails(between / within, count - 1, count * (size - 1))
    return more, less if _plenty_of_events(blocks) else 1.0


def f_tails(ratio: float, first: int, second: int) -> tuple[float, float]:
    """P(F > ratio) and P(F < ratio) for F with these degrees of freedom, by Arb; right wherever it is above 1e-300."""
    if ratio > 1.0:
        # The same law with numerator and denominator exchanged; the smaller probability is computed.
        less, more = f_tails(1.0 / ratio, second, first)
        return more, less
    with flint.ctx.workprec(TAIL_BITS):
        odds = flint.arb(max(ratio, FEWEST_ODDS)) * first / second
        less = (odds / (1 + odds)).beta_lower(flint.arb(first) / 2, flint.arb(second) / 2, regularized=True)
        return float((1 - less).mid()), float(less.mid())


def _plenty_of_events(blocks: list[NDArray[np.float64]]) -> bool:
    """Whether equal block sums would be a surprise.

    They are none where a few draws carry most of the spread: rare events, or two huge ones that cancel.
    """
    draws = np.concatenate(blocks)
    if float(np.ptp(draws)) <= ROUNDING * float(np.abs(draws).max()):
        return False
    squares = np.square(_scaled(draws - draws.mean()))
    few = min(EVENTS * len(blocks), squares.size - 1)
    return 2.0 * float(np.partition(squares, squares.size - few)[squares.size - few:].sum()) < float(squares.sum())


def _scaled(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """The draws over their largest size, so that squares neither overflow nor vanish."""
    largest = float(np.abs(draws).max())
    return draws / largest if 0.0 < largest < math.inf else draws


def check_agreement(drawer: Drawer, point: Point, plan: Plan) -> Outcome:
    """`sample` has the mean that `exact` returns, as far as the draws tell.

    Args:
        plan: two-sided; cleared means that they agree within its resolution.

    Raises:
        ClaimError: they disagree.
    """
    assert point.comparison is not None
    left = point.comparison.left
    target = Point(point.instance, left, None, point.support)
    outcome = confirm(drawer, target, plan)
    if outcome.decision is Decision.VIOLATED:
        low, high = outcome.interval
        raise ClaimError(
            f"sample and exact disagree: {outcome.draws} draws have mean {outcome.estimate:.6g} (between {low:.6g} and "
            f"{high:.6g}), but exact returned {show_number(left)} = {to_float(left):.6g}. Mend the one that doesn't "
            f"state the left-hand side. Instance: {point.instance}")
    return outcome
