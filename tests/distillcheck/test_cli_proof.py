"""Claims with a proof on the command line: show, --latex, verify, replay."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

import verify
from distillcheck.latex import displayed, escape
from distillcheck.showing import show_proof, unwrapped
from verify.loading import by_path, load

SCHEMA = json.loads((Path(verify.__file__).parent / "schema.json").read_text(encoding="utf-8"))
LONG = " + ".join(f"term_{number}" for number in range(40))
PROOF = f'''
from types import SimpleNamespace as Record

class Proof:
    name = "COIN"
    def certificate(self):
        {{first}}
        step = Record(number=1, statement="p <= [bold]p[/bold]", rule="reflexivity", checked_by="SymPy 1.14", uses=(),
                      note="")
        last = Record(number=2, statement="{LONG}", rule="chain", checked_by="kernel", uses=(1,), note="obvious",
                      domain="p in [0, 1]")
        return Record(proved={{proved}}, failure={{failure}}, relation="<=", conclusion="p <= c*p",
                      domain="p in [0, 1/2]", premises=("tosses are independent_ly fair.",),
                      trusted=("reflexivity", "SymPy 1.14"), steps=(step, last), latex=lambda: {{latex}})

    def sides(self, values):
        return Record(left=values["p"], right={{right}}, outside="", tolerance=1e-9)
'''
DEFAULTS = {"proved": "True", "failure": "''", "latex": r"r'p \le c p'", "right": "values['p']", "first": ""}
FAILS = {"proved": "False", "failure": "\"z3 is missing: pip install 'distillcheck[proof]'.\""}


@pytest.fixture
def proved(claim: Callable[..., str]) -> Callable[..., str]:
    """Write a claim with a proof, some pieces of which are replaced."""
    def write(name: str = "coin", **pieces: str) -> str:
        proof = PROOF.format(**{**DEFAULTS, **pieces})
        return claim(name, extra=proof, more="proof=Proof()")

    return write


def test_show_prints_the_proof_step_by_step(proved: Callable[..., str], cli: Callable[..., Any]) -> None:
    result = cli("show", proved())
    assert result.exit_code == 0
    assert "evidence    exact + sample + proof" in result.stdout
    _, _, text = result.stdout.partition("\nProof COIN")
    assert text.splitlines() == [
        ": 2 steps, all checked", "  p <= c*p", "  where p in [0, 1/2]", "",
        "  1. p <= [bold]p[/bold]", "     by reflexivity; checked by SymPy 1.14", "",
        f"  2. {LONG}", "     by chain from 1; checked by kernel", "     obvious", "     where p in [0, 1]", "",
        "Premises, declared and not checked:", "  - tosses are independent_ly fair.", "",
        "Trusted:", "  - reflexivity", "  - SymPy 1.14", "",
        "distillcheck verify also compares this conclusion with the claim itself."]


def test_show_says_why_a_proof_does_not_check(proved: Callable[..., str], cli: Callable[..., Any]) -> None:
    result = cli("show", proved(**FAILS))
    assert result.exit_code == 0
    assert "Proof COIN: does not check\n  z3 is missing: pip install 'distillcheck[proof]'.\n" in result.stdout
    assert "all checked" not in result.stdout
    assert "also compares" not in result.stdout


def test_show_survives_a_proof_that_cannot_be_asked(proved: Callable[..., str], cli: Callable[..., Any]) -> None:
    result = cli("show", proved(first="1 / 0"))
    assert result.exit_code == 0
    assert "The proof can't be asked: proof COIN: certificate() raised ZeroDivisionError" in result.stdout


@pytest.mark.parametrize("width", [80, 120])
def test_long_statements_are_wrapped_and_aligned_on_a_terminal(width: int, proved: Callable[..., str]) -> None:
    stream = io.StringIO()
    proof = load(by_path(proved())).proof
    assert proof is not None
    show_proof(Console(file=stream, force_terminal=True, color_system=None, width=width, highlight=False), proof)
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    start = next(number for number, line in enumerate(lines) if line.startswith("  2. "))
    end = next(number for number, line in enumerate(lines) if "by chain" in line)
    assert end - start > 2
    assert all(line.startswith("     ") for line in lines[start + 1:end + 1])
    assert " ".join(" ".join(lines[start:end]).split()) == f"2. {LONG}"


def test_claim_without_proof_shows_none(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    text = cli("show", claim("coin")).stdout
    assert "Trusted" not in text
    assert "evidence    exact + sample\n" in "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def test_latex_of_a_proved_claim_is_a_theorem(proved: Callable[..., str], cli: Callable[..., Any]) -> None:
    result = cli("show", proved(), "--latex")
    assert result.exit_code == 0
    assert result.stdout == r"""% distillcheck show coin.py --latex
% Source: folklore (reconstructed)
% Proof COIN: 2 steps checked by machine, trusting reflexivity, SymPy 1.14. distillcheck verify also holds it against the claim.
\begin{theorem}[{A coin shows heads with probability at most p}]
\[
  p \le c p
\]
Here p in [0, 1/2].
Premises: tosses are independent\_ly fair.
\end{theorem}
"""  # noqa: E501


def test_latex_that_sets_itself_is_left_as_it_is(proved: Callable[..., str], cli: Callable[..., Any]) -> None:
    assert "\n$p$ is $p$\n" in cli("show", proved(latex="'$p$ is $p$'"), "--latex").stdout


def test_latex_of_a_proof_that_does_not_check_says_so(proved: Callable[..., str], cli: Callable[..., Any]) -> None:
    text = cli("show", proved(proved="False", failure=r"'first\nsecond'"), "--latex").stdout
    assert "% NOT PROVED: proof COIN does not check: first\n% second\n\\begin{theorem}" in text
    failed = cli("show", proved(first="1 / 0"), "--latex")
    assert (failed.exit_code, failed.stdout) == (2, "")
    assert "proof COIN: certificate() raised ZeroDivisionError" in failed.stderr


def test_latex_without_a_proof_sets_the_displayed_statement_verbatim(claim: Callable[..., str],
                                                                     cli: Callable[..., Any]) -> None:
    text = cli("show", claim("coin"), "--latex").stdout
    assert "% No machine-checked proof: " in text
    assert "\\begin{verbatim}\nA coin shows heads with probability p.\n\\end{verbatim}\n\\end{theorem}\n" in text


def test_displayed_statement_is_what_is_indented() -> None:
    assert displayed("Title.\n\nTheorem.\n\n    a <= b,\n    c\n\nwhere\n\n    d = e\n\nTight: no.") == \
        "    a <= b,\n    c\n\n    d = e"


def test_plain_text_is_escaped_for_latex() -> None:
    assert escape(r"50% of |H|_1 & a^2 <= {b} < \c #~$") == (
        r"50\% of $|$H$|$\_1 \& a\textasciicircum{}2 $\le$ \{b\} $<$ \textbackslash{}c \#\textasciitilde{}\$")


def test_only_lines_broken_for_their_length_are_joined() -> None:
    full = "word " * 20 + "end"
    text = f"{full}\ngoes on.\n\n    {'x' * 60}{' ' * 30}(1)\n\nHypotheses: one.\nTight: no."
    assert unwrapped(text, 80).splitlines() == [f"{full} goes on.", "", f"    {'x' * 60}{' ' * 13}(1)", "",
                                                "Hypotheses: one.", "Tight: no."]
    assert unwrapped(text, 120).splitlines()[2] == f"    {'x' * 60}{' ' * 30}(1)"


def test_verify_says_proved_and_replay_checks_the_proof_again(proved: Callable[..., str], cli: Callable[..., Any],
                                                              tmp_path: Path) -> None:
    result = cli("verify", proved(), "--budget", "quick", "--json", "run.json")
    assert result.exit_code == 0
    assert result.stdout.startswith("PROVED        coin  proof, exact, anytime-valid: 2 instances, ")
    assert ", proof of 2 steps, " in result.stdout.splitlines()[0]
    record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(record)] == []
    assert record["claims"][0]["proof"]["steps"][1]["domain"] == "p in [0, 1]"
    again = cli("replay", "run.json")
    assert again.exit_code == 0
    assert again.stdout.endswith("coin: proof the same: 2 steps\n2 replayed, all the same.\n")


@pytest.mark.parametrize(("change", "says"), [
    (FAILS, "proof proved was True, is False; z3 is missing"),
    ({"first": "return Record(**{**vars(self.old()), 'conclusion': 'q'})"}, "conclusion was p <= c*p, is q"),
    ({"first": "return Record(**{**vars(self.old()), 'steps': self.old().steps[:1]})"}, "had 2 steps, has 1"),
    ({"first": "return Record(**{**vars(self.old()), 'steps': self.old().steps[::-1]})"},
     "has steps that state something else"),
])
def test_replay_notices_another_certificate(change: dict[str, str], says: str, proved: Callable[..., str],
                                            cli: Callable[..., Any]) -> None:
    name = proved()
    assert cli("verify", name, "--budget", "quick", "--json", "run.json").exit_code == 0
    proved(**change)
    if "first" in change:
        body = Path(name).read_text(encoding="utf-8")
        old = body[body.index("    def certificate"):body.index("    def sides")]
        old = old.replace(change["first"], "").replace("def certificate", "def old")
        Path(name).write_text(body.replace("    def sides", f"{old}    def sides"), encoding="utf-8")
    result = cli("replay", "run.json")
    assert result.exit_code == 1, result.output
    assert says in result.stdout
    assert "some differ" in result.stdout


def test_replay_of_a_proof_that_is_gone_or_malformed_is_unusable(proved: Callable[..., str], claim: Callable[..., str],
                                                                 cli: Callable[..., Any], tmp_path: Path) -> None:
    assert cli("verify", proved(), "--budget", "quick", "--json", "run.json").exit_code == 0
    claim("coin")
    gone = cli("replay", "run.json")
    assert (gone.exit_code, "no longer has a proof" in gone.stderr) == (2, True)
    record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    for broken in ({"steps": 3}, 3, {**record["claims"][0]["proof"], "steps": [3]}, {"steps": []}):
        record["claims"][0]["proof"] = broken
        result = cli("replay", "-", text=json.dumps(record))
        assert (result.exit_code, "proof of coin is malformed" in result.stderr) == (2, True)


def test_verify_says_why_a_claim_with_a_proof_is_only_supported(proved: Callable[..., str],
                                                                cli: Callable[..., Any]) -> None:
    names = [proved("one", **FAILS), proved("two", **FAILS), proved("three", right="2 * values['p']"), proved("four")]
    result = cli("verify", *names, "--budget", "quick", "--jobs", "1")
    assert result.exit_code == 0
    assert "SUPPORTED, not PROVED: one, two\n  its proof does not check: z3 is missing" in result.stdout
    assert "SUPPORTED, not PROVED: three\n  its proof is of another statement: its right-hand side" in result.stdout
    assert "1 PROVED, 3 SUPPORTED in " in result.stdout
