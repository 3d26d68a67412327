"""The repository's rules, held to by machine."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import distillcheck
from verify.claim import Claim
from verify.loading import catalogue, load

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = ("theory", "compiling", "simulate", "verify", "claims", "distillcheck")
MAY_IMPORT = {
    "theory": {"theory"}, "compiling": {"compiling"},
    "simulate": {"simulate", "compiling"}, "verify": {"verify", "compiling"},
    "claims": {"theory", "simulate", "verify"},
    "distillcheck": {"theory", "simulate", "verify", "distillcheck"},
    "tests": {"theory", "compiling", "simulate", "verify", "distillcheck", "benchmarks"},
    "benchmarks": {"theory", "simulate", "verify", "distillcheck", "benchmarks"},
}
SECTIONS = ["Statement", "Hypotheses", "What it does not say", "Proof", "Tightness", "How it is checked", "References"]
NOT_OURS = {".git", ".venv", "venv", "build", "dist", "__pycache__", "node_modules"}
TEXTS = {".py", ".md", ".toml", ".json", ".cfg", ".ini", ".yml", ".yaml", ".txt", ".sh", ""}
MOST_LINES, MOST_FUNCTION_LINES = 300, 60


def python_files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def texts() -> list[Path]:
    """Every text file that belongs to the repository."""
    return [path for path in sorted(ROOT.rglob("*")) if path.is_file() and path.suffix in TEXTS
            and not any(part in NOT_OURS or part.endswith((".egg-info", "_cache", ".hypothesis"))
                        for part in path.relative_to(ROOT).parts)]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def imported(source: str) -> set[str]:
    """Top-level packages that a source imports anywhere in it; '.' for a relative import."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." if node.level else (node.module or "").partition(".")[0])
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("import_module", "__import__") and isinstance(node.args[0].value, str):
                found.add(node.args[0].value.partition(".")[0])
    return found


def long_functions(source: str) -> list[str]:
    return [node.name for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or 0) - node.lineno + 1 > MOST_FUNCTION_LINES]


ALL_FILES = [(room, path) for room in MAY_IMPORT for path in python_files(room)]
PACKAGE_FILES = [path for room in ROOMS for path in python_files(room)]


def name_of(value: Any) -> str | None:
    return value.relative_to(ROOT).as_posix() if isinstance(value, Path) else None


@pytest.mark.parametrize(("source", "found"), [
    ("import verify.claim", {"verify"}), ("from theory import x, y", {"theory"}),
    ("import os, claims", {"os", "claims"}),
    ("def f():\n    from simulate.tasks import Binary", {"simulate"}), ("from . import x", {"."}),
    ("import importlib as i\ni.import_module('claims.a.b')", {"importlib", "claims"}), ("x = 'import verify'", set()),
])
def test_imports_are_found_wherever_they_stand(source: str, found: set[str]) -> None:
    assert imported(source) == found


@pytest.mark.parametrize(("room", "path"), ALL_FILES, ids=name_of)
def test_imports_point_one_way(room: str, path: Path) -> None:
    ours = imported(path.read_text(encoding="utf-8")) & {*ROOMS, "tests", "benchmarks", "."}
    assert ours <= MAY_IMPORT[room]


def test_every_room_is_looked_at() -> None:
    assert {room for room, _ in ALL_FILES} == set(MAY_IMPORT)
    assert len(PACKAGE_FILES) > 50


@pytest.mark.parametrize("path", PACKAGE_FILES, ids=name_of)
def test_files_and_functions_are_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    assert long_functions(source) == []


def test_long_functions_are_found() -> None:
    assert long_functions("def f():\n" + "    x = 1\n" * MOST_FUNCTION_LINES) == ["f"]
    assert long_functions("def f():\n" + "    x = 1\n" * (MOST_FUNCTION_LINES - 1)) == []


# The catalogue

TARGETS = {target.id: target for target in catalogue(ROOT / "claims")}
NOTES = {f"{path.parent.name}.{path.stem}": path for path in sorted((ROOT / "proofs_notes").glob("*/*.md"))}


def test_the_catalogue_is_not_empty() -> None:
    assert len(TARGETS) >= 15
    assert {"kaplun2022.cover_hart", "kaplun2022.student_single_teacher", "classics.hoeffding"} <= set(TARGETS)


@pytest.mark.parametrize("claim", TARGETS)
def test_claim_is_loadable_and_documented(claim: str) -> None:
    found = load(TARGETS[claim])
    assert isinstance(found, Claim)
    assert found.id == claim
    assert found.controls
    docstring = str(found.namespace.get("__doc__") or "")
    assert docstring.splitlines()[0].endswith(".")
    assert f"proofs_notes/{claim.replace('.', '/')}.md" in docstring
    assert "Hypothes" in docstring


@pytest.mark.parametrize("claim", TARGETS)
def test_claim_has_a_note_with_every_section(claim: str) -> None:
    assert claim in NOTES, f"proofs_notes/{claim.replace('.', '/')}.md is missing"
    lines = [line for line in NOTES[claim].read_text(encoding="utf-8").splitlines() if line.strip()]
    assert lines[0].startswith("# ")
    assert lines[1] == f"Claim: {claim}"
    assert [line[3:] for line in lines if line.startswith("## ")] == SECTIONS
    # No section is empty.
    assert [line for line, after in zip(lines, [*lines[1:], "## "], strict=True)
            if line.startswith("## ") and after.startswith("#")] == []


def test_every_note_belongs_to_a_claim() -> None:
    assert sorted(set(NOTES) - set(TARGETS)) == []
    assert len(list((ROOT / "proofs_notes").rglob("*.md"))) == len(NOTES)


def formulas(text: str) -> Iterator[tuple[str, str | None]]:
    """(module.NAME, the displayed formula that follows it) for each named formula of a note."""
    for match in re.finditer(r"<!--\s*formula:\s*(\S+)\s*-->(?:\s*\$\$(.*?)\$\$)?", text, re.S):
        yield match[1], None if match[2] is None else match[2].strip()


def test_formulas_of_a_note_are_found() -> None:
    text = "<!-- formula: a.B -->\n$$ x^2\n + 1 $$ and <!-- formula: c.D --> none"
    assert list(formulas(text)) == [("a.B", "x^2\n + 1"), ("c.D", None)]


@pytest.mark.parametrize("claim", NOTES)
def test_formulas_in_the_note_are_those_of_theory(claim: str) -> None:
    for name, shown in formulas(NOTES[claim].read_text(encoding="utf-8")):
        module, _, formula = name.rpartition(".")
        found = getattr(importlib.import_module(f"theory.{module}"), formula)
        assert shown is not None, f"{name} is not followed by $$ ... $$"
        assert " ".join(shown.split()) == " ".join(found.latex().split()), name


def test_most_notes_show_a_formula_of_theory() -> None:
    with_formula = [claim for claim, path in NOTES.items() if list(formulas(path.read_text(encoding="utf-8")))]
    assert len(with_formula) >= len(NOTES) // 2


def test_pages_name_every_claim_and_none_that_does_not_exist() -> None:
    """Titles and verdicts are held by tests/test_readme.py and tests/test_catalogue.py."""
    papers = {claim.partition(".")[0] for claim in TARGETS}
    text = "".join(read(ROOT / name) for name in ("README.md", "CONTRIBUTING.md", "CATALOGUE.md"))
    named = {name for name in re.findall(r"`(\w+\.\w+)`", text) if name.partition(".")[0] in papers}
    assert named == set(TARGETS)


# The project's files

def test_packages_are_the_folders() -> None:
    folders = {path.parent.relative_to(ROOT).as_posix().replace("/", ".")
               for room in ROOMS for path in (ROOT / room).rglob("__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == folders
    with_code = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in PACKAGE_FILES}
    assert with_code == folders


def test_typed_packages_and_data_are_shipped() -> None:
    data = PROJECT["tool"]["setuptools"]["package-data"]
    for room in ("theory", "compiling", "simulate", "verify", "distillcheck"):
        assert (ROOT / room / "py.typed").is_file()
        assert "py.typed" in data[room]
    assert all("abstract.toml" in data[f"claims.{path.parent.name}"] for path in (ROOT / "claims").glob("*/*.toml"))
    assert (ROOT / "verify" / "schema.json").is_file()
    assert "schema.json" in data["verify"]


def test_versions_agree() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    top = re.search(r"^## \[?v?(\d+\.\d+\.\d+)", changelog, re.M)
    assert top is not None, "CHANGELOG.md has no heading such as '## 0.1.0'"
    assert top[1] == PROJECT["project"]["version"] == distillcheck.__version__


# Words that must not occur, put together here so that this file doesn't hold them.
UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
ELSEWHERE = [".".join(host) for host in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("deb", "debian", "org"),
    ("conda", "anaconda", "org"), ("proxy", "golang", "org"), ("crates", "io"))]
MACHINE_PATHS = ["/" + folder + "/" for folder in ("ro" + "ot", "work/" + "main", "work/" + "shared", "fa" + "rm")]


def test_texts_of_the_repository_are_found() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in texts()}
    assert {"pyproject.toml", "verify/claim.py", "tests/test_repository.py", "README.md", "LICENSE"} <= names


def test_nothing_is_left_unfinished() -> None:
    assert [name_of(path) for path in texts() if UNFINISHED.search(read(path))] == []


def test_no_registry_and_no_machine_is_named() -> None:
    words = [*ELSEWHERE, *MACHINE_PATHS]
    found = [(name_of(path), word) for path in texts() for word in words
             if word in read(path).lower()]
    assert found == []


def test_every_misfortune_that_is_promised_to_be_harmless_has_its_test() -> None:
    table = re.search(r"## What can go wrong.*?(?=\n## )", read(ROOT / "CONTRIBUTING.md"), re.DOTALL)
    assert table
    rows = [line.strip("|").rsplit("|", 1) for line in table[0].splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 20
    tests = set(re.findall(r"def (test_\w+)", "\n".join(read(path) for path in python_files("tests"))))
    for what, named in rows:
        names = set(re.findall(r"`(test_\w+)`", named))
        assert names, what
        assert names <= tests, names - tests
