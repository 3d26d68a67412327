"""Ridge regression fitted to its own predictions, one direction of the design at a time."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Interval, Range, Symbol, factor, oo

from theory import ridge
from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import Fact, Law, Premise
from theory.formula import Formula
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, definition, expectation, inequality, instantiate

POSITIVE, REAL, HALF_LINE = Interval.open(0, oo), Interval(-oo, oo), Interval(0, oo)
penalty, larger, smaller, kept_larger, kept_smaller, spectrum = (
    variable(name, POSITIVE) for name in ("penalty", "larger", "smaller", "kept_larger", "kept_smaller", "spectrum"))
gap, truth_squared = variable("gap", HALF_LINE), variable("truth_squared", HALF_LINE)
noise_variance, any_noise = variable("noise_variance", POSITIVE), variable("noise_variance", HALF_LINE)
imitation, best = variable("imitation", REAL), variable("best", REAL)
pull, curvature = variable("pull", REAL), variable("curvature", POSITIVE)
dim = variable("dim", Range(1, oo))
NOISE = {noise_variance: POSITIVE, any_noise: HALF_LINE}

ROUND = Premise("definition", "a round of ridge regression multiplies the coordinate of what it is shown, in a "
                "direction of eigenvalue d, by d/(penalty + d)")
RATIO = Domain(dict.fromkeys((penalty, larger, smaller, kept_larger, kept_smaller), POSITIVE), larger - smaller)


def sparsifies_goal() -> Goal:
    """(d_1/(c + d_1) kept_larger)/(d_2/(c + d_2) kept_smaller) >= kept_larger/kept_smaller for d_1 >= d_2."""
    left = ridge.NEXT_RATIO.at(larger=larger, smaller=smaller, penalty=penalty, kept_larger=kept_larger,
                               kept_smaller=kept_smaller)
    return Goal(left, ">=", kept_larger / kept_smaller, RATIO, (), "the ratio of the shares that survive")


def sparsifies() -> Fact:
    """c d_1 >= c d_2."""
    goal = sparsifies_goal()
    apart = Domain({penalty: POSITIVE, smaller: POSITIVE, gap: HALF_LINE})
    factor = (smaller + gap) * (penalty + smaller) / (smaller * (penalty + smaller + gap))
    grows = instantiate(inequality(1, "<=", factor, apart), {gap: larger - smaller}, RATIO)
    kept = definition(goal.left, RATIO, ROUND)
    before = kept_larger / kept_smaller
    return chain(combine(before, "<=", grows.right * before, (before, grows)),
                 identity(grows.right * before, goal.left, RATIO), kept)


SIDES = {spectrum: POSITIVE, truth_squared: HALF_LINE}
FIXED = {penalty: POSITIVE, noise_variance: POSITIVE}
FINITE = Premise("integrable", "there are finitely many directions")
UNCORRELATED = Premise("definition", "in a direction of eigenvalue d, ridge on the labels has the mean d/(penalty + d) "
                       "times the truth and the variance (d/(penalty + d))^2 noise_variance/d, and the student scales "
                       "what it is shown as the teacher does")
J = Law("J", (spectrum, truth_squared), Domain(SIDES), FINITE)


def _at(formula: Formula, noise: Expr = noise_variance, **more: Expr | int) -> Expr:
    return formula.at(spectrum=spectrum, penalty=penalty, truth_squared=truth_squared, noise_variance=noise, **more)


PULL, CURVATURE = _at(ridge.IMITATION_PULL), _at(ridge.IMITATION_CURVATURE)


def _parabola(share: Expr, domain: Domain, noise: Expr) -> Fact:
    """The risk in one direction at a share: R(0) - 2 share pull + share^2 curvature."""
    risk, alone = (_at(ridge.IMITATION_RISK, noise, imitation=each) for each in (share, 0))
    pull, curvature = _at(ridge.IMITATION_PULL, noise), _at(ridge.IMITATION_CURVATURE, noise)
    return chain(definition(risk, domain, UNCORRELATED),
                 identity(risk, alone - 2 * share * pull + share**2 * curvature, domain))


def _mean_risk(share: Expr, noise: Expr = noise_variance) -> Expr:
    """The sum over the directions, as a mean over a direction chosen at random."""
    return dim * J.mean(_at(ridge.IMITATION_RISK, noise, imitation=share))


BEST = J.mean(PULL) / J.mean(CURVATURE)
SUM = Domain({**FIXED, dim: Range(1, oo)})


def best_imitation_goal() -> Goal:
    """R(xi) - R(xi*) == (xi - xi*)^2 sum of curvatures, for every real xi."""
    return Goal(_mean_risk(imitation) - _mean_risk(BEST), "==", (imitation - BEST)**2 * dim * J.mean(CURVATURE),
                SUM.meet(Domain({imitation: REAL})), (J,), "what the share xi costs over the share xi*")


def _mean_parabola(share: Any, noise: Symbol = noise_variance) -> Fact:
    """E R(share) == E R(0) - 2 share E pull + share^2 E curvature, for a share that is no random variable."""
    fixed: dict[Any, Any] = {penalty: POSITIVE, noise: NOISE[noise]}
    inside = Domain({**SIDES, **fixed, **({share: REAL} if share.free_symbols else {})})
    risk = expectation(_parabola(share, inside, noise), J)
    alone, pull = J.mean(_at(ridge.IMITATION_RISK, noise, imitation=0)), J.mean(_at(ridge.IMITATION_PULL, noise))
    right = (alone - 2 * share * pull + share**2 * J.mean(_at(ridge.IMITATION_CURVATURE, noise)))
    return combine(risk.left, "==", right, (1, risk))


def best_imitation() -> Fact:
    """A parabola in xi in every direction; xi* is the vertex of their sum."""
    goal = best_imitation_goal()
    here, there = _mean_parabola(imitation), _mean_parabola(best)
    vertex = instantiate(there, {best: BEST}, Domain(FIXED))
    numbers = Domain({imitation: REAL, pull: REAL, curvature: POSITIVE})
    square = identity(imitation**2 * curvature - 2 * imitation * pull + 2 * pull / curvature * pull
                      - (pull / curvature)**2 * curvature, (imitation - pull / curvature)**2 * curvature, numbers)
    where = Domain({**FIXED, imitation: REAL})
    square = instantiate(square, {pull: J.mean(PULL), curvature: J.mean(CURVATURE)}, where, laws=(J,))
    return combine(goal.left, "==", goal.right, (dim, here), (-dim, vertex), (dim, square), domain=goal.domain)


def beyond_one_goal() -> Goal:
    """xi* - 1 == (sigma^2 - sigma_0^2) sum(D s^2/d)/sum of curvatures."""
    fixed, slope = J.mean(SURPLUS_FIXED), J.mean(SURPLUS_SLOPE)
    return Goal(BEST - 1, "==", (noise_variance + fixed / slope) * slope / J.mean(CURVATURE), Domain(FIXED), (J,),
                "the best share of imitation less 1")


SURPLUS = _at(ridge.IMITATION_SURPLUS)
SURPLUS_FIXED = _at(ridge.IMITATION_SURPLUS, noise=expr(0))
SURPLUS_SLOPE = factor(_at(ridge.IMITATION_SURPLUS, noise=expr(1)) - SURPLUS_FIXED)


def beyond_one() -> Fact:
    """Pull less curvature, in every direction, is affine in the noise."""
    goal, where = beyond_one_goal(), Domain({**SIDES, **FIXED})
    affine = identity(PULL - CURVATURE, SURPLUS_FIXED + noise_variance * SURPLUS_SLOPE, where)
    return combine(goal.left, "==", goal.right, (1 / J.mean(CURVATURE), expectation(affine, J)))


def replaces_penalty_goal() -> Goal:
    """(R(-1) - R(1))/4 == -(c/2) R'(c), where R(xi) = R(0) - 2 xi xi* Q + xi^2 Q."""
    left = (_mean_risk(expr(-1), any_noise) - _mean_risk(expr(1), any_noise)) / 4
    return Goal(left, "==", -penalty / 2 * dim * J.mean(_at(ridge.RIDGE_SLOPE, any_noise)),
                Domain({penalty: POSITIVE, any_noise: HALF_LINE, dim: Range(1, oo)}), (J,),
                "the best share of imitation times the sum of curvatures, half the slope of R(xi) at 0 turned round")


def replaces_penalty() -> Fact:
    """In every direction."""
    goal, where = replaces_penalty_goal(), Domain({**SIDES, penalty: POSITIVE, any_noise: HALF_LINE})
    low, high = (_mean_parabola(expr(share), any_noise) for share in (-1, 1))
    alike = identity(_at(ridge.IMITATION_PULL, any_noise), -penalty / 2 * _at(ridge.RIDGE_SLOPE, any_noise), where)
    return combine(goal.left, "==", goal.right, (dim / 4, low), (-dim / 4, high), (dim, expectation(alike, J)),
                   domain=goal.domain)
