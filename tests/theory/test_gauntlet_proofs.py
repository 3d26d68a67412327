"""Wrong proofs by form: forged facts, broken inductions, conclusions other than the goal. And their right twins."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from gauntlet import rejects
from sympy import Interval, Range, Rational, Sum, Symbol, oo, sympify

from theory.cases import exhaust, induction, start_and_rest
from theory.domain import Domain, variable
from theory.expressions import same
from theory.facts import Fact, Law, Premise, Step, conclude
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, expectation, inequality, instantiate
from theory.proof import Proof

UNIT, LINE, NATURAL, WHOLE, BINARY = Interval(0, 1), Interval(-oo, oo), Range(1, oo), Range(0, oo), Range(0, 2)
HALF = Rational(1, 2)
z, x, r = variable("z", UNIT), variable("x", UNIT), variable("r", LINE)
n, k, bit = variable("n", NATURAL), variable("k", WHOLE), variable("bit", BINARY)
NUMBERS, FROM_ZERO, UNITS = Domain({n: NATURAL}), Domain({k: WHOLE}), Domain({z: UNIT})
Z = Law("Z", (z,), UNITS)
NOWHERE = Domain({})


def square() -> Fact:
    return inequality(z**2, "<=", z, UNITS)


def number(value: Any) -> Fact:
    return identity(sympify(value), sympify(value), NOWHERE)


def test_facts_are_not_stated_by_hand() -> None:
    hope, one, zero = Step("faith", "hope"), sympify(1), sympify(0)
    rejects(lambda: Fact(one, "<=", zero, NOWHERE, hope), "fact", "stated by hand")
    rejects(lambda: Fact(one, "<=", zero, NOWHERE, hope, key=object()), "fact", "stated by hand")
    rejects(lambda: dataclasses.replace(square(), left=sympify(2)), "fact", "stated by hand")


@pytest.mark.parametrize("forge", [
    pytest.param(copy.copy, id="a copy"),
    pytest.param(lambda fact: pickle.loads(pickle.dumps(fact)), id="a pickle"),
    pytest.param(lambda fact: SimpleNamespace(**{**vars(fact), "left": sympify(2)}), id="a look-alike"),
])
def test_facts_are_not_copied(forge: Callable[[Fact], Any]) -> None:
    rejects(lambda: chain(forge(square()), inequality(z, "<=", 1, UNITS)), "chain", "no fact that a rule has concluded")
    rejects(lambda: Goal(z**2, "<=", z, UNITS).must_be(forge(square())), "goal", "no fact|derivation concludes")


def test_facts_and_domains_do_not_change() -> None:
    fact = square()
    with pytest.raises(dataclasses.FrozenInstanceError):
        fact.left = sympify(2)  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(TypeError):
        fact.domain.ranges[z] = Interval(0, 2)  # pyright: ignore[reportIndexIssue]
    with pytest.raises(AttributeError, match="make another domain"):
        fact.domain.conditions = ()
    assert pickle.loads(pickle.dumps(fact.domain)) == fact.domain


def test_conclusions_are_about_declared_symbols_laws_and_numbers() -> None:
    step = Step("rule", "test")
    rejects(lambda: conclude(step, x, "<=", 1, UNITS), "rule", r"\['x'\] have no range")
    rejects(lambda: conclude(step, Z.mean(z), "==", Z.mean(z), NOWHERE), "rule", "averages over a law Z that no fact")
    rejects(lambda: conclude(step, 0, ">=", 1, NOWHERE), "rule", "the relation '>=' is none of")
    rejects(lambda: conclude(step, sympify("zoo"), "==", 1, NOWHERE), "rule", "is not about numbers")


def test_a_symbol_assumes_no_more_than_its_range() -> None:
    """A positive symbol on [0, 1] would let SymPy take 0^z for 0."""
    positive = Symbol("z", positive=True)
    with pytest.raises(ValueError, match="assumes other things than its range"):
        Domain({positive: UNIT})
    with pytest.raises(ValueError, match="share a name"):
        Domain({z: UNIT, variable("z", LINE): LINE})
    with pytest.raises(ValueError, match="is not an expression in the variables"):
        inequality(positive, "<=", 1, UNITS)


def test_the_kernels_own_names_are_no_variables() -> None:
    """A variable called as the kernel calls a part or an index stays another symbol."""
    part = variable("part_0", Interval(0, oo))
    start = expectation(inequality(0, "<=", z, UNITS), Z)
    domain = Domain({part: Interval(0, oo)})
    gap = 1 / (1 + part - 2 * Z.mean(z))
    rejects(lambda: combine(gap, "<=", gap + Z.mean(z), (1, start), domain=domain), "combine",
            "is defined is undecided")
    every = Range(-oo, oo)
    index, j = variable("index_0", every), variable("j", WHOLE)
    assert not same(Sum(index, (j, 0, k)), Sum(j, (j, 0, k)))
    assert same(Sum(k * j, (j, 0, 3)), Sum(k * variable("i", WHOLE), (variable("i", WHOLE), 0, 3)))


def test_an_induction_has_a_base() -> None:
    """n <= n - 1 has a step and no base."""
    step = identity(sympify(1), sympify(1), NUMBERS)
    rejects(lambda: induction(n, n - 1, n, NUMBERS, number(1), step), "induction", "is not the base n = 1, 1 <= 0")
    two = Domain({n: NATURAL, x: UNIT})
    at_one = inequality(x, "<=", 1, Domain({x: UNIT}))
    assert induction(n * x, n, n, two, at_one, inequality(x, "<=", 1, two)).relation == "<="


def test_the_base_is_at_the_start() -> None:
    step = inequality(2 * n + 1, "<=", 2 * n + 2, NUMBERS)
    rejects(lambda: induction(n**2, n**2 + n, n, NUMBERS, inequality(4, "<=", 6, NOWHERE), step), "induction",
            "is not the base n = 1, 1 <= 2")
    assert induction(n**2, n**2 + n, n, NUMBERS, inequality(1, "<=", 2, NOWHERE), step).relation == "<="


def test_the_step_starts_where_the_base_is() -> None:
    """0 <= (n - 1)(n - 4)/2 is true at 1 and false at 2, for its step 0 <= n - 2 needs n >= 2."""
    beyond = inequality(0, "<=", n - 2, Domain({n: Range(2, oo)}))
    rejects(lambda: induction(0, (n - 1) * (n - 4) / 2, n, NUMBERS, number(0), beyond), "induction",
            "n is only known in Range\\(2, oo, 1\\)")


def test_no_condition_interrupts_an_induction() -> None:
    """The step 0 <= (n - 2)^2 - 1 holds where n isn't 2; so P(3) doesn't follow from P(1)."""
    cut = Domain({n: NATURAL}, (n - 2) ** 2 - 1)
    step = inequality(0, "<=", (n - 2) ** 2 - 1, cut)
    total = (n - 1) * (2 * n**2 - 13 * n + 18) / 6
    rejects(lambda: induction(0, total, n, cut, number(0), step), "induction",
            "the step would not reach beyond the cut")


def test_cases_are_all_cases() -> None:
    bits, at_ends = Domain({bit: BINARY}), {0: number(0), 1: number(1)}
    rejects(lambda: exhaust(bit, "==", bit**2, bit, {0: number(0)}, bits), "cases", r"takes the values \[0, 1\]")
    rejects(lambda: exhaust(bit, "==", 2 * bit, bit, at_ends, bits), "cases", "is not the statement at bit = 1")
    rejects(lambda: exhaust(bit, "<", bit, bit, at_ends, bits), "cases", "is not the statement at bit = 0")
    rejects(lambda: exhaust(k, "==", k**2, k, at_ends, FROM_ZERO), "cases", "finitely many integers")
    narrow = inequality(z, "<=", 1, Domain({z: UNIT}, z - HALF))
    both = Domain({bit: BINARY, z: UNIT})
    rejects(lambda: exhaust(z, "<=", 1, bit, {0: narrow, 1: narrow}, both), "cases",
            "the condition z - 1/2 >= 0 is false")
    assert exhaust(bit, "==", bit**2, bit, at_ends, bits).relation == "=="


def test_the_rest_begins_after_the_start() -> None:
    rest = variable("n", Range(3, oo))
    beyond = inequality(2, "<=", rest - 1, Domain({rest: Range(3, oo)}))
    rejects(lambda: start_and_rest(2, n - 1, n, NUMBERS, number(0), beyond), "cases",
            "is not the statement at n = 1")
    zero = inequality(0, "<=", (n - 2) * (n - 3), Domain({n: Range(3, oo)}))
    rejects(lambda: start_and_rest(0, (n - 2) * (n - 3), n, NUMBERS, inequality(0, "<=", 2, NOWHERE), zero), "cases",
            "n is only known in")


OTHER = {
    "another statement": (Goal(z**2, "<=", z**3, UNITS), "the derivation concludes"),
    "the other direction": (Goal(z**2, ">=", z, UNITS), "the derivation concludes"),
    "an equality": (Goal(z**2, "==", z, UNITS), "is no equality"),
    "a larger domain": (Goal(z**2, "<=", z, Domain({z: Interval(0, 2)})), "z is only known in"),
    "a domain without the variable": (Goal(z**2, "<=", z, Domain({x: UNIT})), "it ranges over an unknown set"),
}


@pytest.mark.parametrize("name", OTHER)
def test_a_proof_concludes_its_goal(name: str) -> None:
    goal, because = OTHER[name]
    rejects(lambda: goal.must_be(square()), "goal", because)
    certificate = Proof(name, lambda: goal, square).certificate()
    assert not certificate.proved
    assert "goal:" in certificate.failure


def test_a_proof_of_the_goal_passes() -> None:
    for goal in (Goal(z**2, "<=", z, UNITS), Goal(z, ">=", z**2, UNITS),
                 Goal(z**2, "<=", z, Domain({z: Interval(0, HALF), x: UNIT}, z - x))):
        goal.must_be(square())


def test_a_condition_of_the_derivation_is_one_of_the_goal() -> None:
    cut = Domain({z: UNIT}, HALF - z)
    fact = inequality(z, "<=", HALF, cut)
    rejects(lambda: Goal(z, "<=", HALF, UNITS).must_be(fact), "goal", "the condition 1/2 - z >= 0 is false at z =")
    Goal(z, "<=", HALF, cut).must_be(fact)


def test_the_law_of_the_conclusion_is_that_of_the_goal() -> None:
    half = Interval(0, HALF)
    narrow = Law("Z", (z,), Domain({z: half}))
    fact = expectation(inequality(z, "<=", HALF, narrow.domain), narrow)
    conclusion = combine(narrow.mean(z), "<=", HALF, (1, fact))
    rejects(lambda: Goal(Z.mean(z), "<=", HALF, NOWHERE, (Z,)).must_be(conclusion), "goal", "the law Z .* is not that")
    rejects(lambda: Goal(Z.mean(z), "<=", HALF, NOWHERE).must_be(conclusion), "goal", "the law Z .* is not that")
    Goal(narrow.mean(z), "<=", HALF, NOWHERE, (narrow,)).must_be(conclusion)


def test_a_goal_has_a_relation_and_variables_of_its_own() -> None:
    with pytest.raises(ValueError, match="a goal's relation is"):
        Goal(z, "<", 1, UNITS)
    with pytest.raises(ValueError, match=r"averages over \['z'\], which are parameters"):
        Goal(Z.mean(z), "<=", z, UNITS, (Z,))


def test_premises_stay() -> None:
    """What a step assumes is in the conclusion, whatever comes after."""
    heavy = Law("R", (r,), Domain({r: LINE}), Premise("integrable", "r has a mean"), ((r, "a return"),))
    start = expectation(inequality(r, "<=", r + 1, heavy.domain), heavy)
    later = chain(combine(0, "<=", 1, (1, start)), inequality(1, "<=", 2 + z, UNITS))
    assert {premise.text for premise in instantiate(later, {z: x}, Domain({x: UNIT})).premises} == {
        "r has a mean", "r is a return (real r)"}
