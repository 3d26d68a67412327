"""The page of the ledger: every text of a claim is escaped, and it needs nothing from elsewhere."""
from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from distillcheck.report import page
from verify.ledger import Asked, Entry
from verify.terms import Status
from verify.verdict import Control, Evidence, Verdict

QUICK = ("--budget", "quick", "--alpha", "1e-8")
HOSTILE = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "</title><style>",
           "{{ 7 * 7 }}", "&lt;b&gt;", "\ud800", "\x00\x1b[2J", "<!--"]
VOID = {"meta", "link", "br", "img", "input"}


class Elements(HTMLParser):
    """Tags with their attributes, and whether they are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def entry(text: str, status: Status = Status.REFUTED) -> Entry:
    """A claim all of whose texts are `text`."""
    evidence = Evidence({"n": 1}, text, 0.5, None, 1.0, text)
    verdict = Verdict(text, text, status, 0.01, 0, "quick", labels=(text,), worst=evidence, counterexample=evidence,
                      replay=text, controls=(Control(text, None, 0),), error=text, reason=text, searched={text: text},
                      instances=1, proof={"name": text, "reason": text, "steps": [], "instances": 0, "trusted": []})
    return Entry(1, text, text, text, 0.01, 0, text, {text: text}, Asked(text, text, text, 0.01, text), verdict)


def parsed(text: str) -> Elements:
    elements = Elements()
    elements.feed(text)
    elements.close()
    assert elements.open == []
    return elements


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_texts_of_claims_add_no_element_and_no_attribute(text: str) -> None:
    plain, hostile = (parsed(page([entry(each)], each)) for each in ("harmless", text))
    assert [(tag, set(attributes)) for tag, attributes in hostile.found] == [
        (tag, set(attributes)) for tag, attributes in plain.found]
    assert not any(name.startswith("on") for _, attributes in hostile.found for name in attributes)
    shown = text.encode("utf-8", "backslashreplace").decode()
    assert sum(shown in data for data in hostile.texts) > 5
    page([entry(text)], text).encode("utf-8")


def test_page_needs_nothing_from_elsewhere() -> None:
    text = page([entry("a.b", status) for status in Status], "ledger.db")
    elements = parsed(text)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in elements.found}
    assert all((attributes.get("href") or "#").startswith("#") for _, attributes in elements.found)
    assert "url(" not in text
    assert "@import" not in text
    anchors = {attributes["id"] for _, attributes in elements.found if "id" in attributes}
    assert {(attributes["href"] or "")[1:] for _, attributes in elements.found if "href" in attributes} <= anchors


def test_last_verdict_of_every_claim_is_on_the_page(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("coin", bound="return c * p / 2")
    cli("verify", name, *QUICK, "--ledger", "l.db")
    claim("coin")
    cli("verify", name, "classics.markov", *QUICK, "--ledger", "l.db")
    result = cli("report", "-o", "r.html", "--ledger", "l.db")
    assert (result.exit_code, result.stdout) == (0, "wrote r.html\n")
    text = Path("r.html").read_text(encoding="utf-8")
    assert "REFUTED</span>" not in text
    assert re.findall(r"<h2 [^>]*>(.*?)</h2>", text) == ["classics", "Other claims"]
    assert re.findall(r'<span class="status (\w+)">(\d+)', text) == [("PROVED", "1"), ("SUPPORTED", "1")]


@pytest.mark.parametrize(("arguments", "message"), [
    (("-o", "r.pdf"), "--output r.pdf ends in '.pdf'; it ends in .html."),
    (("-o", "no/r.html"), "--output no/r.html lies in a folder that doesn't exist."),
    (("-o", "r.html"), "there is no ledger absent.db"),
])
def test_report_that_cannot_be_written_is_one_paragraph(arguments: tuple[str, ...], message: str,
                                                        cli: Callable[..., Any], tmp_path: Path,
                                                        is_paragraph: Callable[[str], bool],
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = cli("report", *arguments, "--ledger", "absent.db")
    assert result.exit_code == 2
    assert message in result.stderr
    assert is_paragraph(result.stderr)
