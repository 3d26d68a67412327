"""The law of the projection angle for isotropic features, by recursions over its integrals; no gamma functions.

The angle between a fixed vector and the span of n Gaussian vectors in dimension n + m has the density cos^(n-1)
sin^(m-1) over its integral on [0, pi/2]; m = 0 leaves the angle 0.
"""
from fractions import Fraction
from math import pi

from flint import arb, ctx, fmpq

from simulate.legendre import legendre
from simulate.tasks import Number

BITS = 200


def trigonometric_integral(a: int, b: int) -> tuple[Fraction, bool]:
    """The integral of cos^a sin^b over [0, pi/2]: (q, times) for q pi/2 where `times`, else for q.

    By parts: (a - 1)/(a + b) times that of a - 2. ValueError for negative exponents.
    """
    if min(a, b) < 0:
        raise ValueError(f"trigonometric_integral: the exponents {a}, {b} must not be negative.")
    value = Fraction(1)
    while a > 1:
        value, a = value * Fraction(a - 1, a + b), a - 2
    while b > 1:
        value, b = value * Fraction(b - 1, a + b), b - 2
    return value / (1 + (a == b == 1)), a == b == 0


def mean_cosine(power: int, n: int, dim: int) -> arb | Fraction:
    """E cos^power of the projection angle of n training points, 1 <= n <= dim; a Fraction where pi cancels."""
    if not 1 <= n <= dim or power < 0:
        raise ValueError(f"mean_cosine: power = {power}, n = {n}, dim = {dim}; give power >= 0, 1 <= n <= dim.")
    if n == dim:
        return Fraction(1)
    (above, first), (below, second) = (trigonometric_integral(n - 1 + more, dim - n - 1) for more in (power, 0))
    ratio = above / below
    if first == second:
        return ratio
    with ctx.workprec(BITS):
        half = arb.pi() / 2
        return arb(fmpq(ratio.numerator, ratio.denominator)) * (half if first else 1 / half)


def inefficiency(n: int) -> arb:
    """n ln of the ratio of the integrals of sin^(n-1) and sin^n over [0, pi/2], n >= 1: the data inefficiency."""
    (above, times), (below, _) = (trigonometric_integral(power, 0) for power in (n - 1, n))
    ratio = above / below
    with ctx.workprec(BITS):
        half = arb.pi() / 2
        return n * (arb(fmpq(ratio.numerator, ratio.denominator)) * (half if times else 1 / half)).log()


def squared_cosine_law(n: int, m: int, cosine_squared: Number) -> arb:
    """P(cos^2 of the angle <= cosine_squared), n, m >= 1, as a finite sum.

    From the arcsine or a root, by parts: two more dimensions of the span take x^(n/2) (1-x)^(m/2)/(n/2 B(n/2, m/2))
    away, two more of its complement add that with m/2 for n/2. Twice the
    integral of cos^(n-1) sin^(m-1) is B(n/2, m/2).
    """
    if min(n, m) < 1 or not 0 <= cosine_squared <= 1:
        raise ValueError(f"squared_cosine_law: n = {n}, m = {m}, cosine_squared = {cosine_squared}; give n, m >= 1 and "
                         "a number in [0, 1].")
    share = Fraction(cosine_squared)
    with ctx.workprec(BITS):
        x = arb(fmpq(share.numerator, share.denominator))
        root, other = x.sqrt(), (1 - x).sqrt()
        # x = cos^2, so the angle from the other axis is arcsin of its root.
        base = {(1, 1): 2 * arb.atan2(root, other) / arb.pi(), (2, 2): x, (1, 2): root, (2, 1): 1 - other}
        first, second = 2 - n % 2, 2 - m % 2
        total = base[first, second]
        for k in range(first, n, 2):
            total -= _term(k, second, root, other) / k
        for k in range(second, m, 2):
            total += _term(n, k, root, other) / k
        return total


def _term(n: int, m: int, root: arb, other: arb) -> arb:
    """2 x^(n/2) (1-x)^(m/2)/B(n/2, m/2)."""
    value, times = trigonometric_integral(n - 1, m - 1)
    integral = arb(fmpq(value.numerator, value.denominator)) * (arb.pi() / 2 if times else 1)
    return root**n * other**m / integral


def mean_angle(n: int, m: int) -> float:
    """The mean of the angle, in [0, pi/2], n, m >= 1: by Gauss-Legendre quadrature of the density."""
    import numpy as np

    if min(n, m) < 1:
        raise ValueError(f"mean_angle: n = {n}, m = {m}; give n, m >= 1.")
    nodes, weights = legendre(80)
    t = (nodes + 1) * pi / 4
    density = weights * np.cos(t) ** (n - 1) * np.sin(t) ** (m - 1)
    return float(np.sum(density * t) / np.sum(density))


def orthant(correlation: float) -> float:
    """P(two standard normal numbers have different signs), correlation in [0, 1), by Gauss-Legendre quadrature.

    Given the first number x > 0 the second is negative with probability Phi(-x r/sqrt(1 - r^2)).
    """
    import numpy as np
    from scipy.special import ndtr

    slope = correlation / (1 - correlation**2) ** 0.5
    nodes, weights = legendre(40)
    cuts = np.array([0, 0.25, 0.5, 1, 2, 4, 8, 12]) / max(1.0, slope)
    cuts = np.unique(np.append(cuts, [0.5, 1, 2, 4, 8]))
    half = np.diff(cuts)[:, None] / 2
    x = (cuts[1:] + cuts[:-1])[:, None] / 2 + half * nodes
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return float(2 * np.sum(half * weights * density * ndtr(-slope * x)))
