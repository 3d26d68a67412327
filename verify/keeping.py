"""A run's business with the ledger: what was judged before, what is found now, and what the user must be told.

A ledger that fails during a run ends the keeping, never the run: what is found is still reported.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from verify.identity import Watched, changes, engine_files, numerics, text_of, work_of
from verify.judging import Settings, respelled
from verify.ledger import Asked, Ledger
from verify.ledger_file import Damaged, LedgerError, words
from verify.loading import Target
from verify.verdict import Verdict


class Keeping:
    """Keeps what one run finds in a ledger; without one it keeps nothing.

    Args:
        ledger: where to; None for nowhere.
        targets, settings, alpha, command: of the run; `command` is what the user typed.
        resume: whether to take up what earlier runs of the same claims with the same settings found.
        tell: called with each sentence that the user should see.
        processor: of a cluster's workers, where those judge.

    Fields:
        judged: verdicts that stand already, by position.
    """

    def __init__(self, ledger: Ledger | None, targets: Sequence[Target], settings: Settings, *, alpha: float,
                 command: str, resume: bool, tell: Callable[[str], None], processor: str | None = None):
        self.ledger, self.targets, self.settings, self.tell, self.resume = ledger, targets, settings, tell, resume
        self.judged: dict[int, Verdict] = {}
        self.asked: list[Asked] = []
        self.claims: list[int] = []
        self.said: set[str] = set()
        self.run = 0
        if ledger is None:
            return
        for told in ledger.told:
            tell(told)
        # Looked at before they are read: what is edited in between is noticed.
        self.engine = Watched(engine_files())
        self.numerics = {**numerics(), **({"processor": processor} if processor else {})}
        texts = [text_of(target) for target in targets]
        self.files = [text.watched for text in texts]
        self.asked = [Asked(target.id, target.path, text.digest, settings.level,
                            work_of(target, settings, text, self.numerics))
                      for target, text in zip(targets, texts, strict=True)]
        if resume:
            self._guarded(self._take_up_or_replace)
        self._guarded(lambda open_ledger: self._begin(open_ledger, alpha, command))

    def _begin(self, ledger: Ledger, alpha: float, command: str) -> None:
        self.run, self.claims = ledger.begin(command=command, alpha=alpha, seed=self.settings.seed,
                                             budget=self.settings.budget, numerics=self.numerics, claims=self.asked)
        for index, verdict in self.judged.items():
            ledger.keep_verdict(self.claims[index], self.asked[index].work, verdict)

    def _take_up_or_replace(self, ledger: Ledger) -> None:
        try:
            self._take_up(ledger)
        except Damaged as error:
            # What can't be believed in part isn't believed at all.
            self.judged = {}
            ledger.replace(str(error))
            self.tell(ledger.told[-1])

    def _take_up(self, ledger: Ledger) -> None:
        found = ledger.verdicts(each.work for each in self.asked)
        self.judged = {index: respelled(found[each.work], self.targets[index], self.settings)
                       for index, each in enumerate(self.asked) if each.work in found}
        begun = {index for index, each in enumerate(self.asked)
                 if index not in self.judged and ledger.states(each.work)}
        if self.judged or begun:
            parts = [f"{len(self.judged)} of {len(self.asked)} claims were judged before"] if self.judged else []
            parts += [f"{len(begun)} had been begun"] if begun else []
            self.tell(f"resuming: {', and '.join(parts)}")
        self._explain(ledger, [index for index in range(len(self.asked)) if index not in {*self.judged, *begun}])

    def _explain(self, ledger: Ledger, fresh: Sequence[int]) -> None:
        """Say of claims that aren't taken up why they begin anew."""
        changed: dict[str, list[str]] = {}
        for index in fresh:
            now, before = self.asked[index], ledger.previous(self.asked[index], self.settings.seed,
                                                             self.settings.budget)
            if before is not None:
                content, computed_with = before
                why = "changed since" if content != now.content else changes(computed_with, self.numerics)
                if why:
                    changed.setdefault(why, []).append(self.targets[index].spelled)
        for why, names in changed.items():
            self.tell(f"judged anew: {_several(names)} ({why})")
        if len(fresh) == len(self.asked) and not changed:
            self.tell(f"nothing to resume: {ledger.path} has no run of {_several([each.name for each in self.asked])} "
                      "with this alpha, seed and budget. Judging from the start")

    # During the run

    def states(self, index: int) -> Mapping[str, bytes]:
        """What an earlier run found of a claim's confirmations."""
        found: dict[str, bytes] = {}
        if self.resume and self._same_text(index):
            self._guarded(lambda ledger: found.update(ledger.states(self.asked[index].work)))
        return found

    def keep_state(self, index: int, stream: str, state: bytes) -> None:
        """Keep the state of a confirmation."""
        if self._same_text(index):
            self._guarded(lambda ledger: ledger.keep_state(self.asked[index].work, stream, state))

    def keep_verdict(self, index: int, verdict: Verdict) -> None:
        """Keep a verdict."""
        kept = verdict if self._same_text(index) else replace(verdict, final=False)
        self._guarded(lambda ledger: ledger.keep_verdict(self.claims[index], self.asked[index].work, kept))

    def _same_text(self, index: int) -> bool:
        """Whether what is found is of the text and the sources that the run began with."""
        if self.ledger is None:
            return False
        if not self.engine.unchanged:
            self._tell_once("distillcheck or a library was changed while it ran: what is found from here on is "
                            "reported, and judged again by --resume")
            return False
        if not self.files[index].unchanged:
            self._tell_once(f"{self.targets[index].spelled} was changed while it was judged: its verdict is reported, "
                            "and judged again by --resume")
            return False
        return True

    def _tell_once(self, text: str) -> None:
        if text not in self.said:
            self.said.add(text)
            self.tell(text)

    def end(self, how: str) -> None:
        """The run has ended."""
        self._guarded(lambda ledger: ledger.end(self.run, how))
        if self.ledger is not None:
            self.ledger.close()

    def _guarded(self, action: Callable[[Ledger], None]) -> None:
        if self.ledger is None:
            return
        try:
            action(self.ledger)
        except (sqlite3.Error, Damaged, LedgerError, OSError) as error:
            ledger, self.ledger = self.ledger, None
            ledger.close()
            self.tell(f"the ledger {ledger.path} can't be used any more ({words(error)}); what is found from here on "
                      "is reported and not kept")


def _several(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} claims"
