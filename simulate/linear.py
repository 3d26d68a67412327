"""A linear task: isotropic Gaussian features, a linear response, Gaussian noise.

A model that uses the first p of the features sees the others as noise: `noise(p)` is the variance of what it can't
explain, `signal(p)` the squared length of what it could.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from simulate.tasks import Floats, Number, as_floats, number


@dataclass(frozen=True, slots=True)
class Linear:
    """y = x . beta + sigma z with x ~ N(0, I) in as many dimensions as `beta` has entries and z ~ N(0, 1).

    `beta` is a sequence of finite numbers, kept as a tuple, and `sigma` >= 0 a finite number; rational ones become
    Fractions, and then signals and noises are exact. Raises ValueError for values that break this and TypeError for
    entries that are not real numbers.
    """

    beta: tuple[Number, ...]
    sigma: Number

    def __post_init__(self) -> None:
        """Convert the entries and check them."""
        if isinstance(self.beta, str) or not isinstance(self.beta, Iterable):
            raise TypeError(f"Linear: beta = {self.beta!r} is not a sequence of numbers; give a tuple such as (1, 0).")
        beta = tuple(finite(value, f"Linear: beta[{i}]") for i, value in enumerate(self.beta))
        if not beta:
            raise ValueError("Linear: beta is empty; give at least one coefficient.")
        sigma = finite(self.sigma, "Linear: sigma")
        if sigma < 0:
            raise ValueError(f"Linear: sigma = {sigma} is negative; give the noise's standard deviation, 0 or more.")
        object.__setattr__(self, "beta", beta)
        object.__setattr__(self, "sigma", sigma)

    @property
    def dim(self) -> int:
        """Number of features, at least 1."""
        return len(self.beta)

    @property
    def is_rational(self) -> bool:
        """Whether every entry is a Fraction, so that signals and noises are exact."""
        return all(isinstance(value, Fraction) for value in (*self.beta, self.sigma))

    def signal(self, last: int | None = None, first: int = 0) -> Number:
        """Sum of beta_j^2 over the features first, ..., last - 1 (to the last one by default), 0 <= first <= last.

        ValueError where that is no range of features.
        """
        stop = self.dim if last is None else last
        if not 0 <= first <= stop <= self.dim:
            raise ValueError(f"Linear.signal: features {first}, ..., {stop} - 1 are none of {self.dim}; "
                             "give 0 <= first <= last <= dim.")
        return sum((value * value for value in self.beta[first:stop]), Fraction(0))

    def noise(self, p: int) -> Number:
        """Variance of y given its first p features, sigma^2 + the signal of the others; ValueError as `signal`."""
        return self.sigma * self.sigma + self.signal(first=p)

    def array(self) -> Floats:
        """beta as a float64 vector of shape (dim,)."""
        return as_floats(self.beta)


def finite(value: object, name: str) -> Number:
    """A Fraction of a rational number, a float of any other finite one; ValueError or TypeError else."""
    converted = number(value, name)
    if converted in (float("inf"), float("-inf")):
        raise ValueError(f"{name} = {converted} is not finite; give a Fraction, an int or a finite float.")
    return converted
