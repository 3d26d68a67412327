"""Other ways to write an expression, which the prover's rules look at: sums written out, products factored."""

from __future__ import annotations

from typing import Any

from sympy import (
    Dummy,
    Expr,
    Integer,
    Pow,
    Rational,
    Sum,
    betainc_regularized,
    binomial,
    catalan,
    exp,
    factor,
    gamma,
    sympify,
)

LISTED = 300
"""Cases, or terms of a sum, that are written out."""

_LARGEST_EXPONENT = 100


def prepared(expression: Any) -> Expr:
    """The same function with finite sums written out and whole parameters of the beta law as a polynomial."""
    expression = sympify(expression)
    if expression.has(Sum):
        for node in expression.atoms(Sum):
            if len(node.limits) == 1 and all(end.is_Integer for end in node.limits[0][1:]):
                index, low, high = node.limits[0]
                # Where the limits cross, readings differ; `definedness` then objects to the sum as it stands.
                if -1 <= high - low <= LISTED:
                    terms = [node.function.subs(index, k) for k in range(int(low), int(high) + 1)]
                    expression = expression.xreplace({node: sum(terms, start=Integer(0))})
    # SymPy calls some values of the beta function Catalan numbers.
    expression = expression.replace(catalan, lambda n: catalan(n).rewrite(gamma))
    for node in expression.atoms(betainc_regularized):
        # I_x(a, b) is the chance of at least a successes in a + b - 1 trials.
        a, b, low, high = node.args
        if a.is_Integer and b.is_Integer and a > 0 and b > 0 and a + b < 40:
            total = int(a + b - 1)
            tails = [sum((binomial(total, j) * x**j * (1 - x)**(total - j) for j in range(int(a), total + 1)),
                         start=Rational(0)) for x in (low, high)]
            expression = expression.xreplace({node: tails[1] - tails[0]})
    return expression


def factored(expression: Expr) -> Any:
    """SymPy's factors. Large exponents are kept from it: to SymPy, exp(x/10**9) makes exp(x) a power of it."""
    hidden = {}
    for node in expression.atoms(exp, Pow):
        exponent: Any = node.args[-1]
        if not exponent.is_Integer and any(max(abs(int(number.p)), int(number.q)) > _LARGEST_EXPONENT
                                           for number in exponent.atoms(Rational)):
            hidden[node] = Dummy(real=True)
    shown = {dummy: node for node, dummy in hidden.items()}
    result: Any = factor(expression.xreplace(hidden))
    # A hidden node may contain another one.
    for _ in hidden:
        result = result.xreplace(shown)
    return result
