"""How long claims took before, so that a run can begin with the slowest. It changes no verdict."""

from __future__ import annotations

import contextlib
import json
import math
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from verify.loading import Target


def file() -> Path:
    """Where they are kept: in DISTILLCHECK_CACHE, else in the user's cache folder."""
    chosen = os.environ.get("DISTILLCHECK_CACHE")
    return (Path(chosen) if chosen else user_cache_path("distillcheck")) / "durations.json"


def _kept() -> dict[str, dict[str, float]]:
    """CPU seconds by claim and budget; what can't be read is as if it had never been kept."""
    try:
        record = json.loads(file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    entries = record.items() if isinstance(record, dict) else ()
    return {claim: {budget: float(seconds) for budget, seconds in by_budget.items() if _is_duration(seconds)}
            for claim, by_budget in entries if isinstance(by_budget, dict)}


def _is_duration(seconds: Any) -> bool:
    return type(seconds) in (int, float) and 0.0 <= seconds < math.inf


def _name(target: Target) -> str:
    return target.path if target.own else target.id


class Durations:
    """Remembered CPU seconds of claims at one budget."""

    def __init__(self, budget: str):
        self.budget = budget
        self.seen: dict[str, float] = {}

    def note(self, target: Target, seconds: float | None) -> None:
        """A claim has been judged."""
        if seconds is not None:
            self.seen[_name(target)] = seconds

    def slowest_first(self, targets: Sequence[Target]) -> list[int]:
        """Positions of the targets; unknown ones first, as they may be the slowest of all.

        Where a claim is known at another budget only, that stands in for this one.
        """
        kept = _kept()

        def seconds(index: int) -> float:
            known = kept.get(_name(targets[index]), {})
            return known.get(self.budget, max(known.values(), default=math.inf))

        return sorted(range(len(targets)), key=lambda index: -seconds(index))

    def keep(self) -> None:
        """Add what was noted; where the folder can't be written, nothing is kept and nothing is lost."""
        if not self.seen:
            return
        kept = _kept()
        for claim, seconds in self.seen.items():
            kept.setdefault(claim, {})[self.budget] = round(seconds, 3)
        with contextlib.suppress(OSError):
            file().parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=file().parent, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                json.dump(kept, opened)
            os.replace(temporary, file())
