"""The README is a promise."""

import re
from pathlib import Path
from typing import Any

import pytest

import verify
from distillcheck import tables
from verify.loading import by_path, catalogue, load

ROOT = Path(verify.__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block_after(marker: str) -> str:
    found = re.search(rf"{re.escape(marker)}\n```sh\n(.*?)\n```", README, re.DOTALL)
    assert found, f"README.md has no block after {marker}"
    return found[1]


@pytest.mark.parametrize(("index", "name", "status"), [(0, "my_theorem", verify.Status.SUPPORTED),
                                                       (1, "half", verify.Status.PROVED)])
def test_theorems_of_the_readme_get_the_verdicts_it_promises(tmp_path, index, name, status):
    program = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[index]
    (tmp_path / f"{name}.py").write_text(program, encoding="utf-8")
    verdict = verify.run(load(by_path(str(tmp_path / f"{name}.py"))), alpha=1e-8, budget="quick")
    assert verdict.status is status, str(verdict)
    assert verdict.claim == name


@pytest.mark.parametrize(("marker", "end"), [("<!-- main command -->", "distillcheck verify --budget quick"),
                                             ("<!-- test command -->", "python -m pytest")])
def test_one_command_starts_from_nothing(marker, end):
    command = block_after(marker)
    assert command.startswith("python3 -m venv .venv && ")
    assert command.endswith(end)
    assert "\n" not in command


def listed() -> dict[str, dict[str, Any]]:
    """The rows of CATALOGUE.md, as entries of a run."""
    page = (ROOT / "CATALOGUE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+\.\w+)` \| (.*?) \| ([A-Z]+) \| ([a-z, -]*) \| .*\|$", page, re.MULTILINE)
    return {claim: {"claim": claim, "title": title.replace("\\|", "|"), "status": status, "labels": labels.split(", ")}
            for claim, title, status, labels in rows}


def test_every_claim_is_in_the_catalogue_under_its_title() -> None:
    titles = {target.id: load(target).title for target in catalogue(ROOT / "claims")}
    assert {claim: row["title"] for claim, row in listed().items()} == titles


def test_tables_of_the_readme_are_made_of_the_catalogue() -> None:
    assert tables.filled(README, listed(), "README.md") == README


@pytest.mark.parametrize("paper", [paper for paper in tables.papers() if paper != "classics"])
def test_every_sentence_of_an_abstract_is_checked_and_every_paper_stands_in_the_readme(paper: str) -> None:
    assert f"<!-- abstract: {paper} -->" in README
    assert tables.sentences(paper)
    assert all(sentence["claims"] and set(sentence) == {"says", "claims"} for sentence in tables.sentences(paper))
