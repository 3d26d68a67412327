"""Least-squares and minimum-norm teachers fitted to drawn labels: the plain route beside `simulate.ridgeless`.

`minimum_norm` takes any design. Everything but the fresh point is drawn, so risks vary more than those of `ridgeless`,
which has the labels' noise integrated out; tests hold the two against each other.
"""
import numpy as np
import numpy.linalg as la

from simulate.jit import kernel
from simulate.lapack import solve_gram
from simulate.linear import Linear
from simulate.linear_moments import check_sizes
from simulate.normals import fill_normals
from simulate.streams import seed_of, start
from simulate.tasks import Floats


@kernel
def minimum_norm(x: Floats, y: Floats) -> Floats:
    """The w, shape (p,), of least |x w - y|, and among those of least |w|; x has shape (n, p) and full rank.

    By the Gram matrix, whose condition is that of x squared: digits are lost where p is close to n. x is contiguous.
    """
    n, p = x.shape
    if p < n:
        fit = np.dot(x.T, y)
        solve_gram(x, False, fit)
        return fit
    dual = y.copy()
    solve_gram(x, True, dual)
    return np.dot(x.T, dual)


@kernel
def _fitted(beta: Floats, sigma: float, n: int, seed: np.uint64, size: int) -> Floats:
    p = beta.size
    out, numbers = np.empty(size), np.empty(n * p + n)
    x, errors = numbers[:n * p].reshape(n, p), numbers[n * p:]
    for r in range(size):
        fill_normals(start(seed, r), numbers)
        labels = np.dot(x, beta)
        for i in range(n):
            labels[i] += sigma * errors[i]
        fit = minimum_norm(x, labels)
        out[r] = 0.0
        for j in range(p):
            out[r] += (beta[j] - fit[j]) ** 2
    return out


def fitted_risks(task: Linear, n: int, p: int, rng: np.random.Generator, size: int) -> Floats:
    """`size` risks of teachers with the first p features fitted to n >= 1 points, p and n at least 2 apart."""
    from threadpoolctl import threadpool_limits

    beta, noise = _checked(task, n, p)
    with threadpool_limits(limits=1, user_api="blas"):
        return noise + _fitted(beta, noise**0.5, n, seed_of(rng), size)


def fitted_risks_numpy(task: Linear, n: int, p: int, rng: np.random.Generator, size: int) -> Floats:
    """Twin of `fitted_risks`, by lstsq."""
    beta, noise = _checked(task, n, p)
    risks = np.empty(size)
    for r in range(size):
        x = rng.standard_normal((n, p))
        y = x @ beta + noise**0.5 * rng.standard_normal(n)
        risks[r] = noise + np.square(beta - la.lstsq(x, y, rcond=None)[0]).sum()
    return risks


def _checked(task: Linear, n: int, p: int) -> tuple[Floats, float]:
    check_sizes(min(n, p), max(n, p), "fitted_risks")
    if min(n, p) < 1 or p > task.dim:
        raise ValueError(f"fitted_risks: {n} points and {p} features of {task.dim}; give at least 1, p <= dim.")
    return task.array()[:p], float(task.noise(p))
