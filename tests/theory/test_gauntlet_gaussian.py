"""Wrong uses of the rules about Gaussian designs, each of which would prove something false; and that they are true."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from sympy import Interval, Range, exp, oo

from simulate import Linear, linear_moments
from theory.derivations.linear import params
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise, Rejected
from theory.kernel import combine, instantiate
from theory.rules_gaussian import (
    chosen_length,
    inverse_trace,
    projected_length,
    projected_part,
    projected_product,
    singular_trace,
)
from theory.rules_integrals import with_density

AMOUNT, UNIT, REAL = Interval(0, oo), Interval(0, 1), Interval(-oo, oo)
NATURAL, COUNT = Range(1, oo), Range(0, oo)
n, p, s = variable("n", NATURAL), variable("p", COUNT), variable("s", COUNT)
t, u, v = variable("t", AMOUNT), variable("t", UNIT), variable("t", REAL)
own, other = variable("beta_student", AMOUNT), variable("beta_extra", AMOUNT)
GAUSSIAN, UNIFORM = Premise("gaussian", "Gaussian points"), Premise("uniform", "a uniform subspace")
EXISTS = Premise("integrable", "its mean exists")
APART = params(n, p, conditions=(n - p - 2,))
BEYOND = params(n, p, conditions=(p - n - 2,))
SIGNALS = ((own + other) * s - own, (own + other) * (p - s) - other)
STUDENT = params(n, p, s, own, other, conditions=(p - n - 2, p - s, *SIGNALS))


def law(symbol: Any = t, where: Any = AMOUNT, meaning: str = "what the rule says", integrable: Any = EXISTS,
        domain: Any = None) -> Law:
    return Law("L", (symbol,), domain or Domain({symbol: where}), integrable, ((symbol, meaning),) if meaning else ())


def rejects(derive: Callable[[], object], because: str) -> None:
    with pytest.raises(Rejected, match=because):
        derive()


def trace(of: Law | None = None, few: Any = p, many: Any = n, coordinates: Any = p, where: Domain = APART,
          premise: Premise = GAUSSIAN, symbol: Any = t) -> Fact:
    return inverse_trace(symbol, few, many, coordinates, of or law(), premise, where)


def singular(points: Any = n, features: Any = p, coordinates: Any = p, where: Domain = BEYOND) -> Fact:
    return singular_trace(t, points, features, coordinates, law(), GAUSSIAN, where)


def part(where: Domain = STUDENT, rank: Any = n, coordinates: Any = s, mine: Any = own) -> Fact:
    return projected_part(t, rank, p, coordinates, mine, other, law(), UNIFORM, where)


def test_a_trace_has_a_mean_only_where_sizes_are_two_apart() -> None:
    rejects(lambda: trace(where=params(n, p, conditions=(n - p - 1,))), "is false at|undecided")
    rejects(lambda: trace(where=params(n, p)), "is false at|undecided")
    rejects(lambda: singular(where=params(n, p, conditions=(p - n - 1,))), "is false at|undecided")


def test_coordinates_are_among_the_rows() -> None:
    rejects(lambda: trace(coordinates=p + 1), "is false at|undecided")
    rejects(lambda: singular(coordinates=p + 1), "is false at|undecided")
    rejects(lambda: trace(coordinates=-1), "is false")


def test_sizes_are_integers() -> None:
    half = variable("half", AMOUNT)
    where = Domain({n: NATURAL, half: AMOUNT}, n - half - 2)
    rejects(lambda: trace(few=half, coordinates=half, where=where), "need not be an integer")
    rejects(lambda: chosen_length(t, half, n, 1, law(), UNIFORM, Domain({n: NATURAL, half: AMOUNT}, n - half)),
            "need not be an integer")


def test_no_range_keeps_a_quantity_from_its_values() -> None:
    rejects(lambda: trace(law(u, UNIT), symbol=u), "may lie anywhere")
    rejects(lambda: projected_length(u, n, n, 5, law(u, UNIT), UNIFORM, params(n)), "may lie anywhere")
    # Part of a projection points against the vector.
    rejects(lambda: projected_product(t, n, n + 1, 1, law(), UNIFORM, params(n)), "may lie anywhere")
    assert projected_product(v, n, n + 1, 1, law(v, REAL), UNIFORM, params(n)).right == n / (n + 1)


def test_a_quantity_has_a_meaning_in_a_law_of_its_own_kind() -> None:
    rejects(lambda: trace(law(meaning="")), "doesn't say")
    rejects(lambda: trace(symbol=variable("other", AMOUNT)), "is no variable of L")
    rejects(lambda: trace(law(domain=Domain({t: AMOUNT}, 1 - t))), "has conditions")
    rejects(lambda: trace(law(domain=Domain({t: AMOUNT, n: NATURAL}, n - t))), "has conditions")
    rejects(lambda: trace(with_density("L", t, exp(-t), Domain({t: AMOUNT}))), "doesn't say")
    dense = law(integrable=Premise("density", "t has the density exp(-t)"))
    rejects(lambda: trace(dense), "declared to exist")


def test_a_premise_says_where_the_designs_come_from() -> None:
    rejects(lambda: trace(premise=UNIFORM), "kind 'gaussian'")
    rejects(lambda: projected_length(t, n, n, 1, law(), GAUSSIAN, params(n)), "kind 'uniform'")
    rejects(lambda: chosen_length(t, n, n, 1, law(), GAUSSIAN, params(n)), "kind 'uniform'")


def test_parameters_are_not_what_the_law_averages_over() -> None:
    where = Domain({n: NATURAL, t: AMOUNT})
    rejects(lambda: projected_length(t, n, n + 1, t, law(), UNIFORM, where), "averages over")
    rejects(lambda: trace(few=0, many=n + 2, coordinates=0, where=where), "averages over")


def test_a_projection_has_a_rank_and_a_vector_a_length() -> None:
    rejects(lambda: projected_length(t, p, n, 1, law(), UNIFORM, params(n, p)), "is false at|undecided")
    rejects(lambda: projected_length(t, n, n, -1, law(), UNIFORM, params(n)), "is false")
    rejects(lambda: projected_length(t, 0, 0, 1, law(), UNIFORM, params(n)), "is false")
    rejects(lambda: chosen_length(t, n + 1, n, 1, law(), UNIFORM, params(n)), "is false")


def test_no_coordinates_carry_no_signal() -> None:
    conditions = (p - n - 2, p - s)
    for kept in (SIGNALS[:1], SIGNALS[1:], ()):
        rejects(lambda kept=kept: part(params(n, p, s, own, other, conditions=(*conditions, *kept))),
                "is false at|undecided")
    rejects(lambda: part(coordinates=0), "is false at|undecided")
    # In one dimension nothing is crossed, and the formula divides by 0.
    one = params(own, other)
    rejects(lambda: projected_part(t, 1, 1, 1, own, 0, law(), UNIFORM, one), "is false")


def test_a_quantity_is_one_thing() -> None:
    rejects(lambda: combine(p / (n - p - 1), "==", p / (n - p), (-1, trace()), (1, trace(many=n + 1))), "at once")
    fewer = trace(coordinates=s, where=params(n, p, s, conditions=(n - p - 2, p - s)))
    rejects(lambda: combine(trace().right, "==", fewer.right, (-1, trace()), (1, fewer)), "at once")
    length = projected_length(t, n, n + 1, 1, law(), UNIFORM, params(n))
    rejects(lambda: combine(length.right, "==", trace().right, (-1, length), (1, trace())), "at once")


def test_other_sizes_are_another_quantity() -> None:
    later = instantiate(trace(), {n: n + 1}, APART)
    assert later.right == p / (n - p)
    rejects(lambda: combine(p / (n - p - 1), "==", p / (n - p), (-1, trace()), (1, later)), "at once")


def test_the_premises_and_the_reference_are_in_the_certificate() -> None:
    fact = trace()
    assert {premise.kind for premise in fact.premises} == {"definition", "gaussian", "integrable"}
    assert any("p x n" in premise.text for premise in fact.premises)
    assert "von Rosen" in fact.step.trusts[0]


@pytest.mark.parametrize(("few", "many", "coordinates"), [(3, 5, 3), (4, 9, 2), (1, 3, 0), (0, 4, 0)])
def test_the_mean_of_an_inverse_wishart_matrix_is_that_of_its_bartlett_factor(
        few: int, many: int, coordinates: int) -> None:
    fact = trace(few=few, many=many, coordinates=coordinates, where=Domain({}))
    expected = linear_moments.inverse_trace(few, many) * Fraction(coordinates, max(few, 1))
    assert Fraction(str(fact.right)) == expected
    if few:
        twin = singular(points=few, features=many, coordinates=many, where=Domain({}))
        assert Fraction(str(twin.right)) == linear_moments.inverse_trace(few, many)


@pytest.mark.parametrize(("rank", "dim", "features"), [
    (1, 3, 2), (2, 5, 3), (4, 4, 1), (0, 3, 2), (3, 5, 0), (3, 5, 5)])
def test_the_moments_of_a_projection_are_those_of_a_beta_variable(rank: int, dim: int, features: int) -> None:
    task = Linear((1, -2, Fraction(1, 2), 3, 1), 0)
    mine, rest = task.signal(features), task.signal(dim, features)
    fact = projected_part(t, rank, dim, features, mine, rest, law(), UNIFORM, Domain({}))
    assert Fraction(str(fact.right)) == linear_moments.projected_signal(task, rank, dim, range(features))
    whole = projected_length(t, rank, dim, task.signal(dim), law(), UNIFORM, Domain({}))
    assert Fraction(str(whole.right)) == linear_moments.projected_signal(task, rank, dim, range(dim))
