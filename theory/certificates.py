"""Certificates: what a proof's check found, as plain data.

A certificate is kept on disk by content (see `theory.kept`): after an edit of anything that its check depends on the
proof is checked again. Only certificates of proofs that check are kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from theory import kept

FORMAT = 2
KIND = "certificates"


@dataclass(frozen=True)
class Line:
    """One step: what it states and on which domain, the rule, who checked it, and the numbers of the steps it uses."""

    number: int
    statement: str
    rule: str
    checked_by: str
    uses: tuple[int, ...]
    note: str = ""
    domain: str = ""
    latex: str = ""


@dataclass(frozen=True)
class Certificate:
    """Whether a proof checks, its conclusion, the hypotheses it declares, what it trusts, and every step."""

    proved: bool
    failure: str
    relation: str
    conclusion: str
    statement: str
    domain: str = ""
    premises: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    steps: tuple[Line, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)

    def latex(self) -> str:
        """The conclusion in LaTeX."""
        return self.statement


def key(name: str, *functions: Callable[..., Any]) -> str | None:
    """Hash of all that the check of a proof of this name depends on; None where that can't be told from files."""
    return kept.key(f"{FORMAT} {name}", *functions)


def recall(name: str) -> Certificate | None:
    """The certificate kept under this hash; None where there is none that can be read."""
    body = kept.read(KIND, name)
    if body is None:
        return None
    try:
        record = json.loads(body)
        steps = tuple(Line(**{**line, "uses": tuple(line["uses"])}) for line in record.pop("steps"))
        premises, trusted = tuple(record.pop("premises")), tuple(record.pop("trusted"))
        return Certificate(**record, premises=premises, trusted=trusted, steps=steps)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def remember(name: str, certificate: Certificate) -> None:
    """Keep a certificate, if it is one of a proof that checks."""
    if certificate.proved:
        kept.write(KIND, name, json.dumps(certificate.to_json(), allow_nan=False))
