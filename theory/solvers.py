"""One SMT solver in a process of its own: python solvers.py z3|cvc5 < script.

A solver that overruns its time, or crashes, then takes nothing with it: `smt` ends the process. The script is
SMT-LIB without a logic; the answer is one line of JSON, the verdict and the rational values of the model.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from typing import Any


def z3_answer(script: str) -> dict[str, Any]:
    """z3's verdict and model."""
    import z3

    solver: Any = z3.Solver()
    solver.from_string(script)
    verdict, model = str(solver.check()), {}
    if verdict == "sat":
        found = solver.model()
        for declared in found.decls():
            value = found[declared]
            if z3.is_algebraic_value(value):
                value = value.approx(30)
            if z3.is_rational_value(value):
                model[declared.name()] = str(Fraction(value.numerator_as_long(), value.denominator_as_long()))
    return {"verdict": verdict, "model": model}


def cvc5_answer(script: str) -> dict[str, Any]:
    """cvc5's verdict and model."""
    import cvc5 as module

    cvc5: Any = module

    solver = cvc5.Solver(cvc5.TermManager())
    for option in ("produce-models", "nl-cov"):
        solver.setOption(option, "true")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(set-logic ALL)\n{script}\n", "question")
    symbols = parser.getSymbolManager()
    while not (command := parser.nextCommand()).isNull():
        outcome = str(command.invoke(solver, symbols))
        if "error" in outcome:
            raise ValueError(outcome)
    result = solver.checkSat()
    if not result.isSat():
        return {"verdict": "unsat" if result.isUnsat() else "unknown", "model": {}}
    values = {str(term): solver.getValue(term) for term in symbols.getDeclaredTerms()}
    model = {name: str(Fraction(value.getRealValue())) for name, value in values.items() if value.isRealValue()}
    return {"verdict": "sat", "model": model}


if __name__ == "__main__":
    answers = {"z3": z3_answer, "cvc5": cvc5_answer}
    print(json.dumps(answers[sys.argv[1]](sys.stdin.read())))
