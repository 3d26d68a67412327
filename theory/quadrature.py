"""Tables of nodes on which a proof's reading of an instance averages: Gauss-Legendre's rule on pieces of a line."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _legendre(size: int) -> Any:
    import numpy as np

    return np.polynomial.legendre.leggauss(size)


def on_pieces(cuts: Any, size: int) -> tuple[Any, Any]:
    """Nodes, and their weights for an integral, `size` on each piece between increasing cuts: two vectors."""
    import numpy as np

    nodes, weights = _legendre(size)
    ends = np.asarray(cuts, dtype=float)
    half = np.diff(ends)[:, None] / 2
    return ((ends[1:] + ends[:-1])[:, None] / 2 + half * nodes).ravel(), (half * weights).ravel()
