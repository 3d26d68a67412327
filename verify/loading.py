"""Finding claims: in the catalogue by walking its folder, elsewhere by path.

A claim file is a program: loading it runs it. What is stored about claims is data and is never run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from verify.terms import ClaimError

if TYPE_CHECKING:
    from verify.claim import Claim

HOUSE = str(Path(__file__).resolve().parent.parent)


@dataclass(frozen=True)
class Target:
    """Something to judge: an id, the file, how the user named it, and whether it is the user's own file."""

    id: str
    path: str
    spelled: str
    own: bool = False


def catalogue(folder: Path) -> list[Target]:
    """Every claim below a catalogue folder, as `paper.slug`, in alphabetical order."""
    files = sorted(file for file in folder.glob("*/*.py") if not file.name.startswith("_"))
    return [Target(f"{file.parent.name}.{file.stem}", str(file), f"{file.parent.name}.{file.stem}") for file in files]


def by_path(text: str) -> Target:
    """A user's own file; its id is the file's stem."""
    try:
        path = Path(text).expanduser().resolve()
    except (ValueError, RuntimeError, OSError) as error:
        raise ClaimError(f"{text!r} is no path ({error}). Name a claim by its id or by the path of its .py file.") \
            from error
    return Target(path.stem, str(path), text, own=True)


def load(target: Target) -> Claim:
    """The `CLAIM` of a file.

    Raises:
        ClaimError: there is no such file, it can't be run, or it holds no claim.
    """
    from verify.claim import Claim

    path = Path(target.path)
    if not path.is_file():
        raise ClaimError(f"{target.spelled}: there is no such file. Name a claim by its id (distillcheck list) or by "
                         "the path of its .py file.")
    module = _run_file(target, path)
    found = getattr(module, "CLAIM", None)
    if not isinstance(found, Claim):
        what = "has no CLAIM" if found is None else f"has a CLAIM that is a {type(found).__name__}"
        raise ClaimError(f"{target.spelled}: the file {what}. It ends with CLAIM = Claim(title=..., given=..., ...).")
    object.__setattr__(found, "home", vars(module))
    return found


def _run_file(target: Target, path: Path) -> ModuleType:
    name = f"claims.{target.id}"
    if target.own:
        name = f"{path.stem}_{hashlib.blake2b(str(path).encode(), digest_size=4).hexdigest()}"
        # The house comes first: a helper called theory.py must not shadow ours, however we were installed.
        for folder in (HOUSE, str(path.parent)):
            if folder not in sys.path:
                sys.path.append(folder)
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ClaimError(f"{target.spelled}: this is no Python file. A claim file ends in .py.")
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up here while the file runs.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except ClaimError as error:
        raise ClaimError(f"{target.spelled}: {error}") from error
    except SyntaxError as error:
        raise ClaimError(f"{target.spelled}: the file doesn't parse: {error.msg} (line {error.lineno}). "
                         "Mend the line.") from error
    except BaseException as error:
        raise ClaimError(f"{target.spelled}: running the file raised {type(error).__name__}: {error}"
                         f"{_line(error, path)}. Mend it; a claim file must import without errors.") from error
    return module


def _line(error: BaseException, path: Path) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f" (line {frames[-1].lineno})" if frames else ""
