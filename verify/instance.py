"""Instances as data: tagged JSON that is stored, replayed and sent to workers.

Numbers, strings and lists stand for themselves; everything else is an object with one key that starts
with `$`: `{"$fraction": "3/7"}`, `{"$tuple": [...]}`, `{"$float": "inf"}`,
`{"$array": {"dtype": "float64", "shape": [2], "data": [...]}}` and
`{"$task": "simulate:Binary", "fields": {...}}`. What the functions of a claim see has always been
encoded and decoded, so what was tested is what is stored.

Decoding builds only dataclasses that the package `simulate` exports, or that the claim's own file defines.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from verify.terms import ClaimError

TASK_ROOM = "simulate"
ARRAY_KINDS = "biuf"
# Not what Fraction takes: 1e999999999 would keep it busy for ever.
FRACTION = re.compile(r"-?[0-9]+(/[0-9]+)?")


@dataclass(frozen=True)
class Instance:
    """One point of a claim's parameter space: the values functions see, and their encoding."""

    values: Mapping[str, Any]
    encoded: dict[str, Any]

    @cached_property
    def key(self) -> str:
        """Canonical text: equal exactly for equal instances; seeds are derived from it."""
        return canonical(self.encoded)

    @cached_property
    def simplicity(self) -> tuple[int, str]:
        """Sort key that puts the shorter description first."""
        return len(self.key), self.key

    def __str__(self) -> str:
        return ", ".join(f"{name}={show(value)}" for name, value in self.values.items()) or "(no parameters)"


def canonical(encoded: Any) -> str:
    """JSON text without spaces and with sorted keys."""
    return json.dumps(encoded, sort_keys=True, separators=(",", ":"), allow_nan=False)


def make_instance(values: Any, namespace: Mapping[str, Any]) -> Instance:
    """Encode and decode drawn values.

    Raises:
        ClaimError: the values are no dict with string keys, or can't be encoded.
    """
    if not isinstance(values, Mapping) or not all(isinstance(name, str) for name in values):
        raise ClaimError(f"given drew {values!r:.200}, but an instance maps parameter names to values. "
                         "Use one strategy for each name, or one strategy of dicts.")
    return decode_instance({name: encode(value, name, namespace) for name, value in values.items()}, namespace)


def decode_instance(encoded: Any, namespace: Mapping[str, Any]) -> Instance:
    """Instance from its encoding.

    Raises:
        ClaimError: the encoding is malformed or names a class that may not be built.
    """
    if not isinstance(encoded, dict):
        raise ClaimError(f"the stored instance is {encoded!r:.200}; it must be a JSON object of parameters.")
    return Instance({name: decode(value, namespace) for name, value in encoded.items()}, encoded)


def private(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values, copied where a function that sorts its argument in place would change them for the others."""
    return copy.deepcopy(dict(values)) if any(isinstance(value, list) for value in values.values()) else values


def encode(value: Any, where: str, namespace: Mapping[str, Any]) -> Any:
    """Tagged JSON of one value; `where` names it in error messages."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or type(value) in (bool, int, str):
        return value
    # Subclasses, such as the members of an IntEnum, become what a replay would make of them.
    for plain in (int, str):
        if isinstance(value, plain):
            return plain(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"$float": repr(float(value))}
    if isinstance(value, Fraction):
        return {"$fraction": str(value)}
    if isinstance(value, list):
        return [encode(item, where, namespace) for item in value]
    if isinstance(value, tuple) and type(value) is tuple:
        return {"$tuple": [encode(item, where, namespace) for item in value]}
    if isinstance(value, np.ndarray) and value.dtype.kind in ARRAY_KINDS:
        data = [encode(item, where, namespace) for item in value.ravel().tolist()]
        return {"$array": {"dtype": value.dtype.str, "shape": list(value.shape), "data": data}}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: encode(getattr(value, f.name), f"{where}.{f.name}", namespace)
                  for f in dataclasses.fields(value) if f.init}
        return {"$task": _task_name(type(value), where, namespace), "fields": fields}
    raise ClaimError(
        f"the parameter {where} is a {type(value).__name__} ({value!r:.80}), which can't be stored and replayed. "
        "Instances are made of numbers, fractions, strings, lists, tuples, NumPy arrays of numbers and task "
        "dataclasses; draw the data that describes the object and build it inside the claim's functions."
    )


def decode(encoded: Any, namespace: Mapping[str, Any]) -> Any:
    """Value of one piece of tagged JSON."""
    if isinstance(encoded, list):
        return [decode(item, namespace) for item in encoded]
    if not isinstance(encoded, dict):
        return encoded
    try:
        # Nearly all that a search decodes is fractions in tuples, and patterns are slow.
        if (fraction := _fraction(encoded.get("$fraction"))) is not None:
            return fraction
        if type(items := encoded.get("$tuple")) is list:
            return tuple([decode(item, namespace) for item in items])
        match encoded:
            case {"$float": "inf" | "-inf" | "nan" as text}:
                return float(text)
            case {"$array": {"dtype": str(dtype), "shape": list(shape), "data": list(data)}}:
                kind = np.dtype(dtype)
                if kind.kind in ARRAY_KINDS:
                    array = np.array([decode(item, namespace) for item in data], kind).reshape(shape)
                    array.setflags(write=False)
                    return array
            case {"$task": str(name), "fields": dict(fields)}:
                values = {key: decode(value, namespace) for key, value in fields.items()}
                return _task_class(name, namespace)(**values)
    except ClaimError:
        raise
    except (TypeError, ValueError, ArithmeticError, SyntaxError) as error:
        raise ClaimError(f"the stored value {canonical(encoded):.200} can't be rebuilt: {error}.") from error
    raise ClaimError(f"the stored value {canonical(encoded):.200} has no known tag. "
                     "Known: $fraction, $float, $tuple, $array, $task.")


@lru_cache(maxsize=1 << 14)
def _fraction(text: Any) -> Fraction | None:
    """The fraction written so; None for what is none. A search meets the same few thousand again and again."""
    return Fraction(text) if isinstance(text, str) and FRACTION.fullmatch(text) else None


def _task_name(cls: type, where: str, namespace: Mapping[str, Any]) -> str:
    room = "claim" if namespace.get(cls.__name__) is cls and cls.__module__ == namespace.get("__name__") else ""
    if cls.__module__.split(".")[0] == TASK_ROOM:
        room = TASK_ROOM
    if not room:
        raise ClaimError(f"the parameter {where} is a {cls.__module__}.{cls.__qualname__}, which can't be rebuilt "
                         "from storage. Use a task of simulate, or a dataclass at the top of the claim's own file.")
    return f"{room}:{cls.__name__}"


def _task_class(name: str, namespace: Mapping[str, Any]) -> type:
    room, _, attribute = name.partition(":")
    found = None
    if room == "claim":
        found = namespace.get(attribute)
        found = found if getattr(found, "__module__", None) == namespace.get("__name__") else None
    elif room == TASK_ROOM and TASK_ROOM in sys.modules:
        found = getattr(sys.modules[TASK_ROOM], attribute, None)
    if not (isinstance(found, type) and dataclasses.is_dataclass(found)):
        raise ClaimError(f"the stored task {name!r} is no dataclass of simulate or of the claim's file. "
                         "Replay it with the version of the claim that stored it.")
    return found


def show(value: Any) -> str:
    """Short text of a value for people; fractions as 3/7, a task by its fields."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, tuple | list):
        items = ", ".join(show(item) for item in value)
        return f"({items}{',' if len(value) == 1 else ''})" if isinstance(value, tuple) else f"[{items}]"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ", ".join(f"{f.name}={show(getattr(value, f.name))}" for f in dataclasses.fields(value) if f.init)
        return f"{type(value).__name__}({fields})"
    return repr(value)
