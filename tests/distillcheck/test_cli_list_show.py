"""The commands `list` and `show`, and the command without arguments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from distillcheck import listing, rooms
from verify.loading import Target, by_path, catalogue, load

TARGETS = catalogue(rooms.CATALOGUE)


def test_list_has_one_line_for_each_claim(cli: Callable[..., Any]) -> None:
    result = cli("list")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [target.id for target in TARGETS]
    assert len(lines) >= 15


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.id)
def test_what_the_list_reads_is_what_the_claim_says(target: Target) -> None:
    claim = load(target)
    entry = listing.entry_of(target)
    assert entry == (claim.title, listing.evidence(claim))


@pytest.mark.parametrize("text", [
    "made = dict({fields})\nCLAIM = Claim(**made)", "MADE = Claim({fields})\nCLAIM = MADE",
    "CLAIM = None\nCLAIM = Claim({fields})",
    "CLAIM = Claim({fields})\nfor CLAIM in [Claim({fields})]:\n    pass", "CLAIM = Claim({fields}, proof=None)"])
def test_a_claim_written_in_another_way_is_listed_as_well(text: str, tmp_path: Path) -> None:
    fields = ("title='Two' ' halves', source='test', given={'p': st.integers(0, 1)}, exact=lambda p: p, "
              "bound=lambda p, c=1: c, controls=[{'c': 0}]")
    path = tmp_path / "halves.py"
    path.write_text("from hypothesis import strategies as st\nfrom verify import Claim\n" + text.replace(
        "{fields}", fields) + "\n", encoding="utf-8")
    assert listing.entry_of(by_path(str(path))) == ("Two halves", ("exact",))


def test_broken_file_does_not_sink_the_list(cli: Callable[..., Any], coin: Callable[..., str], tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "broken.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "paper" / "sound.py").write_text(coin(), encoding="utf-8")
    monkeypatch.setattr(listing, "CATALOGUE", tmp_path)
    result = cli("list")
    assert not isinstance(result.exception, ValueError)
    assert "paper.sound" in result.output
    assert "has no CLAIM" in result.output


@pytest.mark.parametrize("spelled", ["kaplun2022.cover_hart", "cover_hart"])
def test_show_prints_statement_fields_and_note(spelled: str, cli: Callable[..., Any]) -> None:
    result = cli("show", spelled)
    assert result.exit_code == 0
    text = result.stdout
    assert text.startswith("kaplun2022.cover_hart: A sampler errs at most twice as often")
    assert "P(teacher(X) != Y) <= 2 L* (1 - L*)." in text
    for field in ("source      Cover & Hart 1967", "relation    <=", "parameters  task", "evidence    exact + sample",
                  "controls    c = 1.9", "tight at    task=Binary("):
        assert field in text
    for section in ("Statement", "Hypotheses", "What it does not say", "Proof", "Tightness", "References"):
        assert section in text


def test_show_prints_the_formulas_of_the_note_unharmed(cli: Callable[..., Any]) -> None:
    result = cli("show", "kaplun2022.cover_hart")
    assert r"P(t(X) \ne Y) \le 2 L^* (1 - L^*) \le 2 L^*" in " ".join(result.stdout.split())


def test_show_of_a_file_prints_its_docstring(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    result = cli("show", claim("coin", more='tight_at={"p": Fraction(1, 2)}'))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == ["coin: A coin shows heads with probability at most p",
                                              "A coin shows heads with probability p."]
    assert "controls    c = 1/2" in result.stdout
    assert "tight at    p=1/2" in result.stdout


def test_note_of_the_catalogue_is_not_shown_for_a_file_of_that_name(claim: Callable[..., str],
                                                                    cli: Callable[..., Any]) -> None:
    result = cli("show", claim("cover_hart"))
    assert "Tightness" not in result.stdout


def test_help_names_every_command(cli: Callable[..., Any]) -> None:
    for arguments in ((), ("--help",)):
        text = cli(*arguments).output
        for name in ("verify", "list", "show", "compare", "replay"):
            assert f" {name} " in text


def test_help_of_verify_explains_exit_status_and_options(cli: Callable[..., Any]) -> None:
    text = " ".join(cli("verify", "--help").output.replace("│", " ").split())
    for part in ("Exit status: 1 something REFUTED", "--alpha", "--seed", "--budget", "--jobs", "--json",
                 "quick, standard or deep"):
        assert part in text
