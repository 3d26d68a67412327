"""Least-norm interpolation of labels that depend on one direction of isotropic Gaussian features.

Features x in R^p are standard Gaussian, the label at x is z = h(u . x) for a unit vector u and an odd h; w_n is the
least-norm solution of w . x_i = z_i at n <= p points. With g_i = u . x_i the other p - 1 features are independent of
all labels, so with A = X'X'^T a Wishart matrix of p - 1 degrees of freedom, independent of g and z,

    |w_n|^2 = z^T (A + g g^T)^(-1) z,   E(|w_n|^2 | g) = alpha(G) (|z|^2 - (z . g)^2/G) + gamma(G) (z . g)^2/G,      (1)

G = |g|^2, k = p - n, gamma(G) = E 1/(G + chi2_k), alpha(G) = E 1/(chi2_k + chi2_1 G/(G + chi2_(k+1))), the chi-squares
independent: A's Schur complement on span(g, z) is Wishart of k + 1 degrees of freedom. For h(g) = g, E|w_n|^2 = n/p.
"""
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicSpline
from scipy.special import roots_genlaguerre

from simulate.legendre import legendre

Floats = npt.NDArray[np.float64]
Labelling: TypeAlias = Callable[[Floats], Floats]

_GRID = 240  # nodes of splines in G
_REACH = 8.5  # standard deviations of g that the rule covers


@lru_cache(maxsize=8)
def directions(nodes: int = 40) -> tuple[Floats, Floats]:
    """(g, weights): Gauss-Legendre's rule for |g|, g standard Gaussian."""
    x, w = legendre(nodes)
    g = _REACH / 2 * (x + 1)
    return g, _REACH / 2 * w * np.sqrt(2 / np.pi) * np.exp(-(g**2) / 2)


@lru_cache(maxsize=256)
def _chi_square(degrees: int, nodes: int) -> tuple[Floats, Floats]:
    """Gauss' rule for a chi-square variable; for 0 degrees, the number 0."""
    if degrees == 0:
        return np.zeros(1), np.ones(1)
    x, w = roots_genlaguerre(nodes, degrees / 2 - 1)
    return 2 * x, w / w.sum()


@lru_cache(maxsize=64)
def _profile(k: int, scale: int) -> CubicSpline:
    """alpha and (gamma - alpha)/G as a spline in G/(G + scale), to about 8 digits."""
    at = (np.arange(_GRID) + 0.5) / _GRID
    total = scale * at / (1 - at)
    x, w = legendre(64)
    x, w = (x + 1) / 2, w / 2
    spread, chance = _chi_square(k + 1, 24)
    share = total[:, None] / (total[:, None] + spread)
    # 1/v = integral of exp(-s v); with 1 + 2 s = 1/x^2 the chi-squares' transforms are powers of x.
    inner = (w * x ** (k - 2) / np.sqrt(share[..., None] + (1 - share[..., None]) * x**2)).sum(axis=2)
    alpha = inner @ chance
    gamma = (w * x ** (k - 3) * np.exp(-total[:, None] * (x**-2 - 1) / 2)).sum(axis=1)
    return CubicSpline(at, np.stack((alpha, (gamma - alpha) / total), axis=1))


def _valued(profile: CubicSpline, total: Floats, scale: int) -> tuple[Floats, Floats]:
    values = profile(total / (total + scale))
    return values[..., 0], values[..., 1]


@lru_cache(maxsize=128)
def _forms(n: int, p: int) -> tuple[Floats, Floats]:
    """(diagonal, kernel): E|w_n|^2 = sum diagonal h^2 + h^T kernel h, h at the nodes of `directions`."""
    g, weights = directions()
    profile = _profile(p - n, p)
    rest, chance = _chi_square(n - 1, 30)
    total = g[:, None] ** 2 + rest
    alpha, change = _valued(profile, total, p)
    diagonal = n * weights * ((alpha + g[:, None] ** 2 * change) @ chance)
    if n == 1:
        return diagonal, np.zeros((g.size, g.size))
    rest, chance = _chi_square(n - 2, 30)
    total = (g[:, None] ** 2 + g**2)[..., None] + rest
    side = weights * g
    return diagonal, n * (n - 1) * side[:, None] * side * (_valued(profile, total, p)[1] @ chance)


def mean_square_norm(labels: Floats, n: int, p: int) -> float:
    """E|w_n|^2 for the values `labels` of h at the nodes of `directions`, by (1); ValueError unless 1 <= n <= p - 3."""
    _check(n, p)
    diagonal, kernel = _forms(n, p)
    return float(diagonal @ labels**2 + labels @ kernel @ labels)


def square_norms(n: int, p: int, h: Labelling, rng: np.random.Generator, size: int) -> Floats:
    """`size` draws of |w_n|^2, by solving for the interpolating weights; `h` maps an array of g to labels."""
    _check(n, p)
    x = rng.standard_normal((size, n, p))
    z = h(x[:, :, 0])
    gram = x @ x.transpose(0, 2, 1)
    return np.einsum("si,si->s", z, np.linalg.solve(gram, z[..., None])[..., 0])


def norms(n: int, p: int, labellings: Sequence[Labelling], rng: np.random.Generator, size: int) -> Floats:
    """`size` draws of |w_n| for each labelling on the same features, shape (labellings, size), without the features.

    By (1) only g and A's Schur complement on the span of g and the labels matter: with m labellings a Wishart matrix of
    m + 1 <= n rows and k + m degrees of freedom, drawn by its Cholesky factor (Bartlett 1933).
    """
    _check(n, p)
    rows = min(len(labellings) + 1, n)
    g = rng.standard_normal((size, n))
    triangle = _triangle([g, *(h(g) for h in labellings)], rows)
    below = rng.standard_normal((rows, rows, size))
    diagonal = [np.sqrt(rng.chisquare(p - n + rows - 1 - i, size)) for i in range(rows)]

    def solved(column: Sequence[Floats]) -> Floats:
        """The column divided by the lower triangle of `diagonal` and `below`."""
        out = np.zeros((rows, size))
        for i, value in enumerate(column):
            out[i] = (value - np.einsum("js,js->s", below[i, :i], out[:i])) / diagonal[i]
        return out

    # Sherman and Morrison's formula for the part g g^T of (1).
    own = solved(triangle[0])
    taught = [solved(column) for column in triangle[1:]]
    squares = [(a**2).sum(axis=0) - (a * own).sum(axis=0) ** 2 / (1 + (own**2).sum(axis=0)) for a in taught]
    return np.sqrt(squares)


def _triangle(vectors: Sequence[Floats], rows: int) -> list[list[Floats]]:
    """R of the vectors' QR factors, column by column, each of `rows` entries; from their scalar products (Cholesky)."""
    columns: list[list[Floats]] = []
    for j, vector in enumerate(vectors):
        column: list[Floats] = []
        for i in range(min(j + 1, rows)):
            before = zip(column, columns[i] if i < j else column, strict=False)
            product = sum((-r * q for r, q in before), np.einsum("si,si->s", vector, vectors[i]))
            if i < j:
                length = columns[i][i]
                column.append(np.divide(product, length, out=np.zeros_like(product), where=length > 0))
            else:
                # Of a vector in the span of those before, rounding may leave less than nothing.
                column.append(np.sqrt(np.maximum(product, 0)))
        columns.append([*column, *[np.zeros(len(vector))] * (rows - len(column))])
    return columns


def _check(n: int, p: int) -> None:
    if not 1 <= n <= p - 3:
        raise ValueError(f"interpolation: n = {n} points in dimension p = {p}; give 1 <= n <= p - 3, for E|w|^2 is "
                         "infinite or undefined beyond.")
