"""Questions to two SMT solvers, which must agree.

z3 and cvc5 decide sentences on real polynomials by different code (nlsat, and coverings). A bug in one of them is
then no false theorem: only "unsat" from both counts, and a model counts once it is checked exactly by the caller.
"""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from sympy import Abs, Add, Max, Min, Mul, Pow, Rational, Symbol, oo

from theory.answers import SOLVERS, Proof
from theory.regions import Region

MISSING = ("this step needs z3 and cvc5 together; install them with: pip install 'distillcheck[proof]'")
SECONDS = 6


class Reply(NamedTuple):
    """What a solver said ("unsat", "sat", "unknown") and its model's rational values by name."""

    verdict: str
    model: dict[str, Fraction]


class Untranslatable(ValueError):
    """The expression has no counterpart in the solvers' language."""


def text(expression: Any, names: dict[Symbol, str]) -> str:
    """An expression of +, *, whole powers, Abs, Min and Max over rational numbers, in SMT-LIB's notation.

    Raises Untranslatable for anything else. A quotient is translated as it stands; the caller has shown that
    its denominator is not zero where the question is asked.
    """
    if isinstance(expression, Symbol):
        if expression not in names:
            raise Untranslatable(f"{expression} has no range")
        return names[expression]
    if isinstance(expression, Rational):
        return _number(Fraction(int(expression.p), int(expression.q)))
    if isinstance(expression, Pow):
        base, exponent = expression.args
        if not exponent.is_Integer or abs(int(exponent)) > 64:
            raise Untranslatable(f"{expression} is not a whole power up to 64")
        factor = text(base, names)
        power = factor if abs(int(exponent)) == 1 else f"(* {' '.join([factor] * abs(int(exponent)))})"
        return power if int(exponent) > 0 else f"(/ 1.0 {power})"
    parts = [text(each, names) for each in expression.args] if expression.args else []
    if isinstance(expression, (Add, Mul)):
        return f"({'+' if isinstance(expression, Add) else '*'} {' '.join(parts)})"
    if isinstance(expression, Abs):
        return f"(ite (>= {parts[0]} 0.0) {parts[0]} (- {parts[0]}))"
    if isinstance(expression, (Max, Min)):
        sign = ">=" if isinstance(expression, Max) else "<="
        chosen = parts[0]
        for other in parts[1:]:
            chosen = f"(ite ({sign} {chosen} {other}) {chosen} {other})"
        return chosen
    raise Untranslatable(f"{type(expression).__name__} is not in their language")


def _number(value: Fraction) -> str:
    size = f"(/ {abs(value.numerator)}.0 {value.denominator}.0)"
    return f"(- {size})" if value < 0 else size


def question(expression: Any, region: Region, strict: bool) -> tuple[str, dict[str, Symbol]]:
    """SMT-LIB assertions of: a point of `region` where expression >= 0 (> 0) fails. Raises Untranslatable."""
    names = {symbol: f"v{place}" for place, symbol in enumerate(region.symbols)}
    lines = []
    for symbol, span in region.spans:
        name = names[symbol]
        # A whole number is a real variable equal to an integer one, so that all arithmetic is of reals.
        lines.append(f"(declare-const {name} Real)")
        if span.whole:
            lines += [f"(declare-const i{name} Int)", f"(assert (= {name} (to_real i{name})))"]
        for end, is_open, sign in ((span.low, span.low_open, ">"), (span.high, span.high_open, "<")):
            if end not in (oo, -oo):
                lines.append(f"(assert ({sign}{'' if is_open else '='} {name} {text(end, names)}))")
    lines += [f"(assert (>= {text(each, names)} 0.0))" for each in region.conditions]
    lines.append(f"(assert ({'<=' if strict else '<'} {text(expression, names)} 0.0))")
    return "\n".join(lines), {name: symbol for symbol, name in names.items()}


def _isolated(solver: str, script: str) -> Reply:
    """Run a solver in a process of its own, since neither always keeps to its own time limit."""
    program = Path(__file__).with_name("solvers.py")
    try:
        done = subprocess.run([sys.executable, "-P", str(program), solver], input=script, capture_output=True,
                              text=True, timeout=SECONDS, check=True)
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return Reply(f"nothing within {SECONDS} seconds", {})
    except (subprocess.CalledProcessError, ValueError, OSError) as error:
        return Reply(f"fails ({type(error).__name__})", {})
    return Reply(said["verdict"], {name: Fraction(value) for name, value in said["model"].items()})


def ask_z3(script: str) -> Reply:
    """z3's answer to an SMT-LIB script."""
    return _isolated("z3", script)


def ask_cvc5(script: str) -> Reply:
    """cvc5's answer to an SMT-LIB script."""
    return _isolated("cvc5", script)


def installed() -> bool:
    """Whether both solvers can be imported."""
    return find_spec("z3") is not None and find_spec("cvc5") is not None


def decide(expression: Any, region: Region, strict: bool) -> tuple[Proof | None, dict[Symbol, Fraction] | None, str]:
    """Ask both solvers: (proof, None, "") or (None, a model to be checked, or None, why nothing is proved).

    `expression` must be certified defined on the region. Never raises.
    """
    try:
        script, symbols = question(expression, region, strict)
    except Untranslatable as error:
        return None, None, f"the SMT solvers cannot read it: {error}."
    if not installed():
        return None, None, MISSING
    replies: dict[str, Reply] = {}
    for name, ask in (("z3", ask_z3), ("cvc5", ask_cvc5)):
        reply = replies[name] = ask(script)
        model = {symbols[key]: value for key, value in reply.model.items() if key in symbols}
        if reply.verdict == "sat" and len(model) == len(symbols):
            return None, model, f"{name} says sat."
        if reply.verdict != "unsat":
            break
    if len(replies) == 2 and all(reply.verdict == "unsat" for reply in replies.values()):
        return Proof("z3 and cvc5 both find no counterexample", frozenset({SOLVERS})), None, ""
    return None, None, "; ".join(f"{name} says {reply.verdict}" for name, reply in replies.items()) + "."
