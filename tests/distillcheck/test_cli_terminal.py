"""On a terminal: a live table that is taken away again, and Ctrl-C that keeps what is done."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals and process groups are POSIX")

QUICK = ("--budget", "quick")
SLOW = "import time; time.sleep(0.5); return rng.random(size) < p"
WAIT = 30.0


class Screen:
    """What a reader sees: just enough of a terminal for a table that is redrawn in place."""

    def __init__(self) -> None:
        self.lines = [""]
        self.row = self.column = 0
        self.cursor = True

    def feed(self, text: str) -> None:
        for token in re.findall(r"\x1b\[\??[0-9;]*[A-Za-z]|[^\x1b]", text):
            if token.startswith("\x1b"):
                self.control(token)
            elif token == "\n":
                self.row += 1
                self.lines += [""] * (self.row + 1 - len(self.lines))
            elif token == "\r":
                self.column = 0
            else:
                line = self.lines[self.row].ljust(self.column)
                self.lines[self.row] = line[:self.column] + token + line[self.column + 1:]
                self.column += 1

    def control(self, token: str) -> None:
        if token.endswith("A"):
            self.row = max(self.row - int(token[2:-1] or 1), 0)
        elif token == "\x1b[2K":
            self.lines[self.row] = ""
        elif token in ("\x1b[?25l", "\x1b[?25h"):
            self.cursor = token.endswith("h")
        elif not token.endswith("m"):
            raise AssertionError(f"an escape sequence this screen doesn't know: {token!r}")


def read_terminal(terminal: int, process: subprocess.Popen[str], until: str = "\0") -> str:
    """What arrives on a terminal until a text is seen or the process is gone."""
    seen, deadline = b"", time.monotonic() + WAIT
    while until.encode() not in seen:
        assert time.monotonic() < deadline, seen
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    return seen.decode()


def open_terminal(width: int) -> tuple[int, int]:
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    return ours, theirs


def gone(group: int) -> bool:
    """Whether every process of a group has ended, waiting a little."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_live_table_is_shown_and_taken_away(claim: Callable[..., str], start: Callable[..., Any],
                                            tmp_path: Path) -> None:
    width = 80
    names = [claim("coin"), claim("slow", sample="import time; time.sleep(0.02); return rng.random(size) < p")]
    ours, theirs = open_terminal(width)
    process = start("verify", *names, *QUICK, cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = read_terminal(ours, process)
    os.close(ours)
    assert process.wait(WAIT) == 0
    assert "of 2 claims" in seen
    assert "exploring" in seen or "confirming" in seen or "controls" in seen
    screen = Screen()
    screen.feed(seen)
    text = "\n".join(screen.lines)
    assert screen.cursor
    assert "of 2 claims" not in text
    assert "━" not in text
    assert len(re.findall(r"^SUPPORTED     (?:coin|slow) ", text, re.M)) == 2
    assert max(len(line) for line in screen.lines) <= width


@pytest.mark.parametrize("count", [1, 2])
def test_interrupt_keeps_what_is_done(count: int, claim: Callable[..., str], start: Callable[..., Any],
                                      tmp_path: Path) -> None:
    names = [claim("slow", sample=SLOW), claim("coin")][:count]
    process = start("verify", *names, *QUICK, "--jobs", "2", "--json", "run.json", cwd=tmp_path,
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = ""
    if count == 2:
        first = process.stdout.readline()
        assert first.startswith("SUPPORTED     coin")
    else:
        time.sleep(2.0)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=WAIT)
    assert process.returncode == 130
    assert err == ""
    assert f"Interrupted: 1 of {count} claim{'s were' if count > 1 else ' was'} not judged." in out
    record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert [entry["claim"] for entry in record["claims"]] == ["coin"][:count - 1]
    assert gone(process.pid)


def test_interrupt_on_a_terminal_gives_it_back(claim: Callable[..., str], start: Callable[..., Any],
                                               tmp_path: Path) -> None:
    names = [claim("slow", sample=SLOW), claim("coin")]
    ours, theirs = open_terminal(120)
    process = start("verify", *names, *QUICK, cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = read_terminal(ours, process, until="SUPPORTED")
    os.killpg(process.pid, signal.SIGINT)
    seen += read_terminal(ours, process)
    os.close(ours)
    assert process.wait(WAIT) == 130
    screen = Screen()
    screen.feed(seen)
    text = "\n".join(screen.lines)
    assert screen.cursor
    assert "of 2 claims," not in text
    assert "━" not in text
    assert "Traceback" not in text
    assert "Interrupted: 1 of 2 claims were not judged." in text
    assert gone(process.pid)


def test_reader_that_leaves_is_no_traceback(claim: Callable[..., str], start: Callable[..., Any],
                                            tmp_path: Path) -> None:
    process = start("verify", claim("coin"), *QUICK, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait(WAIT)
    assert "Traceback" not in err
