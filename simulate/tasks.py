"""Finite tasks: a law of (X, Y) on finitely many points, as plain data.

Entries that are rational (int, Fraction) become Fractions, and then every risk below is exact; one float
among them and the risks are floats. A task is frozen, hashable and prints whole.
"""
import math
import numbers
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Number: TypeAlias = Fraction | float
Floats: TypeAlias = npt.NDArray[np.float64]

HALF = Fraction(1, 2)
_TOLERANCE = 1e-9  # float weights may miss the sum 1 by rounding, rational ones may not


@dataclass(frozen=True, slots=True)
class Binary:
    """X takes finitely many values, x with probability mass[x]; Y is 1 with probability eta[x], else 0.

    `mass` and `eta` are sequences of numbers of the same length >= 1, kept as tuples: mass >= 0 sums to 1
    (exactly where rational, within 1e-9 where floats take part), 0 <= eta <= 1. Raises ValueError for values
    that break this and TypeError for entries that are not real numbers.
    """

    mass: tuple[Number, ...]
    eta: tuple[Number, ...]

    def __post_init__(self) -> None:
        """Convert the entries and check them."""
        mass = probability_vector(self.mass, "Binary: mass")
        eta = probabilities(self.eta, "Binary: eta", len(mass))
        object.__setattr__(self, "mass", mass)
        object.__setattr__(self, "eta", eta)

    @property
    def points(self) -> int:
        """Number of points, those of mass 0 included."""
        return len(self.mass)

    @property
    def is_rational(self) -> bool:
        """Whether every entry is a Fraction, so that every risk is exact."""
        return all(isinstance(v, Fraction) for v in self.mass + self.eta)

    def margin(self) -> tuple[Number, ...]:
        """|2 eta - 1| at each point, in [0, 1]."""
        return tuple(abs(2 * eta - 1) for eta in self.eta)

    def bayes_risk(self) -> Number:
        """Least possible P(h(X) != Y): E min(eta, 1 - eta)."""
        return sum((p * min(eta, 1 - eta) for p, eta in zip(self.mass, self.eta, strict=True)), Fraction(0))

    def bayes_classifier(self) -> tuple[int, ...]:
        """A label per point that attains the Bayes risk: 1 iff eta >= 1/2 (ties go to 1)."""
        return tuple(int(2 * eta >= 1) for eta in self.eta)

    def sampler_risk(self) -> Number:
        """P(Y != Z) with Y, Z independent draws from the law at X: E[eta (1 - eta) + (1 - eta) eta]."""
        pairs = zip(self.mass, self.eta, strict=True)
        return sum((p * (eta * (1 - eta) + (1 - eta) * eta) for p, eta in pairs), Fraction(0))

    def risk(self, labels: Sequence[int]) -> Number:
        """P(labels[X] != Y) of a classifier given by its label, 0 or 1, at each point; else ValueError."""
        if len(labels) != self.points or any(label not in (0, 1) for label in labels):
            raise ValueError(f"Binary.risk: labels = {labels!r} must be {self.points} labels, each 0 or 1; "
                             "give one per point.")
        terms = zip(self.mass, self.eta, labels, strict=True)
        return sum((p * (1 - eta if label else eta) for p, eta, label in terms), Fraction(0))

    def arrays(self) -> tuple[Floats, Floats]:
        """(mass, eta) as float64 vectors, for kernels."""
        return as_floats(self.mass), as_floats(self.eta)


@dataclass(frozen=True, slots=True)
class Finite:
    """X takes finitely many values, x with probability mass[x]; Y is y with probability law[x][y].

    `mass` as for `Binary`; `law` is one row per point, each a probability vector over the same classes >= 2.
    Kept as tuples. Raises ValueError for values that break this, TypeError for entries that are not numbers.
    """

    mass: tuple[Number, ...]
    law: tuple[tuple[Number, ...], ...]

    def __post_init__(self) -> None:
        """Convert the entries and check them."""
        mass = probability_vector(self.mass, "Finite: mass")
        rows = tuple(self.law)
        law = tuple(probability_vector(row, f"Finite: law[{x}]") for x, row in enumerate(rows))
        if len(law) != len(mass):
            raise ValueError(
                f"Finite: law has {len(law)} rows, mass has {len(mass)} entries; give one row per point.")
        if len(law[0]) < 2 or any(len(row) != len(law[0]) for row in law):
            raise ValueError(f"Finite: the rows of law have lengths {[len(row) for row in law]}; "
                             "every row needs one probability for each of the same classes, 2 or more.")
        object.__setattr__(self, "mass", mass)
        object.__setattr__(self, "law", law)

    @property
    def points(self) -> int:
        """Number of points, those of mass 0 included."""
        return len(self.mass)

    @property
    def classes(self) -> int:
        """Number of classes, at least 2."""
        return len(self.law[0])

    @property
    def is_rational(self) -> bool:
        """Whether every entry is a Fraction, so that every risk is exact."""
        return all(isinstance(v, Fraction) for row in (self.mass, *self.law) for v in row)

    def bayes_risk(self) -> Number:
        """Least possible P(h(X) != Y): 1 - E max_y law(X)[y]."""
        return sum((p * (1 - max(row)) for p, row in zip(self.mass, self.law, strict=True)), Fraction(0))

    def bayes_classifier(self) -> tuple[int, ...]:
        """A label per point that attains the Bayes risk: the most probable one (ties go to the lowest)."""
        return tuple(row.index(max(row)) for row in self.law)

    def sampler_risk(self) -> Number:
        """P(Y != Z) with Y, Z independent draws from the law at X: E[1 - sum_y law(X)[y]^2]."""
        pairs = zip(self.mass, self.law, strict=True)
        return sum((p * (1 - sum(v * v for v in row)) for p, row in pairs), Fraction(0))

    def arrays(self) -> tuple[Floats, Floats]:
        """(mass, law) as float64 arrays of shapes (points,) and (points, classes), for kernels."""
        return as_floats(self.mass), as_floats(self.law)


def as_floats(values: Iterable[Any]) -> Floats:
    """A float64 array of nested sequences of numbers (NumPy alone makes object arrays of Fractions)."""
    return np.array(list(values), dtype=np.float64)


def number(value: object, name: str) -> Number:
    """A Fraction of a rational number, a float of any other real one; TypeError else, ValueError for NaN."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, numbers.Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, numbers.Real):
        result = float(value)
        if math.isnan(result):
            raise ValueError(f"{name} = nan is not a number; give a Fraction, an int or a finite float.")
        return result
    raise TypeError(f"{name} = {value!r} is not a real number; give a Fraction, an int or a float.")


def probabilities(values: Iterable[object], name: str, length: int | None = None) -> tuple[Number, ...]:
    """The values as a tuple, each in [0, 1], `length` of them where that is given; else ValueError."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(f"{name} = {values!r} is not a sequence of numbers; give a tuple such as (1,).")
    entries = tuple(values)
    converted: tuple[Number, ...] = tuple(value for value in entries if type(value) is Fraction)
    if len(converted) < len(entries):
        converted = tuple(number(value, f"{name}[{i}]") for i, value in enumerate(entries))
    if not converted:
        raise ValueError(f"{name} is empty; give at least one entry.")
    if length is not None and len(converted) != length:
        raise ValueError(f"{name} has {len(converted)} entries for {length} points; give one per point.")
    for i, value in enumerate(converted):
        # An integer comparison is ten times faster than one of fractions.
        inside = 0 <= value.numerator <= value.denominator if isinstance(value, Fraction) else 0 <= value <= 1
        if not inside:
            raise ValueError(f"{name}[{i}] = {value} is not in [0, 1]; give probabilities.")
    return converted


def probability_vector(values: Iterable[object], name: str) -> tuple[Number, ...]:
    """As `probabilities`, and the sum is 1: exactly where all are rational, within 1e-9 otherwise."""
    converted = probabilities(values, name)
    exact = all(isinstance(value, Fraction) for value in converted)
    total = sum(converted, Fraction(0)) if exact else math.fsum(converted)
    if total != 1 and (exact or abs(total - 1) > _TOLERANCE):
        raise ValueError(f"{name} sums to {total}, not to 1; divide its entries by their sum.")
    return converted


def cumulate(weights: Floats) -> Floats:
    """Running sums of non-negative weights along the last axis, scaled to end in 1, for `streams.pick`.

    From the last positive weight on they are 1 to the bit, so rounding never picks an index of weight 0.
    """
    sums = np.cumsum(weights, axis=-1)
    total = sums[..., -1:]
    return np.where(sums >= total, 1.0, sums / total)
