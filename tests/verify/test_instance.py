"""What is stored is what was tested: every encodable value comes back equal, everything else is refused."""
import dataclasses
import json
import math
import re
from enum import IntEnum
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from simulate import strategies
from verify import Claim, ClaimError
from verify.instance import canonical, decode, decode_instance, encode, make_instance, show

QUICK = settings(max_examples=80, database=None, derandomize=True, deadline=None)


@dataclasses.dataclass(frozen=True)
class Own:
    size: int
    parts: tuple[Fraction, ...]
    total: Fraction = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(self.parts, Fraction(0)))


def scope() -> dict[str, Any]:
    return globals()


def round_trip(value: Any) -> Any:
    """Through JSON text, as to a worker or a file and back."""
    return decode(json.loads(canonical(encode(value, "p", scope()))), scope())


def same(left: Any, right: Any) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return repr(left) == repr(right)
    if isinstance(left, list | tuple):
        return type(left) is type(right) and len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and left == right


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.fractions())
nested = st.recursive(scalars, lambda inner: st.one_of(st.lists(inner, max_size=3), st.tuples(inner, inner)),
                      max_leaves=8)


@QUICK
@given(nested)
def test_plain_values_come_back_the_same_with_their_types(value):
    assert same(round_trip(value), value)


@QUICK
@given(hnp.arrays(st.one_of(hnp.boolean_dtypes(), hnp.integer_dtypes(), hnp.unsigned_integer_dtypes(),
                            hnp.floating_dtypes(sizes=(32, 64))), hnp.array_shapes(min_dims=0, max_dims=3, min_side=0)))
def test_arrays_come_back_with_dtype_shape_and_bits_and_read_only(array):
    again = round_trip(array)
    assert again.dtype == array.dtype
    assert again.shape == array.shape
    assert np.array_equal(again, array, equal_nan=array.dtype.kind == "f")
    assert not again.flags.writeable


@QUICK
@given(st.one_of(strategies.binary_tasks(), strategies.finite_tasks(), strategies.circles()))
def test_tasks_of_simulate_come_back_equal(task):
    assert round_trip(task) == task


@QUICK
@given(st.builds(Own, st.integers(), st.lists(st.fractions(), max_size=3).map(tuple)))
def test_dataclass_of_the_claims_own_file_comes_back_equal(own):
    assert round_trip(own) == own
    assert round_trip((own, [own])) == (own, [own])


@pytest.mark.parametrize(("value", "kind"), [(np.float64(0.5), float), (np.int32(3), int), (np.bool_(True), bool)])
def test_numpy_scalars_become_pythons(value, kind):
    assert type(round_trip(value)) is kind
    assert round_trip(value) == value


class Mode(IntEnum):
    LOW = 1


def test_function_sees_what_a_replay_would_see():
    """An enumeration member would come back from storage as a plain number: it is converted or refused."""
    try:
        value = make_instance({"mode": Mode.LOW}, scope()).values["mode"]
    except ClaimError:
        return
    assert type(value) is int


foreign = dataclasses.make_dataclass("foreign", [("x", int)])


@pytest.mark.parametrize("value", [
    lambda: 1, (i for i in range(3)), foreign(1), Claim, object(), {"a": 1}, {1, 2}, 1j, b"x", np.array([1j]),
    np.array([object()]), np.array(["a"]), np.datetime64("2020-01-01"), [lambda: 1], (object(),),
], ids=lambda value: re.sub(r" at 0x\w+", "", repr(value)))
def test_value_that_cannot_be_stored_is_an_error_that_names_the_parameter(value):
    with pytest.raises(ClaimError, match=r"parameter p is a .* can't be (stored and replayed|rebuilt from storage)"):
        make_instance({"p": value}, scope())


def test_value_inside_a_task_is_named_by_its_field():
    with pytest.raises(ClaimError, match=r"the parameter p\.size is a function"):
        make_instance({"p": Own(lambda: 1, ())}, scope())  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("values", [3, [1], None, {1: 2}])
def test_drawn_value_that_is_no_dict_of_parameters_is_an_error(values):
    with pytest.raises(ClaimError, match=r"but an instance maps parameter names to values"):
        make_instance(values, {})


MALFORMED = [
    {}, {"a": 1}, {"$fraction": "1/0"}, {"$fraction": "x"}, {"$fraction": 3}, {"$float": "1.5"}, {"$float": "infinity"},
    {"$tuple": 3}, {"$tuple": [{"$bad": 1}]}, {"$array": {"dtype": "object", "shape": [1], "data": [1]}},
    {"$array": {"dtype": "no such", "shape": [1], "data": [1]}},
    {"$array": {"dtype": "<f8", "shape": [2], "data": [1]}},
    {"$array": {"dtype": "<i8", "shape": [1], "data": ["a"]}},
    {"$array": {"dtype": "<U3", "shape": [1], "data": ["a"]}},
    {"$array": {"dtype": "<i8", "shape": [1], "data": [2**70]}}, {"$array": [1]},
    {"$task": "simulate:Binary"}, {"$task": "simulate:Binary", "fields": {"no": 1}}, {"$task": 3, "fields": {}},
    {"$task": "simulate:Binary", "fields": {"mass": [], "eta": []}},
    {"$task": "simulate:Binary", "fields": {"mass": 3, "eta": None}},
]


@pytest.mark.parametrize("encoded", MALFORMED, ids=canonical)
def test_malformed_piece_is_an_error(encoded):
    with pytest.raises(ClaimError):
        decode(encoded, scope())


@pytest.mark.parametrize("name", [
    "os:system", "os.path:join", "claim:os", "claim:json", "claim:canonical", "claim:Mode", "claim:__builtins__",
    "claim:np", "simulate:strategies", "simulate:numpy", "builtins:eval", "verify:Budget", "claim:Claim", "", "claim:",
    ":Own", "Own", "simulate.tasks:Binary", "claim:Own.__init__",
])
def test_stored_task_builds_nothing_but_dataclasses_of_simulate_and_of_the_claims_own_file(name):
    with pytest.raises(ClaimError, match=r"the stored task .* is no dataclass of simulate or of the claim's file"):
        decode({"$task": name, "fields": {}}, scope())


@pytest.mark.parametrize("encoded", [3, None, [1], "x"])
def test_stored_instance_is_an_object(encoded):
    with pytest.raises(ClaimError, match=r"it must be a JSON object of parameters"):
        decode_instance(encoded, {})


def test_key_tells_equal_instances_from_different_ones_whatever_the_order():
    first = make_instance({"a": Fraction(1, 2), "b": 0.5}, {})
    assert first.key == make_instance({"b": 0.5, "a": Fraction(2, 4)}, {}).key
    values = (1, 1.0, True, "1", Fraction(1), (1,), [1], None)
    assert len({make_instance({"a": value}, {}).key for value in values}) == len(values)


def test_instance_shows_its_values_for_people():
    shown = str(make_instance({"a": Fraction(3, 7), "b": (1,), "c": 1 / 3, "d": Own(1, (Fraction(1, 2),))}, scope()))
    assert shown == "a=3/7, b=(1,), c=0.333333, d=Own(size=1, parts=(1/2,))"
    assert str(make_instance({}, {})) == "(no parameters)"
    assert show([1, "x", math.inf]) == "[1, 'x', inf]"
