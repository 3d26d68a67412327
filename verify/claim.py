"""What a user writes: a theorem as data.

A `Claim` is one statement `left-hand side RELATION bound` with everything needed to judge it. It checks
itself when it is built, so that a misspelt constant is an error at import and not a silent pass. A
`Statement` is a claim with one override applied: the claim itself, or one of its wrong twins.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from verify.terms import ClaimError, Relation

FIDELITIES = ("verbatim", "secondary", "reconstructed")
FUNCTIONS = ("sample", "exact", "bound", "support", "assume")
RESERVED = ("given", "assume", "relation")
DEFAULT_BLOCK = 4096
DRAWING = ("rng", "size")

Function = Callable[..., Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class Claim:
    """One theorem, stated so that it can be judged.

    Fields:
        title: the statement in one sentence.
        source: paper and number.
        given: parameter name -> Hypothesis strategy, or one strategy of dicts.
        bound: `bound(...)`, the right-hand side.
        fidelity: "verbatim", "secondary" or "reconstructed".
        sample: `sample(..., rng, size)`, an array of `size` i.i.d. draws whose mean is the left-hand side.
        exact: `exact(...)`, the left-hand side itself, or None where it can't be enumerated.
        relation: "<=", ">=" or "==".
        support: `(low, high)` of every draw, or a function of the parameters; needed with `sample`.
        assume: predicate of the parameters, the theorem's hypotheses.
        controls: overrides under which the statement is false; at least one.
        tight_at: an instance (parameter name -> value) where the bound is nearly attained.
        proof: a proof of exactly this statement.
        block: draws per block, at least 64.

    Raises:
        ClaimError: a piece is missing, of the wrong kind, or names something that doesn't exist.
    """

    title: str
    source: str
    given: Mapping[str, SearchStrategy[Any]] | SearchStrategy[Any]
    bound: Function
    fidelity: str = "reconstructed"
    sample: Function | None = None
    exact: Function | None = None
    relation: Relation | str = Relation.AT_MOST
    support: tuple[Any, Any] | Function | None = None
    assume: Function | None = None
    controls: Sequence[Mapping[str, Any]] = ()
    tight_at: Mapping[str, Any] | None = None
    proof: Any = None
    block: int = DEFAULT_BLOCK
    constants: Mapping[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        _check_texts(self)
        _check_functions(self)
        try:
            object.__setattr__(self, "relation", Relation(self.relation))
        except ValueError:
            _reject(self, f"relation is {self.relation!r}", "it is '<=', '>=' or '=='")
        object.__setattr__(self, "constants", _constants(self))
        _check_controls(self)
        if self.tight_at is not None and not isinstance(self.tight_at, Mapping):
            _reject(self, f"tight_at is {self.tight_at!r}", "it maps each parameter of given to a value")
        if not isinstance(self.block, int) or self.block < 64:
            _reject(self, f"block is {self.block!r}", "it is a whole number of draws, at least 64")

    @property
    def namespace(self) -> Mapping[str, Any]:
        """Globals of the file that states the claim."""
        return getattr(self.bound, "__globals__", {})

    @property
    def id(self) -> str:
        """`paper.slug` in the catalogue, else the stem of the file the claim stands in."""
        module = str(self.namespace.get("__name__", "claim"))
        if module.startswith("claims."):
            return module.removeprefix("claims.")
        file = self.namespace.get("__file__")
        return Path(file).stem if file else module.strip("_")

    def statement(self, override: Mapping[str, Any] | None = None) -> Statement:
        """The claim itself, or its wrong twin under `override`."""
        return Statement(self, dict(override or {}))


@dataclass(frozen=True, eq=False)
class Statement:
    """A claim under one override; calls each function with the parameters and constants it declares."""

    claim: Claim
    override: dict[str, Any]

    @property
    def relation(self) -> Relation:
        """The claim's relation, unless overridden."""
        return Relation(self.override.get("relation", self.claim.relation))

    @property
    def strategy(self) -> SearchStrategy[dict[str, Any]]:
        """Strategy of whole instances."""
        given = self.override.get("given", self.claim.given)
        if isinstance(given, Mapping):
            base = self.claim.given if isinstance(self.claim.given, Mapping) else {}
            return st.fixed_dictionaries({**base, **given})
        return given

    @property
    def draws_like_claim(self) -> bool:
        """Whether `sample`, and where it is drawn, are those of the claim."""
        touched = set(self.override)
        sampled = _names(self.claim.sample) if self.claim.sample else set()
        return not touched & (sampled | {"given", "assume"})

    @property
    def exact_like_claim(self) -> bool:
        """Whether the exact left-hand side is that of the claim."""
        functions = [f for f in (self.claim.exact, self.claim.sample) if f is not None]
        return not set(self.override) & set().union(*(_names(function) for function in functions))

    @property
    def same_instances(self) -> bool:
        """Whether the claim's instances are instances of this statement as well."""
        assumed = _names(self.claim.assume) if self.claim.assume else set()
        return not set(self.override) & (assumed | {"given", "assume"})

    def holds_hypotheses(self, values: Mapping[str, Any]) -> bool:
        """Whether the theorem's hypotheses hold at an instance."""
        assume = self.override.get("assume", self.claim.assume)
        return assume is None or bool(self._call("assume", assume, values))

    def exact(self, values: Mapping[str, Any]) -> Any:
        """The left-hand side, or None where it isn't known or the override breaks `sample` alone."""
        exact, sample = self.claim.exact, self.claim.sample
        if exact is None or (sample and set(self.override) & _names(sample) - _names(exact)):
            return None
        return self._call("exact", exact, values)

    def bound(self, values: Mapping[str, Any]) -> Any:
        """The right-hand side."""
        return self._call("bound", self.claim.bound, values)

    def sample(self, values: Mapping[str, Any], rng: Any, size: int) -> Any:
        """What the claim's `sample` returns, unchecked."""
        if self.claim.sample is None:
            raise ClaimError(f"{self.claim.id}: the claim has no sample.")
        return self._call("sample", self.claim.sample, values, rng=rng, size=size)

    def support(self, values: Mapping[str, Any]) -> Any:
        """What the claim's `support` says, unchecked."""
        support = self.claim.support
        return self._call("support", support, values) if callable(support) else support

    def _call(self, role: str, function: Function, values: Mapping[str, Any], **drawing: Any) -> Any:
        constants = {k: v for k, v in self.override.items() if k not in RESERVED}
        available = {**constants, **values, **drawing}
        arguments = {}
        for name, required in _parameters(function):
            if name in available:
                arguments[name] = available[name]
            elif required:
                raise ClaimError(
                    f"{self.claim.id}: {role} asks for the parameter {name!r}, but an instance has only "
                    f"{sorted(values)}. Draw {name!r} in given, or give it a default to make it a constant."
                )
        return function(**arguments)


@lru_cache(maxsize=4096)
def _parameters(function: Function) -> tuple[tuple[str, bool], ...]:
    """Names of the parameters, each with whether it has no default."""
    signature = inspect.signature(function)
    return tuple((name, p.default is p.empty) for name, p in signature.parameters.items())


def _reject(claim: Claim, fact: str, rule: str) -> None:
    raise ClaimError(f"{claim.title if isinstance(claim.title, str) else 'claim'}: {fact}; {rule}.")


def _names(function: Function) -> set[str]:
    return {name for name, _ in _parameters(function)} - set(DRAWING)


def _check_texts(claim: Claim) -> None:
    for name in ("title", "source"):
        value = getattr(claim, name)
        if not isinstance(value, str) or not value.strip():
            _reject(claim, f"{name} is {value!r}", "it is a sentence that a reader sees")
    if claim.fidelity not in FIDELITIES:
        _reject(claim, f"fidelity is {claim.fidelity!r}", f"it is one of {', '.join(FIDELITIES)}")
    given = claim.given
    if isinstance(given, Mapping):
        for name, strategy in given.items():
            if not isinstance(strategy, SearchStrategy):
                _reject(claim, f"given[{name!r}] is {strategy!r}",
                        "it is a Hypothesis strategy, such as st.integers(1, 9)")
    elif not isinstance(given, SearchStrategy):
        _reject(claim, f"given is {given!r}",
                "it maps parameter names to Hypothesis strategies, or is one strategy of dicts")


def _check_functions(claim: Claim) -> None:
    if claim.sample is None and claim.exact is None:
        _reject(claim, "it has neither sample nor exact", "at least one of them gives the left-hand side")
    for role in FUNCTIONS:
        function = getattr(claim, role)
        if function is None or (role == "support" and isinstance(function, tuple)):
            continue
        if not callable(function):
            _reject(claim, f"{role} is {function!r}", "it is a function of the parameters it names")
        _check_signature(claim, role, function)
    if claim.bound is None:
        _reject(claim, "it has no bound", "bound(...) returns the right-hand side")
    if claim.sample is not None and claim.support is None:
        _reject(claim, "it samples but names no support",
                "support=(low, high) holds every draw; either may be infinite")
    pair = claim.support
    if isinstance(pair, tuple) and (len(pair) != 2 or not pair[0] <= pair[1]):
        _reject(claim, f"support is {pair!r}", "it is (low, high) with low <= high")


def _check_signature(claim: Claim, role: str, function: Function) -> None:
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
            _reject(claim, f"{role} takes {parameter}", "every parameter is named, so that it can be passed")
        known = not isinstance(claim.given, Mapping) or name in claim.given
        drawing = role == "sample" and name in DRAWING
        if parameter.default is parameter.empty and not known and not drawing:
            drawn = ", ".join(claim.given) if isinstance(claim.given, Mapping) else ""
            _reject(claim, f"{role} asks for {name!r}, which given doesn't draw (it draws: {drawn or 'nothing'})",
                    "draw it in given, or give it a default to make it a constant")
    if role == "sample" and not set(DRAWING) <= set(inspect.signature(function).parameters):
        _reject(claim, f"sample takes {inspect.signature(function)}", "it takes rng and size among its parameters")


def _constants(claim: Claim) -> dict[str, Any]:
    constants: dict[str, Any] = {}
    given = set(claim.given) if isinstance(claim.given, Mapping) else set()
    for role in FUNCTIONS:
        function = getattr(claim, role)
        if not callable(function):
            continue
        for name, parameter in inspect.signature(function).parameters.items():
            if parameter.default is parameter.empty or name in given:
                continue
            if name in constants and constants[name] != parameter.default:
                _reject(claim, f"the constant {name!r} is {constants[name]!r} in one function and "
                        f"{parameter.default!r} in {role}", "a constant has the same default everywhere")
            constants[name] = parameter.default
    return constants


def _check_controls(claim: Claim) -> None:
    if isinstance(claim.controls, Mapping) or not isinstance(claim.controls, Sequence):
        _reject(claim, f"controls is {claim.controls!r}", "it is a list of overrides, such as [{'c': 1.9}]")
    if not claim.controls:
        _reject(claim, "it has no controls",
                "every claim has at least one wrong twin, such as controls=[{'c': 1.9}], that must be refuted")
    for control in claim.controls:
        if not isinstance(control, Mapping) or not control:
            _reject(claim, f"a control is {control!r}", "it maps constants to wrong values")
        for name, value in control.items():
            if name not in RESERVED and name not in claim.constants:
                _reject(claim, f"the control {dict(control)!r} names {name!r}, which is no constant of this claim "
                        f"(constants: {', '.join(claim.constants) or 'none'})",
                        "override a keyword with a default, or one of given, assume, relation")
            if name == "relation" and value not in tuple(Relation):
                _reject(claim, f"the control {dict(control)!r} has relation {value!r}", "it is '<=', '>=' or '=='")
