"""What the tests of wrong proofs share; on the import path by `pythonpath` in pyproject.toml."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from theory.facts import Rejected


def rejects(derive: Callable[[], object], rule: str, because: str) -> None:
    """The derivation must be rejected by this rule, for a reason that matches."""
    with pytest.raises(Rejected, match=because) as caught:
        derive()
    assert caught.value.rule == rule
