"""Being asked to stop: by Ctrl-C, by a scheduler's SIGTERM, by a terminal that disappears."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

# SIGHUP isn't asked for under nohup, which ignores it; Windows has none.
ASKING = ("SIGINT", "SIGTERM", "SIGHUP")


class Stopper:
    """While it is open, the first signal is noted and the second raises KeyboardInterrupt.

    Elsewhere than in the main thread it notes nothing: signals are the main thread's.

    Args:
        on_first: called by `look` after the first has come.

    Fields:
        asked: number of the signal that came, None before.
    """

    def __init__(self, on_first: Callable[[], None] = lambda: None):
        self.on_first = on_first
        self.asked: int | None = None
        self.again = self.said = False
        self.before: dict[int, Any] = {}
        self.ends: tuple[int, int] | None = None
        self.woken_before = -1

    def __enter__(self) -> Stopper:
        if threading.current_thread() is threading.main_thread():
            self.ends = os.pipe()
            for end in self.ends:
                os.set_blocking(end, False)
            # A signal may be delivered to another thread; the handler runs in this one, once it is woken.
            self.woken_before = signal.set_wakeup_fd(self.ends[1], warn_on_full_buffer=False)
            for name in ASKING:
                number = getattr(signal, name, None)
                if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                    self.before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self.ends is None:
            return
        for number, handler in self.before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self.woken_before)
        for end in self.ends:
            os.close(end)

    @property
    def waitable(self) -> list[Any]:
        """What `multiprocessing.connection.wait` is to wake up for; `look` afterwards."""
        return [self.ends[0]] if self.ends else []

    def look(self) -> None:
        """Take note of having been woken.

        Raises:
            KeyboardInterrupt: the second signal came, whatever became of the exception that it raised.
        """
        if self.ends:
            with contextlib.suppress(BlockingIOError):
                os.read(self.ends[0], 4096)
        if self.asked is not None and not self.said:
            self.said = True
            self.on_first()
        if self.again:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.asked is None:
            # Nothing is printed here: the signal may have come in the middle of printing.
            self.asked = number
        elif not self.again:
            # Once: what is cleaned up after it isn't to be interrupted.
            self.again = True
            raise KeyboardInterrupt


class Clock:
    """Seconds since it was made, whatever happens to the time of day."""

    def __init__(self, seconds: float | None):
        self.limit, self.started = seconds, time.monotonic()

    @property
    def left(self) -> float | None:
        """Seconds until the limit, None without one."""
        return None if self.limit is None else max(self.limit - (time.monotonic() - self.started), 0.0)

    @property
    def over(self) -> bool:
        """Whether the limit is reached."""
        return self.left == 0.0
