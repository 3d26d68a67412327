"""The engine: from a claim to a verdict.

Names are imported at their first use: the process that only hands claims to workers needs none of the heavy libraries.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verify.api import check, run
    from verify.budget import BUDGETS, Budget
    from verify.claim import Claim
    from verify.terms import ClaimError, Label, Relation, Status
    from verify.verdict import Verdict

__all__ = ["BUDGETS", "Budget", "Claim", "ClaimError", "Label", "Relation", "Status", "Verdict", "check", "run"]

_HOMES = {"BUDGETS": "budget", "Budget": "budget", "Claim": "claim", "ClaimError": "terms", "Label": "terms",
          "Relation": "terms", "Status": "terms", "Verdict": "verdict", "check": "api", "run": "api"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"verify.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
