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


def test_theorem_of_the_readme_is_supported(tmp_path):
    program = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert program
    (tmp_path / "my_theorem.py").write_text(program[1], encoding="utf-8")
    verdict = verify.run(load(by_path(str(tmp_path / "my_theorem.py"))), alpha=1e-8, budget="quick")
    assert verdict.status is verify.Status.SUPPORTED, str(verdict)
    assert verdict.claim == "my_theorem"


@pytest.mark.parametrize(("marker", "end"), [("<!-- main command -->", "distillcheck verify --budget quick"),
                                             ("<!-- test command -->", "python -m pytest")])
def test_one_command_starts_from_nothing(marker, end):
    command = block_after(marker)
    assert command.startswith("python3 -m venv .venv && ")
    assert command.endswith(end)
    assert "\n" not in command


def test_catalogue_of_the_readme_is_the_catalogue():
    listed = re.findall(r"^\| `(\w+\.\w+)` \| (.*?) \|", README, re.MULTILINE)
    assert dict(listed) == {target.id: load(target).title.replace("|", "\\|") for target in
                            catalogue(ROOT / "claims")}
