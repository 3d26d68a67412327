"""From what a user types to claims."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from distillcheck.rooms import CATALOGUE
from verify.loading import Target, by_path, catalogue


def find_targets(spelled: Sequence[str]) -> list[Target]:
    """Targets for ids (or their last part), papers and paths, each once; the whole catalogue for none.

    Raises:
        ValueError: a name is neither an id, a paper nor a path.
    """
    known = catalogue(CATALOGUE)
    if not spelled:
        return known
    found: dict[str, Target] = {}
    for text in spelled:
        for target in _matches(text, known):
            found.setdefault(target.path, target)
    return list(found.values())


def find_target(spelled: str) -> Target:
    """The one target of a command that takes one.

    Raises:
        ValueError: there is none, or several.
    """
    found = find_targets([spelled])
    if len(found) > 1:
        raise ValueError(f"{spelled!r} names {len(found)} claims; name one, such as {found[0].id}. distillcheck list "
                         "shows them all.")
    return found[0]


def _matches(text: str, known: list[Target]) -> list[Target]:
    matches = [target for target in known if text in (target.id, *target.id.split("."))]
    if matches:
        return matches
    if text.endswith(".py") or "/" in text:
        return [by_path(text)]
    names = sorted({target.id for target in known} | {target.id.split(".")[0] for target in known})
    close = difflib.get_close_matches(text, names, 3)
    hint = f" Did you mean {' or '.join(close)}?" if close else ""
    raise ValueError(f"{text!r} is no claim, no paper and no path of a .py file.{hint} distillcheck list shows the "
                     "catalogue.")
