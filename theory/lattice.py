"""Moduli, minima and maxima: replaced by their branches.

|a| is the larger of a and -a. Where an expression grows with it, one branch that is not negative suffices; where it
falls with it, every branch has to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Abs, Dummy, Expr, Max, Min, diff

from theory import signs
from theory.answers import Proof
from theory.regions import Region

if TYPE_CHECKING:
    from theory.prover import Prover


def branches(prover: Prover, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
    """A proof of expression >= 0 (> 0) through the branches of a modulus, minimum or maximum it is linear in."""
    nodes: Any = expression.atoms(Abs, Min, Max)
    outer = [each for each in nodes if not any(other != each and other.has(each) for other in nodes)]
    for node in sorted(outer, key=str):
        place = Dummy("branch", real=True)
        put = expression.xreplace({node: place})
        slope = diff(put, place)
        found = None if slope.has(place) else signs.sign(slope, region)
        if found is None:
            continue
        values = (node.args[0], -node.args[0]) if isinstance(node, Abs) else node.args
        one_suffices = ("-" in found) == isinstance(node, Min)
        proofs = []
        for value in values:
            proof = prover.nonnegative(put.xreplace({place: value}), region, strict, depth + 1)
            if proof is not None and one_suffices:
                return proof.after(f"{node} is at least each of its branches" if "-" not in found
                                   else f"{node} is at most each of its branches")
            proofs.append(proof)
            if proof is None and not one_suffices:
                break
        parts = [each for each in proofs if each is not None]
        if not one_suffices and len(parts) == len(values):
            return parts[0].after(f"every branch of {node}", *parts[1:])
    return None
