"""Regression by the mean of the k nearest of n uniform points of a circle: variance, bias and error at a point."""

from __future__ import annotations

from typing import Any

from theory.formula import Formula, positive
from theory.proof import Proof


def _variance() -> Any:
    noise_variance, k = positive("noise_variance, k")
    # k independent responses, each with weight 1/k.
    return k * (noise_variance / k**2)


def _radius_moment(power: int) -> Any:
    """E R^power for the distance R of the (k + 1)-st nearest of n points; 1/2 where there is none, k = n.

    Twice the distance is the (k + 1)-st of n uniform variables, a Beta(k + 1, n - k) variable.
    """
    from sympy import Rational, prod

    n, k = positive("n, k")
    return Rational(1, 2**power) * prod((k + 1 + i) / (n + 1 + i) for i in range(power))


def _bias() -> Any:
    from sympy import Rational, factor

    lipschitz, c = positive("lipschitz, c")
    # Within a given radius R the k nearest are independent and uniform, R/2 away on average.
    return factor(c * lipschitz * Rational(1, 2) * _radius_moment(1))


def _error() -> Any:
    from sympy import Integral, Symbol, factor

    lipschitz, k, c, radius = positive("lipschitz, k, c, radius")
    u = Symbol("u", positive=True)
    mean, square = (Integral((radius * u) ** i, (u, 0, 1)).doit() for i in (1, 2))
    spread = mean**2 + (square - mean**2) / k
    return VARIANCE.expression + factor(c * lipschitz**2 * (spread / radius**2) * _radius_moment(2))


VARIANCE = Formula("variance of a mean of k responses", ("noise_variance", "k"), _variance)
"""sigma^2/k."""

BIAS = Formula("bias of k-NN regression on a circle", ("lipschitz", "n", "k", "c"), _bias)
"""c lipschitz (k + 1)/(4(n + 1)), c = 1."""

ERROR = Formula("mean squared error of k-NN regression on a circle", ("noise_variance", "lipschitz", "n", "k", "c"),
                _error)
"""sigma^2/k + c lipschitz^2 (k + 1)(k + 2)(3k + 1)/(48 k (n + 1)(n + 2)), c = 1."""


def _proof(name: str) -> Proof:
    where = f"theory.derivations.neighbour_regression:{name}"
    return Proof(f"k_nearest_variance_{name}", f"{where}_goal", where)


VARIANCE_PROOF = _proof("given")
VARIANCE_TOTAL_PROOF = _proof("total")
