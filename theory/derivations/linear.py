"""Risks of linear teachers and students with Gaussian features, from means of inverse Wishart matrices and projections.

Given the designs the risks are polynomials in a few random quantities, stated as definitions; the rules of
`rules_gaussian` know the means of these.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Interval, Range, Symbol, oo

from theory import double_descent
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, definition, expectation, inequality, instantiate, mirror
from theory.rules_conditional import independent_product
from theory.rules_gaussian import chosen_length, inverse_trace, projected_length, singular_trace

NATURAL, COUNT, AMOUNT, REAL = Range(1, oo), Range(0, oo), Interval(0, oo), Interval(-oo, oo)
n, p, s, m, dim = (variable(name, where) for name, where in (
    ("n", NATURAL), ("p", COUNT), ("s", COUNT), ("m", NATURAL), ("dim", NATURAL)))
omega, sigma, beta_all, beta_teacher, beta_student, beta_extra = (variable(name, AMOUNT) for name in (
    "omega", "sigma", "beta_all", "beta_teacher", "beta_student", "beta_extra"))
AMOUNTS = ("trace", "extra_trace", "student_trace", "direct_trace", "direct_missed", "missed", "share", "kept",
           "beyond", "length")
trace, extra_trace, student_trace, direct_trace, direct_missed, missed, share, kept, beyond, length = (
    variable(name, AMOUNT) for name in AMOUNTS)
product = variable("product", REAL)

GAUSSIAN = Premise("gaussian", "the features are independent N(0, 1) variables, and so are those of different points")
ROTATED = Premise("uniform", "the law of Gaussian points is invariant under rotations, and so is that of their span")
RANDOM = Premise("uniform", "the features are chosen at random, whatever the data")
GIVEN = Premise("definition", "the risk given the designs and the choice of features: labels' noise, features left "
                "out and the fresh point are Gaussian and independent of the designs, and integrated out")
MEANINGS = {
    trace: "a sum over features of what a unit of noise adds to their coefficients, the diagonal of X^+ X^+'",
    extra_trace: "the same for the features that the student lacks",
    student_trace: "tr (Z'Z)^-1 for the student's design Z",
    direct_missed: "the squared length, on the student's features, of what is orthogonal to the points directly seen",
    direct_trace: "tr X^+ X^+' for the design X of a student trained directly",
    missed: "the squared length, on the features spoken of, of what is orthogonal to the teacher's points",
    share: "the share of a vector's squared length that is orthogonal to the teacher's points",
    kept: "the squared length of the signal's projection, on the features that the student lacks",
    beyond: "the squared length of the teacher's coefficients on the features that the student lacks",
    product: "the product of the signal and its projection, on the features that the student lacks",
    length: "the squared length of the chosen coefficients",
}


def law(name: str, *variables: Symbol) -> Law:
    """The joint law of some of the quantities."""
    words = Premise("integrable", f"the quantities of {name} have means: sizes are at least two apart")
    return Law(name, variables, Domain({each: REAL if each == product else AMOUNT for each in variables}), words,
               tuple((each, MEANINGS[each]) for each in variables))


def params(*symbols: Symbol, conditions: tuple[Expr, ...] = ()) -> Domain:
    """Parameters with their ranges, and expressions in them that are not negative."""
    ranges = {n: NATURAL, p: COUNT, s: COUNT, m: NATURAL, dim: NATURAL}
    return Domain({each: ranges.get(each, AMOUNT) for each in symbols}, *conditions)


def concluded(goal: Goal, *weighted: tuple[Any, Fact], exact: Expr | None = None) -> Fact:
    """The goal from facts about means, its right-hand side being `exact` in another form where that is given."""
    (of,) = goal.laws
    mean: Any = goal.left
    start = expectation(definition(mean.args[0], goal.domain.meet(of.domain), GIVEN), of)
    right = goal.right if exact is None else exact
    found = combine(goal.left, "==", right, (1, start), *weighted, domain=goal.domain)
    return found if exact is None else chain(found, identity(right, goal.right, goal.domain))


# Teachers

UNDER = params(n, p, omega, conditions=(n - p - 2,))
U = law("U", trace)


def least_squares_goal() -> Goal:
    """E omega (1 + tr (X'X)^-1) == omega (1 + p/(n - p - 1)), p <= n - 2."""
    return Goal(U.mean(omega * (1 + trace)), "==", double_descent.LEAST_SQUARES_RISK.at(n=n, p=p, omega=omega, c=1),
                UNDER, (U,), "the mean risk of least squares")


def least_squares() -> Fact:
    """The mean of an inverse Wishart matrix."""
    return concluded(least_squares_goal(), (omega, inverse_trace(trace, p, n, p, U, GAUSSIAN, UNDER)))


OVER = params(n, p, omega, beta_teacher, conditions=(p - n - 2,))
OV = law("OV", missed, trace)


def ridgeless_goal() -> Goal:
    """E[|(I - P) beta_T|^2 + omega (1 + tr X^+ X^+')], p >= n + 2."""
    right = double_descent.RIDGELESS_RISK.at(n=n, p=p, omega=omega, beta_teacher=beta_teacher, c=1)
    return Goal(OV.mean(missed + omega * (1 + trace)), "==", right, OVER, (OV,), "the mean risk of the interpolator")


def ridgeless() -> Fact:
    """The means of a projection and of a singular inverse."""
    signal = projected_length(missed, p - n, p, beta_teacher, OV, ROTATED, OVER)
    noise = singular_trace(trace, n, p, p, OV, GAUSSIAN, OVER)
    return concluded(ridgeless_goal(), (1, signal), (omega, noise), exact=signal.right + omega * (1 + noise.right))


RANDOM_UNDER = params(n, p, dim, beta_all, sigma, conditions=(n - p - 2, dim - p))
RU = law("RU", length, trace)


RISK_UNDER = (sigma**2 + beta_all - length) * (1 + trace)


def under_at(features: Any, points: Any = n, everything: Any = dim) -> Any:
    """The closed form of the risk of least squares with so many random features."""
    return double_descent.RANDOM_FEATURES_UNDER.at(n=points, p=features, dim=everything, beta_all=beta_all,
                                                   sigma=sigma, c=1)


def random_features_under_goal() -> Goal:
    """E[(sigma^2 + B - |beta_T|^2)(1 + tr (X'X)^-1)], T chosen at random."""
    return Goal(RU.mean(RISK_UNDER), "==", under_at(p), RANDOM_UNDER, (RU,),
                "the mean risk of least squares with random features")


def random_features_under() -> Fact:
    """The choice is independent of the design."""
    return mean_under(p, RANDOM_UNDER)


def mean_under(features: Expr, where: Domain) -> Fact:
    """The mean risk with so many features, on a domain of parameters."""
    chosen = chosen_length(length, features, dim, beta_all, RU, RANDOM, where)
    noise = inverse_trace(trace, features, n, features, RU, GAUSSIAN, where)
    left_out = sigma**2 + beta_all - chosen.right
    return concluded(Goal(RU.mean(RISK_UNDER), "==", under_at(features), where, (RU,)), (left_out, noise),
                     (-1 - RU.mean(trace), chosen), (-1, independent_product(length, trace, RU)),
                     exact=left_out * (1 + noise.right))


RANDOM_OVER = params(n, p, dim, beta_all, sigma, conditions=(p - n - 2, dim - p))
RO = law("RO", length, share, trace)


RISK_OVER = length * share + (sigma**2 + beta_all - length) * (1 + trace)


def over_at(features: Any, everything: Any = dim) -> Any:
    """The closed form of the risk of the interpolator with so many random features."""
    return double_descent.RANDOM_FEATURES_OVER.at(n=n, p=features, dim=everything, beta_all=beta_all, sigma=sigma, c=1)


def random_features_over_goal() -> Goal:
    """E[|beta_T|^2 share + (sigma^2 + B - |beta_T|^2)(1 + tr X^+ X^+')], T chosen at random."""
    return Goal(RO.mean(RISK_OVER), "==", over_at(p), RANDOM_OVER, (RO,),
                "the mean risk of the interpolator with random features")


def random_features_over() -> Fact:
    """The choice is independent of the design."""
    return mean_over(p, RANDOM_OVER)


def mean_over(features: Expr, where: Domain) -> Fact:
    """The mean risk with so many features, on a domain of parameters."""
    chosen = chosen_length(length, features, dim, beta_all, RO, RANDOM, where)
    signal = projected_length(share, features - n, features, 1, RO, ROTATED, where)
    noise = singular_trace(trace, n, features, features, RO, GAUSSIAN, where)
    left_out = sigma**2 + beta_all - chosen.right
    return concluded(Goal(RO.mean(RISK_OVER), "==", over_at(features), where, (RO,)), (left_out, noise),
                     (RO.mean(share) - 1 - RO.mean(trace), chosen), (chosen.right, signal),
                     (-1, independent_product(length, trace, RO)), (1, independent_product(length, share, RO)),
                     exact=left_out * (1 + noise.right) + chosen.right * signal.right)


ALL = params(n, dim, beta_all, sigma, conditions=(dim - n - 2,))


def second_descent_goal() -> Goal:
    """E[sigma^2 + B - |(I - P) beta|^2 - sigma^2 (1 + tr X^+ X^+')], all features."""
    right = double_descent.SECOND_DESCENT_GAIN.at(n=n, dim=dim, beta_all=beta_all, sigma=sigma, c=1)
    return Goal(OV.mean(sigma**2 + beta_all - missed - sigma**2 * (1 + trace)), "==", right, ALL, (OV,),
                "the mean square of y less the mean risk of the interpolator with all features")


def second_descent() -> Fact:
    """As for the interpolator's risk."""
    signal = projected_length(missed, dim - n, dim, beta_all, OV, ROTATED, ALL)
    noise = singular_trace(trace, n, dim, dim, OV, GAUSSIAN, ALL)
    return concluded(second_descent_goal(), (-1, signal), (-(sigma**2), noise),
                     exact=beta_all - signal.right - sigma**2 * noise.right)



# Descents and ascents, in the gaps between the sizes

gap, more = variable("gap", NATURAL), variable("more", COUNT)
LEVEL = sigma**2 * (n + 1 + gap + more) + beta_all * (gap + more)
"""dim times what the interpolator's inflation multiplies, for dim - n - 1 = gap + more."""


def rises(low: Expr, high: Expr, rise: Expr, where: Domain) -> Fact:
    """low <= high, as high - low is `rise`, whose sign can be read off."""
    return combine(low, "<=", high, (1, identity(high - low, rise, where)), (1, inequality(0, "<=", rise, where)))


def descent_goal() -> Goal:
    """E of the risk at p + 1 <= the closed form at p."""
    return Goal(RO.mean(RISK_OVER), "<=", over_at(p), FEWER, (RO,),
                "the mean risk of the interpolator with p + 1 random features")


FEWER = params(n, p, dim, beta_all, sigma, conditions=(p - n - 2, dim - p - 1))


def descent() -> Fact:
    """1/(p - n) <= 1/(p - n - 1)."""
    where = Domain({n: NATURAL, gap: NATURAL, more: COUNT, beta_all: AMOUNT, sigma: AMOUNT})
    here, everything = n + 1 + gap, n + 2 + gap + more
    rise = n * (sigma**2 * everything + beta_all * (gap + more + 1)) / (everything * gap * (gap + 1))
    falls = rises(over_at(here + 1, everything), over_at(here, everything), rise, where)
    return chain(mean_over(p + 1, FEWER), instantiate(falls, {gap: p - n - 1, more: dim - p - 1}, FEWER))


def best_over_goal() -> Goal:
    """E of the risk at p >= the closed form at dim."""
    return Goal(RO.mean(RISK_OVER), ">=", over_at(dim), RANDOM_OVER, (RO,),
                "the mean risk of the interpolator with random features")


def best_over() -> Fact:
    """1/(dim - n - 1) <= 1/(p - n - 1)."""
    where = Domain({n: NATURAL, gap: NATURAL, more: COUNT, beta_all: AMOUNT, sigma: AMOUNT})
    here, everything = n + 1 + gap, n + 1 + gap + more
    falls = rises(over_at(everything, everything), over_at(here, everything),
                  n * more * LEVEL / (everything * gap * (gap + more)), where)
    return chain(instantiate(falls, {gap: p - n - 1, more: dim - p}, RANDOM_OVER), mirror(mean_over(p, RANDOM_OVER)))


ENOUGH = params(n, p, dim, beta_all, sigma, conditions=(n - p - 2, dim - n + 1, dim - p))
MORE = params(n, p, dim, beta_all, sigma, conditions=(n - p - 3, dim - n + 1, dim - p - 1))


def best_under_goal() -> Goal:
    """E of the risk at p >= the closed form at 0, for dim >= n - 1."""
    return Goal(RU.mean(RISK_UNDER), ">=", under_at(0), ENOUGH, (RU,),
                "the mean risk of least squares with random features")


def best_under() -> Fact:
    """(dim - p)/(n - p - 1) grows with p."""
    where = Domain({p: COUNT, gap: NATURAL, more: COUNT, beta_all: AMOUNT, sigma: AMOUNT})
    points, everything = p + 1 + gap, p + gap + more
    rise = p * (beta_all * more + sigma**2 * everything) / (everything * gap)
    grows = rises(under_at(0, points, everything), under_at(p, points, everything), rise, where)
    return chain(instantiate(grows, {gap: n - p - 1, more: dim - n + 1}, ENOUGH), mirror(mean_under(p, ENOUGH)))


def ascent_goal() -> Goal:
    """E of the risk at p + 1 >= the closed form at p, for dim >= n - 1."""
    return Goal(RU.mean(RISK_UNDER), ">=", under_at(p), MORE, (RU,),
                "the mean risk of least squares with p + 1 random features")


def ascent() -> Fact:
    """(dim - p)/(n - p - 1) grows with p."""
    where = Domain({p: COUNT, gap: NATURAL, more: COUNT, beta_all: AMOUNT, sigma: AMOUNT})
    points, everything = p + 2 + gap, p + 1 + gap + more
    rise = (p + 1 + gap) * (beta_all * more + sigma**2 * everything) / (everything * gap * (gap + 1))
    grows = rises(under_at(p, points, everything), under_at(p + 1, points, everything), rise, where)
    return chain(instantiate(grows, {gap: n - p - 2, more: dim - n + 1}, MORE), mirror(mean_under(p + 1, MORE)))
