"""Is an inequality true everywhere on a domain? Certified, refuted at a witness, or undecided: never a guess.

What is certified here enters proofs as a fact, so this module and those it calls are trusted code: `prover` (the
order of the rules), `definedness`, `signs`, `shapes`, `polynomials`, `balls`, `calculus` and `smt`. `refute` only
suggests points; `refute.fails_at` verifies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, Symbol, expand_log, log, sympify

from theory import refute, shapes
from theory.answers import Answer, Outcome, Proof
from theory.domain import Domain
from theory.prepare import prepared
from theory.prover import Prover, smt_rule
from theory.regions import Region

SECONDS = 20.0
WAYS = (None, "smt", "logarithms", "squares")

__all__ = ["Answer", "Outcome", "at_most", "defined", "nonnegative"]


def _hints(touching: Mapping[Symbol, Any] | None) -> dict[Any, Any]:
    return {symbol: sympify(value) for symbol, value in (touching or {}).items()}


def _expression(value: Any, domain: Domain) -> Expr:
    expression = sympify(value)
    unknown = getattr(expression, "free_symbols", set()) - set(domain.symbols)
    if not isinstance(expression, Expr) or unknown:
        raise ValueError(f"{value} is not an expression in the variables of {domain}; give each symbol a range.")
    return expression


def _certified(proof: Proof) -> Answer:
    return Answer(Outcome.CERTIFIED, proof.method, trusts=tuple(sorted(proof.trusts)))


def _settled(expression: Expr, domain: Domain, strict: bool, prover: Prover, parts: tuple[Expr, ...] = ()) -> Answer:
    """The answer once no rule has certified: a verified counterexample, or the reasons."""
    found = refute.search(prepared(expression), domain, strict, prover.models, parts)
    if found is not None:
        witness, value = found
        return Answer(Outcome.REFUTED, "a counterexample, evaluated exactly or in Arb balls", witness, value,
                      ("python-flint",))
    reasons = list(dict.fromkeys(prover.reasons))
    gap = prover.gap(prepared(expression), Region.of(domain))
    why = gap or "; ".join(reasons) or (
        "no rule applies and no counterexample was found; split the domain, give touching={variable: value} where "
        "both sides are equal, or prove it in smaller steps")
    return Answer(Outcome.UNDECIDED, "", reason=why)


def nonnegative(expression: Any, domain: Domain, *, strict: bool = False, by: str | None = None,
                touching: Mapping[Symbol, Any] | None = None) -> Answer:
    """Decide expression >= 0 (> 0 if `strict`) at every point of the domain.

    `by="smt"` asks the SMT solvers alone. `touching` says where the expression may vanish: a variable, and its value
    there as a number or in terms of the other variables. Raises ValueError for symbols without a range and for an
    unknown `by`.
    """
    if by not in (None, "smt"):
        raise ValueError(f"by={by!r} is not a way to decide a sign; use None or 'smt'.")
    expression = _expression(expression, domain)
    prover, region = Prover(SECONDS, _hints(touching)), Region.of(domain)
    proof = _attempt(prover, expression, region, strict, by)
    return _certified(proof) if proof is not None else _settled(expression, domain, strict, prover)


def _attempt(prover: Prover, expression: Expr, region: Region, strict: bool, by: str | None) -> Proof | None:
    if by != "smt":
        return prover.nonnegative(expression, region, strict)
    ready = prepared(expression)
    return None if prover.gap(ready, region) else smt_rule(prover, ready, region, strict, True)


def at_most(left: Any, right: Any, domain: Domain, *, strict: bool = False, by: str | None = None,
            touching: Mapping[Symbol, Any] | None = None) -> Answer:
    """Decide left <= right (<, if `strict`) at every point of the domain.

    `by="logarithms"` compares the logarithms of both sides, which must be positive; `by="squares"` their squares,
    where `right` must not be negative. Both are tried when the difference alone is undecided. Otherwise as
    `nonnegative`, with the same errors.
    """
    if by not in WAYS:
        raise ValueError(f"by={by!r} is not a way to compare; use one of {', '.join(map(repr, WAYS))}.")
    left, right = _expression(left, domain), _expression(right, domain)
    region, difference = Region.of(domain), right - left
    prover = Prover(SECONDS, _hints(touching))
    ways = {None: (_angles, _difference, _logarithms, _squares), "smt": (),
            "logarithms": (_logarithms,), "squares": (_squares,)}
    proof = _attempt(prover, difference, region, strict, by) if by == "smt" else None
    sides = prover.gap(prepared(left), region) or prover.gap(prepared(right), region)
    if sides and by == "smt":
        proof = None
    for way in ways[by]:
        if proof is None and not sides:
            proof = way(prover, prepared(left), prepared(right), region, strict)
    return _certified(proof) if proof is not None else _settled(
        difference, domain, strict, prover, (prepared(left), prepared(right)))


def _difference(prover: Prover, left: Expr, right: Expr, region: Region, strict: bool) -> Proof | None:
    return prover.nonnegative(right - left, region, strict)


def _logarithms(prover: Prover, left: Expr, right: Expr, region: Region, strict: bool) -> Proof | None:
    """Both sides positive: the logarithm is increasing."""
    signs = [prover.nonnegative(side, region, True) for side in (left, right)]
    if signs[0] is None or signs[1] is None:
        return None
    difference = log(right) - log(left)
    # Each rewriting is a candidate: the prover certifies it defined, and it equals the difference where it is.
    for form in dict.fromkeys((expand_log(difference), expand_log(difference, force=True), difference)):
        if prover.gap(form, region):
            continue
        proof = prover.nonnegative(form, region, strict)
        if proof is not None:
            return proof.after("logarithms of both sides", signs[0], signs[1], trusts=("SymPy's algebra",))
    return None


def _squares(prover: Prover, left: Expr, right: Expr, region: Region, strict: bool) -> Proof | None:
    """right >= 0 and left^2 <= right^2 give left <= |left| <= right."""
    sign = prover.nonnegative(right, region)
    if sign is None:
        return None
    for form in dict.fromkeys(((right**2 - left**2).expand(), right**2 - left**2)):
        if not prover.gap(form, region) and (proof := prover.nonnegative(form, region, strict)) is not None:
            return proof.after("squares of both sides", sign, trusts=("SymPy's algebra",))
    return None


def _angles(prover: Prover, left: Expr, right: Expr, region: Region, strict: bool) -> Proof | None:
    """With x = cos(t), for some x in acos(x) or asin(x): all points of the region are reached."""
    turned = shapes.angles(prover, (left, right), region)
    if turned is None:
        return None
    if (direct := shapes.monotone_pair(prover, right - left, region, strict, 0)) is not None:
        return direct
    end = prover.deadline
    # Half of the time: without angles it may be simpler.
    prover.deadline -= SECONDS / 2
    proof = None
    if not (prover.gap(turned[0], turned[2]) or prover.gap(turned[1], turned[2])):
        proof = _difference(prover, *turned, strict) or _squares(prover, *turned, strict)
    prover.deadline = end
    return None if proof is None else proof.after("an angle in place of its cosine", trusts=("SymPy's algebra",))


def defined(expression: Any, domain: Domain) -> Answer:
    """Decide whether every part of an expression is a finite, continuous real function on the whole domain.

    Certified or undecided, with the first side condition that could not be certified. Raises ValueError for symbols
    without a range.
    """
    expression = _expression(expression, domain)
    prover = Prover(SECONDS)
    gap = prover.gap(expression, Region.of(domain))
    if gap:
        return Answer(Outcome.UNDECIDED, "", reason=gap)
    return Answer(Outcome.CERTIFIED, "side conditions of all its functions", trusts=("SymPy's algebra", "python-flint"))
