"""The Bayes risk and the sampler's risk on one piece of the circle, where eta is linear.

The circle's risks are the sums over its pieces of their lengths times these.
"""

from __future__ import annotations

from sympy import Expr, Integral, Interval, Min, oo

from theory import bayes_risk
from theory.derivations.bayes_risk import HALF, MEANS, REAL, UNIT
from theory.domain import Domain, Set, variable
from theory.facts import Fact
from theory.goal import Goal
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import chain, combine, condition, inequality
from theory.rules_integrals import in_pieces, least, mean_by_density, with_density

t = variable("t", UNIT)


class Piece:
    """One piece of the circle, on which eta runs from `start` to `end` at a constant rate; t is uniform on [0, 1]."""

    def __init__(self, starts: Set, ends: Set) -> None:
        self.start, self.end = variable("start", starts), variable("end", ends)
        self.ends = Domain({self.start: starts, self.end: ends})
        self.domain = Domain({self.start: starts, self.end: ends, t: UNIT})
        self.law = with_density("T", t, 1, self.domain)
        self.inner = variable("t", Interval.open(0, 1))
        self.inside = Domain({**self.ends.ranges, self.inner: Interval.open(0, 1)})
        self.uniform = integral(Integral(1, (self.inner, 0, 1)), 1, self.ends)

    def eta(self, at: Expr) -> Expr:
        """P(Y = 1) at a share of the way."""
        return self.start + (self.end - self.start) * at

    def least(self, at: Expr) -> Expr:
        """The smaller of P(Y = 1) and P(Y = 0)."""
        return Min(self.eta(at), 1 - self.eta(at))

    def goal(self, value: Expr) -> Goal:
        """E min(eta, 1 - eta) == value, for a point uniform on the piece."""
        return Goal(self.law.mean(self.least(t)), "==", value, self.ends, (self.law,), MEANS + ", on a piece")

    def smaller(self, where: Domain, first: Expr, second: Expr) -> Fact:
        """min(eta, 1 - eta) == first, from first <= second."""
        return least(inequality(first, "<=", second, where))

    def risk(self, value: Expr, pieces: list[tuple[Fact, Fact]]) -> Fact:
        """The mean over the piece from its integral in parts."""
        whole = in_pieces(Integral(self.least(self.inner), (self.inner, 0, 1)), pieces, self.ends)
        mean = mean_by_density(self.least(t), self.law, 1, self.uniform, whole)
        return chain(mean, identity(whole.right, value, self.ends))


def _below() -> Piece:
    return Piece(Interval(0, HALF), Interval(0, HALF))


def _above() -> Piece:
    return Piece(Interval(HALF, 1), Interval(HALF, 1))


def _crossing() -> Piece:
    return Piece(Interval.Ropen(0, HALF), Interval.Lopen(HALF, 1))


def piece_below_goal() -> Goal:
    """(start + end)/2, for start and end at most 1/2."""
    piece = _below()
    return piece.goal(bayes_risk.BAYES_RISK_PIECE_BELOW.at(start=piece.start, end=piece.end))


def piece_below() -> Fact:
    """The smaller one is eta."""
    piece, value = _below(), piece_below_goal().right
    eta_at = piece.eta(piece.inner)
    equal = piece.smaller(piece.inside, eta_at, 1 - eta_at)
    return piece.risk(value, [(equal, integral(Integral(eta_at, (piece.inner, 0, 1)), value, piece.ends))])


def piece_above_goal() -> Goal:
    """1 - (start + end)/2, for start and end at least 1/2."""
    piece = _above()
    return piece.goal(bayes_risk.BAYES_RISK_PIECE_ABOVE.at(start=piece.start, end=piece.end))


def piece_above() -> Fact:
    """The smaller one is 1 - eta."""
    piece, value = _above(), piece_above_goal().right
    eta_at = piece.eta(piece.inner)
    equal = piece.smaller(piece.inside, 1 - eta_at, eta_at)
    return piece.risk(value, [(equal, integral(Integral(1 - eta_at, (piece.inner, 0, 1)), value, piece.ends))])


def piece_crossing_goal() -> Goal:
    """(1/2 - start^2 - (1 - end)^2)/(2 (end - start)), for start < 1/2 < end."""
    piece = _crossing()
    return piece.goal(bayes_risk.BAYES_RISK_PIECE_CROSSING.at(start=piece.start, end=piece.end))


def piece_crossing() -> Fact:
    """The smaller one is eta up to the crossing and 1 - eta beyond."""
    piece, value = _crossing(), piece_crossing_goal().right
    u, rise = piece.inner, piece.end - piece.start
    middle = (HALF - piece.start) / rise
    eta_at, beyond = piece.eta(u), variable("t", REAL)
    before, after = (Domain(piece.inside.ranges, side) for side in (middle - u, u - middle))
    parts = []
    for where, first, second, y, low, high, area in (
            (before, eta_at, 1 - eta_at, variable("t", Interval.open(0, oo)), 0, middle, HALF**2 - piece.start**2),
            (after, 1 - eta_at, eta_at, beyond, middle, 1, HALF**2 - (1 - piece.end) ** 2)):
        equal = least(combine(first, "<=", second, (2 * rise, condition(where)), note="up to where eta is 1/2"))
        found = integral(Integral(first.subs(u, y), (y, low, high)), area / (2 * rise), piece.ends)
        parts.append((equal, found))
    return piece.risk(value, parts)


def piece_sampler_goal() -> Goal:
    """start + end - 2 (start^2 + start end + end^2)/3, for all values."""
    piece = Piece(UNIT, UNIT)
    error = 2 * piece.eta(t) * (1 - piece.eta(t))
    value = bayes_risk.SAMPLER_RISK_PIECE.at(start=piece.start, end=piece.end)
    return Goal(piece.law.mean(error), "==", value, piece.ends, (piece.law,),
                "the probability that the label of a perfect sampler differs from Y, on a piece")


def piece_sampler() -> Fact:
    """The integral of 2 eta (1 - eta)."""
    piece, value = Piece(UNIT, UNIT), piece_sampler_goal().right
    error, inner = (2 * piece.eta(at) * (1 - piece.eta(at)) for at in (t, piece.inner))
    found = integral(Integral(inner, (piece.inner, 0, 1)), value, piece.ends)
    return mean_by_density(error, piece.law, 1, piece.uniform, found)
