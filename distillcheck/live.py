"""What is seen while claims are judged: a live table on a terminal, plain lines in a pipe."""

from __future__ import annotations

import contextlib
import io
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import IO, TextIO, cast

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from verify.runner import JUDGED_BEFORE, Event
from verify.terms import Status
from verify.verdict import Verdict

COLOURS = {
    Status.ERROR: "bold magenta", Status.REFUTED: "bold red", Status.UNDERPOWERED: "yellow",
    Status.INCONCLUSIVE: "yellow", Status.PROVED: "bold green", Status.SUPPORTED: "green",
}
WIDEST_STATUS = max(len(status) for status in Status)


class Lasting(io.TextIOBase):
    """A stream that may disappear while it is written to; what is written after that goes nowhere.

    Fields:
        lost: why it disappeared, None while it hasn't.
    """

    def __init__(self, stream: TextIO):
        self.stream = stream
        self.lost: OSError | None = None

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Of the stream."""
        return getattr(self.stream, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self.stream.isatty()

    def fileno(self) -> int:
        """Of the stream; rich asks it for the terminal's width."""
        return self.stream.fileno()

    def write(self, text: str) -> int:
        """Write, as long as somebody reads; what the encoding doesn't have is spelled out."""
        shown = text.encode(self.encoding, "backslashreplace").decode(self.encoding)
        self._attempt(lambda: self.stream.write(shown))
        return len(text)

    def flush(self) -> None:
        """Flush, as long as somebody reads."""
        self._attempt(self.stream.flush)

    def _attempt(self, action: Callable[[], object]) -> None:
        if self.lost is not None:
            return
        try:
            action()
        except OSError as error:
            self.lost = error
            # What is left in the stream's buffer would fail once more when the process ends.
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, self.stream.fileno())
                os.close(nowhere)


class Display:
    """Shows the events of a run; a context manager, so that the terminal is given back whatever happens."""

    def __init__(self, claims: Sequence[str], stream: TextIO):
        self.claims = list(claims)
        self.stream = Lasting(stream)
        self.console = Console(file=cast(IO[str], self.stream), highlight=False, soft_wrap=not stream.isatty())
        self.running: dict[int, tuple[str, float]] = {}
        self.finished = 0
        self.started = time.monotonic()
        self.width = max((len(claim) for claim in self.claims), default=0)
        self.live: Live | None = None

    def __enter__(self) -> Display:
        if self.console.is_terminal:
            live = Live(get_renderable=self._table, console=self.console, auto_refresh=False, transient=True)
            live.start()
            self.live = live
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self.live:
            self.live.stop()

    def note(self, event: Event) -> None:
        """Take in news of a claim."""
        if event.verdict is None:
            self.running[event.index] = (event.stage, event.done)
            self._refresh()
            return
        self.running.pop(event.index, None)
        self.finished += 1
        if event.stage == JUDGED_BEFORE:
            return
        # On a terminal a line stays a line; in a pipe nothing is left out.
        one_line = {"no_wrap": True, "overflow": "ellipsis"} if self.console.is_terminal else {}
        self.console.print(self._line(event.verdict), **one_line)
        self._refresh()

    @property
    def unread(self) -> bool:
        """Whether whoever read the output has closed the pipe; a terminal that is gone was no reader's wish."""
        return isinstance(self.stream.lost, BrokenPipeError)

    def _refresh(self) -> None:
        if self.unread:
            raise KeyboardInterrupt
        # Not from a thread of its own: that may redraw between a line's cursor movement and its text.
        if self.live:
            self.live.refresh()

    def _line(self, verdict: Verdict) -> RenderableType:
        brief = self.console.is_terminal
        line = Text()
        line.append(f"{verdict.status:<{WIDEST_STATUS}}", COLOURS[verdict.status])
        line.append(f"  {verdict.claim:<{self.width}}")
        line.append(f"  {', '.join(verdict.labels)}: " if verdict.labels and not brief else "  ", "dim")
        seconds = f"{verdict.seconds:.1f} s"
        parts = (seconds, verdict.brief) if brief else (verdict.figures, verdict.proof_steps, seconds)
        line.append(", ".join(part for part in parts if part), "dim")
        return line

    def _table(self) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        for index, (stage, done) in sorted(self.running.items()):
            table.add_row(Text(self.claims[index]), ProgressBar(100.0, 100.0 * done, width=24), Text(stage, "dim"))
        return Group(table, Text(f"{self.finished} of {len(self.claims)} claims{self._left()}", "dim"))

    def _left(self) -> str:
        done = self.finished + sum(done for _, done in self.running.values())
        if done < 0.05 * len(self.claims):
            return ""
        left = (time.monotonic() - self.started) * (len(self.claims) - done) / done
        return f", about {left:.0f} s left"

    def tell(self, text: str) -> None:
        """Something that the user should know, on a line of its own."""
        self.console.print(Text(f"note: {text}.", "yellow"))
        self._refresh()

    def stopping(self) -> None:
        """The run was asked to stop."""
        self.tell("stopping when the blocks being drawn are done; Ctrl-C once more stops at once")

    def unfinished(self, count: int, command: str | None) -> None:
        """Some claims have no verdict yet, or one that more time may change."""
        if count:
            plural = "s were" if len(self.claims) > 1 else " was"
            self.console.print(Text(f"Interrupted: {count} of {len(self.claims)} claim{plural} not judged.", "yellow"))
        if command:
            self.console.print(Text(f"To go on: {command}"))

    def summary(self, verdicts: Sequence[Verdict], alpha: float, seconds: float) -> None:
        """The last words: what needs attention in full, then the count."""
        for verdict in verdicts:
            if not verdict.status.passes:
                self.console.print()
                first, *rest = str(verdict).splitlines()
                self.console.print(Text(first, COLOURS[verdict.status]))
                for line in rest:
                    self.console.print(Padding(Text(line.strip()), (0, 0, 0, 2)) if self.console.is_terminal
                                       else Text(line))
        self._failed_proofs(verdicts)
        counts = Counter(verdict.status for verdict in verdicts)
        text = ", ".join(f"{counts[status]} {status}" for status in Status if counts[status]) or "nothing judged"
        self.console.print(Text(f"\n{text} in {seconds:.0f} s; alpha = {alpha:g} for the whole run."))
        if any(verdict.status is Status.SUPPORTED for verdict in verdicts):
            self.console.print(Text("SUPPORTED is no proof: no violation beyond the resolution at the worst instances "
                                    "found. Re-running with other seeds until pleased voids alpha.", "dim"))

    def _failed_proofs(self, verdicts: Sequence[Verdict]) -> None:
        """Why claims that stand are SUPPORTED and not PROVED although they have a proof; one paragraph a reason."""
        reasons: dict[str, list[str]] = {}
        for verdict in verdicts:
            if verdict.status is Status.SUPPORTED and verdict.proof is not None:
                reasons.setdefault(verdict.proof["reason"], []).append(verdict.claim)
        for reason, claims in reasons.items():
            self.console.print()
            self.console.print(Text(f"SUPPORTED, not PROVED: {', '.join(claims)}", COLOURS[Status.SUPPORTED]))
            self.console.print(Padding(Text(reason), (0, 0, 0, 2)) if self.console.is_terminal
                               else Text(f"  {reason}"))
