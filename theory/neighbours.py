"""The nearest neighbour among n uniform points of a circle of length 1, and the sampler that it makes.

The displacement D from a fresh point to its nearest neighbour is symmetric with P(|D| >= t) = (1 - 2t)^n, for
0 <= t <= 1/2; 1 - 2|D| is a Beta(n, 1) variable. All formulas below are integrals of that law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flint import arb

from theory import numbers
from theory.formula import Formula
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _hypergeometric(top: tuple[Any, ...], bottom: tuple[Any, ...], z: Any) -> arb:
    return numbers.ball(z).hypgeom([numbers.ball(a) for a in top], [numbers.ball(b) for b in bottom])


numbers.FUNCTIONS.setdefault("hyper", _hypergeometric)
numbers.FUNCTIONS.setdefault("TupleArg", lambda *parts: parts)


def _nearest_distance() -> sympy.Expr:
    from sympy import Rational, Symbol, integrate

    n, t = Symbol("n", positive=True), Symbol("t", positive=True)
    return integrate((1 - 2 * t) ** n, (t, 0, Rational(1, 2)))


NEAREST_DISTANCE = Formula("expected distance to the nearest of n points", ("n",), _nearest_distance)
"""1 / (2(n+1)), the integral of the survival function."""


def _voronoi_squares() -> sympy.Expr:
    from sympy import Rational, Symbol, factor, integrate

    n, others, u = Symbol("n", positive=True), Symbol("others", positive=True), Symbol("u", positive=True)
    # A gap S exceeds u where the n - 1 other points miss an arc of length u, and E S^2 is the integral of
    # 2u P(S > u).
    square = integrate(2 * u * (1 - u) ** others, (u, 0, 1)).subs(others, n - 1)
    # All pairs of gaps have one law and the gaps sum to 1: 1 = n E S^2 + n (n-1) E S S'.
    product = (1 - n * square) / (n * (n - 1))
    # A cell is half the sum of two neighbouring gaps, which are two different gaps only if n >= 2.
    return cast("sympy.Expr", factor(n * Rational(1, 4) * (2 * square + 2 * product)))


VORONOI_SQUARES = Formula("expected sum of squared Voronoi lengths", ("n",), _voronoi_squares)
"""3 / (2(n+1)) for n >= 2: a cell is half the sum of two neighbouring gaps."""


def _eta_gap() -> sympy.Expr:
    from sympy import Symbol

    lipschitz, c = Symbol("lipschitz", nonnegative=True), Symbol("c", positive=True)
    return 2 * c * lipschitz * NEAREST_DISTANCE.expression


ETA_GAP = Formula("how much eta changes up to the nearest neighbour", ("lipschitz", "n", "c"), _eta_gap)
"""2c lipschitz E|D| = c lipschitz / (n+1), c = 1/2, for eta of Lipschitz constant `lipschitz`."""


def _risk_upper() -> sympy.Expr:
    from sympy import Symbol

    return Symbol("sampler_risk", nonnegative=True) + ETA_GAP.expression


NEIGHBOUR_RISK_UPPER = Formula(
    "upper bound on the risk of 1-NN", ("sampler_risk", "lipschitz", "n", "c"), _risk_upper
)
"""sampler_risk + c lipschitz / (n+1), c = 1/2."""


def _risk_quadratic() -> sympy.Expr:
    from sympy import Rational, Symbol, factor, integrate

    n, t = Symbol("n", positive=True), Symbol("t", positive=True)
    lipschitz, c = Symbol("lipschitz", nonnegative=True), Symbol("c", positive=True)
    square = factor(integrate(2 * t * (1 - 2 * t) ** n, (t, 0, Rational(1, 2))))
    return Symbol("sampler_risk", nonnegative=True) + c * lipschitz**2 * square


NEIGHBOUR_RISK_QUADRATIC = Formula(
    "upper bound of second order on the risk of 1-NN", ("sampler_risk", "lipschitz", "n", "c"), _risk_quadratic
)
"""sampler_risk + c lipschitz^2 E D^2 = sampler_risk + c lipschitz^2 / (2(n+1)(n+2)), c = 1."""


def _multiplier() -> sympy.Expr:
    from sympy import Symbol, beta, gamma, oo, pi, summation

    n, j = Symbol("n", positive=True), Symbol("j", integer=True, nonnegative=True)
    # The series of the cosine, term by term: E (2|D|)^(2j) = n B(n, 2j + 1), since 1 - 2|D| is Beta(n, 1).
    moment = n * beta(n, 2 * j + 1).rewrite(gamma)
    term = ((-1) ** j * pi ** (2 * j) * moment / gamma(2 * j + 1)).simplify()
    return cast("sympy.Expr", summation(term, (j, 0, oo)))


FIRST_MULTIPLIER = Formula("first Fourier multiplier of the 1-NN label's law", ("n",), _multiplier)
"""c_1(n) = E cos(2 pi D) = n times the integral of u^(n-1) cos(pi (1-u)) over [0, 1]."""


def _cosine_risk() -> sympy.Expr:
    from sympy import Integral, Rational, Symbol, cos, pi

    a, x = Symbol("a", real=True), Symbol("x", real=True)
    wave = a * cos(2 * pi * x)
    eta, law = Rational(1, 2) + wave, Rational(1, 2) + FIRST_MULTIPLIER.expression * wave
    error = (law * (1 - eta) + (1 - law) * eta).expand()
    return cast("sympy.Expr", Integral(error, (x, 0, 1)).doit().simplify())


COSINE_RISK = Formula("risk of 1-NN for eta = 1/2 + a cos(2 pi x)", ("a", "n"), _cosine_risk)
"""1/2 - a^2 c_1(n), for |a| <= 1/2."""


def _proof(name: str, module: str, derivation: str) -> Proof:
    found = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{found}_goal", found)


NEAREST_DISTANCE_PROOF = _proof("nearest_distance", "neighbours", "distance")
VORONOI_SQUARES_PROOF = _proof("voronoi_squares", "neighbours", "voronoi")
NEIGHBOUR_SAMPLER_PROOF = _proof("nearest_neighbour_sampler", "neighbours", "gap")
NEIGHBOUR_SAMPLER_SHARP_PROOF = _proof("nearest_neighbour_sampler_sharp", "circle", "sharp")
NEIGHBOUR_SAMPLER_DISTANCE_PROOF = _proof("nearest_neighbour_sampler_distance", "neighbours", "sampler")
NEIGHBOUR_RISK_PROOF = _proof("nearest_neighbour_risk", "neighbours", "risk")
NEIGHBOUR_RISK_LOWER_PROOF = _proof("nearest_neighbour_risk_lower", "neighbours", "lower")
NEIGHBOUR_RISK_QUADRATIC_PROOF = _proof("nearest_neighbour_risk_quadratic", "neighbours", "quadratic")
NEIGHBOUR_LAW_PROOF = _proof("nearest_neighbour_law", "circle", "law")
