"""The contract of a claim, checked when it is built."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hypothesis.strategies import SearchStrategy

from verify.terms import ClaimError, Relation

if TYPE_CHECKING:
    from verify.claim import Claim

FIDELITIES = ("verbatim", "secondary", "reconstructed")
FUNCTIONS = ("sample", "exact", "bound", "support", "assume")
RESERVED = ("given", "assume", "relation")
DRAWING = ("rng", "size")
PROOF_METHODS = {"certificate": "certificate()", "sides": "sides(values)"}

Function = Callable[..., Any]


def check_claim(claim: Claim) -> Mapping[str, Any]:
    """Check every field; returns the claim's constants with their defaults.

    Raises:
        ClaimError: a piece is missing, of the wrong kind, or names something that doesn't exist.
    """
    _check_texts(claim)
    _check_functions(claim)
    if claim.relation not in tuple(Relation):
        _reject(claim, f"relation is {claim.relation!r}", "it is '<=', '>=' or '=='")
    constants = _constants(claim)
    _check_controls(claim, constants)
    if claim.tight_at is not None and not isinstance(claim.tight_at, Mapping):
        _reject(claim, f"tight_at is {claim.tight_at!r}", "it maps each parameter of given to a value")
    _check_proof(claim)
    if not isinstance(claim.block, int) or claim.block < 64:
        _reject(claim, f"block is {claim.block!r}", "it is a whole number of draws, at least 64")
    return constants


@lru_cache(maxsize=4096)
def parameters_of(function: Function) -> tuple[tuple[str, bool], ...]:
    """Names of the parameters, each with whether it has no default."""
    signature = inspect.signature(function)
    return tuple((name, p.default is p.empty) for name, p in signature.parameters.items())


def _reject(claim: Claim, fact: str, rule: str) -> None:
    raise ClaimError(f"{claim.title if isinstance(claim.title, str) else 'claim'}: {fact}; {rule}.")


def names_of(function: Function) -> set[str]:
    """Parameters and constants that a function declares."""
    return {name for name, _ in parameters_of(function)} - set(DRAWING)


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
        try:
            inspect.signature(function)
        except (TypeError, ValueError):
            _reject(claim, f"{role} is {function!r}, whose parameters can't be read",
                    "wrap it in a function that names them")
        _check_signature(claim, role, function)
    if claim.bound is None:
        _reject(claim, "it has no bound", "bound(...) returns the right-hand side")
    if claim.sample is not None and claim.support is None:
        _reject(claim, "it samples but names no support",
                "support=(low, high) holds every draw; either may be infinite")
    if isinstance(claim.support, tuple) and not _is_interval(claim.support):
        _reject(claim, f"support is {claim.support!r}", "it is (low, high) with low <= high")


def _is_interval(pair: tuple[Any, ...]) -> bool:
    try:
        return len(pair) == 2 and bool(pair[0] <= pair[1])
    except TypeError:
        return False


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
            if name in constants and not _equal(constants[name], parameter.default):
                _reject(claim, f"the constant {name!r} is {constants[name]!r} in one function and "
                        f"{parameter.default!r} in {role}", "a constant has the same default everywhere")
            constants[name] = parameter.default
    return constants


def _equal(first: Any, second: Any) -> bool:
    try:
        return bool(first == second)
    except ValueError:
        # Arrays compare entry by entry.
        return repr(first) == repr(second)


def _check_proof(claim: Claim) -> None:
    proof = claim.proof
    if proof is None:
        return
    if isinstance(proof, type):
        _reject(claim, f"proof is the class {proof.__name__}", "it is one proof, such as an instance of that class")
    missing = [call for name, call in PROOF_METHODS.items() if not callable(getattr(proof, name, None))]
    name = getattr(proof, "name", None)
    if not isinstance(name, str) or not name.strip():
        missing.insert(0, "name")
    if missing:
        _reject(claim, f"proof is {proof!r:.80}, which lacks {', '.join(missing)}",
                "it is a proof of this statement, with a name, certificate() and sides(values); leave it out if there "
                "is none")


def _check_controls(claim: Claim, constants: Mapping[str, Any]) -> None:
    if isinstance(claim.controls, Mapping) or not isinstance(claim.controls, Sequence):
        _reject(claim, f"controls is {claim.controls!r}", "it is a list of overrides, such as [{'c': 1.9}]")
    if not claim.controls:
        _reject(claim, "it has no controls",
                "every claim has at least one wrong twin, such as controls=[{'c': 1.9}], that must be refuted")
    for control in claim.controls:
        if not isinstance(control, Mapping) or not control:
            _reject(claim, f"a control is {control!r}", "it maps constants to wrong values")
        for name, value in control.items():
            if name not in RESERVED and name not in constants:
                _reject(claim, f"the control {dict(control)!r} names {name!r}, which is no constant of this claim "
                        f"(constants: {', '.join(constants) or 'none'})",
                        "override a keyword with a default, or one of given, assume, relation")
            if name == "relation" and value not in tuple(Relation):
                _reject(claim, f"the control {dict(control)!r} has relation {value!r}", "it is '<=', '>=' or '=='")
