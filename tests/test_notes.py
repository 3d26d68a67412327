"""A note says how its claim is proved: which theorems the certificate trusts, and that it has premises."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from verify.loading import catalogue, load
from verify.proofs import Proof

ROOT = Path(__file__).resolve().parent.parent
TARGETS = {target.id: target for target in catalogue(ROOT / "claims")}

# A named theorem that a certificate trusts, by how its text starts -> what the bullet "- Proof:" of the note must say.
THEOREMS = {
    "Jensen's inequality": "Jensen",
    "a convex function lies below its chords": "chords",
    "cumulant generating functions of independent variables add": "cumulants of independent variables add",
    "maximal inequality": "maximal inequality",
    "the union bound": "union bound",
    "the indicator of [0, oo) does not decrease": "an indicator grows with its argument",
    "probabilities of independent events multiply": "probabilities of independent events multiply",
    "an average has the mean of its terms": "average has the mean of its terms",
    "E w U = E w E(U | X)": "conditional mean",
    "a product of averages over n independent examples": "product of averages",
    "the binomial theorem": "binomial theorem",
    "|E u| <= E |u|": "triangle inequality",
    "a uniform variable has a constant density": "uniform variable has a constant density",
    "E T is the integral of P(T >= t)": "integral of its tail",
    "E f(T) is the integral of f times the density": "integral of the density",
    "E f(X) is the integral of f times the density": "density",
    "a function is known by its derivative": "known by its derivative",
    "E U is the mean of E[U | V]": "mean of its conditional mean",
    "a Lipschitz function on a circle crosses a band of values": "crosses a band of values",
    "the mean of a product of independent variables": "product of independent variables",
    "an inverse Wishart matrix": "mean of an inverse Wishart matrix",
    "the generalised inverse of a singular Wishart": "singular Wishart matrix",
    "a projection on a uniform subspace of rank": "mean of a uniform projection",
    "second moments of a projection": "second moments of a uniform projection",
    "each of D is among p chosen": "chosen at random with probability p/D",
    "z3 and cvc5": "z3 and cvc5",
    "Archimedes": "Archimedes",
    "induction over the integers": "induction",
    "SymPy's integration": "SymPy integrates",
}
# What every proof may lean on unsaid: the rules of logic and linearity, and the programs that do the algebra.
UNSAID = ("the reading ", "the kernel's rules ", "expectations are monotone and linear", "SymPy's algebra",
          "SymPy's derivative", "SymPy's simplification", "SymPy's limit", "python-flint")


def note(claim: str) -> str:
    return (ROOT / "proofs_notes" / f"{claim.replace('.', '/')}.md").read_text(encoding="utf-8")


def first_bullet(text: str) -> str:
    """The first bullet of the section "How it is checked", in one line."""
    section = re.search(r"^## How it is checked\n+(- .*?)(?=\n- |\n\n|\Z)", text, re.M | re.S)
    return " ".join(section[1].split()) if section else ""


def unsaid(trusted: str, bullet: str) -> str:
    """Why a trusted theorem is not named in a bullet; empty where it is."""
    if trusted.startswith(UNSAID):
        return ""
    words = [word for start, word in THEOREMS.items() if trusted.startswith(start)]
    if not words:
        return f"{trusted!r} is new: say what a note must call it, in THEOREMS, and name it in the note"
    return "" if words[0].lower() in bullet.lower() else f"{trusted!r} is trusted, and {words[0]!r} doesn't occur"


@lru_cache
def proof_of(claim: str) -> Proof | None:
    return load(TARGETS[claim]).proof


def test_the_first_bullet_is_found() -> None:
    text = "## Tightness\n\n- no\n\n## How it is checked\n\n- Proof: by\n  Jensen.\n- Exact: x\n\n## References\n- y\n"
    assert first_bullet(text) == "- Proof: by Jensen."
    assert first_bullet("## How it is checked\n\n- Exact: x\n- Proof: z\n") == "- Exact: x"
    assert first_bullet("## Proof\n\n- Proof: z\n") == ""


@pytest.mark.parametrize(("trusted", "bullet", "fails"), [
    ("Jensen's inequality (a book)", "by Jensen's inequality", False),
    ("Jensen's inequality (a book)", "by convexity", True),
    ("maximal inequality (a book)", "The Maximal inequality", False),
    ("python-flint", "", False),
    ("the kernel's rules chain, goal", "", False),
    ("the Riemann hypothesis", "the Riemann hypothesis", True),
])
def test_what_is_unsaid_is_found(trusted: str, bullet: str, fails: bool) -> None:
    assert bool(unsaid(trusted, bullet)) is fails


@pytest.mark.parametrize("claim", TARGETS)
def test_note_says_how_its_claim_is_proved(claim: str) -> None:
    proof, bullet = proof_of(claim), first_bullet(note(claim))
    assert bullet.startswith("- Proof: "), "the first bullet of 'How it is checked' is '- Proof: ...'"
    if proof is None:
        assert "none by machine" in bullet
        return
    certificate = proof.certificate()
    assert certificate.proved, certificate.failure
    assert "none by machine" not in bullet
    assert [reason for each in certificate.trusted if (reason := unsaid(each, bullet))] == []
    if certificate.premises:
        assert "declared" in bullet.lower()


def test_both_kinds_of_claims_are_looked_at() -> None:
    kinds = [proof_of(claim) is None for claim in TARGETS]
    assert kinds.count(False) > len(kinds) // 2
    assert kinds.count(True) >= 1
