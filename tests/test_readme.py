"""The README is a promise."""

import re
from pathlib import Path

import pytest

import verify
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


def test_catalogue_of_the_readme_is_the_catalogue():
    listed = re.findall(r"^\| `(\w+\.\w+)` \| (.*?) \| ([a-z +]+) \|$", README, re.MULTILINE)
    wanted = set()
    for target in catalogue(ROOT / "claims"):
        claim = load(target)
        evidence = " + ".join(name for name in ("exact", "sample", "proof") if getattr(claim, name) is not None)
        wanted.add((target.id, claim.title.replace("|", "\\|"), evidence))
    assert set(listed) == wanted
