"""A theorem as a LaTeX fragment for a paper."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any

from verify.claim import Claim
from verify.proofs import certificate_of

SPECIAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
           "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<=": r"$\le$", ">=": r"$\ge$",
           "<": "$<$", ">": "$>$", "|": "$|$"}
SPECIALS = re.compile("|".join(re.escape(key) for key in sorted(SPECIAL, key=len, reverse=True)))
# A conclusion that sets itself in mathematics is left as it is.
SET = (r"\[", r"\(", r"\begin{", "$")


def fragment(name: str, claim: Claim) -> str:
    """The theorem, its source in a comment; without a proof, with the displayed statement of the docstring verbatim.

    Raises:
        ClaimError: the proof can't be asked.
    """
    head = [f"distillcheck show {name} --latex", f"Source: {claim.source} ({claim.fidelity})"]
    if claim.proof is None:
        head.append("No machine-checked proof: the statement below is the text of the claim's file, set verbatim.")
        body = ["\\begin{verbatim}", displayed(docstring(claim)), "\\end{verbatim}"]
    else:
        certificate = certificate_of(claim.proof)
        head.append(_checked(claim.proof.name, certificate))
        body = [_mathematics(certificate["latex"])]
        body += [f"Here {escape(certificate['domain'])}."] if certificate["domain"] else []
        premises = escape("; ".join(certificate["premises"])).rstrip(".")
        body += [f"Premises: {premises}."] if premises else []
    comments = [f"% {line}" for text in head for line in text.splitlines()]
    return "\n".join([*comments, f"\\begin{{theorem}}[{{{escape(claim.title)}}}]", *body, "\\end{theorem}"])


def docstring(claim: Claim) -> str:
    """The text of the claim's file."""
    return inspect.cleandoc(str(claim.namespace.get("__doc__") or ""))


def displayed(text: str) -> str:
    """The indented lines of a docstring, which state its theorem; its first paragraph if there are none."""
    blocks = [block for block in text.split("\n\n")
              if all(line.startswith("    ") for line in block.splitlines() if line)]
    blocks = [block for block in blocks if block.strip()]
    return "\n\n".join(blocks) if blocks else text.split("\n\n", 1)[0]


def escape(text: str) -> str:
    """Plain text as LaTeX that prints it."""
    return SPECIALS.sub(lambda found: SPECIAL[found[0]], text)


def _mathematics(text: str) -> str:
    return text if any(mark in text for mark in SET) else f"\\[\n  {text}\n\\]"


def _checked(name: str, certificate: Mapping[str, Any]) -> str:
    if not certificate["proved"]:
        return f"NOT PROVED: proof {name} does not check: {certificate['failure']}"
    return (f"Proof {name}: {len(certificate['steps'])} steps checked by machine, trusting "
            f"{', '.join(certificate['trusted']) or 'no rule or program'}. distillcheck verify also holds it against "
            "the claim.")
