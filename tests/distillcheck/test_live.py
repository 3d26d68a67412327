"""The live table and the plain lines, without running a claim."""

from __future__ import annotations

import io
import time

import pytest

from distillcheck.live import Display
from verify.runner import Event
from verify.terms import Status
from verify.verdict import Control, Evidence, Verdict


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def verdict(status: Status, claim: str = "paper.claim", **fields: object) -> Verdict:
    base = {"labels": ("exact",), "instances": 3, "seconds": 1.25, "reason": status.meaning}
    return Verdict(claim, "A title", status, 0.01, 0, "quick", **{**base, **fields})  # type: ignore[arg-type]


def test_pipe_gets_a_line_for_each_verdict_and_nothing_else() -> None:
    stream = io.StringIO()
    with Display(["one", "longer"], stream) as display:
        display.note(Event(0, "exploring", 0.1))
        display.note(Event(0, "done", 1.0, verdict(Status.SUPPORTED, "one")))
        display.note(Event(1, "done", 1.0, verdict(Status.ERROR, "longer", labels=(), instances=0)))
    assert stream.getvalue().splitlines() == ["SUPPORTED     one     exact: 3 instances, 1.2 s",
                                              "ERROR         longer  1.2 s"]


def test_proved_claim_names_its_steps_in_a_pipe_and_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    proof = {"name": "A", "reason": "", "steps": [{}, {}], "instances": 3, "trusted": []}
    for stream, shown in ((io.StringIO(), "proof, exact: 3 instances, proof of 2 steps, 1.2 s"),
                          (Terminal(), "1.2 s, proof of 2 steps")):
        with Display(["one"], stream) as display:
            display.note(Event(0, "done", 1.0, verdict(Status.PROVED, "one", labels=("proof", "exact"), proof=proof)))
        assert shown in stream.getvalue()
    assert "\x1b[1;32mPROVED" in stream.getvalue()


def test_plain_lines_are_never_wrapped() -> None:
    stream = io.StringIO()
    name = "a" * 200
    with Display([name], stream) as display:
        display.note(Event(0, "done", 1.0, verdict(Status.SUPPORTED, name)))
    assert len(stream.getvalue().splitlines()) == 1


def test_names_are_not_read_as_markup() -> None:
    stream = io.StringIO()
    with Display(["[red]x"], stream) as display:
        display.note(Event(0, "done", 1.0, verdict(Status.REFUTED, "[red]x", error="[/bold] [1]")))
        display.summary([verdict(Status.REFUTED, "[red]x", error="[/bold] [1]")], 0.01, 1.0)
    assert "[red]x" in stream.getvalue()
    assert "[/bold] [1]" in stream.getvalue()


def test_terminal_shows_running_claims_and_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with Display(["one", "two"], stream) as display:
        display.note(Event(1, "confirming", 0.5))
        assert display.live is not None
        display.live.refresh()
        text = stream.getvalue()
        assert "two" in text
        assert "confirming" in text
        assert "0 of 2 claims" in text
        assert "\x1b[?25l" in text
    assert stream.getvalue().rindex("\x1b[?25h") > stream.getvalue().rindex("\x1b[?25l")


def test_terminal_is_given_back_after_an_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with pytest.raises(RuntimeError, match="boom"), Display(["one"], stream):
        raise RuntimeError("boom")
    assert stream.getvalue().rindex("\x1b[?25h") > stream.getvalue().rindex("\x1b[?25l")


def test_what_is_left_is_estimated_from_what_is_done() -> None:
    display = Display(["a", "b", "c", "d"], io.StringIO())
    assert display._left() == ""
    display.started = time.monotonic() - 60.0
    display.note(Event(0, "done", 1.0, verdict(Status.SUPPORTED, "a")))
    assert display._left() == ", about 180 s left"
    display.note(Event(1, "controls", 1.0))
    assert display._left() == ", about 60 s left"


def test_summary_shows_what_needs_attention_in_full() -> None:
    stream = io.StringIO()
    found = Evidence({"n": 17}, "n=17", 0.5, None, 0.25, "exact", exact="1/2")
    refuted = verdict(Status.REFUTED, counterexample=found, replay="distillcheck verify x", reason="an instance")
    weak = verdict(Status.UNDERPOWERED, controls=(Control("c = 2", Status.SUPPORTED, 7),))
    display = Display(["a", "b", "c"], stream)
    display.summary([refuted, weak, verdict(Status.SUPPORTED)], 0.05, 12.4)
    text = stream.getvalue()
    assert "counterexample: at n=17: exactly 1/2 against a bound of 0.25" in text
    assert "replay: distillcheck verify x" in text
    assert "the wrong twin c = 2 was not refuted (SUPPORTED)" in text
    assert "1 REFUTED, 1 UNDERPOWERED, 1 SUPPORTED in 12 s; alpha = 0.05 for the whole run." in text
    assert "SUPPORTED is no proof" in text
    assert "Interrupted" not in text


def test_summary_of_an_interrupted_run_counts_what_is_missing() -> None:
    stream = io.StringIO()
    display = Display(["a", "b", "c"], stream)
    display.summary([verdict(Status.REFUTED)], 0.01, 1.0)
    display.unfinished(2, "distillcheck verify --resume")
    assert "Interrupted: 2 of 3 claims were not judged." in stream.getvalue()
    assert "To go on: distillcheck verify --resume" in stream.getvalue()
    assert "SUPPORTED is no proof" not in stream.getvalue()


def test_summary_of_nothing_says_so() -> None:
    stream = io.StringIO()
    Display(["a"], stream).summary([], 0.01, 1.0)
    assert "nothing judged in 1 s" in stream.getvalue()
