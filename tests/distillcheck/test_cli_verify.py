"""The command `verify`: exit status, JSON, and what is said to someone who mistypes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from jsonschema import Draft202012Validator

import verify

SCHEMA = json.loads((Path(verify.__file__).parent / "schema.json").read_text(encoding="utf-8"))
CODES = {"SUPPORTED": 0, "REFUTED": 1, "REFUTED_EXACTLY": 1, "ERROR": 2, "INCONCLUSIVE": 3, "UNDERPOWERED": 3}
QUICK = ("--budget", "quick")


def strict_json(text: str) -> Any:
    """JSON as the standard has it, without NaN and Infinity."""
    def reject(constant: str) -> NoReturn:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=reject)


def assert_follows_schema(record: Any) -> None:
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(record)] == []


@pytest.mark.parametrize("kind", CODES)
def test_exit_status_and_json_of_each_verdict(kind: str, claim: Callable[..., str], cli: Callable[..., Any],
                                              kinds: dict[str, dict[str, str]]) -> None:
    result = cli("verify", claim("coin", **kinds[kind]), *QUICK, "--json", "run.json")
    assert result.exit_code == CODES[kind]
    assert result.stdout.startswith(kind.removesuffix("_EXACTLY"))
    record = strict_json(Path("run.json").read_text(encoding="utf-8"))
    assert_follows_schema(record)
    (entry,) = record["claims"]
    assert (entry["claim"], entry["target"], entry["status"]) == ("coin", "coin.py", kind.removesuffix("_EXACTLY"))
    counterexample = entry["counterexample"]
    assert (counterexample is not None) == (CODES[kind] == 1)
    if counterexample:
        assert (counterexample["exact"] is None) == (kind == "REFUTED")
        assert (counterexample["e_value"] is None) == (kind == "REFUTED_EXACTLY")
        assert counterexample["replay"] in result.stdout


def test_json_has_null_where_an_interval_is_infinite(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    name = claim("waiting", sample="return rng.exponential(float(p), size)", support="(0, math.inf)", use_exact="None",
                 bound="return c * p / 2")
    result = cli("verify", name, *QUICK, "--json", "-")
    record = strict_json(result.stdout)
    assert_follows_schema(record)
    assert record["claims"][0]["counterexample"]["interval"][1] is None


@pytest.mark.parametrize("given", [
    "st.floats(0.1, 0.9).map(lambda p: {'p': p, 'q': float('inf')})",
    "st.integers(1, 9).map(lambda n: {'p': Fraction(1, n), 'q': np.arange(n) / 2, 'r': (n, 'a', None, True)})",
    "st.integers(1, 9).map(lambda n: {'p': Fraction(1, n), 'q': Task((Fraction(1, n),), [0.5])})",
])
def test_every_kind_of_instance_follows_the_schema(given: str, claim: Callable[..., str],
                                                   cli: Callable[..., Any]) -> None:
    name = claim("coin", given=given, extra="@dataclass(frozen=True)\nclass Task:\n    mass: tuple\n    eta: list\n")
    result = cli("verify", name, *QUICK, "--json", "-")
    assert result.exit_code == 0, result.stderr
    assert_follows_schema(strict_json(result.stdout))


def test_schema_rejects_a_record_with_a_changed_field(claim: Callable[..., str], cli: Callable[..., Any]) -> None:
    record = strict_json(cli("verify", claim("coin"), *QUICK, "--json", "-").stdout)
    record["claims"][0]["status"] = "FINE"
    record["claims"][0]["more"] = 1
    assert len(list(Draft202012Validator(SCHEMA).iter_errors(record))) >= 2


def test_json_on_standard_output_stands_alone(claim: Callable[..., str], command: Callable[..., Any],
                                              tmp_path: Path) -> None:
    claim("chatty", sample="print('hello'); return rng.random(size) < p")
    result = command("verify", "chatty.py", *QUICK, "--json", "-", cwd=tmp_path)
    assert_follows_schema(strict_json(result.stdout))
    assert result.stderr.startswith("SUPPORTED     chatty")


def test_pipe_gets_plain_lines(claim: Callable[..., str], command: Callable[..., Any], tmp_path: Path) -> None:
    name = claim("coin")
    result = command("verify", name, *QUICK, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout
    assert "\r" not in result.stdout
    lines = result.stdout.splitlines()
    assert lines[0].startswith("SUPPORTED     coin  exact, anytime-valid: 2 instances, ")
    assert lines[2].startswith("1 SUPPORTED in ")
    assert lines[2].endswith("alpha = 0.01 for the whole run.")
    assert "SUPPORTED is no proof" in lines[3]
    assert len(lines) == 4


def test_alpha_is_shared_by_the_claims_asked_for(claim: Callable[..., str], command: Callable[..., Any],
                                                 tmp_path: Path) -> None:
    names = [claim(name) for name in ("one", "two")]
    result = command("verify", *names, names[0], *QUICK, "--alpha", "0.04", "--json", "-", cwd=tmp_path)
    record = strict_json(result.stdout)
    assert record["alpha"] == 0.04
    assert [(entry["claim"], entry["level"]) for entry in record["claims"]] == [("one", 0.02), ("two", 0.02)]


@pytest.mark.parametrize(("arguments", "says"), [
    (["cover_hat"], "'cover_hat' is no claim, no paper and no path"),
    (["kaplun2022.cover_har"], "Did you mean kaplun2022.cover_hart"),
    (["coin.py", "--budget", "qick"], "budget is 'qick'; it is one of quick, standard, deep"),
    (["coin.py", "--seed", "-1"], "seed is -1; it is a whole number, at least 0"),
    (["coin.py", "--alpha", "0"], "alpha is 0.0; it is an error probability in (0, 0.5]"),
    (["coin.py", "--alpha", "2"], "alpha is 2.0; it is"),
    (["coin.py", "--alpha", "nan"], "alpha is nan; it is"),
    (["coin.py", "--jobs", "0"], "jobs is 0; it is a number of processes, at least 1"),
    (["coin.py", "--json", "nowhere/run.json"], "--json nowhere/run.json lies in a folder that doesn't exist"),
    (["coin.py", "--json", "."], "--json . is a folder"),
])
def test_mistake_is_one_paragraph(arguments: list[str], says: str, claim: Callable[..., str],
                                  cli: Callable[..., Any], is_paragraph: Callable[[str], bool]) -> None:
    claim("coin")
    result = cli("verify", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr
    assert is_paragraph(result.stderr)


def test_json_that_cannot_be_written_is_one_paragraph(claim: Callable[..., str], cli: Callable[..., Any],
                                                      monkeypatch: pytest.MonkeyPatch,
                                                      is_paragraph: Callable[[str], bool]) -> None:
    def refuse(handle: int, *arguments: Any, **options: Any) -> Any:
        os.close(handle)
        raise OSError(28, "No space left on device")

    name = claim("coin")
    Path("run.json").write_text("what was there")
    monkeypatch.setattr("os.fdopen", refuse)
    result = cli("verify", name, *QUICK, "--json", "run.json", "--no-ledger")
    assert result.exit_code == 2
    assert "--json run.json can't be written: No space left on device" in result.stderr
    assert [path.name for path in Path().iterdir() if "run.json" in path.name] == ["run.json"]
    assert Path("run.json").read_text() == "what was there"
    assert is_paragraph(result.stderr)


def test_unknown_option_is_explained_without_traceback(cli: Callable[..., Any]) -> None:
    result = cli("verify", "--bugdet", "quick")
    assert result.exit_code == 2
    assert "No such option: --bugdet" in result.stderr
    assert "Traceback" not in result.stderr


def test_claim_outside_the_repository_imports_its_helper(claim: Callable[..., str], command: Callable[..., Any],
                                                         tmp_path: Path) -> None:
    folder = tmp_path / "my theorems"
    folder.mkdir()
    (folder / "my_helper.py").write_text("HALF = 0.5\n", encoding="utf-8")
    name = claim("coin", extra="import my_helper\n", bound="return 2 * my_helper.HALF * c * p")
    shutil.move(name, folder / "coin.py")
    # Two claims, so that they are judged in worker processes as well.
    shutil.copy(folder / "coin.py", folder / "again.py")
    result = command("verify", "my theorems/coin.py", "my theorems/again.py", *QUICK, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.count("SUPPORTED     ") == 2


@pytest.mark.parametrize("jobs", ["alone", "in workers"])
def test_files_named_like_our_packages_do_not_shadow_them(jobs: str, claim: Callable[..., str],
                                                          command: Callable[..., Any], tmp_path: Path) -> None:
    for room in ("theory", "compiling", "simulate", "claims"):
        (tmp_path / f"{room}.py").write_text(f"raise RuntimeError('the wrong {room}')\n", encoding="utf-8")
    name = claim("verify", extra="import simulate\nfrom theory import bayes_risk\n")
    names = [name] if jobs == "alone" else [name, "distillcheck.py"]
    shutil.copy(name, "distillcheck.py")
    result = command("verify", *names, *QUICK, cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.splitlines()[0].startswith("SUPPORTED     ")


def test_current_folder_does_not_shadow_our_packages(command: Callable[..., Any], tmp_path: Path) -> None:
    for room in ("theory", "compiling", "simulate", "verify", "claims", "distillcheck"):
        (tmp_path / f"{room}.py").write_text(f"raise RuntimeError('the wrong {room}')\n", encoding="utf-8")
    result = command("list", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "kaplun2022.cover_hart" in result.stdout
