"""Is a proof one of this claim? It counts only if it concludes the claim's own statement.

The engine doesn't read formulas. It evaluates the proof's conclusion at the instances that it tried and demands the
claim's own numbers there, on both sides; and it demands that some instance of every wrong twin escapes the conclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from verify.claim import Statement
from verify.controls import Tried
from verify.exact import ABSOLUTE_FLOOR, FLOAT_CERTAINTY, Comparison, Number, compare, show_number, to_float
from verify.explore import Point
from verify.plan import Outcome
from verify.proofs import Evaluated, Examined, Proof, certificate_of, sides_at
from verify.terms import ClaimError, Relation

# Instances at which the left-hand sides must have been compared, where the claim's is known at so many.
FEWEST_INSTANCES = 10
# Where more instances were tried, both sides are compared at so many: the confirmed ones, and others evenly spread.
MOST_INSTANCES = 100

Interval = tuple[float, float]


class Tie(NamedTuple):
    """Why a proof isn't of a statement, empty where it is, and at how many instances that was found out.

    `unknown` says that nothing differs and too little could be compared.
    """

    reason: str
    instances: int
    unknown: bool = False


def examine(proof: Proof, statement: Statement, points: Sequence[Point], outcomes: Sequence[Outcome],
            twins: Iterable[Tried]) -> Examined:
    """Whether a claim's proof counts: it checks, is of this statement, and of none of the wrong twins tried.

    Raises:
        ClaimError: the proof can't be asked.
    """
    certificate = certificate_of(proof)
    if not certificate["proved"]:
        return Examined(proof.name, certificate, False,
                        f"its proof does not check: {_sentence(certificate['failure'])}")
    relation = Relation(certificate["relation"])
    tied = tie(statement, proof, relation, points, outcomes)
    if tied.reason:
        what = "can't be tied to the claim" if tied.unknown else "is of another statement"
        reason = f"its proof {what}: {tied.reason}"
        return Examined(proof.name, certificate, False, reason, tied.instances)
    for tried in twins:
        try:
            covered = covers(proof, relation, tried)
        except ClaimError as problem:
            raise ClaimError(f"under the control {tried.control.override}: {problem}") from problem
        if covered:
            reason = f"the wrong twin {tried.control.override} is covered by the proof as well"
            return Examined(proof.name, certificate, False, reason, tied.instances, tried.control.override)
    return Examined(proof.name, certificate, True, "", tied.instances)


def examine_counterexample(proof: Proof, statement: Statement, point: Point,
                           outcomes: Sequence[Outcome]) -> Examined | None:
    """Whether a claim's proof counts although the claim fails at `point`; None where it is of something else.

    The certificate is asked only if both sides agree there.

    Raises:
        ClaimError: the proof can't be asked.
    """
    # The relation is not known before the certificate is.
    if tie(statement, proof, statement.relation, [point], outcomes).reason:
        return None
    return examine(proof, statement, [point], outcomes, ())


def tie(statement: Statement, proof: Proof, relation: Relation, points: Sequence[Point],
        outcomes: Iterable[Outcome]) -> Tie:
    """Whether a conclusion with this relation is the statement, as far as the instances tried can tell.

    Args:
        statement: what the claim says.
        proof: evaluates its conclusion at instances.
        relation: of the conclusion.
        points: the instances tried, with the claim's bound and, where there is one, its exact left-hand side.
        outcomes: of the candidates confirmed; the conclusion's left-hand side must lie in their intervals.

    Raises:
        ClaimError: the proof raises anything but ValueError.
    """
    if not relation.implies(statement.relation):
        return Tie(f"it concludes {relation}, the claim says {statement.relation}", 0)
    intervals = _intervals(outcomes)
    known, compared = 0, 0
    for point in _spread(points, intervals):
        interval = intervals.get(point.instance.key)
        left_known = point.comparison is not None or interval is not None
        known += left_known
        sides = sides_at(proof, point.instance)
        problem = sides.outside or _right_problem(sides, point) or _left_problem(sides, point, interval)
        if problem:
            return Tie(f"{problem}, at {point.instance}", compared)
        compared += left_known and sides.left is not None and _tells(sides, point)
    needed = max(min(FEWEST_INSTANCES, known), 1)
    if compared < needed:
        return Tie(f"its left-hand side could not be compared: it was at {compared} instances, and it takes {needed}",
                   compared, unknown=True)
    return Tie("", compared)


def _spread(points: Sequence[Point], first: Iterable[str]) -> list[Point]:
    """The points with these keys, and others evenly among the rest, as many as there may be."""
    keys = set(first)
    chosen = [point for point in points if point.instance.key in keys]
    rest = [point for point in points if point.instance.key not in keys]
    return chosen + rest[::max(1, -(-len(rest) // max(1, MOST_INSTANCES - len(chosen))))]


def covers(proof: Proof, relation: Relation, tried: Tried) -> bool:
    """Whether the proof's conclusion would give a wrong twin too, at every instance of the twin that is known.

    Raises:
        ClaimError: the proof raises anything but ValueError.
    """
    if not relation.implies(tried.twin.relation):
        return False
    intervals = _intervals(tried.outcomes)
    # The points that violate the twin come first, and one of them normally settles it.
    return not any(_escapes(sides_at(proof, point.instance), point, intervals, tried.twin.relation)
                   for point in tried.points())


def _escapes(sides: Evaluated, point: Point, intervals: Mapping[str, Interval], relation: Relation) -> bool:
    """Whether the conclusion doesn't give the twin at this instance: a larger left-hand side, or a smaller bound."""
    if sides.outside:
        return True
    for sign in relation.signs:
        if sign * _certain_sign(sides.right, point.bound) > 0:
            return True
        if sides.left is None:
            continue
        if point.comparison is not None:
            near = _within(sides, point.comparison.left)
            if not near and sign * _certain_sign(point.comparison.left, sides.left) > 0:
                return True
        elif point.instance.key in intervals:
            low, high = intervals[point.instance.key]
            left = to_float(sides.left)
            if left < low if sign > 0 else left > high:
                return True
    return False


def _right_problem(sides: Evaluated, point: Point) -> str:
    comparison = _compare(sides.right, point.bound)
    if comparison is None:
        return f"its right-hand side {show_number(sides.right)} is too wide a ball to compare"
    if _equal(comparison):
        return ""
    return f"its right-hand side is {show_number(sides.right)}, the claim's bound is {show_number(point.bound)}"


def _left_problem(sides: Evaluated, point: Point, interval: Interval | None) -> str:
    if sides.left is None:
        return ""
    if point.comparison is not None:
        left = point.comparison.left
        comparison = _compare(sides.left, left)
        if comparison is None:
            return f"its left-hand side {show_number(sides.left)} is too wide a ball to compare"
        if _equal(comparison) or _within(sides, left):
            return ""
        return f"its left-hand side is {show_number(sides.left)}, the claim's is {show_number(left)}"
    if interval is not None and not interval[0] <= to_float(sides.left) <= interval[1]:
        return (f"its left-hand side is {show_number(sides.left)}, the draws' mean lies in "
                f"[{interval[0]:.6g}, {interval[1]:.6g}]")
    return ""


def _tells(sides: Evaluated, point: Point) -> bool:
    """Whether the agreement found at a point says something: neither side is mere rounding, nor the tolerance wide."""
    pairs = [(sides.right, point.bound)]
    if point.comparison is not None and sides.left is not None:
        pairs.append((sides.left, point.comparison.left))
        if isinstance(sides.left, float) and sides.tolerance > FLOAT_CERTAINTY:
            return False
    rounding = (abs(to_float(a)) < ABSOLUTE_FLOOR and abs(to_float(b)) < ABSOLUTE_FLOOR and
                (isinstance(a, float) or isinstance(b, float)) and a != b for a, b in pairs)
    return not any(rounding)


def _equal(comparison: Comparison) -> bool:
    """Equal, or floats whose difference is what sums of numbers of order one round to."""
    gap = abs(to_float(comparison.left) - to_float(comparison.right)) if comparison.sign else 0.0
    return comparison.sign == 0 or (not comparison.certain and gap <= ABSOLUTE_FLOOR)


def _within(sides: Evaluated, left: Number) -> bool:
    """Whether integration errors explain the distance between the conclusion's left-hand side and `left`."""
    if not isinstance(sides.left, float):
        return False
    other = to_float(left)
    return abs(sides.left - other) <= sides.tolerance * max(abs(sides.left), abs(other))


def _compare(first: Number, second: Number) -> Comparison | None:
    try:
        return compare(first, second)
    except ClaimError:
        return None


def _certain_sign(first: Number, second: Number) -> int:
    comparison = _compare(first, second)
    return comparison.sign if comparison is not None and comparison.certain else 0


def _intervals(outcomes: Iterable[Outcome]) -> dict[str, Interval]:
    return {outcome.point.instance.key: outcome.interval for outcome in outcomes}


def _sentence(text: str) -> str:
    return text.strip().rstrip(".")
