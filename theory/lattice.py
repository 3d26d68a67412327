"""Moduli, minima and maxima: replaced by their branches. Conditions: subtracted as far as they go.

|a| is the larger of a and -a. Where an expression grows with it, one branch that is not negative suffices; where it
falls with it, every branch has to be. Failing that, each branch is looked at where it is the one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Abs, Dummy, Expr, Max, Min, diff, expand

from theory import signs
from theory.answers import ALGEBRA, Proof
from theory.regions import Region

if TYPE_CHECKING:
    from theory.prover import Prover

DEEPEST = 3
"""Splits multiply, so they stop before other rules do."""


def branches(prover: Prover, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
    """A proof of expression >= 0 (> 0) through the branches of a modulus, minimum or maximum."""
    nodes: Any = expression.atoms(Abs, Min, Max)
    outer = [each for each in nodes if each.free_symbols <= set(region.symbols)
             and not any(other != each and other.has(each) for other in nodes)]
    for node in sorted(outer, key=str):
        place = Dummy("branch", real=True)
        put = expression.xreplace({node: place})
        values = (node.args[0], -node.args[0]) if isinstance(node, Abs) else node.args
        slope = diff(put, place)
        found = None if slope.has(place) else signs.sign(slope, region)
        if found is not None and ("-" in found) == isinstance(node, Min):
            for value in values:
                proof = prover.nonnegative(put.xreplace({place: value}), region, strict, depth + 1)
                if proof is not None:
                    return proof.after(f"{node} is at {'most' if '-' in found else 'least'} each of its branches",
                                       trusts=(ALGEBRA,))
        proof = _split(prover, put, (place, node, values), region, strict, depth) if depth < DEEPEST else None
        if proof is not None:
            return proof
    return None


def _split(prover: Prover, put: Any, what: tuple[Any, Any, Any], region: Region, strict: bool,
           depth: int) -> Proof | None:
    """Each branch where no other one is beyond it."""
    place, node, values = what
    side = 1 if isinstance(node, Min) else -1
    proofs = []
    for value in values:
        ahead = [expand(side * (other - value)) for other in values if other != value]
        part = Region(region.spans, (*region.conditions, *ahead))
        proof = prover.nonnegative(put.xreplace({place: value}), part, strict, depth + 1)
        if proof is None:
            return None
        proofs.append(proof)
    return proofs[0].after(f"each branch of {node} where it is the one", *proofs[1:], trusts=(ALGEBRA,))


def without_conditions(prover: Prover, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
    """expression >= 0 (> 0) from expression - t condition >= 0 (> 0), for a number t > 0 that removes a variable."""
    for condition in region.conditions:
        rest = Region(region.spans, tuple(each for each in region.conditions if each != condition))
        for symbol in sorted(condition.free_symbols & expression.free_symbols, key=str):
            shares = [diff(each, symbol) for each in (expression, condition)]
            if not all(share.is_Rational for share in shares) or shares[0] * shares[1] <= 0:
                continue
            less = expand(expression - shares[0] / shares[1] * condition)
            proof = prover.nonnegative(less, rest, strict, depth + 1)
            if proof is not None:
                return proof.after(f"{shares[0] / shares[1]} ({condition}) >= 0 subtracted", trusts=(ALGEBRA,))
    return None
