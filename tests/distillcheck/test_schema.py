"""verify/schema.json describes every field, and nothing but the fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import verify
from verify.budget import MICRO
from verify.terms import Label, Status

SCHEMA = json.loads((Path(verify.__file__).parent / "schema.json").read_text(encoding="utf-8"))


def nodes(schema: Any, where: str = "schema") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object inside the schema, with its place."""
    if isinstance(schema, dict):
        yield where, schema
    items = schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    for key, value in items:
        yield from nodes(value, f"{where}/{key}")


def test_schema_is_valid_itself() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_field_is_described_in_a_sentence() -> None:
    fields = [(f"{where}/{name}", field) for where, node in nodes(SCHEMA) for name, field in
              node.get("properties", {}).items() if "/allOf/" not in where]
    assert len(fields) > 50
    assert [where for where, field in fields
            if not field.get("description", "").endswith(".") or not field["description"][0].isupper()] == []


def test_no_object_takes_unknown_fields() -> None:
    objects = [(where, node) for where, node in nodes(SCHEMA)
               if node.get("type") == "object" and "properties" in node and not where.endswith("/evidence")]
    objects += [(where, node) for where, node in nodes(SCHEMA) if node.get("$ref") == "#/$defs/evidence"]
    assert len(objects) > 10
    assert [where for where, node in objects if not
            (node.get("additionalProperties") is False or node.get("unevaluatedProperties") is False)] == []


def test_every_field_is_required() -> None:
    optional = [(where, set(node["properties"]) - set(node.get("required", ()))) for where, node in nodes(SCHEMA)
                if "properties" in node and "/allOf/" not in where and node.get("type") == "object"]
    assert [entry for entry in optional if entry[1]] == []


def test_closed_sets_are_those_of_the_engine() -> None:
    assert SCHEMA["$defs"]["status"]["enum"] == [str(status) for status in Status]
    assert SCHEMA["$defs"]["label"]["enum"] == [str(label) for label in Label]
    for holder in (SCHEMA, SCHEMA["$defs"]["claim"]):
        assert holder["properties"]["budget"]["enum"] == [*verify.BUDGETS, MICRO.name]


@pytest.mark.parametrize("value", [
    1, "a", None, [1, 2.5], {"$fraction": "-3/7"}, {"$float": "inf"}, {"$tuple": [{"$fraction": "1"}]},
    {"$array": {"dtype": "<f8", "shape": [1], "data": [0.5]}}, {"$task": "simulate:Binary", "fields": {"mass": 1}},
])
def test_encoded_values_are_valid(value: Any) -> None:
    assert Draft202012Validator({"$ref": "#/$defs/value", "$defs": SCHEMA["$defs"]}).is_valid(value)


@pytest.mark.parametrize("value", [
    {"$fraction": "1.5"}, {"$float": "1"}, {"$tuple": 1}, {"$task": "os:system", "fields": {}}, {"plain": 1},
    {"$array": {"dtype": "O", "shape": [1], "data": [0.5]}}, {"$fraction": "1", "more": 1},
])
def test_malformed_values_are_invalid(value: Any) -> None:
    assert not Draft202012Validator({"$ref": "#/$defs/value", "$defs": SCHEMA["$defs"]}).is_valid(value)
