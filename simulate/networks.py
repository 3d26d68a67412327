"""Two-layer networks trained by gradient descent, beside their linearisation at the start.

f(x) = M^(-1/2) sum_r a_r phi(w_r . x) on inputs of length 1; the hidden weights w_r are trained by full-batch gradient
descent on half the mean squared error; the outer signs a_r = +1, -1, +1, ... stay. The start is antisymmetric, f = 0,
where both neurons of a pair have one w. The linearisation is trained likewise, with the gradient of the start.
"""
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from simulate.jit import kernel
from simulate.tasks import Number, as_floats

Floats = npt.NDArray[np.float64]

ACTIVATIONS = ("relu", "tanh", "bent")
"""`bent` has the derivative max(0, 1 - |u|): slope at most 1, and the slope's own slope is 1 right from 0 on."""

CURVATURE = {"tanh": 4 / (3 * math.sqrt(3)), "bent": 1.0}
"""The Lipschitz constant of the derivative, for activations that have one."""


@kernel
def _value(activation: int, u: float) -> float:
    if activation == 0:
        return max(u, 0.0)
    if activation == 1:
        return math.tanh(u)
    v = min(max(u, -1.0), 1.0)
    return v - v * abs(v) / 2


@kernel
def _slope(activation: int, u: float) -> float:
    if activation == 0:
        return 1.0 if u > 0.0 else 0.0
    if activation == 1:
        return 1.0 - math.tanh(u) ** 2
    return max(0.0, 1.0 - abs(u))


@kernel
def _outputs(activation: int, weights: Floats, x: Floats, out: Floats) -> None:
    """f at the inputs x; the outer signs are +1 and -1 in turn."""
    width = weights.shape[0]
    for i in range(out.size):
        total = 0.0
        for r in range(width):
            u = weights[r, 0] * x[i, 0] + weights[r, 1] * x[i, 1]
            total += (1.0 - 2.0 * (r & 1)) * _value(activation, u)
        out[i] = total / math.sqrt(width)


@kernel
def _tangent(activation: int, weights: Floats, x: Floats, gram: Floats) -> None:
    """Add the tangent kernel's matrix, 1/width sum_r phi'(w_r . x) phi'(w_r . x') x . x', to `gram`."""
    width, n = weights.shape[0], gram.shape[0]
    slopes = np.empty(n)
    for r in range(width):
        for i in range(n):
            slopes[i] = _slope(activation, weights[r, 0] * x[i, 0] + weights[r, 1] * x[i, 1])
        for i in range(n):
            for j in range(n):
                gram[i, j] += slopes[i] * slopes[j] * (x[i, 0] * x[j, 0] + x[i, 1] * x[j, 1]) / width


@kernel
def _gaps(activation: int, weights: Floats, x: Floats, y: Floats, step: float, steps: int, out: Floats) -> None:
    """f - linearisation at the training inputs after the steps, into `out`; trains `weights` (width, 2) in place."""
    width, n = weights.shape[0], y.size
    gram, linear, residual, change = np.zeros((n, n)), np.empty(n), np.empty(n), np.empty(n)
    _tangent(activation, weights, x, gram)
    _outputs(activation, weights, x, residual)
    for i in range(n):
        residual[i] -= y[i]
        linear[i] = residual[i]
    scale = step / (math.sqrt(width) * n)
    for _ in range(steps):
        for r in range(width):
            one = two = 0.0
            for i in range(n):
                pull = _slope(activation, weights[r, 0] * x[i, 0] + weights[r, 1] * x[i, 1]) * residual[i]
                one += pull * x[i, 0]
                two += pull * x[i, 1]
            sign = 1.0 - 2.0 * (r & 1)
            weights[r, 0] -= sign * scale * one
            weights[r, 1] -= sign * scale * two
        for i in range(n):
            change[i] = 0.0
            for j in range(n):
                change[i] += gram[i, j] * linear[j]
        for i in range(n):
            linear[i] -= step * change[i] / n
        _outputs(activation, weights, x, residual)
        for i in range(n):
            residual[i] -= y[i]
    for i in range(n):
        out[i] = residual[i] - linear[i]


@kernel
def _mean_gaps(drawn: Floats, activation: int, width: int, paired: bool, x: Floats, y: Floats, step: float,
               steps: int) -> Floats:
    """Each row of `drawn` has the coordinates of one replicate's weight vectors."""
    out = np.empty(drawn.shape[0])
    weights, gaps = np.empty((width, 2)), np.empty(y.size)
    for r in range(out.size):
        for j in range(width):
            vector = j // 2 if paired else j
            weights[j, 0], weights[j, 1] = drawn[r, vector, 0], drawn[r, vector, 1]
        _gaps(activation, weights, x, y, step, steps, gaps)
        total = 0.0
        for i in range(y.size):
            total += abs(gaps[i])
        out[r] = total / y.size
    return out


def mean_gaps(activation: str, width: int, angles: Sequence[Number], labels: Sequence[Number], step: Number, steps: int,
              rng: np.random.Generator, size: int, *, paired: bool = True, compiled: bool = True) -> Floats:
    """`size` draws of the mean over the training inputs of |f - linearisation| after gradient descent.

    Inputs (cos 2 pi t, sin 2 pi t) for t in `angles`; w_r standard Gaussian vectors of the plane, one per pair of
    neurons, or with `paired=False` one per neuron. ValueError for an odd width or one below 2, no inputs, unequal
    lengths, steps < 0 or an unknown activation. `compiled=False` draws from the NumPy twin of the kernel.
    """
    code, x, y = _checked(activation, width, angles, labels, steps)
    weights = rng.standard_normal((size, width // 2 if paired else width, 2))
    if compiled:
        return _mean_gaps(weights, code, width, paired, x, y, float(step), steps)
    if paired:
        weights = np.repeat(weights, 2, axis=1)
    return np.abs(_gaps_numpy(activation, weights, x, y, float(step), steps)).mean(axis=1)


def open_shares(turn: Number, width: int, rng: np.random.Generator, size: int, *, paired: bool = False) -> Floats:
    """`size` shares of `width` neurons, of Gaussian weights, that are open for both of two inputs `turn` turns apart.

    With `paired=True` neighbouring neurons have one weight vector. ValueError for a turn outside [0, 1/2], a width
    below 1 and an odd one of pairs.
    """
    if not 0 <= turn <= 0.5 or width < 1 or (paired and width % 2):
        raise ValueError(f"networks: inputs {turn} turns apart and a width of {width}; give a turn in [0, 1/2], and a "
                         "positive width, even if the neurons come in pairs.")
    weights = rng.standard_normal((size, width // 2 if paired else width, 2))
    angle = 2 * np.pi * float(turn)
    both = (weights[..., 0] > 0) & (weights @ np.array([math.cos(angle), math.sin(angle)]) > 0)
    return both.mean(axis=1)


def gaps(activation: str, weights: Floats, angles: Sequence[Number], labels: Sequence[Number], step: Number, steps: int,
         *, compiled: bool = True) -> Floats:
    """f - linearisation at each training input, from the given weights, of shape (width, 2); errors as above."""
    code, x, y = _checked(activation, len(weights), angles, labels, steps)
    if compiled:
        out = np.empty(y.size)
        _gaps(code, np.array(weights, dtype=np.float64), x, y, float(step), steps, out)
        return out
    return _gaps_numpy(activation, np.asarray(weights, dtype=np.float64)[None], x, y, float(step), steps)[0]


def _gaps_numpy(activation: str, weights: Floats, x: Floats, y: Floats, step: float, steps: int) -> Floats:
    """Twin of `_gaps` for weights of shape (size, width, 2): the linearisation has weights and no Gram matrix."""
    value, slope = _FUNCTIONS[activation]
    begin = weights
    signs = np.tile([1.0, -1.0], weights.shape[1] // 2)
    scale = 1 / math.sqrt(signs.size)
    fixed = slope(begin @ x.T) * (signs * scale)[:, None]
    moving, tangent = begin.copy(), np.zeros_like(begin)

    def outputs() -> Floats:
        return scale * np.einsum("r,srn->sn", signs, value(moving @ x.T))

    at_start = outputs()

    for _ in range(steps):
        pulls = slope(moving @ x.T) * (signs * scale)[:, None] * (outputs() - y)[:, None, :]
        linear = at_start + np.einsum("srn,srn->sn", fixed, tangent @ x.T) - y
        moving = moving - step * (pulls @ x) / y.size
        tangent = tangent - step * ((fixed * linear[:, None, :]) @ x) / y.size
    return outputs() - at_start - np.einsum("srn,srn->sn", fixed, tangent @ x.T)


_FUNCTIONS: dict[str, Any] = {
    "relu": (lambda u: np.maximum(u, 0.0), lambda u: (u > 0).astype(float)),
    "tanh": (np.tanh, lambda u: 1 - np.tanh(u) ** 2),
    "bent": (lambda u: np.clip(u, -1, 1) * (1 - np.abs(np.clip(u, -1, 1)) / 2), lambda u: np.maximum(0, 1 - np.abs(u))),
}


def _checked(activation: str, width: int, angles: Sequence[Number], labels: Sequence[Number], steps: int
             ) -> tuple[int, Floats, Floats]:
    if activation not in ACTIVATIONS:
        raise ValueError(f"networks: the activation {activation!r} is none of {', '.join(ACTIVATIONS)}.")
    if width < 2 or width % 2:
        raise ValueError(f"networks: a width of {width} makes no pairs of neurons; give an even one, at least 2.")
    if not angles or len(angles) != len(labels) or steps < 0:
        raise ValueError(f"networks: {len(angles)} inputs, {len(labels)} labels, {steps} steps; give at least one "
                         "input, one label for each, and no negative number of steps.")
    turns = 2 * np.pi * as_floats(angles)
    return ACTIVATIONS.index(activation), np.stack((np.cos(turns), np.sin(turns)), axis=1), as_floats(labels)
