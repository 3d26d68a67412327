"""The rules in their order: what is exact and cheap first, calculus and larger searches later.

Every rule either proves its inequality or steps aside; none can make a later one unsound. Before any rule, the
expression is certified defined on the region, and tried at a few points, which ends hopeless attempts early.
"""

from __future__ import annotations

import time
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

from sympy import (
    Dummy,
    Expr,
    Function,
    Integer,
    Mul,
    Pow,
    Symbol,
    binomial,
    exp,
    gamma,
    oo,
    preorder_traversal,
)
from sympy import factorial as factorial_function

from theory import balls, calculus, definedness, lattice, polynomials, prepare, shapes, signs, smt
from theory.answers import ALGEBRA, FLINT, Proof
from theory.regions import Region, Span

DEEPEST = 6
QUICK, PATIENT = 1000, 25_000
_RANGES = {"sin": (-1, 1), "cos": (-1, 1), "tanh": (-1, 1), "erf": (-1, 1), "erfc": (0, 2)}


class Prover:
    """One attempt, with a memory of what it has already tried.

    `seconds` of computing, whatever else the machine does, bound the attempt, `hints` are values of variables where
    the difference may vanish, `reasons` collects why rules stepped aside.
    """

    def __init__(self, seconds: float = 30.0, hints: dict[Any, Any] | None = None) -> None:
        self.deadline = time.thread_time() + seconds
        self.hints = {} if hints is None else hints
        self.reasons: list[str] = []
        self.models: list[dict[Symbol, Fraction]] = []
        self._proofs: dict[Any, tuple[Proof | None, int]] = {}
        self._gaps: dict[Any, str] = {}

    def late(self) -> bool:
        """Whether the time is up."""
        if time.thread_time() > self.deadline and "the time is up" not in self.reasons:
            self.reasons.append("the time is up")
        return time.thread_time() > self.deadline

    def gap(self, expression: Any, region: Region) -> str:
        """Why `expression` may be undefined somewhere on `region`; empty when it is certified defined."""
        key = expression, region.relevant(expression.free_symbols)
        if key not in self._gaps:
            self._gaps[key] = "it is asked about in a circle"
            self._gaps[key] = definedness.gap(self, *key)
        return self._gaps[key]

    def nonnegative(self, expression: Any, region: Region, strict: bool = False, depth: int = 0) -> Proof | None:
        """A proof of expression >= 0 (> 0) everywhere on the region, or None."""
        expression = prepare.prepared(expression)
        region = region.relevant(expression.free_symbols)
        key = expression, region, strict
        known = self._proofs.get(key)
        if known is not None and (known[0] is not None or known[1] <= depth):
            return known[0]
        if depth > DEEPEST or self.late():
            return None
        self._proofs[key] = None, -1
        proof = None if self.gap(expression, region) else self._rules(expression, region, strict, depth)
        self._proofs[key] = proof, depth
        return proof

    def _rules(self, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        if expression.is_zero and not strict:
            return Proof("it is zero")
        found = signs.sign(expression, region)
        if found == signs.PLUS or (found == signs.PLUS_OR_ZERO and not strict):
            return Proof("the signs of its parts", frozenset({FLINT}))
        if not expression.free_symbols or found == signs.MINUS or not self._plausible(expression, region, strict):
            return None
        if any(span.whole for _, span in region.spans):
            return self._whole(expression, region, strict, depth)
        if len(region.spans) == 1 and not region.conditions:
            poly = polynomials.as_product(expression, region.symbols)
            if poly is not None and polynomials.decides(region.spans[0][1]):
                return polynomials.one_variable(poly, region.spans[0][1], strict)[0]
        for rule in (self._shape, partial(lattice.without_conditions, self), partial(lattice.branches, self),
                     self._rational, self._product, self._wider, self._boxes, calculus.prove_with(self)):
            if self.late():
                return None
            if (proof := rule(expression, region, strict, depth)) is not None:
                return proof
        return None

    def _plausible(self, expression: Expr, region: Region, strict: bool) -> bool:
        with balls.bits(balls.BITS):
            try:
                value = balls.wide(expression, region.symbols)
                conditions = [balls.wide(each, region.symbols) for each in region.conditions]
            except ValueError:
                return True
            for point in region.samples(40):
                at = [balls.point(each) for each in point.values()]
                found = value(*at)
                if (found < 0 or (strict and found <= 0)) and all(each(*at) >= 0 for each in conditions):
                    return False
        return True

    def _whole(self, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        """Integers: roots of a polynomial, a list of cases, or all real numbers instead."""
        if len(region.spans) == 1 and not region.conditions:
            poly = polynomials.as_product(expression, region.symbols)
            if poly is not None:
                return polynomials.one_variable(poly, region.spans[0][1], strict)[0]
        proof = (lattice.without_conditions(self, expression, region, strict, depth)
                 or lattice.branches(self, expression, region, strict, depth)
                 or self._product(expression, region, strict, depth))
        if proof is not None:
            return proof
        relaxed, names = region.relaxed()
        smooth = expression.rewrite(gamma) if expression.has(factorial_function, binomial) else expression
        proof = self.nonnegative(smooth.xreplace(names), relaxed, strict, depth + 1)
        if proof is not None:
            return proof.after("true for real numbers in place of integers", trusts=(ALGEBRA,))
        return self._listed(expression, region, strict, depth) or smt_rule(self, expression, region, strict)

    def _listed(self, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        wholes = [(symbol, span) for symbol, span in region.spans if span.whole]
        if len(wholes) == 1 and wholes[0][1].high == oo and wholes[0][1].low != -oo and depth < 2:
            symbol, span = wholes[0]
            for first in (2, 8, 32):
                tail = Span(span.low + first, oo, False, True, True)
                relaxed, names = region.where(symbol, tail).relaxed()
                rest = self.nonnegative(expression.xreplace(names), relaxed, strict, depth + 1)
                if rest is not None:
                    head = self._listed(expression, region.where(symbol, Span(
                        span.low, span.low + first - 1, False, False, True)), strict, depth + 1)
                    return None if head is None else rest.after(f"{first} cases and real numbers beyond", head)
            return None
        few = [span.finite and span.high - span.low < prepare.LISTED for _, span in wholes]
        lists = [list(range(int(span.low), int(span.high) + 1)) if short else []
                 for (_, span), short in zip(wholes, few, strict=True)]
        cases = list(product(*lists))
        if not cases or len(cases) > prepare.LISTED:
            return None
        proofs = []
        for case in cases:
            values: Any = {symbol: Integer(value) for (symbol, _), value in zip(wholes, case, strict=True)}
            part = Region(tuple((s, Span(values[s], values[s]) if s in values else old) for s, old in region.spans
                                if s not in values), tuple(each.subs(values) for each in region.conditions))
            met = [each for each in part.conditions if each.free_symbols]
            if any(each.is_negative for each in part.conditions if not each.free_symbols):
                continue
            proof = self.nonnegative(expression.subs(values), Region(part.spans, tuple(met)), strict, depth + 1)
            if proof is None:
                return None
            proofs.append(proof)
        return Proof(f"each of {len(cases)} cases", frozenset().union(*(proof.trusts for proof in proofs)))

    def _shape(self, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        return shapes.monotone_pair(self, expression, region, strict, depth) or shapes.jensen(expression, strict)

    def _rational(self, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        poly = polynomials.as_product(expression, region.symbols)
        if poly is None:
            return smt_rule(self, expression, region, strict) if depth < 2 else None
        box = region.boxed()
        return (polynomials.bernstein(poly, box, strict) or self._product(expression, region, strict, depth)
                or (smt_rule(self, expression, region, strict) if depth < 4 else None))

    def _product(self, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        """The sign of a product from the signs of its factors: as it stands, then as SymPy factors it."""
        # SymPy makes x**a / x**i of x**(a - i), which is undefined at x = 0, and (-1)**a of (1 - x)**a.
        proof = self._factors(expression, region, strict, depth) if isinstance(expression, Mul) else None
        if proof is not None:
            return proof
        try:
            factored = prepare.factored(expression)
        except Exception:
            # SymPy's factoring fails in many ways on trees with special functions; then there is no product.
            return None
        if factored == expression or not isinstance(factored, (Mul, Pow)) or self.gap(factored, region):
            return None
        return self._factors(factored, region, strict, depth)

    def _factors(self, product: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        factors: Any = Mul.make_args(product)
        cores = [part for part in factors if part.free_symbols]
        if len(cores) == 1 and not isinstance(cores[0], Pow):
            return None
        negative, parts = False, []
        for part in factors:
            found = signs.sign(part, region)
            core: Any = part.base if isinstance(part, Pow) else part
            # A negative number has no sign that we know to an exponent that is no whole number.
            whole = not isinstance(part, Pow) or part.exp.is_Integer
            if found is None or (strict and "0" in found):
                need = strict or (isinstance(part, Pow) and part.exp.is_negative)
                for candidate, mark in ((core, signs.PLUS), (-core, signs.MINUS))[: 2 if whole else 1]:
                    proof = self.nonnegative(candidate, region, bool(need), depth + 1)
                    if proof is not None:
                        parts.append(proof)
                        found = mark if core is part or not whole or part.exp % 2 else signs.PLUS
                        break
                else:
                    return None
            negative ^= "-" in found
        if negative:
            return None
        joined = Proof(f"the signs of {len(factors)} factors", frozenset({ALGEBRA, FLINT}))
        return parts[0].after(joined.method, joined, *parts) if parts else joined

    def _wider(self, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        """Functions replaced by variables that range over all values of the function."""
        spans: dict[Any, tuple[Symbol, Span]] = {}
        nodes = [node for node in preorder_traversal(expression) if isinstance(node, (Function, exp))]
        for node in nodes:
            name = type(node).__name__
            if name in _RANGES:
                low, high = _RANGES[name]
                spans.setdefault(node, (Dummy(name, real=True), Span(Integer(low), Integer(high))))
            elif name == "exp":
                found = signs.sign(node.args[0], region)
                low, high = (Integer(1), oo) if found in ("+", "0+") else (
                    Integer(0), Integer(1) if found in ("-", "0-") else oo)
                spans.setdefault(node, (Dummy(name, positive=True), Span(low, high, low == 0, high == oo)))
        if not spans:
            return None
        relaxed: Any = expression.xreplace({node: symbol for node, (symbol, _) in spans.items()})
        wider = Region((*region.spans, *(pair for pair in spans.values() if pair[0] in relaxed.free_symbols)),
                       region.conditions)
        if not relaxed.is_rational_function(*relaxed.free_symbols) or self.gap(relaxed, wider):
            return None
        proof = self.nonnegative(relaxed, wider, strict, max(depth + 1, 4))
        return None if proof is None else proof.after("true for all values that its functions take")

    def _boxes(self, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        closed = region.closed()
        if not region.finite or self.gap(expression, closed):
            return None
        # The mean value theorem needs the function on whole boxes, also where a condition fails.
        slopes = not region.conditions or not self.gap(expression, closed.boxed())
        search = balls.prove(expression, closed, strict, QUICK, slopes=slopes)
        if search is not None and search.boxes > QUICK and depth == 0:
            # It ran out of boxes, and not into a point where the expression vanishes: more of them may do.
            search = balls.prove(expression, closed, strict, PATIENT, slopes=slopes)
        if search is None or search.stuck is not None:
            return None
        return Proof(f"{search.boxes} boxes in Arb balls", frozenset({FLINT, "SymPy's derivative"}))


def smt_rule(prover: Prover, expression: Expr, region: Region, strict: bool, forced: bool = False) -> Proof | None:
    """Both SMT solvers; their models are kept as possible witnesses, their words as reasons."""
    if prover.late():
        return None
    proof, model, why = smt.decide(expression, region, strict)
    if model is not None:
        prover.models.append(model)
    elif why and (forced or "cannot read" not in why):
        prover.reasons.append(why)
    return proof
