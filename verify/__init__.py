"""The engine: from a claim to a verdict."""

from verify.api import check, run
from verify.budget import BUDGETS, Budget
from verify.claim import Claim
from verify.terms import ClaimError, Label, Relation, Status
from verify.verdict import Verdict

__all__ = ["BUDGETS", "Budget", "Claim", "ClaimError", "Label", "Relation", "Status", "Verdict", "check", "run"]
