"""Gauss-Legendre's rule, computed once for each size."""
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@lru_cache(maxsize=64)
def legendre(size: int) -> tuple[Floats, Floats]:
    """Nodes in (-1, 1) and weights, shape (size,) each, read-only; exact for polynomials of degree 2 size - 1."""
    nodes, weights = np.polynomial.legendre.leggauss(size)
    nodes.setflags(write=False)
    weights.setflags(write=False)
    return nodes, weights
