"""Data inefficiency of a linearised student with isotropic features: I(n) = n [ln E|w_(n+1)| - ln E|w_n|]."""

from __future__ import annotations

from typing import TYPE_CHECKING

from theory.formula import Formula, positive
from theory.projections import NORM
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _inefficiency() -> sympy.Expr:
    from sympy import expand_log, gamma, log, loggamma, simplify

    n, length, dim, c = positive("n, length, dim, c")
    lengths = [NORM.at(length=length, n=n + more, dim=dim) for more in (0, 1)]
    # Neither the teacher's length nor the dimension matters.
    growth = expand_log(log(simplify(lengths[1] / lengths[0])), force=True)
    return c * n * growth.replace(lambda e: isinstance(e, log) and isinstance(e.args[0], gamma),
                                  lambda e: loggamma(e.args[0].args[0]))


def _series(order: int) -> sympy.Expr:
    from sympy import Symbol, expand, log, series, solve, symbols

    n, c = positive("n, c")
    x = Symbol("x", positive=True)
    # L(n) = I(n)/n has L(n) + L(n + 1) = ln(1 + 1/n): compare powers of x = 1/n.
    unknown = symbols(f"a1:{2 * order + 1}")
    guess = [sum(a * y**k for k, a in enumerate(unknown, 1)) for y in (x, x / (1 + x))]
    gap = series(sum(guess) - log(1 + x), x, 0, 2 * order + 1).removeO()
    found = solve([expand(gap).coeff(x, k) for k in range(1, 2 * order + 1)], unknown, dict=True)[0]
    return c * sum(found[a] * n ** (1 - k) for k, a in enumerate(unknown, 1))


def _upper() -> sympy.Expr:
    from sympy import Poly, solve

    n, c, shift = positive("n, c, shift")
    # 1/2 - a/(n^2 + shift) with the series' terms up to n^-4: a/n^2 - a shift/n^4.
    terms = Poly((_series(3).subs(c, 1) * n**4).expand(), n)
    a, fourth = -terms.coeff_monomial(n**2), terms.coeff_monomial(1)
    (best,) = solve(a * shift - fourth, shift)
    return c * (terms.coeff_monomial(n**4) - a / (n**2 + best))


DATA_INEFFICIENCY = Formula("data inefficiency", ("n", "c"), _inefficiency, "Ji & Zhu 2020")
"""c n ln[G(n/2 + 1) G(n/2)/G((n+1)/2)^2], c = 1."""

LIMIT = Formula("limit of the data inefficiency", ("c",), lambda: _series(1))
"""c/2, c = 1."""

LOWER = Formula("data inefficiency from below", ("n", "c"), lambda: _series(2))
"""c (1/2 - 1/(12 n^2)), c = 1."""

UPPER = Formula("data inefficiency from above", ("n", "c"), _upper)
"""c (1/2 - 1/(12 n^2 + 72/5)), c = 1."""


def _proof(derivation: str) -> Proof:
    where = f"theory.derivations.inefficiency:{derivation}"
    return Proof(f"data_inefficiency_{derivation}", f"{where}_goal", where)


DATA_INEFFICIENCY_LIMIT_PROOF = _proof("limit")
DATA_INEFFICIENCY_INCREASING_PROOF = _proof("increasing")
DATA_INEFFICIENCY_LOWER_PROOF = _proof("lower")
DATA_INEFFICIENCY_UPPER_PROOF = _proof("upper")
