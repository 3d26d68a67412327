"""What the search draws, Hypothesis can replay; and it draws what a theorem's corners need."""
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.control import BuildContext
from hypothesis.internal.conjecture.data import ConjectureData

import verify
from verify import ClaimError
from verify.choices import Choice, draw
from verify.instance import make_instance
from verify.loading import catalogue, load

TARGETS = {target.id: target for target in catalogue(Path(verify.__file__).resolve().parent.parent / "claims")}


def replayed(strategy, trail):
    """The value that Hypothesis itself makes of these choices, each of which it must have asked for."""
    data = ConjectureData.for_choices([choice.value for choice in trail])
    with BuildContext(data, wrapped_test=replayed):
        value = data.draw(strategy)
    assert [(node.type, node.value) for node in data.nodes] == [(choice.type, choice.value) for choice in trail]
    return value


def value_of(strategy, random, lead=()):
    drawn = draw(strategy, random, lead)
    assert drawn is not None
    return drawn[0]


@st.composite
def composed(draw):
    size = draw(st.integers(1, 4))
    values = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    assume(sum(values) != 7)
    return values


def halves(values):
    assume(len(values) != 1)
    return values[: len(values) // 2]


ZOO = {
    "integers": st.integers(),
    "bounded integers": st.integers(-5, 10**9),
    "floats": st.floats(allow_nan=False),
    "bounded floats": st.floats(-1, 1),
    "text": st.text(max_size=5),
    "bytes": st.binary(max_size=5),
    "booleans": st.booleans(),
    "tuples": st.tuples(st.integers(0, 3), st.floats(0, 1), st.booleans()),
    "lists": st.lists(st.integers(0, 99), max_size=6),
    "unique lists": st.lists(st.integers(0, 9), max_size=6, unique=True),
    "sets": st.sets(st.integers(0, 99), max_size=4),
    "one of": st.one_of(st.integers(0, 9), st.floats(0, 1), st.just("a")),
    "nested one of": st.one_of(st.one_of(st.just(1), st.just(2)), st.nothing(), st.just(3)),
    "sampled": st.sampled_from(["a", "b", "c"]),
    "sampled and filtered": st.sampled_from(range(10)).filter(lambda n: n % 3 == 0),
    "filtered": st.integers(0, 99).filter(lambda n: n % 2),
    "mapped": st.lists(st.integers(0, 9)).map(halves),
    "flat": st.integers(1, 5).flatmap(lambda n: st.lists(st.floats(0, 1), min_size=n, max_size=n)),
    "composite": composed(),
    "dictionary": st.fixed_dictionaries({"a": st.integers(0, 9), "b": st.floats(0, 1), "c": st.booleans()}),
    "optional keys": st.fixed_dictionaries({"a": st.integers(0, 9)}, optional={"b": st.booleans()}),
    "permutation": st.permutations(range(5)),
    "recursive": st.recursive(st.integers(0, 9), lambda inner: st.lists(inner, max_size=3), max_leaves=8),
    "fractions": st.fractions(0, 1, max_denominator=99),
    "builds": st.builds(complex, st.floats(0, 1), st.integers(0, 3)),
}


@pytest.mark.parametrize("strategy", ZOO.values(), ids=ZOO)
def test_hypothesis_replays_what_was_drawn(strategy):
    random = Random(3)
    found = [drawn for drawn in (draw(strategy, random) for _ in range(60)) if drawn]
    assert len(found) >= 20
    for value, trail in found:
        again = replayed(strategy, trail)
        assert again == value
        assert type(again) is type(value)


@pytest.mark.parametrize("name", TARGETS)
def test_hypothesis_replays_the_instances_of_the_catalogue(name):
    statement, random = load(TARGETS[name]).statement(), Random(5)
    found = [drawn for drawn in (draw(statement.strategy, source) for source in (None, random, random)) if drawn]
    assert found
    for values, trail in found:
        first, again = (make_instance(each, statement.claim.namespace)
                        for each in (values, replayed(statement.strategy, trail)))
        assert first.key == again.key


def test_lead_is_followed_as_far_as_it_fits():
    strategy = st.tuples(st.integers(0, 9), st.booleans(), st.floats(0, 1))
    assert value_of(strategy, None, (4, True, 0.25)) == (4, True, 0.25)
    assert value_of(strategy, None, (40, True, 0.25)) == (0, True, 0.25)
    assert value_of(strategy, None, (4, 1, 0.25)) == (4, False, 0.25)
    assert value_of(strategy, None, (4,)) == (4, False, 0.0)
    assert value_of(strategy, Random(1), (4,))[0] == 4


def test_simplest_value_comes_without_a_source():
    assert value_of(st.tuples(st.integers(-5, 9), st.lists(st.booleans())), None) == (0, [])


def test_rejected_choices_give_nothing():
    assert draw(st.integers(0, 9).filter(lambda n: n > 9), Random(1)) is None
    assert draw(st.integers(0, 9).map(lambda n: assume(False)), Random(1)) is None


def test_endless_strategy_gives_nothing():
    endless = st.deferred(lambda: st.tuples(endless))
    assert draw(endless, Random(1)) is None
    assert draw(st.lists(st.integers(), min_size=5000), Random(1)) is None


@pytest.mark.parametrize(("strategy", "message"), [
    (st.integers(3, 1), "Hypothesis could not draw from given: .*max_value=1.*min_value=3"),
    (st.just(1).map(lambda n: n / 0), "drawing an instance raised ZeroDivisionError"),
    (st.just(3).flatmap(lambda n: st.integers(n, 1)), "Hypothesis could not draw from given"),
])
def test_broken_strategy_is_an_error_of_the_claim(strategy, message):
    with pytest.raises(ClaimError, match=message):
        draw(strategy, Random(1))


def test_wide_integers_are_often_uniform_and_sometimes_an_end():
    """Of 4000 about 1875 are uniform and 96 an end or next to one; either count misses its bound below 1e-9."""
    random = Random(11)
    values = [value_of(st.integers(0, 10**12), random) for _ in range(4000)]
    assert sum(value > 10**11 for value in values) > 1400
    assert sum(value < 10**6 for value in values) > 600
    assert 40 < sum(value in (0, 10**12) for value in values) < 300
    assert 10**12 in values
    assert 10**12 - 1 in values


def test_few_integers_are_equally_likely():
    """The chance that a count of 4000 / 8 is off by 160 or more is below 1e-12."""
    random = Random(12)
    values = [value_of(st.integers(3, 10), random) for _ in range(4000)]
    assert all(abs(values.count(value) - 500) < 160 for value in range(3, 11))


def test_floats_divide_their_range_now_and_then():
    random = Random(13)
    values = [value_of(st.floats(-1, 3), random) for _ in range(2000)]
    assert {-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0} <= set(values)


@pytest.mark.parametrize(("choice", "width"), [
    (Choice(3, "integer", {"min_value": 0, "max_value": 9}, False), 9),
    (Choice(3, "integer", {"min_value": 0, "max_value": 9}, True), 0),
    (Choice(-3, "integer", {"min_value": None, "max_value": 9}, False), 3),
    (Choice(0.5, "float", {"min_value": 0.0, "max_value": 2.0}, False), 2.0),
    (Choice(float("inf"), "float", {"min_value": 0.0, "max_value": float("inf")}, False), 0),
    (Choice(True, "boolean", {"p": 0.5}, False), 1),
    (Choice("a", "string", {}, False), 0),
])
def test_width_of_a_choice(choice, width):
    assert choice.width == width


def test_steps_stay_within_the_width_and_come_in_all_sizes():
    random = Random(14)
    integer = Choice(3, "integer", {"min_value": 0, "max_value": 10**6}, False)
    sizes = [abs(integer.step(random)) for _ in range(1000)]
    assert all(1 <= size <= 10**6 for size in sizes)
    assert min(sizes) == 1
    assert sum(size > 1000 for size in sizes) > 300
    real = Choice(0.5, "float", {"min_value": 0.0, "max_value": 2.0, "allow_nan": False,
                                 "smallest_nonzero_magnitude": 5e-324}, False)
    assert all(2**-20 <= abs(real.step(random)) / 2.0 <= 1 for _ in range(1000))
    assert real.moved(0.25) == 0.75
    assert real.moved(2.0) is None
    assert Choice(True, "boolean", {"p": 0.5}, False).moved(1) is False
