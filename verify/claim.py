"""What a user writes: a theorem as data.

A `Claim` is one statement `left-hand side RELATION bound` with everything needed to judge it. It checks
itself when it is built, so that a misspelt constant is an error at import and not a silent pass. A
`Statement` is a claim with one override applied: the claim itself, or one of its wrong twins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from verify.contract import RESERVED, Function, check_claim, names_of, parameters_of
from verify.instance import private
from verify.proofs import Proof
from verify.terms import ClaimError, Relation

DEFAULT_BLOCK = 4096
UNLISTED = -1


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
        proof: a proof of exactly this statement; see `verify.proofs`.
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
    proof: Proof | None = None
    block: int = DEFAULT_BLOCK
    constants: Mapping[str, Any] = field(init=False, repr=False)
    home: Mapping[str, Any] | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        object.__setattr__(self, "constants", check_claim(self))
        object.__setattr__(self, "relation", Relation(self.relation))

    @property
    def namespace(self) -> Mapping[str, Any]:
        """Globals of the file that states the claim; where it wasn't loaded from one, of its bound."""
        if self.home is not None:
            return self.home
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
        """Whether `sample`, where it is drawn and what its draws are checked against are those of the claim."""
        functions = [f for f in (self.claim.sample, self.claim.support) if callable(f)]
        return not set(self.override) & {"given", "assume"}.union(*(names_of(function) for function in functions))

    @property
    def control(self) -> int | None:
        """Which of the claim's controls this is; None for the claim itself, UNLISTED for another override."""
        if not self.override:
            return None
        return next((index for index, control in enumerate(self.claim.controls)
                     if control.keys() == self.override.keys()
                     and all(self.override[name] is value for name, value in control.items())), UNLISTED)

    @property
    def exact_like_claim(self) -> bool:
        """Whether the exact left-hand side is that of the claim."""
        functions = [f for f in (self.claim.exact, self.claim.sample) if f is not None]
        return not set(self.override) & set().union(*(names_of(function) for function in functions))

    @property
    def same_instances(self) -> bool:
        """Whether the claim's instances are instances of this statement as well."""
        assumed = names_of(self.claim.assume) if self.claim.assume else set()
        return not set(self.override) & (assumed | {"given", "assume"})

    def holds_hypotheses(self, values: Mapping[str, Any]) -> bool:
        """Whether the theorem's hypotheses hold at an instance."""
        assume = self.override.get("assume", self.claim.assume)
        return assume is None or bool(self._call("assume", assume, values))

    def exact(self, values: Mapping[str, Any]) -> Any:
        """The left-hand side, or None where it isn't known or the override breaks `sample` alone."""
        exact, sample = self.claim.exact, self.claim.sample
        if exact is None or (sample and set(self.override) & names_of(sample) - names_of(exact)):
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
        available = {**constants, **private(values), **drawing}
        arguments = {}
        for name, required in parameters_of(function):
            if name in available:
                arguments[name] = available[name]
            elif required:
                raise ClaimError(
                    f"{self.claim.id}: {role} asks for the parameter {name!r}, but an instance has only "
                    f"{sorted(values)}. Draw {name!r} in given, or give it a default to make it a constant."
                )
        return function(**arguments)
