"""What the engine's tests share: a small budget and a way to judge a claim with it."""
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import verify
from verify import Budget, Claim, Verdict, run

# Unless a test says otherwise alpha is 1e-9: over seeds, a sound, true claim fails its test at most that often.
ALPHA = 1e-9
TINY = Budget("tiny", instances=30, explore_draws=64, candidates=4, blocks=64, shrink_calls=80, fraction=0.1,
              floor=0.05)

Judged = Callable[..., Verdict]


@pytest.fixture
def tiny() -> Budget:
    return TINY


@pytest.fixture
def judged() -> Judged:
    """Judge the claim made of these fields, with the control c = 0.5 and blocks of 256 draws unless given."""
    def judge(*, alpha: float = ALPHA, seed: int = 0, budget: Budget = TINY, **fields: Any) -> Verdict:
        basics: dict[str, Any] = {"title": "A statement", "source": "test", "controls": [{"c": 0.5}], "block": 256}
        return run(Claim(**{**basics, **fields}), alpha=alpha, seed=seed, budget=budget)

    return judge


@pytest.fixture
def tenths() -> dict[str, Any]:
    """Fields of a claim: n/12 <= n/10."""
    return {"given": {"n": st.integers(1, 60)}, "exact": lambda n: Fraction(n, 12), "tight_at": {"n": 7},
            "bound": lambda n, c=Fraction(1): c * Fraction(n, 10), "controls": [{"c": Fraction(1, 2)}]}


def _step(number: int, statement: str, *uses: int) -> SimpleNamespace:
    return SimpleNamespace(number=number, statement=statement, rule="algebra", checked_by="SymPy", uses=uses, note="")


@dataclass
class Fake:
    """A proof of n/12 <= n/10 unless told otherwise; `asked` lists what was asked of it."""

    left: Any = lambda n: Fraction(n, 12)
    right: Any = lambda n: Fraction(n, 10)
    outside: Any = lambda n: ""
    tolerance: float = 1e-9
    name: str = "TENTHS"
    proved: bool = True
    failure: str = ""
    relation: str = "<="
    steps: tuple[Any, ...] = (_step(1, "1/12 <= 1/10"), _step(2, "n/12 <= n/10", 1))
    made: Any = "itself"
    asked: list[str] = field(default_factory=list)

    def certificate(self) -> Any:
        self.asked.append("certificate")
        return self.made and SimpleNamespace(
            proved=self.proved, failure=self.failure, relation=self.relation, conclusion="n/12 <= n/10",
            premises=("n is a number",), trusted=("algebra", "SymPy"), steps=self.steps,
            latex=lambda: r"n/12 \le n/10")

    def sides(self, values: Any) -> Any:
        self.asked.append("sides")
        n = values["n"]
        return SimpleNamespace(left=self.left(n), right=self.right(n), outside=self.outside(n),
                               tolerance=self.tolerance)


@pytest.fixture
def fake() -> type[Fake]:
    return Fake


@pytest.fixture
def record() -> Callable[[Verdict], Any]:
    """A verdict's JSON, held against the schema; returns its proof."""
    schema = json.loads((Path(verify.__file__).parent / "schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator({"$ref": "#/$defs/claim", "$defs": schema["$defs"]})

    def proof_of(verdict: Verdict) -> Any:
        entry = replace(verdict, target="x", budget="quick", replay="y").to_json()
        entry = json.loads(json.dumps(entry, allow_nan=False))
        assert [error.message for error in validator.iter_errors(entry)] == []
        return entry["proof"]

    return proof_of
