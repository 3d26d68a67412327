"""The packages have plain names, so another `theory` or `verify` on the import path could shadow ours."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

ROOMS = ("theory", "compiling", "simulate", "verify")
HOUSE = Path(__file__).resolve().parent.parent
CATALOGUE = HOUSE / "claims"
NOTES = HOUSE / "proofs_notes"


def misplaced_rooms() -> str | None:
    """Why the command can't start, or None if the packages it imports lie side by side."""
    for room in ROOMS:
        spec = find_spec(room)
        places = [*(spec.submodule_search_locations or ()), spec.origin] if spec else [None]
        if places[0] is None:
            return f"the package {room} is missing beside {HOUSE / 'distillcheck'}. Install distillcheck again."
        found = Path(places[0]).resolve()
        if found.parent != HOUSE:
            return (f"the package {room} that Python finds is {found}, not the one beside {HOUSE / 'distillcheck'}. "
                    f"Another project's {room} comes first on the import path: use a virtual environment of its own, "
                    "and look at PYTHONPATH.")
    return None
