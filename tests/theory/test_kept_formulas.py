"""A derived formula is found again, as long as nothing that it rests on has changed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
import sympy

import theory
from theory import kept, numbers
from theory.formula import Formula

DERIVATION = """
import sympy
from theory.formula import Formula
RUNS = []

def derive():
    RUNS.append(1)
    x, y = sympy.symbols("x y", positive=True)
    return {text}

def scaled(factor):
    return factor * sympy.Symbol("y")

TWICE, THRICE = (Formula("scaled", ("y",), lambda: scaled(2)), Formula("scaled", ("y",), lambda: scaled(3)))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DISTILLCHECK_CACHE", str(tmp_path))
    return tmp_path / "formulas"


def written(path: Path, text: str = "sympy.integrate(x, (x, 0, y))") -> Any:
    path.write_text(DERIVATION.format(text=text), encoding="utf-8")
    spec: Any = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def value(module: Any, name: str = "area", parameters: tuple[str, ...] = ("y",)) -> Any:
    return Formula(name, parameters, module.derive)(**dict.fromkeys(parameters, 3))


def test_a_formula_is_derived_once(folder: Path, tmp_path: Path) -> None:
    module = written(tmp_path / "areas.py")
    assert value(module) == value(module) == Fraction(9, 2)
    assert len(module.RUNS) == 1
    assert len(list(folder.iterdir())) == 1
    first, second = (Formula("area", ("y",), module.derive).expression for _ in range(2))
    assert sympy.srepr(first) == sympy.srepr(second)


@pytest.mark.parametrize("change", ["name", "parameters", "programs", "a theory source", "the file"])
def test_a_formula_is_derived_again_once_something_changes(folder: Path, tmp_path: Path, change: str,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = tmp_path / "theory"
    theirs.mkdir()
    (theirs / "kernel.py").write_text("first = 1\n", encoding="utf-8")
    monkeypatch.setattr(kept, "PACKAGE", theirs)
    module = written(tmp_path / "areas.py")
    value(module)
    if change == "programs":
        monkeypatch.setattr(kept, "_versions", lambda programs: "sympy 0.1")
    elif change in ("a theory source", "the file"):
        file = theirs / "kernel.py" if change == "a theory source" else Path(module.__file__)
        file.write_text(file.read_text(encoding="utf-8") + "second = 2\n", encoding="utf-8")
    value(module, "another" if change == "name" else "area", ("y", "x") if change == "parameters" else ("y",))
    assert len(module.RUNS) == 2


def test_an_edited_definition_gives_the_new_value(folder: Path, tmp_path: Path) -> None:
    assert value(written(tmp_path / "areas.py")) == Fraction(9, 2)
    assert value(written(tmp_path / "areas.py", "sympy.integrate(x, (x, 0, y)) + 1")) == Fraction(11, 2)


def test_what_sympy_would_evaluate_on_reading_is_derived_every_time(folder: Path, tmp_path: Path) -> None:
    module = written(tmp_path / "areas.py", "sympy.Add(y, y, evaluate=False)")
    assert value(module) == value(module) == 6
    assert len(module.RUNS) == 2
    assert not folder.exists()


@pytest.mark.parametrize("damage", [
    pytest.param(lambda text: text[:-9], id="truncated"),
    pytest.param(lambda text: "", id="empty"),
    pytest.param(lambda text: text.replace("g", "h", 1), id="edited"),
])
def test_a_damaged_file_is_ignored(folder: Path, tmp_path: Path, damage: Callable[[str], str]) -> None:
    module = written(tmp_path / "areas.py")
    value(module)
    (file,) = folder.iterdir()
    file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert value(module) == Fraction(9, 2)
    assert len(module.RUNS) == 2


def test_a_pickle_that_cannot_be_read_is_ignored(folder: Path, tmp_path: Path) -> None:
    module = written(tmp_path / "areas.py")
    value(module)
    (file,) = folder.iterdir()
    kept.write("formulas", file.stem, "bm90IGEgcGlja2xl")
    assert value(module) == Fraction(9, 2)


def test_a_formula_with_a_symbol_too_many_is_not_kept(folder: Path, tmp_path: Path) -> None:
    module = written(tmp_path / "areas.py")
    for _ in range(2):
        with pytest.raises(ValueError, match="its expression holds y"):
            Formula("area", ("x",), module.derive)(x=1)
    assert not folder.exists()


def _scaled(factor: int) -> sympy.Expr:
    return factor * sympy.Symbol("y")


def test_a_partial_function_is_told_by_its_arguments(folder: Path, tmp_path: Path) -> None:
    scaled = written(tmp_path / "areas.py").scaled
    for _ in range(2):
        for factor in (2, 3):
            assert Formula("scaled", ("y",), partial(scaled, factor))(y=5) == 5 * factor
            assert Formula("scaled", ("y",), partial(scaled, factor=factor))(y=5) == 5 * factor
    assert len(list(folder.iterdir())) == 4


def test_lambdas_of_a_module_are_told_apart_even_on_one_line(folder: Path, tmp_path: Path) -> None:
    module = written(tmp_path / "areas.py")
    assert (module.TWICE(y=5), module.THRICE(y=5)) == (10, 15)
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("make", [lambda scaled, factor: lambda: scaled(factor),
                                  lambda scaled, factor: partial(scaled, sympy.Integer(factor))])
def test_what_closes_over_values_is_derived_every_time(folder: Path, tmp_path: Path, make: Callable[..., Any]) -> None:
    scaled = written(tmp_path / "areas.py").scaled
    assert [Formula("scaled", ("y",), make(scaled, factor))(y=5) for factor in (2, 3)] == [10, 15]
    assert not folder.exists()


BASE = "from theory import numbers; print(*numbers.FUNCTIONS)"
VALUE = "from theory.{module} import {name} as f; print(float(f({arguments})))"

def fresh(text: str) -> str:
    return subprocess.run([sys.executable, "-c", text], check=True, capture_output=True, text=True).stdout


def test_a_kept_formula_knows_functions_that_its_derivation_would_have_brought(folder: Path) -> None:
    text = VALUE.format(module="projections", name="SQUARED_COSINE_LAW", arguments="n=1, dim=3, cosine_squared=0.25")
    first, second = fresh(text), fresh(text)
    assert float(first) == float(second) == 0.5
    assert list(folder.iterdir())


def test_every_function_says_which_module_teaches_it() -> None:
    base = set(fresh(BASE).split())
    for module in iter_modules(theory.__path__):
        if not module.ispkg:
            import_module(f"theory.{module.name}")
    assert set(numbers.FUNCTIONS) - base == set(numbers.TAUGHT)
    for name, module in numbers.TAUGHT.items():
        assert name in fresh(f"import {module}; {BASE}").split()


def test_what_has_no_file_is_derived_every_time(folder: Path) -> None:
    names: dict[str, Any] = {"__name__": "session"}
    exec(compile(DERIVATION.format(text="y + 1"), "<stdin>", "exec"), names)
    assert [Formula("typed", ("y",), names["derive"])(y=3) for _ in range(2)] == [4, 4]
    assert len(names["RUNS"]) == 2
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("DISTILLCHECK_CACHE", str(blocked))
    assert value(written(tmp_path / "areas.py")) == Fraction(9, 2)
