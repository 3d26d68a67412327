"""What was searched: for each parameter, the range of what was drawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from numbers import Real
from typing import Any

import numpy as np

from verify.exact import to_float
from verify.instance import Instance


def describe_search(instances: Iterable[Instance]) -> dict[str, Any]:
    """Parameter -> {"min", "max"} for numbers, {"length", "entries"} for sequences, by field for tasks."""
    columns: dict[str, list[Any]] = {}
    for instance in instances:
        for name, value in instance.values.items():
            columns.setdefault(name, []).append(value)
    return {name: _describe(values) for name, values in sorted(columns.items())}


def _describe(values: list[Any]) -> Any:
    if all(isinstance(value, Real) for value in values):
        return {"min": to_float(min(values)), "max": to_float(max(values))} if values else None
    if all(dataclasses.is_dataclass(value) for value in values) and len({type(value) for value in values}) == 1:
        names = [field.name for field in dataclasses.fields(values[0]) if field.init]
        fields = {name: _describe([getattr(value, name) for value in values]) for name in names}
        return {"type": type(values[0]).__name__, "fields": fields}
    if all(isinstance(value, tuple | list | np.ndarray) for value in values):
        lengths = [len(value) for value in values]
        entries = [item for value in values for item in (value.ravel() if isinstance(value, np.ndarray) else value)]
        return {"length": {"min": min(lengths), "max": max(lengths)}, "entries": _describe(entries)}
    return {"distinct": len({repr(value) for value in values})}
