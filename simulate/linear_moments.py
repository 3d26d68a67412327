"""Means of risks of least-squares and minimum-norm regression on Gaussian designs, in rational arithmetic.

The routes here are sequential: a Wishart matrix by its Bartlett factor, one feature after the other, and a random
projection coordinate by coordinate. The closed forms of `theory.double_descent` come from inverse Wishart matrices and
from two equations for a projection's second moments; tests hold the two against each other and against `numpy.linalg`.
"""
from fractions import Fraction
from math import exp, log

from simulate.linear import Linear
from simulate.tasks import Number

_LEAST = 2
"""A model's size stays this far from the number of points: nearer, the mean risk is infinite."""


def check_sizes(few: int, many: int, what: str) -> None:
    """ValueError unless 0 <= few <= many - 2."""
    if not 0 <= few <= many - _LEAST:
        raise ValueError(f"{what}: sizes {few} and {many} must be at least 0 and {_LEAST} apart, the smaller first; "
                         "nearer, the mean is infinite.")


def inverse_chi_square(freedom: int) -> Fraction:
    """E 1/C for C chi-square with `freedom` >= 3 degrees of freedom; ValueError below, where it is infinite."""
    if freedom <= _LEAST:
        raise ValueError(f"inverse_chi_square: the mean of 1/C is infinite for {freedom} degrees of freedom; give 3.")
    return Fraction(1, freedom - 2)


def inverse_trace(few: int, many: int) -> Fraction:
    """E tr (G G')^-1 for a `few` x `many` matrix G of independent N(0, 1) entries; ValueError unless 2 apart.

    With the Bartlett factor L of G G' (Bartlett 1933), row j of L^-1 is (-v L^-1, 1)/d, where the row v of L has j
    independent N(0, 1) entries and d^2 is chi-square with many - j degrees of freedom.
    """
    check_sizes(few, many, "inverse_trace")
    total = Fraction(0)
    for j in range(few):
        total += (total + 1) * inverse_chi_square(many - j)
    return total


def projection_moments(rank: int, dim: int) -> tuple[Fraction, Fraction]:
    """E Q_11^2 and E Q_12^2 for the projection Q on a uniform subspace of this rank in `dim` dimensions.

    Q_11 is the squared length R of the first `rank` entries u of a uniform unit vector U, a Beta(rank/2, ...) variable;
    Q_12 = u . v, where V = (v, w) is uniform among the unit vectors orthogonal to U, on which (u, 0) has squared
    length R - R^2. ValueError unless 0 <= rank <= dim, dim >= 1.
    """
    if not 0 <= rank <= dim or dim < 1:
        raise ValueError(f"projection_moments: rank {rank} in {dim} dimensions; give 0 <= rank <= dim and dim >= 1.")
    first = Fraction(rank, dim)
    second = first * Fraction(rank + 2, dim + 2)
    return second, (first - second) / (dim - 1) if dim > 1 else Fraction(0)


def projected_signal(task: Linear, rank: int, p: int, features: range) -> Number:
    """E of the sum over i in `features` of (Q beta_T)_i^2, T the first p features, Q as in `projection_moments`.

    Signs of coordinates can be flipped, so that E Q_ij Q_ik = 0 for j != k.
    """
    same, other = projection_moments(rank, p)
    squares = [value * value for value in task.beta[:p]]
    total = sum(squares, Fraction(0))
    return sum((same * squares[i] + other * (total - squares[i]) for i in features), Fraction(0))


def least_squares_risk(task: Linear, n: int, p: int) -> Number:
    """Mean risk of least squares on the first p features and n points; ValueError unless p <= n - 2."""
    return task.noise(p) * (1 + inverse_trace(p, n))


def ridgeless_risk(task: Linear, n: int, p: int) -> Number:
    """Mean risk of the minimum-norm interpolator on the first p features; ValueError unless p >= n + 2."""
    miss = projected_signal(task, p - n, p, range(p))
    return miss + task.noise(p) * (1 + inverse_trace(n, p))


def teacher_risk(task: Linear, n: int, p: int) -> Number:
    """`least_squares_risk` or `ridgeless_risk`, whichever has a mean at p; ValueError for n - 1 <= p <= n + 1."""
    return least_squares_risk(task, n, p) if p < n else ridgeless_risk(task, n, p)


def student_error(task: Linear, n: int, p: int, s: int) -> Number:
    """E |beta_S - v_S|^2 for the teacher's coefficients v, S the first s <= p features; ValueError for p near n."""
    _check_student(p, s)
    if p < n:
        return task.noise(p) * inverse_trace(p, n) * Fraction(s, max(p, 1))
    return projected_signal(task, p - n, p, range(s)) + task.noise(p) * inverse_trace(n, p) * Fraction(s, p)


def label_noise(task: Linear, n: int, p: int, s: int) -> Number:
    """E |v_{T without S}|^2, what the teacher's labels have beyond the student's features; ValueError as above."""
    _check_student(p, s)
    rest = range(s, p)
    if p < n:
        return task.signal(p, s) + task.noise(p) * inverse_trace(p, n) * Fraction(p - s, max(p, 1))
    return projected_signal(task, n, p, rest) + task.noise(p) * inverse_trace(n, p) * Fraction(p - s, p)


def distilled_risk(task: Linear, n: int, p: int, s: int, m: int | None) -> Number:
    """Mean risk of least squares on s features and m points that the teacher labels; m None is the limit m -> oo."""
    limit = task.noise(s) + student_error(task, n, p, s)
    return limit if m is None else limit + label_noise(task, n, p, s) * inverse_trace(s, m)


def random_features_risk(task: Linear, n: int, p: int) -> Number:
    """Mean of `teacher_risk` over the p features, chosen at random: each is among them with probability p/dim."""
    if not 0 <= p <= task.dim:
        raise ValueError(f"random_features_risk: p = {p} of {task.dim} features; give 0 <= p <= dim.")
    # By feature: what a single unit of signal adds, inside the chosen ones and outside of them.
    noise = task.sigma * task.sigma
    inflated = 1 + (inverse_trace(p, n) if p < n else inverse_trace(n, p))
    inside = Fraction(0)
    if p > n:
        second, cross = projection_moments(p - n, p)
        inside = second + (p - 1) * cross
    share = Fraction(p, task.dim)
    return sum((value * value * (share * inside + (1 - share) * inflated) for value in task.beta), noise * inflated)


def _check_student(p: int, s: int) -> None:
    if not 0 <= s <= p:
        raise ValueError(f"student with {s} features of a teacher with {p}; give 0 <= s <= p.")


def capped_inverse_trace(few: int, many: int, cap: Number) -> float | None:
    """E min(tr (G G')^-1, cap) for G as in `inverse_trace`, 1 <= few <= many; None unless few = 1, by quadrature there.

    The trace is then 1/C with C chi-square, and the mean is the integral of P(C < 1/t) up to the cap.
    """
    if not 1 <= few <= many or cap <= 0:
        raise ValueError(f"capped_inverse_trace: sizes {few}, {many} and cap {cap}; give 1 <= few <= many, cap > 0.")
    if few > 1:
        return None
    from scipy.integrate import quad
    from scipy.special import gammainc

    # In t = exp(v), for the integrand falls like a power of t.
    value, _ = quad(lambda v: gammainc(many / 2, exp(-v) / 2) * exp(v), -_FAR, log(cap), epsabs=0, epsrel=1e-11,
                    limit=200)
    return value + exp(-_FAR)


_FAR = 40.0
