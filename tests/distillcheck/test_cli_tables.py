"""The command `tables`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from distillcheck import tables

CLAIM = '"""A claim."""\n'
ABSTRACT = '[[sentence]]\nsays = "Heads | tails."\nclaims = ["coin", "other.die"]\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of two papers, and the record of a run of it."""
    for paper, claim in (("paper", "coin"), ("other", "die")):
        folder = tmp_path / "claims" / paper
        folder.mkdir(parents=True)
        for name in ("__init__", claim):
            (folder / f"{name}.py").write_text(CLAIM, encoding="utf-8")
    (tmp_path / "claims" / "paper" / "abstract.toml").write_text(ABSTRACT, encoding="utf-8")
    monkeypatch.setattr(tables, "CATALOGUE", tmp_path / "claims")
    common: dict[str, Any] = {"budget": "quick", "level": 0.01, "vacuous": 0.25}
    claims = [{"claim": "paper.coin", "title": "P(heads) <= |H|", "status": "PROVED", "labels": ["proof", "exact"],
               "tightness": 0.5, **common},
              {"claim": "other.die", "title": "Six", "status": "SUPPORTED", "labels": ["anytime-valid"],
               "tightness": None, **{**common, "vacuous": 0.0}}]
    for entry in claims:
        entry["target"] = entry["claim"]
    path = tmp_path / "run.json"
    path.write_text(json.dumps({"version": 1, "versions": {}, "seed": 0, "claims": claims}), encoding="utf-8")
    return path


def test_each_sentence_has_its_claims_with_verdict_and_evidence(run: Path, cli: Callable[..., Any]) -> None:
    result = cli("tables", str(run))
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert r"| Heads \| tails. | `paper.coin` | PROVED | proof, exact |" in lines
    assert "|  | `other.die` | SUPPORTED | anytime-valid |" in lines
    assert r"| `paper.coin` | P(heads) <= \|H\| | PROVED | proof, exact | 0.500, vacuous 25% |" in lines
    assert "| `other.die` | Six | SUPPORTED | anytime-valid |  |" in lines


def test_tables_are_put_between_marks_and_stay_put(run: Path, cli: Callable[..., Any], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A\n\n<!-- abstract: paper -->\nold\n<!-- end -->\n\nB\n\n"
                    "<!-- catalogue: other -->\n<!-- end -->\n",
                    encoding="utf-8")
    for _ in range(2):
        assert cli("tables", str(run), "--into", str(page)).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# A\n\n<!-- abstract: paper -->\n| the abstract says | checked by |")
    assert "old" not in text
    assert "<!-- end -->\n\nB\n\n<!-- catalogue: other -->\n| claim | statement |" in text
    assert text.count("`other.die`") == 2


@pytest.mark.parametrize(("text", "says"), [
    ("no marks\n", "has no place for a table"),
    ("<!-- catalogue: missing -->\n<!-- end -->\n", "asks for the paper 'missing', which the catalogue doesn't have"),
])
def test_a_page_that_can_not_be_filled_is_left_as_it_is(text: str, says: str, run: Path, cli: Callable[..., Any],
                                                       tmp_path: Path, is_paragraph: Callable[[str], bool]) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    result = cli("tables", str(run), "--into", str(page))
    assert result.exit_code == 2
    assert says in result.output
    assert is_paragraph(result.output)
    assert page.read_text(encoding="utf-8") == text


def test_a_run_of_part_of_the_catalogue_is_not_enough(run: Path, cli: Callable[..., Any]) -> None:
    record = json.loads(run.read_text(encoding="utf-8"))
    del record["claims"][1]
    run.write_text(json.dumps(record), encoding="utf-8")
    result = cli("tables", str(run))
    assert result.exit_code == 2
    assert "the run has no verdict of other.die" in result.output


def test_unusable_files_get_a_paragraph(run: Path, cli: Callable[..., Any], tmp_path: Path) -> None:
    for arguments in (["tables", str(tmp_path / "absent.json")],
                      ["tables", str(run), "--into", str(tmp_path / "absent.md")]):
        result = cli(*arguments)
        assert result.exit_code == 2
        assert "can't be read" in result.output
