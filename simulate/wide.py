"""One unit of a wide two-layer ReLU network at two inputs, with Gaussian weights.

The network is sqrt(2/M) sum_i a_i max(w_i.x, 0) with M units; what one unit contributes to a kernel is drawn, times M.
Every function draws `size` i.i.d. replicates and raises ValueError unless the inputs have one length and aren't 0.
"""
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from simulate.tasks import Number, as_floats

Floats = npt.NDArray[np.float64]
Vector = Sequence[Number]


def both_active(first: Vector, second: Vector, rng: np.random.Generator, size: int) -> Floats:
    """2 1{w.x > 0} 1{w.x' > 0}, w ~ N(0, I)."""
    one, other = _inputs(first, second, rng, size)
    return np.where((one > 0) & (other > 0), 2.0, 0.0)


def feature_products(first: Vector, second: Vector, rng: np.random.Generator, size: int) -> Floats:
    """2 max(w.x, 0) max(w.x', 0), w ~ N(0, I)."""
    one, other = _inputs(first, second, rng, size)
    return 2 * np.maximum(one, 0) * np.maximum(other, 0)


def gradient_products(first: Vector, second: Vector, rng: np.random.Generator, size: int) -> Floats:
    """The scalar product of the gradients, in a and w, of sqrt(2) a max(w.x, 0) at two inputs; a ~ N(0, 1)."""
    one, other = _inputs(first, second, rng, size)
    a = rng.standard_normal(size)
    inner = float(as_floats(first) @ as_floats(second))
    return 2 * np.maximum(one, 0) * np.maximum(other, 0) + 2 * a**2 * inner * ((one > 0) & (other > 0))


def _inputs(first: Vector, second: Vector, rng: np.random.Generator, size: int) -> tuple[Floats, Floats]:
    x, y = as_floats(first), as_floats(second)
    if x.shape != y.shape or not x.any() or not y.any():
        raise ValueError(f"wide: the inputs {tuple(first)} and {tuple(second)} must have one length and an entry that "
                         "isn't 0; give such inputs.")
    w = rng.standard_normal((size, x.size))
    return w @ x, w @ y
